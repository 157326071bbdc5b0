import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { run } from '../../src/cli/steady.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { HOMES, openAllocationOffice, studyByParticipant, studyBySite } from '../support/allocation-office.ts';
import { runCommand } from '../support/command-io.ts';
import { Database } from '../support/database.ts';

describe('steady allocation', () => {
  let directory: string;
  let data: string;
  let office: Awaited<ReturnType<typeof openAllocationOffice>>;
  const open = async (study: Parameters<typeof openAllocationOffice>[0]) => {
    const store = await openSqliteStore(data);
    office = await openAllocationOffice(study, { store, keys: await openKeys(`${data}.keys`, []) });
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-allocation-'));
    data = join(directory, 'data.sqlite');
  });
  afterEach(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });
  const steady = (...args: string[]) => runCommand(run, ['allocation', ...args, '--data', data]);
  /** What somebody does who has the database and not the keys. */
  const tamper = (...statements: string[]) => {
    const database = new DatabaseSync(data, { enableForeignKeyConstraints: false, timeout: 5_000 });
    for (const statement of statements) assert.notEqual(database.prepare(statement).run().changes, 0, statement);
    database.close();
  };
  const reason = 'Told the other arm by mistake.';

  describe('of participants', () => {
    let ids: string[];
    beforeEach(async () => {
      await open(studyByParticipant());
      ids = [];
      for (let count = 0; count < 5; count += 1) {
        const { id } = await office.join();
        await office.baseline(id);
        ids.push(id);
      }
    });

    it('verifies what was drawn, and counts it', async () => {
      assert.deepEqual(await steady('verify', 'ward'), {
        code: 0,
        stdout: 'ward: good (participants 5, sites 0, corrections 0, sites of participants 0)\n',
        stderr: '',
      });
    });

    const first = `participant = (select participant from allocations order by block, place limit 1)`;
    const other = `case arm when 'calls-arm' then 'groups-arm' else 'calls-arm' end`;
    const frauds: Readonly<Record<string, readonly [statements: readonly string[], says: readonly RegExp[]]>> = {
      'an arm that was changed': [
        [`update allocations set arm = ${other} where ${first}`],
        [/FIRST: does not stand as its random bytes draw it\./, /FIRST: is not as the audit knows/],
      ],
      'an arm that was changed with its bytes': [
        [
          `update allocations set arm = ${other}, bytes = case arm when 'calls-arm' then '00' else 'ff' end where ${first}`,
        ],
        [/FIRST: is not as the audit knows that it was written\./],
      ],
      'a row that was removed': [
        [`delete from allocations where ${first}`],
        [
          /nurse.*: lacks something that was drawn/,
          /participant:FIRST: has an event in the audit of a row that is not there/,
        ],
      ],
      'a row that was added': [
        [
          `insert into allocations select study, 'p-new', 'a-new', mode, stratum, 99, 1, arm, bytes, submission, study_version, allocated_at from allocations where ${first}`,
        ],
        [/p-new: is not known to the audit\./],
      ],
      'two people who were exchanged': [
        [
          `update allocations set participant = 'x' where ${first}`,
          `update allocations set participant = 'FIRST' where participant = 'SECOND'`,
          `update allocations set participant = 'SECOND' where participant = 'x'`,
        ],
        [/FIRST: is not as the audit knows/, /SECOND: is not as the audit knows/],
      ],
      'a block that was made larger': [
        [`update allocation_blocks set block_size = 40 where block = 1`],
        [/nurse.*: does not stand as its random bytes draw it/],
      ],
      'a block of another ratio': [
        [`update allocation_blocks set plan = replace(plan, '"share":1', '"share":2') where block = 1`],
        [/nurse.*: was not drawn by what the study file that it names says/],
      ],
      'a counter that was turned back': [
        [`update allocation_lists set draws = draws - 1`],
        [/nurse.*: lacks something that was drawn/],
      ],
      'an audit that was changed': [
        [`update audit set at = '2020-01-01' where chain = 'participant:FIRST' and event = 'participant-allocated'`],
        [/participant:FIRST: is a chain of the audit that is not whole\./],
      ],
    };
    for (const [name, [statements, says]] of Object.entries(frauds)) {
      it(`finds ${name}, and names no arm and no block`, async () => {
        const [row] = new DatabaseSync(data, { readOnly: true })
          .prepare('select participant from allocations order by block, place')
          .all();
        const one = String(row?.participant);
        const two = ids.find((id) => id !== one) ?? '';
        const text = (statement: string) => statement.replaceAll('FIRST', one).replaceAll('SECOND', two);
        tamper(...statements.map(text));
        const ran = await steady('verify', 'ward');
        assert.deepEqual([ran.code, ran.stdout], [1, '']);
        for (const pattern of says) assert.match(ran.stderr, new RegExp(text(pattern.source)));
        assert.doesNotMatch(ran.stderr, /calls-arm|groups-arm|block \d|place \d/);
      });
    }

    it('corrects an arm by a row beside it, says no arm, and still verifies', async () => {
      const [id = ''] = ids;
      const drawn = await office.drawn(id);
      const arm = drawn === 'calls-arm' ? 'groups-arm' : 'calls-arm';
      const ran = await steady('correct', 'ward', '--participant', id, '--arm', arm, '--reason', reason);
      assert.deepEqual([ran.code, ran.stderr], [0, '']);
      assert.equal(ran.stdout, `The arm of participant ${id} was corrected. What was drawn stays beside it.\n`);
      assert.equal(await office.drawn(id), drawn);
      const again = await steady('correct', 'ward', '--participant', id, '--arm', arm, '--reason', reason);
      assert.deepEqual([again.code, again.stdout], [1, '']);
      assert.match(again.stderr, /is in that arm already\. Nothing was changed\./);
      assert.match((await steady('verify', 'ward')).stdout, /corrections 1/);
      tamper(`update allocation_corrections set reason = 'Never mind.'`);
      assert.match((await steady('verify', 'ward')).stderr, new RegExp(`${id}: is not as the audit knows`));
    });

    const calls: Readonly<Record<string, readonly [args: readonly string[], code: number, says: RegExp]>> = {
      'nothing to do': [[], 2, /Say verify, correct or move/],
      'another thing to do': [['draw', 'ward'], 2, /Say verify, correct or move, not "draw"/],
      'no study': [['verify'], 2, /Name the study/],
      'two studies': [['verify', 'ward', 'home'], 2, /Name one study, not "home" too/],
      'an arm to verify': [['verify', 'ward', '--arm', 'x'], 2, /--arm goes with correct and move/],
      'no reason': [['correct', 'ward', '--participant', 'p', '--arm', 'a'], 2, /Say why with --reason/],
      'a reason in two lines': [
        ['correct', 'ward', '--participant', 'p', '--arm', 'a', '--reason', 'a\nb'],
        2,
        /--reason is one line of at most 500/,
      ],
      'nobody to correct': [['correct', 'ward', '--arm', 'a', '--reason', 'x'], 2, /correct takes two of/],
      'too much to correct': [
        ['correct', 'ward', '--participant', 'p', '--site', 's', '--arm', 'a', '--reason', 'x'],
        2,
        /correct takes two of/,
      ],
      'a move without a site': [
        ['move', 'ward', '--participant', 'p', '--reason', 'x'],
        2,
        /move takes --participant and --site/,
      ],
      'somebody who does not take part': [
        ['correct', 'ward', '--participant', 'ghost', '--arm', 'calls-arm', '--reason', 'x'],
        1,
        /Nobody with the id ghost takes part in "ward"/,
      ],
      'an arm that there is not': [
        ['correct', 'ward', '--participant', 'p', '--arm', 'cakes', '--reason', 'x'],
        1,
        /has no arm "cakes"\. It has "groups-arm" and "calls-arm"/,
      ],
      'an unknown study': [['verify', 'ghost'], 1, /There is no study "ghost"/],
    };
    for (const [name, [args, code, says]] of Object.entries(calls)) {
      it(`refuses ${name}, and says what to do`, async () => {
        const ran = await steady(...args);
        assert.deepEqual([ran.code, ran.stdout], [code, ''], ran.stderr);
        assert.match(ran.stderr, says);
      });
    }
  });

  it('says in a study without sites that nobody can move, and what can be done', async () => {
    const text = JSON.stringify(studyByParticipant({ sites: undefined }));
    await open(JSON.parse(text.replace('"choicesFrom":"sites"', '"choices":["north"]')));
    const { id } = await office.join();
    const ran = await steady('move', 'ward', '--participant', id, '--site', 'north', '--reason', reason);
    assert.deepEqual([ran.code, ran.stdout], [1, '']);
    assert.match(
      ran.stderr,
      /"ward", in its newest file, has no sites, so nobody is at one\. It allocates participants/,
    );
    assert.match(ran.stderr, /add "sites" to the study file and serve it first\.$/m);
  });

  describe('of sites', () => {
    beforeEach(async () => {
      await open(studyBySite());
      const file = join(directory, 'homes.csv');
      await writeFile(file, `site\n${HOMES.map(({ id }) => id).join('\n')}\n`);
      const allocate = (...args: string[]) => runCommand(run, ['allocate', 'ward', ...args, '--data', data]);
      assert.equal((await allocate('--sites', file)).code, 0);
      assert.equal((await allocate('--phase', '1')).code, 0);
    });

    const other = `case arm when 'calls-arm' then 'groups-arm' else 'calls-arm' end`;
    const frauds: Readonly<Record<string, readonly [statement: string, says: RegExp]>> = {
      'an arm that was changed': [
        `update site_arms set arm = ${other} where site = (select min(site) from site_arms)`,
        /phase 1: does not stand as its random bytes draw it/,
      ],
      'a phase that was changed': [
        `update site_phases set phase = 3 - phase where site = 'home-1'`,
        /the phases: does not stand as its random bytes draw it/,
      ],
      'a draw that was removed': [
        `delete from site_draws where phase = 1`,
        /study: has an event in the audit of a row/,
      ],
      'a start that was changed': [
        `update site_draws set starts_on = '2020-01-01' where phase = 1`,
        /phase 1: is not as the audit knows/,
      ],
      'shares that were changed': [
        `update site_draws set shares = replace(shares, '"share":1', '"share":2') where phase = 1`,
        /phase 1: was not drawn by what the study file/,
      ],
    };
    for (const [name, [statement, says]] of Object.entries(frauds)) {
      it(`finds ${name}`, async () => {
        tamper(statement);
        const ran = await steady('verify', 'ward');
        assert.deepEqual([ran.code, ran.stdout], [1, '']);
        assert.match(ran.stderr, says);
        assert.doesNotMatch(ran.stderr, /calls-arm|groups-arm/);
      });
    }

    it('corrects a site’s arm, and which site somebody is counted with; tells of a move', async () => {
      const [drawn] = JSON.parse(new Database(data).dump().site_arms ?? '[]');
      const arm = drawn.arm === 'calls-arm' ? 'groups-arm' : 'calls-arm';
      const site = await steady('correct', 'ward', '--site', drawn.site, '--arm', arm, '--reason', reason);
      assert.equal(site.stdout, `The arm of the site ${drawn.site} was corrected. What was drawn stays beside it.\n`);
      const { id } = await office.join();
      await office.store.transaction((tx) => tx.changeParticipant('ward', id, { site: 'home-1' }));
      await office.baseline(id);
      const counted = await steady('correct', 'ward', '--participant', id, '--site', 'home-2', '--reason', reason);
      assert.equal(
        counted.stdout,
        `Participant ${id} is counted with the site home-2. What was settled before stays beside it.\n`,
      );
      const moved = await steady('move', 'ward', '--participant', id, '--site', 'home-3', '--reason', reason);
      assert.equal(moved.stdout, `Participant ${id} is at the site home-3 from now on. Their arm stays.\n`);
      assert.equal(
        (await steady('verify', 'ward')).stdout,
        'ward: good (participants 0, sites 8, corrections 1, sites of participants 3)\n',
      );
      tamper(`update participant_sites set site = 'home-7' where kind = 'move'`);
      assert.match((await steady('verify', 'ward')).stderr, new RegExp(`${id}: is not as the audit knows`));
    });
  });
});
