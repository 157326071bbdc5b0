import { html, type TemplateResult } from 'lit';
import type { Problem, Question } from '../../src/form/form.ts';
import { controlOf, type FieldContext } from './field.ts';

/** What needs another look, on top of the page, with a link to each. It takes the focus, so it is read out whole. */
export function problemSummary(
  problems: readonly Problem[],
  questions: readonly Question[],
  ids: (name: string) => string,
  say: FieldContext['say'],
): TemplateResult {
  const missing = problems.every(({ code }) => code === 'required' || code === 'row-required');
  return html`
    <div class="summary" part="problem-summary" role="group" tabindex="-1" data-focus="summary" aria-labelledby="summary-title">
      <p id="summary-title">${say(missing ? 'missing-title' : 'problems-title', { count: problems.length })}</p>
      <ul>
        ${problems.map((problem) => {
          const question = questions.find(({ name }) => name === problem.question);
          if (question === undefined) return html``;
          const target = controlOf(problem, question, ids(question.name));
          return html`<li><a href="#${target}" @click=${(event: Event) => follow(event, target)}>${named(problem, question)}</a></li>`;
        })}
      </ul>
    </div>`;
}

function named(problem: Problem, question: Question): string {
  const row = question.type === 'matrix' ? question.rows.find(({ name }) => name === problem.row) : undefined;
  return row?.text ?? question.title;
}

/** Inside a shadow root a fragment leads nowhere, and the page's address is not ours to change. */
function follow(event: Event, id: string): void {
  event.preventDefault();
  const root = (event.currentTarget as HTMLElement).getRootNode();
  const control = root instanceof ShadowRoot ? root.getElementById(id) : null;
  control?.focus();
  control?.closest('.slot')?.scrollIntoView({ block: 'nearest' });
}
