import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { type DeskParts, TrackerDesk } from '../../../components/session-tracker/tracker-desk.ts';
import { TrackerVisit } from '../../../components/session-tracker/tracker-visit.ts';
import { CallError } from '../../../src/delivery/participant-calls.ts';
import type { TrackerStudy } from '../../../src/study/tracker-part.ts';
import type { AnySubmission } from '../../../src/submission/any-submission.ts';
import { LONGEST_HOMEWORK, sessionSubmissionSchema } from '../../../src/submission/session-submission.ts';
import { session, sessions } from '../../suites/support/tracker-plan.ts';

const STUDY = { id: 'calm-ward', version: '1.2.0', languages: ['en', 'es'], contacts: [] } as unknown as TrackerStudy;
const SLOT = '0198c0de-0000-7000-8000-000000000077';
const OPEN = session(1, { homework: [{ task: 'worksheet', kind: 'worksheet', state: 'open' }] });

function desk(changes: Partial<DeskParts> = {}, durable = true) {
  const posted: AnySubmission[] = [];
  const files: File[] = [];
  const counts = { refreshed: 0, refused: 0 };
  const visit = new TrackerVisit({ changed: () => {}, focus: () => {} });
  visit.open(STUDY, {
    participant: '0198c0de-0000-7000-8000-000000000009',
    ...{ enrolledAt: '2026-03-02T10:00:00Z', mode: 'test', recruitment: 'open', steps: [], next: null },
    sessions: sessions([OPEN, session(2)]),
  });
  const made = new TrackerDesk({
    visit,
    post: {
      submit: async (submission) => {
        posted.push(submission);
        return durable;
      },
      save: () => {},
    },
    locale: { language: 'es' },
    renderRoot: {} as DocumentFragment,
    session: () => ({
      ...{ endpoint: 'https://receiver.example', study: 'calm-ward', credentials: { token: 'the-token' } as never },
      refused: async () => {
        counts.refused += 1;
      },
    }),
    mode: () => 'test',
    origin: () => 'intranet',
    refresh: () => {
      counts.refreshed += 1;
    },
    save: (file) => files.push(file),
    ...changes,
  });
  return { made, visit, posted, files, counts };
}

/** Each as the receiver's own schema has it. */
const eventsOf = (posted: readonly AnySubmission[]) => posted.map((one) => v.parse(sessionSubmissionSchema, one).event);

const unreachable = async (): Promise<never> => {
  throw new CallError('unreachable', 'Nobody answered.');
};
const calls = (changes: Partial<NonNullable<DeskParts['calls']>>): Partial<DeskParts> => ({
  calls: { calendar: unreachable, makeFeed: unreachable, revokeFeed: unreachable, ...changes },
});

describe('at the desk of the tracker', () => {
  it('"I could not come" is handed in with its reason, and leads to its session', async () => {
    const { made, visit, posted } = desk();
    visit.show({ at: 'absence', reason: '  On call ' });
    await made.sendAbsence('groups-1');
    assert.deepEqual(eventsOf(posted), [{ type: 'missed', session: 'groups-1', reason: 'On call' }]);
    assert.deepEqual(visit.stage, { at: 'session', session: 'groups-1' });
    assert.equal(visit.sentFor('groups-1'), posted[0]?.id);
    assert.equal(posted[0]?.locale, 'es');
    assert.equal(posted[0]?.source, 'intranet');
  });

  it('nothing is handed in without a session or a word of why; it says what is missing', async () => {
    const { made, visit, posted } = desk();
    for (const [reason, which] of [
      ['', 'groups-1'],
      [' \n', 'groups-1'],
      ['On call', undefined],
    ] as const) {
      visit.show({ at: 'absence', reason });
      await made.sendAbsence(which);
      assert.deepEqual(visit.stage, { at: 'absence', reason, tried: 1 });
    }
    assert.deepEqual(posted, []);
  });

  it('another time is one of those offered', async () => {
    const { made, visit, posted } = desk();
    visit.show({ at: 'new-time', session: 'groups-2' });
    await made.sendNewTime();
    assert.deepEqual(visit.stage, { at: 'new-time', session: 'groups-2', tried: 1 });
    visit.show({ at: 'new-time', session: 'groups-2', slot: SLOT });
    await made.sendNewTime();
    assert.deepEqual(eventsOf(posted), [{ type: 'reschedule-asked', session: 'groups-2', slot: SLOT }]);
  });

  it('a recording is seen when the participant says so; the sessions are left with or without a reason', async () => {
    const { made, visit, posted } = desk();
    await made.confirmRecording('groups-1');
    for (const reason of ['', 'New job']) {
      visit.show({ at: 'leaving', reason });
      await made.leaveSessions();
    }
    assert.deepEqual(eventsOf(posted), [
      { type: 'recording-viewed', session: 'groups-1' },
      { type: 'left-intervention' },
      { type: 'left-intervention', reason: 'New job' },
    ]);
    assert.deepEqual(visit.stage, { at: 'overview' });
  });

  it('homework is handed in as it was typed, each text once', async () => {
    const { made, visit, posted } = desk();
    visit.write(OPEN, 'worksheet', '  as typed\n');
    await Promise.all([made.handInHomework(), made.handInHomework()]);
    assert.deepEqual(eventsOf(posted), [
      { type: 'homework', session: 'groups-1', task: 'worksheet', text: '  as typed\n' },
    ]);
    assert.equal(visit.draft(), 'unknown');
  });

  it('homework that no disk holds stays a draft, and is not handed in a second time', async () => {
    const { made, visit, posted } = desk({}, false);
    visit.write(OPEN, 'worksheet', 'typed');
    await made.handInHomework();
    await made.handInHomework();
    assert.equal(posted.length, 1);
    assert.equal(typeof visit.draft(), 'object');
  });

  it('homework longer than what a receiver takes stays a draft', async () => {
    const { made, visit, posted } = desk();
    visit.write(OPEN, 'worksheet', 'x'.repeat(LONGEST_HOMEWORK + 1));
    await made.handInHomework();
    assert.deepEqual(posted, []);
    assert.equal(typeof visit.draft(), 'object');
  });

  it('a calendar file says in its name neither study nor session', async () => {
    const asked: unknown[] = [];
    const { made, files } = desk(
      calls({
        calendar: async (...call) => {
          asked.push(call);
          return new Blob(['BEGIN:VCALENDAR']);
        },
      }),
    );
    await made.takeCalendar('groups-1');
    await made.takeCalendar();
    assert.deepEqual(asked, [
      ['the-token', 'es', 'groups-1'],
      ['the-token', 'es', undefined],
    ]);
    assert.deepEqual(
      files.map(({ name, type }) => [name, type]),
      [
        ['appointment.ics', 'text/calendar'],
        ['appointments.ics', 'text/calendar'],
      ],
    );
  });

  it('an address is shown when it is made, and ends when it is revoked', async () => {
    const { made, visit, counts } = desk(
      calls({ makeFeed: async () => 'https://receiver.example/calendar/secret.ics', revokeFeed: async () => {} }),
    );
    visit.show({ at: 'calendar' });
    await made.makeFeed();
    assert.deepEqual(visit.stage, { at: 'calendar', feed: 'https://receiver.example/calendar/secret.ics' });
    await made.revokeFeed();
    assert.deepEqual(visit.stage, { at: 'calendar', told: 'revoked' });
    assert.equal(counts.refreshed, 2);
  });

  it('what the endpoint cannot be asked for now is said; an address that was made stays on the screen', async () => {
    const { made, visit } = desk(calls({}));
    visit.show({ at: 'calendar', feed: 'https://receiver.example/calendar/secret.ics' });
    await made.revokeFeed();
    assert.deepEqual(visit.stage, {
      at: 'calendar',
      feed: 'https://receiver.example/calendar/secret.ics',
      told: 'unreachable',
    });
    visit.show({ at: 'session', session: 'groups-1' });
    await made.takeCalendar('groups-1');
    assert.deepEqual(visit.stage, { at: 'session', session: 'groups-1', told: 'unreachable' });
  });

  it('who is signed in no more is signed out', async () => {
    const { made, counts } = desk(
      calls({
        makeFeed: async () => {
          throw new CallError('not-signed-in', 'No', { status: 401 });
        },
      }),
    );
    await made.makeFeed();
    assert.equal(counts.refused, 1);
  });
});
