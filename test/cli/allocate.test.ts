import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parseCsv } from '../../src/cli/csv.ts';
import { run } from '../../src/cli/steady.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { HOMES, openAllocationOffice, studyByParticipant, studyBySite } from '../support/allocation-office.ts';
import { type Ran, runCommand } from '../support/command-io.ts';
import { Database } from '../support/database.ts';
import { openOffice, studyJson } from '../support/receiver.ts';

const TABLE = `site\n${HOMES.map(({ id }) => id).join('\n')}\n`;
const TODAY = () => new Date().toISOString().slice(0, 10);

const rowsOf = ({ code, stdout, stderr }: Ran): (readonly string[])[] => {
  assert.equal(code, 0, stderr);
  return parseCsv(stdout).map(({ cells }) => cells);
};

describe('steady allocate', () => {
  let directory: string;
  let data: string;
  let office: Awaited<ReturnType<typeof openAllocationOffice>>;
  /** A receiver has the database open all the while. */
  const open = async (study = studyBySite()) => {
    const store = await openSqliteStore(data);
    office = await openAllocationOffice(study, { store, keys: await openKeys(`${data}.keys`, []) });
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-allocate-'));
    data = join(directory, 'data.sqlite');
  });
  afterEach(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });
  const steady = (...args: string[]) => runCommand(run, [...args, '--data', data]);
  const table = async (text = TABLE) => {
    const file = join(directory, 'homes.csv');
    await writeFile(file, text);
    return file;
  };

  it('draws the phases once, and says so when it is asked again', async () => {
    await open();
    const file = await table();
    const first = await steady('allocate', 'ward', '--sites', file);
    const [head, ...rows] = rowsOf(first);
    assert.deepEqual(head, ['site', 'phase']);
    assert.equal(first.stderr, '8 sites were drawn into their phases.\n');
    const sizes = Map.groupBy(rows, ([, phase]) => phase);
    assert.deepEqual(
      [...sizes.values()].map(({ length }) => length),
      [4, 4],
    );

    const before = new Database(data).dump();
    const again = await steady(
      'allocate',
      'ward',
      '--sites',
      await table(`site\n${TABLE.split('\n').slice(1).reverse().join('\n')}`),
    );
    assert.equal(again.stdout, first.stdout);
    assert.equal(again.stderr, `The phases were drawn on ${TODAY()}. Nothing was changed.\n`);
    assert.deepEqual(new Database(data).dump(), before);
  });

  it('has no arm anywhere before a phase starts', async () => {
    await open();
    const drawn = await steady('allocate', 'ward', '--sites', await table());
    const first = await steady('allocate', 'ward', '--phase', '1');
    const [, ...rows] = rowsOf(first);
    const started = new Set(rows.map(([site]) => site));
    assert.equal(started.size, 4);
    const later = rowsOf(drawn)
      .slice(1)
      .filter(([, phase]) => phase === '2')
      .map(([site]) => site);
    assert.equal(later.length, 4);
    const tables = new Database(data).dump();
    const withArms = Object.entries(tables).filter(([, text]) => /groups-arm|calls-arm/.test(text));
    // The shares of the draw name both arms, and no site.
    assert.deepEqual(withArms.map(([name]) => name).sort(), ['site_arms', 'site_draws']);
    for (const site of later) assert.ok(!tables.site_arms?.includes(`"${site}"`));
    // Whatever is copied of the database, in its file or its log, has no other rows of arms than these.
    assert.equal(JSON.parse(tables.site_arms ?? '[]').length, 4);
  });

  it('draws a phase’s arms once, when it starts, and records the day', async () => {
    await open();
    await steady('allocate', 'ward', '--sites', await table());
    const day = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const first = await steady('allocate', 'ward', '--phase', '1', '--start', day);
    const [head, ...rows] = rowsOf(first);
    assert.deepEqual(head, ['site', 'arm', 'start']);
    assert.deepEqual(rows.map(([, arm]) => arm).sort(), ['calls-arm', 'calls-arm', 'groups-arm', 'groups-arm']);
    assert.ok(rows.every(([, , start]) => start === day));
    assert.equal(first.stderr, `Phase 1 starts on ${day}: the arms of its 4 sites were drawn.\n`);

    const again = await steady('allocate', 'ward', '--phase', '1');
    assert.equal(again.stdout, first.stdout);
    assert.equal(again.stderr, `Phase 1 was drawn on ${TODAY()} and starts on ${day}. Nothing was changed.\n`);
    const other = await steady('allocate', 'ward', '--phase', '1', '--start', TODAY());
    assert.deepEqual([other.code, other.stdout], [1, '']);
    assert.match(other.stderr, new RegExp(`Phase 1 starts on ${day}, not on ${TODAY()}\\. Nothing was changed\\.`));

    assert.equal((await steady('allocate', 'ward', '--phase', '2')).code, 0);
    assert.match((await steady('allocation', 'verify', 'ward')).stdout, /^ward: good \(participants 0, sites 8/);
  });

  it('keeps each stratum of a phase at most one apart', async () => {
    await open();
    await steady('allocate', 'ward', '--sites', await table());
    const arms = [
      ...rowsOf(await steady('allocate', 'ward', '--phase', '1')).slice(1),
      ...rowsOf(await steady('allocate', 'ward', '--phase', '2')).slice(1),
    ];
    assert.equal(arms.length, 8);
    const phases: { site: string; phase: number; stratum: string }[] = JSON.parse(
      new Database(data).dump().site_phases ?? '[]',
    );
    const strata = Map.groupBy(phases, (row) => `${row.phase} ${row.stratum}`);
    for (const rows of strata.values()) {
      const sites = rows.map(({ site }) => site);
      const first = arms.filter(([site = '', arm]) => sites.includes(site) && arm === 'calls-arm').length;
      assert.ok(Math.abs(first - (sites.length - first)) <= 1);
    }
  });

  it('takes from the table what the study file does not say of a site', async () => {
    await open(studyBySite({ sites: HOMES.map(({ id, title }) => ({ id, title })) }));
    const lines = HOMES.map(({ id, organisation, size }) => `${size},${id},${organisation}`);
    const drawn = await steady(
      'allocate',
      'ward',
      '--sites',
      await table(`size,site,organisation\n${lines.join('\n')}\n`),
    );
    assert.equal(rowsOf(drawn).length, 9);
    const phases = new Database(data).dump().site_phases ?? '';
    assert.ok(phases.includes(JSON.stringify('[["organisation","Oak"],["size","small"]]')));
  });

  it('draws the 180 homes of the MGH study: sixty a phase, thirty of each arm, no stratum more than one apart', async () => {
    const file = new URL('../../demo/studies/mgh.study.json', import.meta.url);
    const mgh = JSON.parse(await readFile(file, 'utf8'));
    await open({ ...mgh, id: 'ward' });
    const homes = mgh.sites.map(({ id }: { id: string }) => id);
    const phases = rowsOf(await steady('allocate', 'ward', '--sites', await table(`site\n${homes.join('\n')}\n`)));
    const sizes = [...Map.groupBy(phases.slice(1), ([, phase]) => phase).values()].map(({ length }) => length);
    assert.deepEqual(sizes, [60, 60, 60]);
    const stratumOf = new Map<string, string>(
      mgh.sites.map(({ id, organisation, size }: Record<string, string>) => [id, `${organisation} ${size}`]),
    );
    for (const phase of ['1', '2', '3']) {
      const before = new Database(data).dump();
      assert.equal(JSON.parse(before.site_arms ?? '[]').length, 60 * (Number(phase) - 1));
      const arms = rowsOf(await steady('allocate', 'ward', '--phase', phase)).slice(1);
      const count = (rows: typeof arms, wanted: string) => rows.filter(([, arm]) => arm === wanted).length;
      assert.deepEqual([count(arms, 'irtts'), count(arms, 'wilc')], [30, 30]);
      for (const rows of Map.groupBy(arms, ([site = '']) => stratumOf.get(site)).values()) {
        assert.ok(Math.abs(count(rows, 'irtts') - count(rows, 'wilc')) <= 1);
      }
    }
    assert.match((await steady('allocation', 'verify', 'ward')).stdout, /^ward: good/);
  });

  const tables: Readonly<Record<string, readonly [text: string, says: RegExp]>> = {
    'a site that is not there': [
      TABLE.replace('home-3', 'hime-3'),
      /homes\.csv: line 5: names the site "hime-3"\. The study, in its newest file, has none with this id\. Did you mean "home-3"\? Otherwise remove the line\.$/m,
    ],
    'a site twice': [TABLE.replace('home-3', 'home-2'), /line 5: names the site "home-2" again\. Name each once\.$/m],
    'a site too few': [
      TABLE.replace('home-3\n', ''),
      /There are 7 sites, and the phases of "ward" have 8\. Name each site once, or correct "phases"/,
    ],
    'no column of sites': ['organisation\nOak\n', /line 1: has no column "site"\. Add it\.$/m],
    'an unknown column': [
      'site,beds\nhome-1,3\n',
      /line 1: has the column "beds"\. It can have "site", "organisation" and "size"\.$/m,
    ],
    'another size than the study’s': [
      'site,size\nhome-1,9\n',
      /line 2: has the size 9 for "home-1", the study file 3\. Correct one of them\.$/m,
    ],
    'a size in no band': [
      'site,size\nhome-1,huge\n',
      /line 2: has the size "huge", which is in none of the study’s bands/,
    ],
    'no site': ['site\n', /homes\.csv: names no site\. Write a line for each site under its first line\.$/m],
  };
  for (const [name, [text, says]] of Object.entries(tables)) {
    it(`says where a table is wrong with ${name}, and draws nothing`, async () => {
      await open();
      const ran = await steady('allocate', 'ward', '--sites', await table(text));
      assert.deepEqual([ran.code, ran.stdout], [1, '']);
      assert.match(ran.stderr, says);
      assert.equal(new Database(data).dump().site_draws, '[]');
    });
  }

  it('says what neither the table nor the study file has', async () => {
    await open(studyBySite({ sites: HOMES.map(({ organisation: _, ...site }) => site) }));
    const ran = await steady('allocate', 'ward', '--sites', await table());
    assert.match(
      ran.stderr,
      /line 2: does not say the organisation of "home-0", nor does the study file\. Add it to either\.$/m,
    );
  });

  it('does not draw other sites than were drawn, and names one', async () => {
    const more = [...HOMES, { ...HOMES[0], id: 'home-8', title: 'Home 8' }];
    await open(studyBySite({ sites: more }));
    await steady('allocate', 'ward', '--sites', await table());
    const ran = await steady('allocate', 'ward', '--sites', await table(TABLE.replace('home-0', 'home-8')));
    assert.deepEqual([ran.code, ran.stdout], [1, '']);
    assert.match(
      ran.stderr,
      /were drawn on .*, once and for all, and "home-8" was not in that draw as it is now\. Nothing was changed\./,
    );
  });

  const calls: Readonly<Record<string, readonly [args: readonly string[], code: number, says: RegExp]>> = {
    'no study': [['--phase', '1'], 2, /Name the study by its id/],
    'nothing to draw': [['ward'], 2, /Say one of --sites and --phase/],
    'both at once': [['ward', '--sites', 'x', '--phase', '1'], 2, /Say one of --sites and --phase/],
    'a start without a phase': [['ward', '--sites', 'x', '--start', '2026-01-31'], 2, /--start goes with --phase/],
    'a day that is none': [
      ['ward', '--phase', '1', '--start', '2026-02-30'],
      2,
      /--start is a day of the calendar.*not "2026-02-30"/,
    ],
    'a start in another century': [
      ['ward', '--phase', '1', '--start', '2126-03-09'],
      1,
      /Draw them first|more than a year/,
    ],
    'a phase in words': [['ward', '--phase', 'one'], 2, /--phase is the number of a phase, as in 1, not "one"/],
    'a phase that there is not': [['ward', '--phase', '3'], 1, /"ward" has the phases 1 to 2, and no phase 3/],
    'a phase before the phases were drawn': [
      ['ward', '--phase', '1'],
      1,
      /have no phases yet\. Draw them first: steady allocate ward --sites FILE/,
    ],
    'an unknown study': [['ghost', '--phase', '1'], 1, /There is no study "ghost" in this database\. It has "ward"/],
    'a table that is not there': [['ward', '--sites', 'ghost.csv'], 1, /ghost\.csv: does not exist/],
  };
  for (const [name, [args, code, says]] of Object.entries(calls)) {
    it(`refuses ${name}, and says what to do`, async () => {
      await open();
      const ran = await steady('allocate', ...args);
      assert.deepEqual([ran.code, ran.stdout], [code, ''], ran.stderr);
      assert.match(ran.stderr, says);
    });
  }

  it('refuses a phase out of turn, and a start that is far away', async () => {
    await open();
    await steady('allocate', 'ward', '--sites', await table());
    assert.match(
      (await steady('allocate', 'ward', '--phase', '2')).stderr,
      /Phase 1 has not started\. Phases start in their order/,
    );
    assert.match(
      (await steady('allocate', 'ward', '--phase', '1', '--start', '2126-03-09')).stderr,
      /2126-03-09 is more than a year from today/,
    );
    assert.equal(JSON.parse(new Database(data).dump().site_draws ?? '[]').length, 1);
  });

  it('draws no sites where participants are allocated, or nobody is', async () => {
    await open(studyByParticipant());
    assert.match(
      (await steady('allocate', 'ward', '--phase', '1')).stderr,
      /allocates each participant, when they have handed in "baseline"/,
    );
    await openOffice({ store: office.store, keys: office.keys, studies: [studyJson({ version: '2.0.0' })] });
    assert.match(
      (await steady('allocate', 'ward', '--phase', '1')).stderr,
      /"ward", in its newest file, allocates nobody/,
    );
  });
});
