import { html, nothing, type TemplateResult } from 'lit';
import type { Choice, Problem, Question } from '../../src/form/form.ts';
import type { Value } from '../../src/study/answers.ts';
import { inlineMarkdown, markdown } from '../element/markdown.ts';
import type { MessageKey, Params } from '../locales/catalogue.ts';

/** What every field is handed: its question, what was answered, what is wrong with it, and how to say and answer. */
export interface FieldContext<Asked extends Question = Question> {
  readonly question: Asked;
  readonly value: Value | undefined;
  /** The text beside a chosen `other`. */
  readonly comment: Value | undefined;
  readonly problems: readonly Problem[];
  /** The id of the question's first control, which its problem links to. Ids of everything else derive from it. */
  readonly id: string;
  /** Kept off a shared computer, where the browser must not offer what others typed. */
  readonly autocomplete: boolean;
  say(key: MessageKey, params?: Params): string;
  answer(value: Value | undefined): void;
  answerComment(text: string): void;
  /** The control holds something that the browser itself cannot read (half a date). */
  unreadable(yes: boolean): void;
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
  return html`<p class="problem" id="${context.id}-problem">${wording(problem, context.question, context.say)}</p>`;
}

/** Ids of what describes the control, as `aria-describedby` takes them. */
export function describedBy(context: FieldContext, more?: string): string | typeof nothing {
  const ids = [
    ...(context.question.description !== undefined || more !== undefined ? [`${context.id}-help`] : []),
    ...(context.problems.some(({ row }) => row === undefined) ? [`${context.id}-problem`] : []),
  ];
  return ids.length > 0 ? ids.join(' ') : nothing;
}

/** A problem as a sentence: the study's own, else the catalogue's, with dates written as the reader writes them. */
export function wording(problem: Problem, question: Question, say: FieldContext['say']): string {
  if (problem.text !== undefined) return problem.text;
  if (problem.code === 'required' && question.type === 'boolean') return say('problem.required-yes-no');
  if (problem.code === 'required' && 'choices' in question) return say('problem.required-choice');
  const { min, max } = problem.params ?? {};
  const count = typeof min === 'number' ? min : typeof max === 'number' ? max : 0;
  return say(`problem.${problem.code}`, { ...problem.params, count });
}

/** The id of the first control of a matrix's row; the first row has the question's own. */
export function rowControlId(id: string, rowIndex: number): string {
  return rowIndex <= 0 ? id : `${id}-row${rowIndex}`;
}

/** The id of the control that a problem is about. */
export function controlOf(problem: Problem, question: Question, id: string): string {
  if (problem.code === 'other-required') return `${id}-other`;
  return question.type === 'matrix'
    ? rowControlId(
        id,
        question.rows.findIndex(({ name }) => name === problem.row),
      )
    : id;
}
