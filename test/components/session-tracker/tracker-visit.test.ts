import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TrackerVisit } from '../../../components/session-tracker/tracker-visit.ts';
import type { TrackerStudy } from '../../../src/study/tracker-part.ts';
import type { Me, MySessions } from '../../../src/submission/participation.ts';
import { assessment, session, sessions } from '../../suites/support/tracker-plan.ts';

const STUDY = { id: 'calm-ward', version: '1.2.0', languages: ['en'], contacts: [] } as unknown as TrackerStudy;

const told = (mine?: MySessions): Me => ({
  participant: '0198c0de-0000-7000-8000-000000000009',
  ...{ enrolledAt: '2026-03-02T10:00:00Z', mode: 'test', recruitment: 'open', steps: [], next: null },
  assessments: [assessment('week-12')],
  ...(mine && { sessions: mine }),
});

function visit() {
  const seen = { drawn: 0, kept: 0, focused: 0 };
  const made = new TrackerVisit({
    changed: (what) => {
      seen.drawn += 1;
      if (what === 'entered') seen.kept += 1;
    },
    focus: () => {
      seen.focused += 1;
    },
    now: () => new Date('2026-05-14T18:00:00Z'),
  });
  return { made, seen };
}

describe('a visit to the tracker', () => {
  it('shows what the endpoint tells; nothing while it has not', () => {
    const { made } = visit();
    const shown = () => [made.plan?.sessions, made.plan?.assessments].map((part) => part !== undefined);
    made.open(STUDY, undefined);
    assert.deepEqual(shown(), [false, false]);
    made.meet(told());
    assert.deepEqual(shown(), [false, true]);
    made.meet(told(sessions([session(1)])));
    assert.deepEqual(shown(), [true, true]);
    assert.equal(made.session('groups-1')?.number, 1);
  });

  it('goes back to the overview, with the focus, where what a screen was about is no more', () => {
    const { made, seen } = visit();
    made.open(STUDY, told(sessions([session(1), session(2)])));
    made.show({ at: 'session', session: 'groups-2' });
    assert.equal(seen.focused, 1);
    made.meet(told(sessions([session(1)])));
    assert.deepEqual(made.stage, { at: 'overview' });
    assert.equal(seen.focused, 2);
  });

  it('moves the focus to another screen, another session and what is wrong, and leaves it where something is chosen', () => {
    const { made, seen } = visit();
    made.open(STUDY, told(sessions([session(1), session(2)])));
    made.show({ at: 'session', session: 'groups-1' });
    made.show({ at: 'session', session: 'groups-2' });
    made.show({ at: 'new-time', session: 'groups-2' });
    assert.equal(seen.focused, 3);
    made.show({ at: 'new-time', session: 'groups-2', slot: 'one' });
    assert.equal(seen.focused, 3);
    made.show({ at: 'new-time', session: 'groups-2', tried: 1 });
    assert.equal(seen.focused, 4);
    made.show({ at: 'new-time', session: 'groups-2', slot: 'one', tried: 1 });
    assert.equal(seen.focused, 4);
    made.show({ at: 'new-time', session: 'groups-2', tried: 2 });
    assert.equal(seen.focused, 5);
  });

  it('shows a page’s own plan in the endpoint’s place, and hands nothing of it in', () => {
    const { made } = visit();
    made.open(STUDY, undefined);
    made.give({ sessions: sessions([session(3)]) });
    assert.equal(made.isGiven, true);
    assert.equal(made.session('groups-3')?.number, 3);
    made.give(undefined);
    assert.equal(made.plan, undefined);
  });

  it('keeps what is written as a draft of sessions, takes it up again, and forgets it with whoever leaves', () => {
    const open = session(1, { homework: [{ task: 'worksheet', kind: 'worksheet', state: 'open' }] });
    const { made, seen } = visit();
    made.open(STUDY, told(sessions([open])));
    made.write(open, 'worksheet', 'Walk');
    assert.equal(seen.kept, 1);
    const draft = made.draft();
    assert.ok(typeof draft === 'object');
    assert.equal(draft.step, 'session');
    assert.deepEqual(draft.answers, { 'groups-1/worksheet': 'Walk' });
    made.clear();
    assert.equal(made.draft(), 'unknown');
    assert.equal(made.plan, undefined);
    made.open(STUDY, told(sessions([open])), draft);
    assert.equal(made.homework.textOf(open, 'worksheet'), 'Walk');
  });

  it('knows what was handed in last about each session, and about all of them', () => {
    const { made } = visit();
    made.open(STUDY, told(sessions([session(1)])));
    made.handedIn('groups-1', 'a');
    made.handedIn(undefined, 'b');
    assert.deepEqual([made.sentFor('groups-1'), made.sentFor('groups-2'), made.sentFor()], ['a', undefined, 'b']);
  });
});
