import type { Problem, Question } from '../../src/form/form.ts';
import { parseInline } from '../../src/study/markdown.ts';
import { problemStyles } from '../styles/problems.styles.ts';
import { type FieldContext, rowControlId, type ShownProblem } from './field.ts';

/** How problems are said and shown: fetched while the first page is being read. */

export const styles = [problemStyles];

interface Where {
  /** The id of a question's first control. */
  readonly idOf: (question: string) => string;
  readonly say: FieldContext['say'];
  readonly root: HTMLElement | DocumentFragment;
}

/** What is wrong with these questions, as it is shown. */
export function problemsOn(
  questions: readonly Question[],
  found: readonly Problem[],
  { idOf, say, root }: Where,
): readonly ShownProblem[] {
  return questions.flatMap((question) => {
    const id = idOf(question.name);
    const half: Problem = { code: 'not-a-date', question: question.name };
    const own = isHalf(root.querySelector(`#${id}`)) ? [half] : found.filter((one) => one.question === question.name);
    return own.map((problem) => shownProblem(problem, question, id, say));
  });
}

/** Half a date reads as empty and tells nobody, so its control is asked. */
function isHalf(control: Element | null): boolean {
  return control instanceof HTMLInputElement && control.validity.badInput;
}

function shownProblem(problem: Problem, question: Question, id: string, say: FieldContext['say']): ShownProblem {
  const rows = question.type === 'matrix' ? question.rows : [];
  const row = rows.findIndex(({ name }) => name === problem.row);
  return {
    question: question.name,
    ...(problem.row !== undefined && { row: problem.row }),
    missing: problem.code === 'required' || problem.code === 'row-required',
    sentence: wording(problem, question, say),
    control: problem.code === 'other-required' ? `${id}-other` : rowControlId(id, row),
    // A link holds no other link: the words alone.
    name: parseInline(rows[row]?.text ?? question.title)
      .map(({ text }) => text)
      .join(''),
  };
}

/** The study's own words, else the catalogue's. */
function wording(problem: Problem, question: Question, say: FieldContext['say']): string {
  if (problem.text !== undefined) return problem.text;
  if (problem.code === 'required' && question.type === 'boolean') return say('problem.required-yes-no');
  if (problem.code === 'required' && 'choices' in question) return say('problem.required-choice');
  const { min, max } = problem.params ?? {};
  const count = typeof min === 'number' ? min : typeof max === 'number' ? max : 0;
  return say(`problem.${problem.code}`, { ...problem.params, ...days({ min, max }), count });
}

/** Bounds of a date, to be written as the reader writes a day. */
function days(bounds: Readonly<Record<string, string | number | undefined>>): Record<string, Date> {
  return Object.fromEntries(
    Object.entries(bounds).flatMap(([name, day]) =>
      typeof day === 'string' ? [[name, new Date(`${day}T00:00Z`)]] : [],
    ),
  );
}
