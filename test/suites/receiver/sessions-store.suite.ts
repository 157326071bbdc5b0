import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { CalendarFeedRow, PostingRow, SessionEventRow } from '../../../src/receiver/store/sessions-store.ts';
import type { Store } from '../../../src/receiver/store/store.ts';
import type { Bench } from '../store.suite.ts';

const AT = '2026-03-01T00:00:00.000Z';

/** What every store must do for sessions: events, what staff put up, groups and calendar feeds. */
export function sessionsStoreSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store of sessions`, () => {
    let bench: Bench;
    let store: Store;
    beforeEach(async () => {
      bench = await createBench();
      store = await bench.open();
      await store.transaction(async (tx) => {
        for (const [study, id] of [
          ['ward', 'p1'],
          ['ward', 'p2'],
          ['other', 'p1'],
        ] as const) {
          const nothing = { site: null, screeningIdHash: null, contact: null };
          await tx.addParticipant({ study, id, mode: 'test', enrolledAt: AT, ...nothing });
        }
      });
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    it('keeps events as they came, in the order of their sequence, in their study alone', async () => {
      const said = { ...event('e9', 1), submission: 's1', deviations: ['late', 'twice'], apart: 'mode' };
      const text = { ...event('e1', 12), event: null, task: 'notes', homework: ' “Señal”\n\n' };
      await store.transaction(async (tx) => {
        for (const row of [text, said, event('e5', 2), { ...event('e0', 1), participant: 'p2' }]) {
          await tx.addSessionEvent(row);
        }
        await tx.addSessionEvent({ ...event('e9', 1), study: 'other' });
        const rows = (await tx.sessionEvents('ward', 'p1')).map((row) => ({ ...row }));
        assert.deepEqual(rows, [said, event('e5', 2), text]);
        assert.equal((await tx.sessionEvents('other', 'p1')).length, 1);
        assert.deepEqual(await tx.sessionEvents('other', 'p2'), []);
      });
      for (const second of [event('e9', 3), event('e7', 1), { ...event('e8', 9), participant: 'nobody' }]) {
        await assert.rejects(store.transaction((tx) => tx.addSessionEvent(second)));
      }
    });

    it('keeps what is put up for each audience, the oldest first, by mode', async () => {
      const mine = posting('o2', { audience: 'participant', target: 'p1' });
      const live = posting('o4', { mode: 'live' });
      await store.transaction(async (tx) => {
        for (const row of [posting('o3'), mine, posting('o1'), live]) await tx.addPosting(row);
        await tx.addPosting({ ...posting('o1'), study: 'other' });
        const of = async (...[mode, audience, target]: ['live' | 'test', PostingRow['audience'], string]) =>
          (await tx.postings('ward', mode, audience, target)).map(({ id }) => id).join();
        assert.equal(await of('test', 'series', 'calls'), 'o1,o3');
        assert.equal(await of('live', 'series', 'calls'), 'o4');
        assert.equal(await of('test', 'participant', 'p1'), 'o2');
        assert.equal(await of('test', 'group', 'calls'), '');
        assert.deepEqual({ ...(await tx.posting('ward', 'o2')) }, mine);
        assert.equal(await tx.posting('other', 'o2'), undefined);
      });
      await assert.rejects(
        store.transaction((tx) => tx.addPosting(posting('o1'))),
        'one of an id',
      );
    });

    it('takes what was put up down once', async () => {
      await store.transaction(async (tx) => {
        await tx.addPosting(posting('o1'));
        assert.equal(await tx.endPosting('ward', 'o1', AT), true);
        assert.equal(await tx.endPosting('ward', 'o1', '2026-04-01'), false);
        assert.equal(await tx.endPosting('ward', 'o9', AT), false);
        assert.equal((await tx.posting('ward', 'o1'))?.endedAt, AT);
      });
    });

    it('gives away as many seats as there are, however many ask at once, and takes them back', async () => {
      await store.transaction(async (tx) => {
        await tx.addPosting(posting('o1', { seats: 2 }));
        await tx.addPosting({ ...posting('o1', { seats: 9 }), study: 'other' });
      });
      const take = () => store.transaction((tx) => tx.takeSeat('ward', 'o1'));
      const taken = await Promise.all(Array.from({ length: 6 }, take));
      assert.equal(taken.filter(Boolean).length, 2);
      await store.transaction((tx) => tx.giveBackSeat('ward', 'o1'));
      assert.deepEqual([await take(), await take()], [true, false]);
      await store.transaction(async (tx) => {
        for (let count = 0; count < 4; count += 1) await tx.giveBackSeat('ward', 'o1');
        assert.equal((await tx.posting('ward', 'o1'))?.taken, 0, 'no seat is given back that nobody has');
        assert.equal((await tx.posting('other', 'o1'))?.taken, 0);
        assert.equal(await tx.takeSeat('ward', 'o9'), false);
      });
      await store.transaction((tx) => tx.addPosting(posting('o3', { kind: 'time', seats: null })));
      assert.equal(await store.transaction((tx) => tx.takeSeat('ward', 'o3')), false, 'of what is no slot');
    });

    it('knows every group that somebody was in, and who is in one now', async () => {
      const group = (participant: string, seq: number, name: string) =>
        ({ study: 'ward', participant, seq, mode: 'test', name, staff: null, since: AT }) as const;
      await store.transaction(async (tx) => {
        assert.equal(await tx.addToGroup(group('p1', 1, 'tuesdays')), true);
        assert.equal(await tx.addToGroup(group('p1', 1, 'fridays')), false);
        assert.equal(await tx.addToGroup(group('p2', 1, 'tuesdays')), true);
        assert.deepEqual(await tx.groupMembers('ward', 'test', 'tuesdays'), ['p1', 'p2']);
        assert.equal(await tx.addToGroup(group('p1', 2, 'fridays')), true);
        assert.deepEqual(await tx.groupMembers('ward', 'test', 'tuesdays'), ['p2']);
        assert.deepEqual(await tx.groupMembers('ward', 'test', 'fridays'), ['p1']);
        assert.deepEqual(await tx.groupMembers('ward', 'live', 'fridays'), []);
        assert.deepEqual(
          (await tx.groupsOf('ward', 'p1')).map((row) => row.name),
          ['tuesdays', 'fridays'],
        );
        assert.deepEqual(await tx.groupsOf('other', 'p1'), []);
      });
      await assert.rejects(store.transaction((tx) => tx.addToGroup(group('nobody', 1, 'x'))));
    });

    it('finds a calendar feed by its hash and by whose it is, until it ends', async () => {
      await store.transaction(async (tx) => {
        await tx.addFeed(feed('aa'));
        await tx.addFeed({ ...feed('ab'), participant: 'p2' });
        await tx.addFeed({ ...feed('aa'), study: 'other' });
        assert.deepEqual({ ...(await tx.feedOf('ward', 'p1')) }, feed('aa'));
        assert.equal((await tx.feedsByPrefix('ward', 'a')).length, 2);
        await tx.endFeeds('ward', 'p1', '2026-04-01');
        await tx.endFeeds('ward', 'p1', '2026-05-01');
        assert.equal(await tx.feedOf('ward', 'p1'), undefined);
        const ended = (await tx.feedsByPrefix('ward', 'a')).find(({ hash }) => hash === 'aa');
        assert.equal(ended?.endedAt, '2026-04-01');
        assert.equal((await tx.feedOf('ward', 'p2'))?.hash, 'ab');
        assert.equal((await tx.feedOf('other', 'p1'))?.endedAt, null);
      });
      await assert.rejects(store.transaction((tx) => tx.addFeed(feed('aa'))));
    });
  });
}

function event(id: string, seq: number): SessionEventRow {
  return {
    ...{ study: 'ward', id, participant: 'p1', seq, mode: 'test', submission: null, staff: 'm1', session: 'calls-1' },
    ...{ event: '{"event":"attended"}', task: null, homework: null, slot: null, apart: null },
    ...{ deviations: [], receivedAt: AT },
  };
}

function posting(id: string, changes: Partial<PostingRow> = {}): PostingRow {
  return {
    ...{ study: 'ward', id, mode: 'test', kind: 'slot', audience: 'series', target: 'calls', series: 'calls' },
    ...{ session: null, startsAt: AT, minutes: 30, place: 'Room “3”', link: null, leader: null, reason: null },
    ...{ seats: 1, taken: 0, staff: 'm1', postedAt: AT, endedAt: null, ...changes },
  };
}

function feed(hash: string): CalendarFeedRow {
  const made = { language: 'es', madeAt: AT, endedAt: null };
  return { study: 'ward', hash, hashPrefix: 'a', participant: 'p1', ...made };
}
