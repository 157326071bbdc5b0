import type { Form, Problem, ProblemCode, Question } from '../form/form.ts';
import { questionsIn } from '../form/questions.ts';
import { list, show } from '../study/wording.ts';

/**
 * Sentences, for whoever wrote a file of answers, about one that does not fit its question. Participants read the words
 * of the elements' catalogues instead.
 */
export function describeMisfit(problem: Problem, form: Form): string {
  const { question: name, row, code, params = {} } = problem;
  const question = form.pages.flatMap((page) => [...questionsIn(page.items)]).find((one) => one.name === name);
  const place = row === undefined ? name : `${name}.${row}`;
  return `${place}: is ${show(form.answers[name])}, ${WORDS[code](params)}${question === undefined ? '' : hint(code, question)}`;
}

type Params = NonNullable<Problem['params']>;

const WORDS: Readonly<Record<ProblemCode, (params: Params) => string>> = {
  required: () => 'but an answer is needed.',
  'row-required': () => 'but this row needs an answer.',
  'other-required': () => 'but "other" needs its text.',
  'not-a-number': () => 'which is not a number.',
  'not-a-date': () => 'which is not a date. Write it as "2026-01-31".',
  'not-an-email': () => 'which is not an e-mail address.',
  'not-a-choice': () => 'which is not one of its choices.',
  'not-this-shape': () => 'which is not how this question is answered.',
  'too-small': ({ min }) => `which is below ${min}.`,
  'too-large': ({ max }) => `which is above ${max}.`,
  'too-early': ({ min }) => `which is before ${min}.`,
  'too-late': ({ max }) => `which is after ${max}.`,
  'too-short': ({ min }) => `which is shorter than ${min} characters.`,
  'too-long': ({ max }) => `which is longer than ${max} characters.`,
  'too-few': ({ min }) => `which is fewer than ${min} choices.`,
  'too-many': ({ max }) => `which is more than ${max} choices.`,
  'not-in-step': ({ step }) => `which is not a step of ${step}.`,
  'no-digits': () => 'but digits are not taken here.',
  pattern: () => 'which does not have the form that the study asks for.',
  rule: () => 'which breaks a rule of the study.',
};

/** What to write instead, where the code alone does not say it. */
function hint(code: ProblemCode, question: Question): string {
  if (code !== 'not-a-choice' && code !== 'not-this-shape') return '';
  switch (question.type) {
    case 'matrix':
      return ` Write an object: ${list(
        question.rows.map(({ name }) => name),
        'and',
      )}, each ${values(question.columns)}.`;
    case 'checkbox':
      return ` Write a list of ${values(question.choices)}, each once.`;
    case 'radiogroup':
    case 'dropdown':
    case 'boolean':
    case 'rating':
      return ` Use ${values(question.choices)}.`;
    default:
      return ' Write a text.';
  }
}

function values(choices: readonly { readonly value: unknown; readonly enabled: boolean }[]): string {
  return list(choices.filter(({ enabled }) => enabled).map(({ value }) => value));
}
