import type { OutboxEntry } from '../../../src/delivery/entry.ts';
import { canonicalBytes, digestOf } from '../../../src/submission/digest.ts';
import type { ContactSubmission, ScreeningSubmission } from '../../../src/submission/submission.ts';
import { newSubmissionId } from '../../../src/submission/submission-id.ts';

export const ENDPOINT = 'https://trial.example/api';

const envelope = {
  study: 'keck-thrive',
  studyVersion: '1.0.0',
  mode: 'test',
  locale: 'en',
  timeZone: 'America/Los_Angeles',
  startedAt: '2025-03-03T08:59:00.000Z',
  submittedAt: '2025-03-03T09:00:00.000Z',
  kit: 'steady-kit/0.1.0',
} as const;

export function sampleScreening(overrides: Partial<ScreeningSubmission> = {}): ScreeningSubmission {
  return {
    ...envelope,
    id: newSubmissionId(),
    kind: 'screening',
    answers: { role: 'md', stressed: true },
    ...overrides,
  };
}

export function sampleContact(screening: string, overrides: Partial<ContactSubmission> = {}): ContactSubmission {
  const answers = { email: 'someone@example.org' };
  return { ...envelope, id: newSubmissionId(), kind: 'contact', screening, answers, ...overrides };
}

/** An entry as the outbox would write it. */
export async function sampleEntry(overrides: Partial<OutboxEntry> = {}): Promise<OutboxEntry> {
  const submission = sampleScreening(overrides.id === undefined ? {} : { id: overrides.id });
  return {
    id: submission.id,
    kind: submission.kind,
    endpoint: ENDPOINT,
    study: submission.study,
    participant: null,
    body: canonicalBytes(submission),
    digest: await digestOf(submission),
    receipt: 'required',
    createdAt: Date.UTC(2025, 2, 3, 9),
    attempts: 0,
    nextAttemptAt: Date.UTC(2025, 2, 3, 9),
    status: 'waiting',
    ...overrides,
  };
}
