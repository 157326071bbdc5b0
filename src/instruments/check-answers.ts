import type { Answers, Value } from '../study/answers.ts';
import { list, nearest, show } from '../study/wording.ts';
import { optionsOf } from './options.ts';
import type { Instrument } from './schema.ts';

/** Whether answers are answers to this instrument. An item without an answer has no key: that is no fault. */

export interface AnswerProblem {
  readonly code: 'unknown-item' | 'not-an-option';
  readonly item: string;
  readonly value: Value;
  /** What it can be: the instrument's items, or the item's values. */
  readonly allowed: readonly (string | number)[];
}

/** Names every item that the instrument does not ask, and every value that is none of its item's options. */
export function checkAnswers(instrument: Instrument, answers: Answers): readonly AnswerProblem[] {
  const items = new Map(instrument.items.map((item) => [item.id, item]));
  return Object.entries(answers).flatMap(([id, value]): AnswerProblem[] => {
    const item = items.get(id);
    if (item === undefined) return [{ code: 'unknown-item', item: id, value, allowed: [...items.keys()] }];
    const allowed = optionsOf(instrument, item).map((option) => option.value);
    return allowed.some((one) => one === value) ? [] : [{ code: 'not-an-option', item: id, value, allowed }];
  });
}

/** A sentence for whoever wrote the answers. */
export function describeAnswerProblem({ code, item, value, allowed }: AnswerProblem): string {
  if (code === 'not-an-option') {
    const meant = allowed.find((one) => String(one) === value);
    const fix = meant === undefined ? `Use ${list(allowed, 'or', 21)}.` : `Write the number: ${show(meant)}.`;
    return `${item}: is ${show(value)}, which is not one of its options. ${fix}`;
  }
  const meant = nearest(item, allowed.map(String));
  return `${item}: is not an item of it. ${meant === undefined ? '' : `Did you mean "${meant}"? `}It has ${list(allowed, 'and')}.`;
}
