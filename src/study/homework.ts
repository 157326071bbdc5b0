import type { Series } from './arms-part.ts';

/** What somebody writes between sessions, by the kind of homework that a series has. */

type Kind = NonNullable<Series['homework']>['kind'];

/** The texts of each kind, in the order in which they are asked: notes are three, as the EHR arm's source has them. */
export const HOMEWORK_TASKS = {
  worksheet: ['worksheet'],
  task: ['task'],
  notes: ['challenges', 'questions', 'recommendations'],
} as const satisfies Readonly<Record<Kind, readonly string[]>>;

export type HomeworkTask = (typeof HOMEWORK_TASKS)[Kind][number];
