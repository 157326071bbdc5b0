import { html, type TemplateResult } from 'lit';
import type { Problem, Question } from '../../src/form/form.ts';
import { parseInline } from '../../src/study/markdown.ts';
import { type FieldContext, rowControlId, type ShownProblem } from './field.ts';
import { problemStyles } from './problems.styles.ts';

/** How problems are said and shown: fetched while the first page is being read. */

export const styles = [problemStyles];

export function shownProblem(problem: Problem, question: Question, id: string, say: FieldContext['say']): ShownProblem {
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

/** What needs another look, on top of the page, with a link to each. It takes the focus, so it is read out whole. */
export function problemSummary(problems: readonly ShownProblem[], say: FieldContext['say']): TemplateResult {
  const key = problems.every(({ missing }) => missing) ? 'missing-title' : 'problems-title';
  return html`
    <div class="summary" part="problem-summary" role="group" tabindex="-1" data-focus="summary" aria-labelledby="summary-title">
      <p id="summary-title">${say(key, { count: problems.length })}</p>
      <ul>
        ${problems.map(
          ({ control, name }) =>
            html`<li><a href="#${control}" @click=${(event: Event) => follow(event, control)}>${name}</a></li>`,
        )}
      </ul>
    </div>`;
}

/** Inside a shadow root a fragment leads nowhere, and the page's address is not ours to change. */
function follow(event: Event, id: string): void {
  event.preventDefault();
  const root = (event.currentTarget as HTMLElement).getRootNode();
  const control = root instanceof ShadowRoot ? root.getElementById(id) : null;
  control?.focus();
  control?.closest('.slot')?.scrollIntoView({ block: 'nearest' });
}
