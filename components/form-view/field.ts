import { html, nothing, type TemplateResult } from 'lit';
import type { Choice, Question } from '../../src/form/form.ts';
import type { Value } from '../../src/study/answers.ts';
import { inlineMarkdown, markdown } from '../element/markdown.ts';
import type { ShownProblem } from '../element/problem-summary.ts';
import type { MessageKey, Params } from '../locales/catalogue.ts';

export type { ShownProblem };

/** What every field is handed: its question, what was answered, what is wrong with it, and how to say and answer. */
export interface FieldContext<Asked extends Question = Question> {
  readonly question: Asked;
  readonly value: Value | undefined;
  /** The text beside a chosen `other`. */
  readonly comment: Value | undefined;
  readonly problems: readonly ShownProblem[];
  /** The id of the question's first control, which its problem links to. Ids of everything else derive from it. */
  readonly id: string;
  /** Kept off a shared computer, where the browser must not offer what others typed. */
  readonly autocomplete: boolean;
  say(key: MessageKey, params?: Params): string;
  answer(value: Value | undefined): void;
  answerComment(text: string): void;
  /** The control was left: what it holds may be mended without being an answer (half a date, taken away). */
  left(): void;
}

export type Field<Asked extends Question = Question> = (context: FieldContext<Asked>) => TemplateResult;

/** A choice's words: the study's, else the kit's for a choice it knows. */
export function choiceText(choice: Choice, say: FieldContext['say']): string {
  return choice.text ?? (choice.special === undefined ? String(choice.value) : say(choice.special));
}

/** The question's title with its "optional", for a legend or a label. */
export function title({ question, say }: FieldContext): TemplateResult {
  return html`<span class="title">${inlineMarkdown(question.title)}${
    question.required || question.readOnly || question.type === 'expression'
      ? nothing
      : html` <span class="optional">(${say('optional')})</span>`
  }</span>`;
}

export function help(context: FieldContext, more?: string): TemplateResult | typeof nothing {
  const { description } = context.question;
  if (description === undefined && more === undefined) return nothing;
  return html`<div class="help" id="${context.id}-help">${description === undefined ? nothing : markdown(description)}${
    more === undefined ? nothing : html`<p>${more}</p>`
  }</div>`;
}

/** The question's own problem sentence; those of single rows stand by their rows. */
export function problemText(context: FieldContext): TemplateResult | typeof nothing {
  const problem = context.problems.find(({ row }) => row === undefined);
  if (problem === undefined) return nothing;
  return html`<p class="problem" id="${context.id}-problem">${problem.sentence}</p>`;
}

/** Ids of what describes the control, as `aria-describedby` takes them. */
export function describedBy(context: FieldContext, more?: string): string | typeof nothing {
  const ids = [
    ...(context.question.description !== undefined || more !== undefined ? [`${context.id}-help`] : []),
    ...(context.problems.some(({ row }) => row === undefined) ? [`${context.id}-problem`] : []),
  ];
  return ids.length > 0 ? ids.join(' ') : nothing;
}

/** The id of the first control of a matrix's row; the first row has the question's own. */
export function rowControlId(id: string, rowIndex: number): string {
  return rowIndex <= 0 ? id : `${id}-row${rowIndex}`;
}
