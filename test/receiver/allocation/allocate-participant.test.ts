import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { standing } from '../../../src/consent/standing.ts';
import { armOf } from '../../../src/receiver/allocation/arm-of.ts';
import { handIn, handInWithin, knownStudy } from '../../support/allocation/hand-in.ts';
import { openAllocationOffice, studyByParticipant } from '../../support/allocation-office.ts';
import { eventsOf } from '../../support/participants.ts';
import { screening } from '../../support/receiver.ts';

type Opened = Awaited<ReturnType<typeof openAllocationOffice>>;

describe('a participant who hands in the baseline', () => {
  let office: Opened;
  afterEach(() => office.receiver.close());

  const rowOf = async (id: string) => office.store.transaction((tx) => tx.allocation('ward', id));
  const stratumOf = async (id: string) => (await rowOf(id))?.stratum;

  it('is allocated, and what is kept replays', async () => {
    office = await openAllocationOffice();
    const { id } = await office.join();
    assert.equal(await office.baseline(id, { submission: 'the-baseline' }), 'allocated');
    const row = await rowOf(id);
    assert.ok(row && ['groups-arm', 'calls-arm'].includes(row.arm));
    assert.deepEqual(
      [row.stratum, row.block, row.place, row.submission, row.studyVersion, row.allocatedAt, row.mode],
      ['[["screening.role","nurse"]]', 1, 1, 'the-baseline', '1.0.0', office.clock.now, 'test'],
    );
    assert.match(row.bytes, /^([0-9a-f]{2})+$/);
    assert.deepEqual((await eventsOf(office, id)).slice(-1), ['participant-allocated']);
    assert.deepEqual(await office.findings(), []);
    const participant = await office.store.transaction((tx) => tx.participant('ward', id));
    assert(participant);
    assert.deepEqual(await office.store.transaction((tx) => armOf(tx, participant)), {
      ...{ arm: row.arm, drawn: row.arm },
      allocatedAt: row.allocatedAt,
    });
  });

  it('is allocated once, by the same submission or another', async () => {
    office = await openAllocationOffice();
    const { id } = await office.join();
    await office.baseline(id);
    const before = await rowOf(id);
    assert.equal(await office.baseline(id, { submission: before?.submission ?? '' }), 'allocated-before');
    assert.equal(await office.baseline(id), 'allocated-before');
    assert.deepEqual(await rowOf(id), before);
    const [list] = await office.store.transaction((tx) => tx.allocationLists('ward', 'test'));
    assert.equal(list?.draws, 1);
  });

  const signed = { submission: 's1', outcome: 'signed', version: '1.0' } as const;
  const decisions: readonly (readonly [string, Parameters<typeof standing>[0]])[] = [
    ['has decided nothing', []],
    ['has put it off', [{ submission: 's1', outcome: 'deferred', version: '1.0' }]],
    ['has asked for paper', [{ submission: 's1', outcome: 'paper', version: '1.0' }]],
    ['has declined', [{ submission: 's1', outcome: 'declined', version: '1.0' }]],
    ['has declined a later version', [signed, { submission: 's2', outcome: 'declined', version: '2.0' }]],
    ['has withdrawn from the study', [signed, { submission: 's2', withdrawnFrom: 'study' }]],
    ['has withdrawn from the sessions', [signed, { submission: 's2', withdrawnFrom: 'intervention' }]],
  ];
  for (const [name, taken] of decisions) {
    it(`is not allocated who ${name}`, async () => {
      office = await openAllocationOffice();
      const { id } = await office.join();
      assert.equal(await office.baseline(id, { standing: standing(taken) }), 'no-consent');
      assert.equal(await rowOf(id), undefined);
      assert.deepEqual(await office.store.transaction((tx) => tx.allocationLists('ward', 'test')), []);
    });
  }

  it('is allocated who signs again after that', async () => {
    office = await openAllocationOffice();
    const { id } = await office.join();
    const taken = [signed, { submission: 's2', withdrawnFrom: 'study' }, { ...signed, submission: 's3' }] as const;
    assert.equal(await office.baseline(id, { standing: standing(taken) }), 'allocated');
  });

  it('is not allocated by what claims the other mode', async () => {
    office = await openAllocationOffice();
    const { id } = await office.join();
    assert.equal(await office.baseline(id, { mode: 'live' }), 'other-mode');
    assert.equal(await rowOf(id), undefined);
  });

  it('is not allocated by a receiver of the other mode', async () => {
    office = await openAllocationOffice();
    const { id } = await office.join();
    const { store, keys, known } = office;
    assert.equal(await handIn({ store, keys, mode: 'live' }, known, id), 'other-mode');
    assert.equal(await rowOf(id), undefined);
  });

  it('is not allocated by another assessment, or where the study allocates nobody', async () => {
    office = await openAllocationOffice();
    const { id } = await office.join();
    assert.equal(await office.baseline(id, { assessment: 'month-3' }), 'not-asked');
    const known = await knownStudy(
      { ...office, now: office.clock.now },
      studyByParticipant({ version: '2.0.0', allocation: undefined }),
    );
    assert.equal(await office.baseline(id, { known }), 'not-asked');
  });

  it('is not allocated whose screening is not eligible', async () => {
    office = await openAllocationOffice();
    const { id, device } = await office.join();
    // The screening that counts was incomplete, and another one came to a verdict.
    const other = screening({ answers: { role: 'clerk', age: 41 } });
    await office.post(other, { Authorization: `Bearer ${device.token}` });
    assert.equal(await office.baseline(id), 'allocated', 'the first one counts');

    const second = await office.join();
    await office.store.transaction(async (tx) => {
      const judged = (await tx.screenings('ward')).find(({ verdict }) => verdict === 'ineligible');
      await tx.changeParticipant('ward', second.id, { screeningIdHash: judged?.idHash ?? null });
    });
    assert.equal(await office.baseline(second.id), 'not-eligible');
  });

  it('is in the list of their stratum', async () => {
    office = await openAllocationOffice();
    const [nurse, md, none] = [
      await office.join({ role: 'nurse', age: 41 }),
      await office.join({ role: 'md', age: 41 }),
      await office.join(),
    ];
    // Somebody whose screening was on paper.
    await office.store.transaction((tx) => tx.changeParticipant('ward', none.id, { screeningIdHash: null }));
    for (const { id } of [nurse, md, none]) assert.equal(await office.baseline(id), 'allocated');
    assert.equal(await stratumOf(nurse.id), '[["screening.role","nurse"]]');
    assert.equal(await stratumOf(md.id), '[["screening.role","md"]]');
    assert.equal(await stratumOf(none.id), '[["screening.role",null]]');
    assert.equal((await rowOf(none.id))?.place, 1, 'each list begins with its own first place');
  });

  it('is in the group, band and site that the study makes of the answers', async () => {
    const strata = [
      {
        source: 'screening.role',
        groups: [
          { id: 'care', anyOf: ['nurse'] },
          { id: 'else', anyOf: ['md', 'clerk'] },
        ],
        absent: 'else',
      },
      {
        source: 'screening.age',
        bands: [
          { id: 'under-40', atMost: 39 },
          { id: 'from-40', atLeast: 40 },
        ],
      },
      'screening.stress',
      'site',
      'site.organisation',
    ];
    const sites = [{ id: 'north', title: 'North', organisation: 'Oak' }];
    const study = studyByParticipant();
    const allocation = { ...(study.allocation as object), strata };
    office = await openAllocationOffice(studyByParticipant({ allocation, sites }));
    const { id } = await office.join({ role: 'nurse', age: 39, stress: 4 });
    await office.store.transaction((tx) => tx.changeParticipant('ward', id, { site: 'north' }));
    const other = await office.join({ role: 'md', age: 40 });
    for (const one of [id, other.id]) assert.equal(await office.baseline(one), 'allocated');
    const levels = async (one: string) =>
      JSON.parse((await stratumOf(one)) ?? '[]').map(([, level]: unknown[]) => level);
    assert.deepEqual(await levels(id), ['care', 'under-40', 4, 'north', 'Oak']);
    // The rating starts at 3; nobody has to change it.
    assert.deepEqual((await levels(other.id)).slice(0, 2), ['else', 'from-40']);
    assert.deepEqual((await levels(other.id)).slice(3), [null, null]);
  });

  it('fills block after block, each arm exactly its share', async () => {
    office = await openAllocationOffice();
    const ids: string[] = [];
    for (let count = 0; count < 24; count += 1) ids.push((await office.join()).id);
    for (const id of ids) await office.baseline(id);
    const [list] = await office.store.transaction((tx) => tx.allocationLists('ward', 'test'));
    assert(list);
    const blocks = await office.store.transaction((tx) => tx.allocationBlocks(list));
    const places = await office.store.transaction((tx) => tx.allAllocations('ward', 'test'));
    assert.equal(list.draws, 24);
    assert.ok(blocks.every(({ blockSize }) => blockSize === 2 || blockSize === 4));
    for (const { block, blockSize } of blocks.slice(0, -1)) {
      const arms = places.filter((place) => place.block === block).map(({ arm }) => arm);
      assert.deepEqual(
        arms.toSorted(),
        ['calls-arm', 'groups-arm'].flatMap((arm) => Array(blockSize / 2).fill(arm)),
      );
    }
    assert.deepEqual(await office.findings(), []);
  });

  it('goes on in a new block where the ratio or the sizes were changed', async () => {
    office = await openAllocationOffice();
    const [one, two] = [await office.join(), await office.join()];
    await office.baseline(one.id);
    const allocation = { ...(studyByParticipant().allocation as object), blocks: [4, 6] };
    const known = await knownStudy(
      { ...office, now: office.clock.now },
      studyByParticipant({ version: '2.0.0', allocation }),
    );
    await office.baseline(two.id, { known });
    const row = await rowOf(two.id);
    assert.deepEqual([row?.block, row?.place, row?.studyVersion], [2, 1, '2.0.0']);
    assert.deepEqual(await office.findings(), []);
  });

  it('is not allocated where the transaction that records the baseline fails', async () => {
    office = await openAllocationOffice();
    const { id } = await office.join();
    const { store, keys, known } = office;
    const failing = store.transaction(async (tx) => {
      assert.equal(await handInWithin(tx, { keys, mode: 'test' }, known, id), 'allocated');
      throw new RangeError('the disk is full');
    });
    await assert.rejects(failing, RangeError);
    assert.equal(await rowOf(id), undefined);
    assert.deepEqual(await office.store.transaction((tx) => tx.allocationLists('ward', 'test')), []);
    assert.ok(!(await eventsOf(office, id)).includes('participant-allocated'));
  });
});

describe('test and live', () => {
  it('have lists of their own, also in one database', async () => {
    const office = await openAllocationOffice();
    try {
      const [one, two] = [await office.join(), await office.join()];
      await office.baseline(one.id);
      const { store, keys, known } = office;
      await store.transaction(async (tx) => {
        const row = await tx.participant('ward', two.id);
        assert(row);
        await tx.addParticipant({ ...row, id: 'live-one', mode: 'live' });
      });
      assert.equal(await handIn({ store, keys, mode: 'live' }, known, 'live-one'), 'allocated');
      const lists = async (mode: 'live' | 'test') =>
        (await store.transaction((tx) => tx.allocationLists('ward', mode))).map(({ draws, block }) => [draws, block]);
      assert.deepEqual([await lists('test'), await lists('live')], [[[1, 1]], [[1, 1]]]);
      assert.deepEqual(await office.findings(), []);
    } finally {
      await office.receiver.close();
    }
  });
});
