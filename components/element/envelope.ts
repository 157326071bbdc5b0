import type { StudyHead } from '../../src/study/schema.ts';
import { KIT } from '../../src/submission/kit.ts';
import { newSubmissionId } from '../../src/submission/submission-id.ts';

export interface EnvelopeOptions {
  readonly study: Pick<StudyHead, 'id' | 'version'>;
  /** The study's language that was read. */
  readonly language: string;
  readonly startedAt: Date;
  readonly source: string | undefined;
  readonly mode: 'live' | 'test';
  readonly now?: () => Date;
  readonly newId?: () => string;
}

/** What stands in every submission, whatever its kind. */
export function envelopeOf(options: EnvelopeOptions) {
  const { study, language, startedAt, source, mode, now = () => new Date(), newId = newSubmissionId } = options;
  return {
    id: newId(),
    study: study.id,
    studyVersion: study.version,
    mode,
    locale: language,
    timeZone: timeZone(),
    startedAt: startedAt.toISOString(),
    submittedAt: now().toISOString(),
    ...(source !== undefined && { source }),
    kit: KIT,
  };
}

/** IANA name of the browser's time zone. */
export function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
