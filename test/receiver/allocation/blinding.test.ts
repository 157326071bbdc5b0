import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { below } from '../../../src/allocation/random.ts';
import { allocateParticipant } from '../../../src/receiver/allocation/allocate-participant.ts';
import { correctArm } from '../../../src/receiver/allocation/corrections.ts';
import { openExportFolder } from '../../../src/receiver/export/export-files.ts';
import { exportStudy } from '../../../src/receiver/export/export-study.ts';
import { createLogger } from '../../../src/receiver/log.ts';
import { BLINDED, forRole, type Json } from '../../../src/receiver/staff/blinding.ts';
import { addStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { SIGNED } from '../../support/allocation/hand-in.ts';
import { type Joined, openAllocationOffice, studyByParticipant, studyBySite } from '../../support/allocation-office.ts';
import { as } from '../../support/participants.ts';
import { screening } from '../../support/receiver.ts';

/** Whatever tells of arms, strata or blocks, as it stands in the study and in the tables. */
const TELLING = /groups-arm|calls-arm|stratum|\\?"(arm|block|place|ratio)s?\\?"|screening\.role/;

/** What anybody is told who asks, by who they are and what they ask: body, and all that its size can be read from. */
type Told = Map<string, string>;

/** What somebody is told of the sessions of their own arm, by their own token, is theirs to know. */
function unlessOwn(body: string, path: string): string {
  if (!path.endsWith('/me') || !body.includes('"sessions"')) return body;
  const { sessions, ...rest } = JSON.parse(body);
  assert.ok(['groups-arm', 'calls-arm'].includes(sessions.arm.id));
  return JSON.stringify(rest);
}

describe('that somebody was allocated', () => {
  let office: Awaited<ReturnType<typeof openAllocationOffice>>;
  let people: Joined[];
  let log: string;
  beforeEach(async () => {
    log = '';
    const logger = createLogger({
      write(line: string) {
        log += line;
      },
    });
    office = await openAllocationOffice(studyByParticipant(), { logger });
    people = [];
    for (let count = 0; count < 6; count += 1) people.push(await office.join());
  });
  afterEach(() => office.receiver.close());

  /** Asks everything that can be asked, as everybody who must not know. */
  async function askAll(): Promise<Told> {
    const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
      (await office.ask('/openapi.json')).body,
    );
    const secrets = new Map<string, string | undefined>([['nobody', undefined]]);
    for (const [at, { device }] of people.entries()) secrets.set(`participant ${at}`, device.token);
    for (const [role, token] of blinded) secrets.set(role, token);
    const told: Told = new Map();
    for (const path of Object.keys(paths).filter((one) => paths[one]?.get !== undefined)) {
      const address = path.replace('{study}', 'ward').replace(/\{\w+\}/g, 'baseline');
      for (const [who, secret] of secrets) {
        const answer = secret === undefined ? await office.ask(address) : await as(office, secret, address);
        const headers = JSON.stringify([...answer.headers]);
        told.set(`${who}: GET ${path}`, `${answer.status} ${headers} ${unlessOwn(answer.body, path)}`);
      }
    }
    return told;
  }
  /** All that whoever must not know the arms may take out, by file. */
  async function exported(): Promise<ReadonlyMap<string, string>> {
    const folder = await mkdtemp(join(tmpdir(), 'steady-blinded-'));
    const out = join(folder, 'out');
    const options = { study: 'ward', format: 'csv', freeText: true, contacts: true, arms: false } as const;
    await exportStudy({ ...office, now: () => new Date(office.clock.now) }, options, await openExportFolder(out));
    const files = await Promise.all(
      (await readdir(out)).map(async (file) => [file, await readFile(join(out, file), 'utf8')] as const),
    );
    await rm(folder, { recursive: true });
    return new Map(files.map(([file, text]) => [file, text.replace('"arms": false', '')]));
  }
  let blinded: Map<string, string>;
  beforeEach(async () => {
    blinded = new Map();
    const usual = { study: 'ward', name: 'Somebody', sites: [], series: [], days: 30 };
    const { store, keys, clock } = office;
    const now = () => new Date(clock.now);
    for (const role of BLINDED) blinded.set(role, (await addStaff({ store, keys, now }, { ...usual, role })).token);
  });

  it('changes no answer to anybody who must not know, not in a byte', async () => {
    const before = await askAll();
    for (const { id } of people) assert.equal(await office.baseline(id), 'allocated');
    const after = await askAll();
    assert.ok(before.size > 50 && [...before.values()].filter((one) => one.startsWith('200')).length > 10);
    assert.deepEqual(after, before);
    // The description names what it describes, of any study.
    for (const [asked, answer] of after) if (!asked.endsWith('/openapi.json')) assert.doesNotMatch(answer, TELLING);
  });

  it('changes no byte of an export without arms', async () => {
    const before = await exported();
    for (const { id } of people) assert.equal(await office.baseline(id), 'allocated');
    const after = await exported();
    assert.equal(after.get('participants.csv')?.split('\r\n').length, people.length + 2);
    assert.deepEqual(after, before);
    for (const [file, text] of after) assert.doesNotMatch(text.replaceAll('screening.role', ''), TELLING, file);
  });

  it('is told in the same length to people of both arms', async () => {
    for (const { id } of people) await office.baseline(id);
    const arms = await Promise.all(people.map(({ id }) => office.drawn(id)));
    assert.equal(new Set(arms).size, 2, 'six people are in both arms: no block is longer than four');
    const told = await askAll();
    const lengths = people.map((_, at) => told.get(`participant ${at}: GET /studies/{study}/me`)?.length);
    assert.equal(new Set(lengths).size, 1);
  });

  it('is told without the arm to whoever allocates, so that no receipt can have it', async () => {
    const outcomes = await Promise.all(people.map(({ id }) => office.baseline(id)));
    assert.deepEqual(new Set(outcomes), new Set(['allocated']));
  });

  it('leaves no line in the log that says where', async () => {
    for (const { id } of people) await office.baseline(id);
    await office.post(screening());
    await askAll();
    assert.ok(log.split('\n').length > 50);
    assert.doesNotMatch(log, TELLING);
  });

  it('is in no error: not where chance is broken, not where somebody is corrected into nothing', async () => {
    const { store, keys, known } = office;
    const [one] = people;
    assert(one);
    const row = await store.transaction((tx) => tx.participant('ward', one.id));
    assert(row);
    const usual = { known, participant: row, assessment: 'baseline', submission: 's', standing: SIGNED } as const;
    const failing = store.transaction((tx) =>
      allocateParticipant(
        tx,
        { keys, mode: 'test', newId: () => 'id' },
        { ...usual, mode: 'test', at: office.clock.now },
        () => new Uint8Array(0),
      ),
    );
    const error = await failing.then(
      () => assert.fail('it was drawn'),
      (thrown: Error) => thrown,
    );
    assert.doesNotMatch(`${error.message} ${JSON.stringify(error)}`, TELLING);
    await office.baseline(one.id);
    const arm = (await office.drawn(one.id)) ?? '';
    const same = await correctArm(office, { study: 'ward', participant: one.id, arm, reason: 'x' }).then(
      () => assert.fail('it was corrected'),
      (thrown: Error) => thrown,
    );
    assert.doesNotMatch(same.message, TELLING);
    assert.throws(() => below(0, () => new Uint8Array(1)));
  });

  it('would not pass the door to blinded staff, were a whole row to be answered', async () => {
    const [one] = people;
    assert(one);
    await office.baseline(one.id);
    const [row] = await office.store.transaction((tx) => tx.allAllocations('ward', 'test'));
    assert(row);
    const block = await office.store.transaction((tx) => tx.allocationBlock(row, 1));
    assert(block);
    for (const role of BLINDED) {
      const rows = { drawn: { ...row }, rows: [{ ...row }, { ...block }] } as unknown as Json;
      const seen = forRole(role, rows);
      assert.deepEqual(seen, {
        rows: [
          {
            study: 'ward',
            mode: 'test',
            id: row.id,
            participant: one.id,
            submission: row.submission,
            studyVersion: '1.0.0',
          },
          { study: 'ward', mode: 'test', studyVersion: '1.0.0' },
        ],
      });
    }
  });
});

describe('the public study', () => {
  for (const study of [studyByParticipant(), studyBySite()]) {
    it(`says nothing of arms (${JSON.stringify(study.allocation).slice(8, 21)})`, async () => {
      const office = await openAllocationOffice(study);
      const { body } = await office.ask('/studies/ward');
      await office.receiver.close();
      assert.doesNotMatch(body, /groups-arm|calls-arm|"arms"|"allocation"|"ratio"|"strata"|"phases"/);
    });
  }

  for (const name of ['keck', 'mgh']) {
    it(`says nothing of ${name}’s`, async () => {
      const file = new URL(`../../../demo/studies/${name}.study.json`, import.meta.url);
      const study = JSON.parse(await readFile(file, 'utf8'));
      const office = await openAllocationOffice({ ...study, id: 'ward' });
      const { body, status } = await office.ask('/studies/ward');
      await office.receiver.close();
      assert.equal(status, 200);
      const part = JSON.parse(body);
      assert.ok(!('arms' in part) && !('allocation' in part));
      for (const { id } of study.arms) assert.ok(!body.includes(`"${id}"`), id);
      assert.doesNotMatch(body, /"ratio"|"strata"|"phases"/);
      assert.ok(study.allocation.basis.length > 0 && !body.includes(study.allocation.basis));
    });
  }
});
