import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { StaffRow } from '../../src/receiver/store/staff-store.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import type { EventRow } from '../../src/receiver/store/webhook-store.ts';
import type { Bench } from './store.suite.ts';

/** What every store must do with staff tokens and with the queue of webhook events. */
export function staffStoreSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store of staff and events`, () => {
    let bench: Bench;
    let store: Store;
    beforeEach(async () => {
      bench = await createBench();
      store = await bench.open();
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    describe('staff', () => {
      it('are given back as they were given, and found by the beginning of their hash, in their study alone', async () => {
        const rows = [staff('a'), staff('b', { sites: ['north', 'south'], series: [] })];
        await store.transaction(async (tx) => {
          for (const row of rows) await tx.addStaff(row);
          await tx.addStaff(staff('c', { study: 'other' }));
        });
        await store.transaction(async (tx) => {
          assert.deepEqual(await tx.staff('ward'), rows);
          assert.deepEqual(await tx.staffByPrefix('ward', 'b'.repeat(16)), [rows[1]]);
          assert.deepEqual(await tx.staffByPrefix('ward', 'c'.repeat(16)), []);
        });
      });

      it('may share the beginning of a hash, and never a whole one', async () => {
        const near = staff('d', { hashPrefix: 'a'.repeat(16), tokenHash: `${'a'.repeat(16)}${'d'.repeat(48)}` });
        await store.transaction(async (tx) => {
          await tx.addStaff(staff('a'));
          await tx.addStaff(near);
        });
        assert.equal((await store.transaction((tx) => tx.staffByPrefix('ward', 'a'.repeat(16)))).length, 2);
        await assert.rejects(store.transaction((tx) => tx.addStaff({ ...staff('a'), id: 'e' })));
      });

      it('are revoked once', async () => {
        await store.transaction((tx) => tx.addStaff(staff('a')));
        const revoke = (study: string, id: string) => store.transaction((tx) => tx.revokeStaff(study, id, LATER));
        assert.deepEqual(
          [await revoke('other', 'a'), await revoke('ward', 'b'), await revoke('ward', 'a'), await revoke('ward', 'a')],
          [false, false, true, false],
        );
        assert.deepEqual(await store.transaction((tx) => tx.staff('ward')), [staff('a', { revokedAt: LATER })]);
      });

      it('have no other role than there are', async () => {
        const wrong = { ...staff('a'), role: 'king' } as unknown as StaffRow;
        await assert.rejects(store.transaction((tx) => tx.addStaff(wrong)));
      });
    });

    describe('events', () => {
      const claim = (now: string, limit = 10, study = 'ward') =>
        store.transaction((tx) => tx.claimEvents({ study, now, until: LATER, limit }));
      const add = (...rows: EventRow[]) =>
        store.transaction(async (tx) => {
          for (const row of rows) await tx.addEvent(row);
        });

      it('are claimed when due, the longest due first, and then not due until the claim ends', async () => {
        await add(
          event('1', { dueAt: AT2 }),
          event('2', { dueAt: AT }),
          event('3', { dueAt: LATER }),
          event('4', { study: 'other' }),
        );
        const first = await claim(AT2, 1);
        assert.deepEqual(first, [event('2', { attempts: 1, dueAt: LATER })]);
        assert.deepEqual(
          (await claim(AT2)).map(({ id }) => id),
          ['1'],
        );
        assert.deepEqual(await claim(AT2), []);
        assert.deepEqual(
          (await claim(LATER)).map(({ id, attempts }) => [id, attempts]),
          [
            ['1', 2],
            ['2', 2],
            ['3', 1],
          ],
        );
      });

      it('are claimed by one of many', async () => {
        await add(...Array.from({ length: 12 }, (_, index) => event(`e${index}`)));
        const claims = await Promise.all(Array.from({ length: 6 }, () => claim(AT2, 4)));
        const ids = claims.flat().map(({ id }) => id);
        assert.equal(ids.length, 12);
        assert.equal(new Set(ids).size, 12);
      });

      it('are settled by whoever claimed them last', async () => {
        await add(event('1'));
        const [first] = await claim(AT);
        const [second] = await claim(LATER);
        assert(first && second);
        const outcome = { dueAt: null, lastStatus: 200, lastFailure: null, deliveredAt: LATER, gaveUpAt: null };
        const settle = (row: EventRow) => store.transaction((tx) => tx.settleEvent(row, outcome));
        assert.deepEqual([await settle(first), await settle(second), await settle(second)], [false, true, false]);
        const [settled] = await store.transaction((tx) => tx.events('ward', { limit: 9 }));
        assert.deepEqual(settled, { ...second, ...outcome });
        assert.deepEqual(await claim('2027-01-01T00:00:00.000Z'), [], 'and never due again');
      });

      it('tell when the next is due', async () => {
        const next = () => store.transaction((tx) => tx.nextEventDue('ward'));
        assert.equal(await next(), undefined);
        await add(event('1', { dueAt: LATER }), event('2', { dueAt: AT2 }), event('3', { dueAt: null }));
        assert.equal(await next(), AT2);
      });

      it('are listed newest first, page by page, of some sites if asked', async () => {
        await add(
          event('1'),
          event('2', { site: 'north' }),
          event('3', { site: 'south' }),
          event('4', { study: 'other' }),
        );
        const ids = async (page: { after?: string; limit?: number; sites?: string[] }) =>
          (await store.transaction((tx) => tx.events('ward', { limit: 2, ...page }))).map(({ id }) => id);
        assert.deepEqual(await ids({}), ['3', '2']);
        assert.deepEqual(await ids({ after: '2' }), ['1']);
        assert.deepEqual(await ids({ sites: ['north'] }), ['2']);
        assert.deepEqual(await ids({ sites: [] }), []);
      });
    });

    it('knows the studies whose files it has', async () => {
      const file = { version: '1.0.0', digest: 'd', content: '{}', mode: 'test', firstServedAt: AT } as const;
      await store.transaction(async (tx) => {
        for (const study of ['ward', 'home']) await tx.keepStudyFile({ study, ...file });
        await tx.keepStudyFile({ study: 'ward', ...file, version: '1.0.1' });
        assert.deepEqual(await tx.studies(), ['home', 'ward']);
      });
    });
  });
}

const AT = '2026-03-01T00:00:00.000Z';
const AT2 = '2026-03-01T00:00:10.000Z';
const LATER = '2026-03-01T01:00:00.000Z';

function staff(id: string, changes: Partial<StaffRow> = {}): StaffRow {
  return {
    study: 'ward',
    id,
    mode: 'test',
    name: `Nurse ${id}`,
    role: 'facilitator',
    sites: null,
    series: null,
    hashPrefix: id.repeat(16),
    tokenHash: id.repeat(64),
    createdAt: AT,
    expiresAt: LATER,
    revokedAt: null,
    ...changes,
  };
}

function event(id: string, changes: Partial<EventRow> = {}): EventRow {
  return {
    study: 'ward',
    id,
    type: 'enrolled',
    mode: 'test',
    site: null,
    body: '{}',
    createdAt: AT,
    dueAt: AT,
    attempts: 0,
    lastStatus: null,
    lastFailure: null,
    deliveredAt: null,
    gaveUpAt: null,
    ...changes,
  };
}
