/** Rows as a store is given them, one of each kind. */
import type {
  AuditRow,
  ChainHead,
  ContactRow,
  IntakeRow,
  ScreeningRow,
  StudyFileRow,
  SubmissionRow,
} from '../../src/receiver/store/store.ts';

export const AT = '2026-03-01T00:00:00.000Z';

export function intake(idHash: string): IntakeRow {
  return {
    study: 'ward',
    idHash,
    contentHash: 'content',
    keyId: 'k1',
    kind: 'screening',
    mode: 'test',
    receivedAt: AT,
    auditHead: 'head',
    deviations: ['late'],
    next: null,
  };
}

export function submission(id: string): SubmissionRow {
  const body = '{"a":1}';
  return {
    study: 'ward',
    id,
    kind: 'screening',
    mode: 'live',
    studyVersion: '1.0.0',
    receivedAt: AT,
    body,
    bodySha256: 'x',
    participant: null,
  };
}

export function screening(idHash: string): ScreeningRow {
  return {
    study: 'ward',
    idHash,
    id: `id of ${idHash}`,
    mode: 'test',
    studyVersion: '1.0.0',
    judgedBy: '1.0.1',
    verdict: 'incomplete',
    failed: [],
    unknown: ['adult'],
    source: 'poster',
    link: null,
    day: '2026-03-01',
    receivedAt: AT,
    deviations: ['older-version'],
    participant: null,
  };
}

export function contact(id: string, screeningIdHash: string): ContactRow {
  return {
    study: 'ward',
    id,
    screening: `id of ${screeningIdHash}`,
    screeningIdHash,
    mode: 'test',
    studyVersion: '1.0.0',
    receivedAt: AT,
    body: '{}',
    bodySha256: 'x',
    tokenHash: 't',
    writeHash: null,
    returnHash: null,
    deviations: [],
    participant: 'p1',
  };
}

export function studyFile(version: string, content: string): StudyFileRow {
  return { study: 'ward', version, digest: `digest of ${content}`, content, mode: 'test', firstServedAt: AT };
}

export function row(head: ChainHead): AuditRow {
  const id = crypto.randomUUID();
  return {
    study: 'ward',
    chain: head.chain,
    seq: head.seq + 1,
    id,
    event: 'screening-received',
    subjects: [id],
    at: AT,
    mode: 'test',
    keyId: 'k1',
    previous: head.mac,
    mac: `mac of ${id}`,
  };
}
