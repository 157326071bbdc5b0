import type { Answers } from '../../src/study/answers.ts';
import type { ScreeningStudy } from '../../src/study/schema.ts';
import { KIT } from '../../src/submission/kit.ts';
import type { Submission } from '../../src/submission/submission.ts';
import { newSubmissionId } from '../../src/submission/submission-id.ts';
import type { EnrolmentHashes } from '../element/session/session-state.ts';

/** What the end of the questions needs: fetched while the first page is being read. */

export { verdict } from '../../src/screening/verdict.ts';

export interface PostOptions {
  readonly study: ScreeningStudy;
  /** The study's language that was read. */
  readonly language: string;
  readonly startedAt: Date;
  readonly source: string | undefined;
  readonly mode: 'live' | 'test';
  /** Of a contact that enrols its sender. */
  readonly enrolment?: EnrolmentHashes;
  readonly now?: () => Date;
  readonly newId?: () => string;
}

/** The submission for a step's answers: a contact where there is a screening that it follows, else a screening. */
export function postFor(screening: string | undefined, answers: Answers, options: PostOptions): Submission {
  const {
    study,
    language,
    startedAt,
    source,
    mode,
    enrolment,
    now = () => new Date(),
    newId = newSubmissionId,
  } = options;
  const envelope = {
    id: newId(),
    study: study.id,
    studyVersion: study.version,
    mode,
    locale: language,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    startedAt: startedAt.toISOString(),
    submittedAt: now().toISOString(),
    ...(source !== undefined && { source }),
    kit: KIT,
  };
  return screening === undefined
    ? { ...envelope, kind: 'screening', answers: { ...answers } }
    : { ...envelope, kind: 'contact', screening, answers: { ...answers }, ...enrolment };
}
