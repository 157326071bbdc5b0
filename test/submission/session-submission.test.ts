import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { LONGEST_HOMEWORK, sessionSubmissionSchema } from '../../src/submission/session-submission.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const envelope = {
  ...{ id: ID, kind: 'session', study: 'keck-thrive', studyVersion: '1.0.0', mode: 'test', locale: 'en' },
  ...{ timeZone: 'America/Los_Angeles', kit: '@steady/kit@0.1.0' },
  ...{ startedAt: '2026-03-02T17:00:00Z', submittedAt: '2026-03-02T17:00:01Z' },
};

const can: readonly unknown[] = [
  { type: 'missed', session: 'ehr-2', reason: 'On call.' },
  { type: 'recording-viewed', session: 'wellbeing-1' },
  { type: 'homework', session: 'ehr-2', task: 'challenges', text: '  Too many clicks.\n\n' },
  { type: 'homework', session: 'ehr-2', task: 'challenges', text: '' },
  { type: 'homework', session: 'ehr-2', task: 'challenges', text: 'x'.repeat(LONGEST_HOMEWORK) },
  { type: 'reschedule-asked', session: 'ehr-2', slot: ID },
  { type: 'left-intervention' },
  { type: 'left-intervention', reason: 'Too little time.' },
];

const cannot: readonly unknown[] = [
  { type: 'attended', session: 'ehr-2' },
  { type: 'missed', session: 'ehr-2' },
  { type: 'missed', session: 'ehr-2', reason: ' ' },
  { type: 'missed', session: 'ehr-2', reason: 'x'.repeat(2_001) },
  { type: 'missed', session: 'ehr', reason: 'On call.' },
  { type: 'missed', session: 'ehr-2', reason: 'On call.', by: 'facilitator' },
  { type: 'recording-viewed', session: 'wellbeing-1', at: '2026-03-02T17:00:00Z' },
  { type: 'homework', session: 'ehr-2', task: 'challenges', text: 'x'.repeat(LONGEST_HOMEWORK + 1) },
  { type: 'homework', session: 'ehr-2', task: '../x', text: 'x' },
  { type: 'reschedule-asked', session: 'ehr-2', slot: 'tomorrow' },
  { type: 'left-intervention', session: 'ehr-2' },
  [{ type: 'left-intervention' }],
  'left-intervention',
];

describe('what a participant says of a session', () => {
  for (const event of can) {
    const { type } = event as { type: string };
    it(`can be ${type}: ${JSON.stringify(event).slice(0, 80)}`, () => {
      assert.ok(v.is(sessionSubmissionSchema, { ...envelope, event }));
    });
  }
  for (const event of cannot) {
    it(`cannot be ${JSON.stringify(event).slice(0, 80)}`, () => {
      assert.ok(!v.is(sessionSubmissionSchema, { ...envelope, event }));
    });
  }
  it('is one thing at a time, and says nothing besides', () => {
    const [event] = can;
    assert.ok(!v.is(sessionSubmissionSchema, { ...envelope, event, session: 'ehr-2' }));
    assert.ok(!v.is(sessionSubmissionSchema, envelope));
  });
});
