import type { Answers } from '../../src/study/answers.ts';
import type { Submission } from '../../src/submission/submission.ts';
import { type EnvelopeOptions, envelopeOf } from '../element/envelope.ts';
import type { EnrolmentHashes } from '../element/session/session-state.ts';

/** What the end of the questions needs: fetched while the first page is being read. */

export { verdict } from '../../src/screening/verdict.ts';

export interface PostOptions extends EnvelopeOptions {
  /** Of a contact that enrols its sender. */
  readonly enrolment?: EnrolmentHashes;
}

/** The submission for a step's answers: a contact where there is a screening that it follows, else a screening. */
export function postFor(screening: string | undefined, answers: Answers, options: PostOptions): Submission {
  const envelope = envelopeOf(options);
  return screening === undefined
    ? { ...envelope, kind: 'screening', answers: { ...answers } }
    : { ...envelope, kind: 'contact', screening, answers: { ...answers }, ...options.enrolment };
}
