import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { armOf } from '../../../src/receiver/allocation/arm-of.ts';
import { correctArm, correctSite, correctSiteArm, recordMove } from '../../../src/receiver/allocation/corrections.ts';
import type { KeptAllocation } from '../../../src/receiver/allocation/kept-allocation.ts';
import { drawPhases, startPhase } from '../../../src/receiver/allocation/site-draws.ts';
import { StoreError } from '../../../src/receiver/store/store.ts';
import { SteadyError } from '../../../src/study/steady-error.ts';
import { openAllocationOffice, studyByParticipant, studyBySite } from '../../support/allocation-office.ts';
import { eventsOf } from '../../support/participants.ts';

const reason = 'The list at the home was wrong.';
const refused = (code: string) => (error: unknown) => error instanceof SteadyError && error.code === code;
/** Every home in the stratum of its organisation. */
const place = ({ sites }: KeptAllocation) =>
  sites.map(({ id, organisation }) => ({ site: id, stratum: String(organisation) }));

describe('a study that allocates sites', () => {
  let office: Awaited<ReturnType<typeof openAllocationOffice>>;
  beforeEach(async () => {
    office = await openAllocationOffice(studyBySite());
  });
  afterEach(() => office.receiver.close());

  const desk = () => ({ ...office, now: () => new Date(office.clock.now) });
  const draw = () => drawPhases(desk(), 'ward', place);
  const begin = (phase: number) => startPhase(desk(), { study: 'ward', phase });
  /** Somebody at a home. */
  const joinAt = async (site: string | null): Promise<string> => {
    const { id } = await office.join();
    await office.store.transaction((tx) => tx.changeParticipant('ward', id, { site }));
    return id;
  };
  const arm = (id: string) =>
    office.store.transaction(async (tx) => {
      const row = await tx.participant('ward', id);
      assert(row);
      return armOf(tx, row);
    });
  const sitesOf = async (id: string) =>
    (await office.store.transaction((tx) => tx.participantSites('ward', id))).map(
      ({ kind, site }) => `${kind} ${site}`,
    );

  it('settles a participant’s site at the baseline, once, and gives them its arm when that is drawn', async () => {
    await draw();
    const id = await joinAt('home-3');
    assert.equal(await office.baseline(id), 'settled');
    assert.equal(await office.baseline(id), 'settled-before');
    assert.deepEqual(await sitesOf(id), ['baseline home-3']);
    assert.equal(await arm(id), undefined, 'no arm before the phase starts');
    const drawn = [...(await begin(1)).rows, ...(await begin(2)).rows];
    const own = drawn.find(({ site }) => site === 'home-3')?.arm;
    assert.deepEqual(await arm(id), { arm: own, drawn: own, siteStart: '2026-03-09' });
    assert.deepEqual((await eventsOf(office, id)).slice(-1), ['site-settled']);
    assert.deepEqual(await office.findings(), []);
  });

  it('gives nobody an arm who has no site, no consent or another mode', async () => {
    const nowhere = await joinAt(null);
    assert.equal(await office.baseline(nowhere), 'no-site');
    const somewhere = await joinAt('home-1');
    assert.equal(await office.baseline(somewhere, { mode: 'live' }), 'other-mode');
    const none = { state: 'none', intervention: 'open', authorization: 'open' } as const;
    assert.equal(await office.baseline(somewhere, { standing: none }), 'no-consent');
    assert.equal(await office.baseline(somewhere, { assessment: 'month-3' }), 'not-asked');
    for (const id of [nowhere, somewhere]) assert.deepEqual(await sitesOf(id), []);
  });

  it('keeps the arm of the site at the baseline when somebody moves, and tells of the move', async () => {
    await draw();
    const drawn = [...(await begin(1)).rows, ...(await begin(2)).rows];
    const [here, there] = [drawn.find((row) => row.arm === 'calls-arm'), drawn.find((row) => row.arm === 'groups-arm')];
    assert(here && there);
    const id = await joinAt(here.site);
    await office.baseline(id);
    await recordMove(desk(), { study: 'ward', participant: id, site: there.site, reason });
    assert.equal((await arm(id))?.arm, 'calls-arm');
    assert.deepEqual(await sitesOf(id), [`baseline ${here.site}`, `move ${there.site}`]);
    assert.equal((await office.store.transaction((tx) => tx.participant('ward', id)))?.site, there.site);
    assert.deepEqual((await eventsOf(office, id)).slice(-2), ['site-settled', 'site-changed']);
    assert.equal(await office.baseline(id), 'settled-before');
    assert.deepEqual(await office.findings(), []);
  });

  it('settles where somebody is who moved before the baseline', async () => {
    const id = await joinAt('home-1');
    await recordMove(desk(), { study: 'ward', participant: id, site: 'home-2', reason });
    assert.equal(await office.baseline(id), 'settled');
    assert.deepEqual(await sitesOf(id), ['move home-2', 'baseline home-2']);
  });

  it('counts somebody with another site where the first was wrong, and keeps both', async () => {
    await draw();
    const drawn = [...(await begin(1)).rows, ...(await begin(2)).rows];
    const [wrong, right] = [
      drawn.find((row) => row.arm === 'calls-arm'),
      drawn.find((row) => row.arm === 'groups-arm'),
    ];
    assert(wrong && right);
    const id = await joinAt(wrong.site);
    await office.baseline(id);
    await correctSite(desk(), { study: 'ward', participant: id, site: right.site, reason });
    assert.equal((await arm(id))?.arm, 'groups-arm');
    assert.deepEqual(await sitesOf(id), [`baseline ${wrong.site}`, `correction ${right.site}`]);
    await assert.rejects(
      correctSite(desk(), { study: 'ward', participant: id, site: right.site, reason }),
      refused('same-site'),
    );
    assert.deepEqual(await office.findings(), []);
  });

  it('can count somebody with a site who had none at the baseline', async () => {
    const id = await joinAt(null);
    assert.equal(await office.baseline(id), 'no-site');
    await correctSite(desk(), { study: 'ward', participant: id, site: 'home-5', reason });
    assert.equal(await office.baseline(id), 'settled-before');
    assert.deepEqual(await sitesOf(id), ['correction home-5']);
  });

  it('corrects a site’s arm by a row beside what was drawn', async () => {
    await draw();
    const [row] = (await begin(1)).rows;
    assert(row);
    const id = await joinAt(row.site);
    await office.baseline(id);
    const other = row.arm === 'calls-arm' ? 'groups-arm' : 'calls-arm';
    await correctSiteArm(desk(), { study: 'ward', site: row.site, arm: other, reason });
    const now = await arm(id);
    assert.deepEqual([now?.arm, now?.drawn], [other, row.arm]);
    const again = correctSiteArm(desk(), { study: 'ward', site: row.site, arm: other, reason });
    await assert.rejects(again, refused('same-arm'));
    assert.deepEqual(await office.findings(), []);
  });

  it('refuses what cannot be corrected, and says why', async () => {
    await draw();
    const id = await joinAt('home-1');
    const of = { study: 'ward', reason };
    const cases: readonly (readonly [string, () => Promise<void>])[] = [
      ['not-allocated', () => correctSiteArm(desk(), { ...of, site: 'home-1', arm: 'calls-arm' })],
      ['unknown-arm', () => correctSiteArm(desk(), { ...of, site: 'home-1', arm: 'cakes' })],
      ['unknown-site', () => correctSiteArm(desk(), { ...of, site: 'hut', arm: 'calls-arm' })],
      ['unknown-site', () => recordMove(desk(), { ...of, participant: id, site: 'hut' })],
      ['same-site', () => recordMove(desk(), { ...of, participant: id, site: 'home-1' })],
      ['unknown-participant', () => recordMove(desk(), { ...of, participant: 'nobody', site: 'home-1' })],
      ['unknown-participant', () => correctSite(desk(), { ...of, participant: 'nobody', site: 'home-1' })],
      ['by-site', () => correctArm(desk(), { ...of, participant: id, arm: 'calls-arm' })],
      ['unknown-study', () => recordMove(desk(), { ...of, study: 'ghost', participant: id, site: 'home-1' })],
    ];
    for (const [code, work] of cases) await assert.rejects(work, refused(code), code);
    assert.deepEqual(await sitesOf(id), []);
  });

  it('draws phases and arms once, also when two ask at once', async () => {
    const outcomes = await Promise.all([draw(), draw(), draw()]);
    assert.deepEqual(outcomes.map(({ isNew }) => isNew).sort(), [false, false, true]);
    assert.equal(new Set(outcomes.map(({ rows }) => JSON.stringify(rows))).size, 1);
    const starts = await Promise.all([begin(1), begin(1)]);
    assert.deepEqual(starts.map(({ isNew }) => isNew).sort(), [false, true]);
  });

  it('draws nothing where the draw cannot be kept', async () => {
    await draw();
    const { store } = office;
    const failing = {
      ...desk(),
      store: {
        ...store,
        transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]) =>
          store.transaction(async (tx) => {
            await work(tx);
            throw new StoreError('busy', 'The disk is full.');
          }) as Promise<T>,
      },
    };
    await assert.rejects(startPhase(failing, { study: 'ward', phase: 1 }), { code: 'busy' });
    assert.deepEqual(await store.transaction((tx) => tx.siteArms('ward', 'test')), []);
    assert.equal((await store.transaction((tx) => tx.siteDraws('ward', 'test'))).length, 1);
  });
});

describe('a correction of a participant’s arm', () => {
  it('is added with its reason, again and again, and what was drawn stays', async () => {
    const office = await openAllocationOffice(studyByParticipant());
    try {
      const { id } = await office.join();
      const change = { study: 'ward', participant: id, reason };
      await assert.rejects(correctArm(office, { ...change, arm: 'calls-arm' }), refused('not-allocated'));
      await office.baseline(id);
      const drawn = await office.drawn(id);
      const other = drawn === 'calls-arm' ? 'groups-arm' : 'calls-arm';
      await correctArm(office, { ...change, arm: other });
      await assert.rejects(correctArm(office, { ...change, arm: other }), refused('same-arm'));
      await correctArm(office, { ...change, arm: drawn ?? '', reason: 'It was right after all.' });
      assert.equal(await office.drawn(id), drawn);
      const rows = await office.store.transaction((tx) =>
        tx.corrections({ study: 'ward', mode: 'test', unit: 'participant', subject: id }),
      );
      assert.deepEqual(
        rows.map((row) => [row.seq, row.arm, row.reason]),
        [
          [1, other, reason],
          [2, drawn, 'It was right after all.'],
        ],
      );
      assert.deepEqual((await eventsOf(office, id)).slice(-2), ['allocation-corrected', 'allocation-corrected']);
      assert.equal(await office.baseline(id), 'allocated-before');
      assert.deepEqual(await office.findings(), []);
      await assert.rejects(
        correctSiteArm(office, { study: 'ward', site: 'north', arm: 'calls-arm', reason }),
        refused('not-by-site'),
      );
    } finally {
      await office.receiver.close();
    }
  });
});
