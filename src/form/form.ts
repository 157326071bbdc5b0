import type { Answers, Value } from '../study/answers.ts';

/**
 * The port between a questionnaire's definition and whoever shows or checks it. Two engines stand behind it: `plain-form`
 * for definitions without logic, `survey-form` for those with. Everything here is plain data in one language; a form
 * knows nothing of a screen.
 */
export interface Form {
  /** The language that every text below is in. */
  readonly language: string;
  /** What the form is called, and what stands before its first page; empty where its definition does not say. */
  readonly title: string;
  readonly description: string;
  /**
   * The pages that these answers show, in order. Never empty. New objects after an answer that may have changed them, and the
   * same ones until then, so compare by identity.
   */
  readonly pages: readonly Page[];
  /** What was given so far, as it was given: a number that cannot be parsed is here as the text that was typed. */
  readonly answers: Answers;
  /** The names of the questions that these answers show. A question not in it is not applicable. */
  readonly shown: ReadonlySet<string>;
  /** Records what was given; `undefined` takes it back. Throws `SteadyError` (`unknown-question`) for a name not asked. */
  answer(question: string, value: Value | undefined): void;
  /**
   * What stands in the way of sending: on one page, or on all. Empty means valid. Never changes the form. Asynchronous,
   * because a phone fetches the checks while the first page is being read, and an engine may have to be waited for.
   */
  problems(page?: string): Promise<readonly Problem[]>;
  /** The answers to send: parsed, without those of hidden questions, calculated values included. */
  data(): Answers;
  /** Called after every change of pages or answers. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

export interface Page {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly items: readonly Item[];
}

export type Item = Question | Prose | Panel;

/** A text between questions, in the Markdown subset. */
export interface Prose {
  readonly type: 'html';
  readonly name: string;
  readonly text: string;
}

export interface Panel {
  readonly type: 'panel';
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly items: readonly Item[];
}

export type Question =
  | SingleChoice
  | MultipleChoice
  | TextQuestion
  | CommentQuestion
  | RatingQuestion
  | MatrixQuestion
  | CalculatedQuestion;

interface QuestionBase {
  /** The key of its answer; unique in the form. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly required: boolean;
  readonly readOnly: boolean;
}

export interface Choice {
  readonly value: string | number | boolean;
  /** Absent where the study leaves the words for a `special` choice to the kit. */
  readonly text?: string;
  readonly enabled: boolean;
  readonly special?: SpecialChoice;
}

/**
 * Choices whose meaning the kit knows: `none`, `refuse` ("prefer not to answer") and `unknown` ("I don't know") exclude
 * all others, `other` takes a text; `yes` and `no` are those of a boolean.
 */
export type SpecialChoice = 'none' | 'refuse' | 'unknown' | 'other' | 'yes' | 'no';

/** `boolean` is a single choice between its two labels. */
export interface SingleChoice extends QuestionBase {
  readonly type: 'radiogroup' | 'dropdown' | 'boolean';
  readonly choices: readonly Choice[];
  readonly placeholder?: string;
  /** Where `other` is offered: what its text field says. Its text is the answer to `<name>-Comment`. */
  readonly otherPlaceholder?: string;
}

export interface MultipleChoice extends QuestionBase {
  readonly type: 'checkbox';
  readonly choices: readonly Choice[];
  readonly otherPlaceholder?: string;
}

export interface TextQuestion extends QuestionBase {
  readonly type: 'text';
  readonly input: 'text' | 'email' | 'tel' | 'number' | 'date';
  readonly min?: number | string;
  readonly max?: number | string;
  readonly step?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** WCAG 1.3.5 purpose, as HTML's `autocomplete` names it. */
  readonly autocomplete?: string;
}

export interface CommentQuestion extends QuestionBase {
  readonly type: 'comment';
  readonly rows?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
}

export interface RatingQuestion extends QuestionBase {
  readonly type: 'rating';
  readonly choices: readonly Choice[];
  readonly lowest?: string;
  readonly highest?: string;
}

/** One choice per row. Its answer is `{ [row]: column value }`. */
export interface MatrixQuestion extends QuestionBase {
  readonly type: 'matrix';
  readonly columns: readonly Choice[];
  readonly rows: readonly { readonly name: string; readonly text: string }[];
}

export interface CalculatedQuestion extends QuestionBase {
  readonly type: 'expression';
  /** The calculated value as it is to be shown. */
  readonly text: string;
}

/**
 * Something about an answer that keeps it from being sent, as data: the wording is the catalogue's, under the code,
 * unless the study has words of its own.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly question: string;
  /** The row of a matrix, where the problem is one row's. */
  readonly row?: string;
  /** What the wording needs: bounds and counts. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** The study's own words for this problem. */
  readonly text?: string;
}

export type ProblemCode =
  | 'required'
  | 'row-required'
  | 'other-required'
  | 'not-a-number'
  | 'not-a-date'
  | 'not-an-email'
  | 'not-a-choice'
  | 'not-this-shape'
  | 'too-small'
  | 'too-large'
  | 'too-early'
  | 'too-late'
  | 'too-short'
  | 'too-long'
  | 'too-few'
  | 'too-many'
  | 'not-in-step'
  | 'no-digits'
  | 'pattern'
  | 'rule';
