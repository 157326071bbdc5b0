import type { Answers, Value } from '../study/answers.ts';
import type { Page, Question, SpecialChoice } from './form.ts';
import { choseOther, commentKey, questionsIn } from './questions.ts';

/** From what was given to what is meant; and which parts of it count. */

/**
 * A number as people type it: spaces around it, a comma or a point before the decimals. Undefined: not a number. That
 * includes "1,000": a thousand to some and one to others, so it is asked again rather than guessed.
 */
export function parseNumber(typed: string): number | undefined {
  const text = typed.trim();
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) return undefined;
  const pointed = text.replace(/^([+-]?\d*),(\d+)$/, '$1.$2');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(pointed) ? Number(pointed) : undefined;
}

/**
 * A typed number becomes a number, and addresses lose the blanks around them; what cannot be parsed stays as it was
 * typed, for its problem to name. Half of an emoji, left by a cut, becomes U+FFFD: no JSON carries it otherwise.
 */
export function parseAnswer(question: Question, given: Value): Value {
  if (typeof given !== 'string') return given;
  const text = given.toWellFormed();
  if (question.type !== 'text' || question.input === 'text') return text;
  return question.input === 'number' ? (parseNumber(text) ?? text) : text.trim();
}

/** Nothing was answered: no value, blanks, nothing chosen, no row filled. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Whether one of these values stands alone: none of these, prefer not to answer, I don't know. */
export function excludesOthers(question: Question, values: readonly Value[]): boolean {
  const exclusive = 'choices' in question ? question.choices.filter(({ special }) => isExclusive(special)) : [];
  return exclusive.some(({ value }) => values.includes(value));
}

function isExclusive(special: SpecialChoice | undefined): boolean {
  return special === 'none' || special === 'refuse' || special === 'unknown';
}

/** One exclusive choice, newly chosen, clears the others; any other, newly chosen, clears the exclusive one. */
export function settleChoices(question: Question, before: Value | undefined, after: Value): Value {
  if (question.type !== 'checkbox' || !Array.isArray(after)) return after;
  const had: readonly Value[] = Array.isArray(before) ? before : [];
  const added = after.filter((value) => !had.includes(value));
  const alone = added.findLast((value) => excludesOthers(question, [value]));
  if (alone !== undefined) return [alone];
  return added.length > 0 ? after.filter((value) => !excludesOthers(question, [value])) : after;
}

/** The answers to send: those of the questions shown, parsed, without the empty ones. */
export function settledData(pages: readonly Page[], answers: Answers): Answers {
  const data: Record<string, Value> = {};
  for (const question of pages.flatMap((page) => [...questionsIn(page.items)])) {
    const given = answers[question.name];
    if (given === undefined || isEmpty(given) || question.type === 'expression') continue;
    data[question.name] = parseAnswer(question, given);
    const comment = answers[commentKey(question.name)];
    if (choseOther(question, given) && comment !== undefined && !isEmpty(comment))
      data[commentKey(question.name)] = typeof comment === 'string' ? comment.toWellFormed() : comment;
  }
  return data;
}
