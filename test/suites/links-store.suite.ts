import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { LinkRow } from '../../src/receiver/store/links-store.ts';
import type { ContactRow, ScreeningRow, Store, StoreTransaction } from '../../src/receiver/store/store.ts';
import type { Bench } from './store.suite.ts';

const AT = '2026-03-01T00:00:00.000Z';
const LATER = '2026-03-02T00:00:00.000Z';

/** What every store must do with recruiters' links, what came of them, where recruitment is paused, and whole lists. */
export function linksStoreSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store of links`, () => {
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
    const run = <T>(work: (tx: StoreTransaction) => Promise<T>) => store.transaction(work);
    const add = (...rows: LinkRow[]) =>
      run(async (tx) => {
        for (const row of rows) await tx.addLink(row);
      });

    it('gives a link back as it was given, in its study, and by its code in whichever it is', async () => {
      const rows = [link('A'), link('B', { site: 'north', expiresAt: LATER }), link('C', { study: 'other' })];
      await add(...rows);
      assert.deepEqual(await run((tx) => tx.link('ward', 'B')), rows[1]);
      assert.equal(await run((tx) => tx.link('ward', 'C')), undefined);
      assert.deepEqual(await run((tx) => tx.linksByCode('C')), [rows[2]]);
      assert.deepEqual(await run((tx) => tx.linksByCode('D')), []);
      await assert.rejects(add(link('A')));
    });

    it('lists the newest first, page by page, of one maker or of some sites if asked', async () => {
      await add(
        link('A'),
        link('B', { site: 'north', createdBy: 'bo' }),
        link('C', { site: 'south' }),
        link('D', { study: 'other' }),
      );
      const codes = async (page: { after?: string; limit?: number; createdBy?: string; sites?: string[] }) =>
        (await run((tx) => tx.links('ward', { limit: 2, ...page }))).map(({ code }) => code).join('');
      assert.equal(await codes({}), 'CB');
      assert.equal(await codes({ after: 'id-B' }), 'A');
      assert.equal(await codes({ createdBy: 'bo' }), 'B');
      assert.equal(await codes({ sites: ['south'] }), 'C');
      assert.equal(await codes({ sites: [] }), '');
    });

    it('ends a link once, and never makes it last longer', async () => {
      await add(link('A'), link('B', { expiresAt: AT }), link('C', { expiresAt: LATER }));
      const expire = (code: string, at: string) => run((tx) => tx.expireLink('ward', code, at));
      assert.deepEqual(
        [
          await expire('A', AT),
          await expire('A', LATER),
          await expire('B', LATER),
          await expire('C', AT),
          await expire('D', AT),
        ],
        [true, false, false, true, false],
      );
      assert.deepEqual(
        (await run((tx) => tx.links('ward', { limit: 9 }))).map(({ expiresAt }) => expiresAt),
        [AT, AT, AT],
      );
    });

    it('counts what came of each link, and nothing that claims the other mode', async () => {
      await add(link('A'), link('B'), link('C'));
      await run(async (tx) => {
        for (const day of ['2026-03-01', '2026-03-01', '2026-03-02']) await tx.countOpening('ward', 'A', day);
        await tx.addScreening(screening('1', { link: 'A', verdict: 'eligible' }));
        await tx.addScreening(screening('2', { link: 'A', verdict: 'eligible' }));
        await tx.addScreening(screening('3', { link: 'A' }));
        await tx.addScreening(screening('4', { link: 'A', verdict: 'eligible', deviations: ['late', 'mode'] }));
        await tx.addScreening(screening('5', { link: 'B', deviations: ['late'] }));
        await tx.addScreening(screening('6', { verdict: 'eligible' }));
        await take(tx, '1', ['signed', 'withdrawn', 'signed']);
        await take(tx, '2', ['declined']);
        await take(tx, '6', ['signed']);
      });
      const counts = (codes: string[]) => run((tx) => tx.linkCounts('ward', codes, 'test'));
      assert.deepEqual(await counts(['C', 'B', 'A']), [
        { code: 'B', opened: 0, completed: 1, eligible: 0, consented: 0 },
        { code: 'A', opened: 3, completed: 3, eligible: 2, consented: 1 },
      ]);
      assert.deepEqual(await counts([]), []);
      assert.deepEqual(await run((tx) => tx.linkCounts('ward', ['A'], 'live')), [
        { code: 'A', opened: 3, completed: 0, eligible: 0, consented: 0 },
      ]);
    });

    it('counts every opening, however many come at once', async () => {
      await add(link('A'));
      await Promise.all(Array.from({ length: 12 }, () => run((tx) => tx.countOpening('ward', 'A', '2026-03-01'))));
      const [counts] = await run((tx) => tx.linkCounts('ward', ['A'], 'test'));
      assert.equal(counts?.opened, 12);
    });

    it('counts screenings that are alike, by whose they are', async () => {
      await run(async (tx) => {
        for (const id of ['1', '2']) await tx.addScreening(screening(id, { failed: ['adult'] }));
        await tx.addScreening(screening('3', { verdict: 'eligible', participant: 'p3' }));
        await tx.addScreening(screening('4', { participant: 'p3' }));
        await tx.addScreening(screening('5', { deviations: ['mode'] }));
        await tx.addScreening(screening('6', { mode: 'live' }));
        await take(tx, '3', []);
      });
      const tally = await run((tx) => tx.screeningTally('ward', 'test'));
      assert.deepEqual(
        tally
          .map(({ verdict, failed, whose, screenings }) => `${verdict} [${failed}] ${whose} ${screenings}`)
          .toSorted(),
        ['eligible [] participant 1', 'ineligible [] repeated 1', 'ineligible [adult] nobody 2'],
      );
    });

    it('counts the openings of all links of one mode', async () => {
      await add(link('A'), link('B'), link('C', { mode: 'live' }));
      await run(async (tx) => {
        for (const code of ['A', 'A', 'B', 'C']) await tx.countOpening('ward', code, '2026-03-01');
        assert.equal(await tx.linkOpenings('ward', 'test'), 3);
        assert.equal(await tx.linkOpenings('other', 'test'), 0);
      });
    });

    it('gives screenings and contacts page by page', async () => {
      const ids = ['4', '1', '3', '2'];
      await run(async (tx) => {
        for (const id of ids) {
          await tx.addScreening(screening(id, { failed: ['adult'] }));
          await tx.addContact(contact(id));
        }
      });
      await run(async (tx) => {
        const hashes = async (after?: string) =>
          (await tx.screeningPage('ward', { after, limit: 3 })).map(({ idHash }) => idHash).join();
        assert.deepEqual([await hashes(), await hashes('h3'), await hashes('h4')], ['h1,h2,h3', 'h4', '']);
        assert.deepEqual(await tx.screeningPage('ward', { limit: 1 }), [screening('1', { failed: ['adult'] })]);
        const contacts = await tx.contactPage('ward', { after: 'c2', limit: 9 });
        assert.deepEqual(contacts, [contact('3'), contact('4')]);
      });
    });

    it('knows where recruitment is paused, as it was said last', async () => {
      const row = { study: 'ward', site: '', state: 'paused', changedBy: 'ana', changedAt: AT } as const;
      await run(async (tx) => {
        await tx.setRecruitment(row);
        await tx.setRecruitment({ ...row, site: 'north' });
        await tx.setRecruitment({ ...row, state: 'open', changedBy: 'bo', changedAt: LATER });
        await tx.setRecruitment({ ...row, study: 'other' });
      });
      assert.deepEqual(await run((tx) => tx.recruitment('ward')), [
        { ...row, state: 'open', changedBy: 'bo', changedAt: LATER },
        { ...row, site: 'north' },
      ]);
    });
  });
}

function link(code: string, changes: Partial<LinkRow> = {}): LinkRow {
  return {
    study: 'ward',
    code,
    id: `id-${code}`,
    mode: 'test',
    site: null,
    channel: 'poster',
    language: 'en',
    source: 'poster',
    createdBy: 'ana',
    createdAt: AT,
    expiresAt: null,
    ...changes,
  };
}

function screening(id: string, changes: Partial<ScreeningRow> = {}): ScreeningRow {
  return {
    study: 'ward',
    idHash: `h${id}`,
    id,
    mode: 'test',
    studyVersion: '1.0.0',
    judgedBy: '1.0.0',
    verdict: 'ineligible',
    failed: [],
    unknown: [],
    source: 'poster',
    link: null,
    day: '2026-03-01',
    receivedAt: AT,
    deviations: [],
    participant: null,
    ...changes,
  };
}

function contact(id: string): ContactRow {
  return {
    ...{ study: 'ward', id: `c${id}`, screening: id, screeningIdHash: `h${id}`, mode: 'test', studyVersion: '1.0.0' },
    ...{ receivedAt: AT, body: '{}', bodySha256: 'x', tokenHash: null, writeHash: null, returnHash: null },
    ...{ deviations: ['late'], participant: null },
  };
}

/** Somebody with this screening, and what they decided. */
async function take(
  tx: StoreTransaction,
  id: string,
  outcomes: readonly ('signed' | 'declined' | 'withdrawn')[],
): Promise<void> {
  const participant = `p${id}`;
  const place = { study: 'ward', mode: 'test' } as const;
  await tx.addParticipant({
    ...place,
    id: participant,
    site: null,
    enrolledAt: AT,
    screeningIdHash: `h${id}`,
    contact: null,
  });
  for (const [index, outcome] of outcomes.entries()) {
    const of = { id: `${participant}-${index}`, submission: `${participant}-s${index}`, participant, seq: index + 1 };
    const document = { version: '1.0', language: 'en', documentDigest: 'd', scope: null, erase: null };
    const kept = { deviations: [], receivedAt: AT, body: '{}', bodySha256: 'b' };
    await tx.addDecision({ ...place, ...of, studyVersion: '1.0.0', outcome, ...document, ...kept });
  }
}
