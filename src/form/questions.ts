import type { Value } from '../study/answers.ts';
import type { Item, Question } from './form.ts';

/** What there is to know of a form's questions without judging an answer: whoever draws them needs no more. */

export function* questionsIn(items: readonly Item[]): Generator<Question> {
  for (const item of items) {
    if (item.type === 'panel') yield* questionsIn(item.items);
    else if (item.type !== 'html') yield item;
  }
}

/** The key under which the text beside an `other` choice is kept (SurveyJS's). */
export function commentKey(question: string): string {
  return `${question}-Comment`;
}

/** Whether the question offers `other` and it is what was chosen. */
export function choseOther(question: Question, value: Value | undefined): boolean {
  const other = 'choices' in question ? question.choices.find(({ special }) => special === 'other') : undefined;
  if (other === undefined || value === undefined) return false;
  return Array.isArray(value) ? value.includes(other.value) : value === other.value;
}
