import type { StudyHead } from './schema.ts';
import { SteadyError } from './steady-error.ts';

/** One thing in a study file that has to be mended, with the place and the way to mend it. */
export interface FileProblem {
  readonly file: string;
  /** As `screening.form.pages[0].elements[2].type`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to write instead, as a sentence. */
  readonly fix: string;
}

/** A study file that cannot be used. `problems` is never empty; the message carries them all, a line each. */
export class StudyError extends SteadyError {
  readonly problems: readonly FileProblem[];
  /** The study's head, where that much could be read: whom a participant can ask all the same. */
  readonly head: StudyHead | undefined;

  constructor(problems: readonly FileProblem[], options?: { cause?: unknown; head?: StudyHead }) {
    super('bad-study', problems.map(describeProblem).join('\n'), options);
    this.problems = problems;
    this.head = options?.head;
  }
}

export function describeProblem({ file, path, message, fix }: FileProblem): string {
  return `${file}${path === '' ? '' : `: ${path}`}: ${message} ${fix}`;
}
