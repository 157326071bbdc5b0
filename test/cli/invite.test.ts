import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseCsv } from '../../src/cli/csv.ts';
import { run } from '../../src/cli/steady.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { type Ran, runCommand } from '../support/command-io.ts';
import { Database } from '../support/database.ts';
import { as, enrolmentOf, me, newDevice, postAs, send, spend } from '../support/participants.ts';
import { type Office, openOffice, screening, studyJson } from '../support/receiver.ts';

const SITES = [
  { id: 'north', title: 'North' },
  { id: 'south', title: 'South' },
];
const STEADY = fileURLToPath(new URL('../../src/cli/steady.ts', import.meta.url));

interface Line {
  readonly id: string;
  readonly site: string;
  readonly label: string;
  readonly code: string;
  readonly expires: string;
}

function linesOf({ code, stdout, stderr }: Ran): Line[] {
  assert.equal(code, 0, stderr);
  const [head, ...rows] = parseCsv(stdout);
  assert.match(head?.cells.join() ?? '', /^id,site,label,(code|link),expires$/);
  return rows.map(({ cells: [id = '', site = '', label = '', way = '', expires = ''] }) => {
    return { id, site, label, code: way, expires };
  });
}

describe('steady invite', () => {
  let directory: string;
  let data: string;
  let office: Office;
  /** A receiver has the database open all the while. */
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-invite-'));
    data = join(directory, 'data.sqlite');
    const store = await openSqliteStore(data);
    const keys = await openKeys(`${data}.keys`, []);
    office = await openOffice({ store, keys, studies: [studyJson({ sites: SITES })], limits: { perAddress: 100_000 } });
    office.clock.now = new Date().toISOString();
  });
  afterEach(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });
  /** The command has no clock but the machine's own: the receiver's is set by it afterwards. */
  const steady = async (...args: string[]): Promise<Ran> => {
    const ran = await runCommand(run, ['invite', ...args, '--data', data]);
    office.clock.now = new Date().toISOString();
    return ran;
  };
  const table = async (text: string): Promise<string> => {
    const file = join(directory, 'people.csv');
    await writeFile(file, text);
    return file;
  };

  it('makes as many as asked for, each good once, and keeps nothing that opens one', async () => {
    const ran = await steady('ward', '--count', '3', '--site', 'south', '--expires', 'P7D');
    const lines = linesOf(ran);
    assert.equal(lines.length, 3);
    const database = new Database(data);
    for (const { id, site, label, code, expires } of lines) {
      assert.deepEqual([site, label], ['south', '']);
      assert.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){7}[0-9a-hjkmnp-tv-z]{4}$/);
      const days = (Date.parse(expires) - Date.now()) / 86_400_000;
      assert.ok(days > 6.9 && days <= 7, expires);
      for (const text of [code, code.replaceAll('-', '')]) assert.ok(!database.hasTraceOf(text));
      const device = await newDevice();
      const body = { invite: code, ...device.hashes };
      assert.equal(enrolmentOf(await send(office, 'POST', '/studies/ward/participants', body)).participant, id);
      assert.equal((await me(office, device)).site, 'south');
    }
    assert.equal(ran.stderr, '');
  });

  it('makes one for each line of a table, with its label, site and check', async () => {
    const file = await table('site,label,check\nnorth,"Ruiz, Ana",Santa Fe\n,Bo,\n');
    const lines = linesOf(await steady('ward', '--csv', file));
    assert.deepEqual(
      lines.map(({ site, label }) => [site, label]),
      [
        ['north', 'Ruiz, Ana'],
        ['', 'Bo'],
      ],
    );
    const [ana, bo] = lines;
    const code = ana?.code.replaceAll('-', '') ?? '';
    const device = await newDevice();
    assert.equal((await spend(office, code, device)).problem(), 'check-needed');
    assert.equal(enrolmentOf(await spend(office, code, device, { check: 'Santa Fe' })).participant, ana?.id);
    assert.equal((await spend(office, bo?.code.replaceAll('-', '') ?? '', await newDevice())).status, 201);
    const kept = JSON.stringify(new Database(data).dump());
    assert.ok(!kept.includes('Ruiz') && !kept.includes('Santa Fe'), 'who that is, the table alone knows');
  });

  it('makes links to a page, with the code in the fragment', async () => {
    const url = 'https://study.example.org/p/ward?source=mail';
    const [line] = linesOf(await steady('ward', '--count', '1', '--url', url));
    const link = new URL(line?.code ?? '');
    assert.equal(`${link.origin}${link.pathname}${link.search}`, url);
    const [, invite] = /^#steady-invite=([0-9a-z]{32})$/.exec(link.hash) ?? [];
    assert.equal((await spend(office, invite ?? '', await newDevice())).status, 201);
  });

  it('brings somebody to another device, and ends a lost one at once', async () => {
    const [first] = linesOf(await steady('ward', '--count', '1', '--site', 'north'));
    assert(first);
    const plain = (code: string | undefined) => code?.replaceAll('-', '') ?? '';
    const old = await newDevice();
    await spend(office, plain(first.code), old);
    const [moved] = linesOf(await steady('ward', '--again', first.id));
    assert.deepEqual([moved?.id, moved?.site], [first.id, 'north']);
    const device = await newDevice();
    assert.equal((await spend(office, plain(moved?.code), device)).status, 201);
    assert.equal((await as(office, old.token, '/studies/ward/me')).status, 401);
    assert.equal((await postAs(office, old.writeKey, screening())).status, 201);

    const [last] = linesOf(await steady('ward', '--again', first.id, '--lost'));
    for (const secret of [old.writeKey, device.writeKey, device.token]) {
      assert.equal((await postAs(office, secret, screening())).problem(), 'not-signed-in');
    }
    assert.equal(enrolmentOf(await spend(office, plain(last?.code), await newDevice())).participant, first.id);
  });

  it('works beside a receiver that goes on receiving, in another process', async () => {
    const args = [STEADY, 'invite', 'ward', '--count', '500', '--data', data];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    let code: unknown;
    const closed = once(child, 'close').then((values) => {
      [code] = values;
    });
    const statuses = new Map<number, number>();
    while (code === undefined) {
      const answers = await Promise.all([1, 2, 3, 4].map(() => office.post(screening())));
      // Nothing of this waits for anything outside of this process: without a turn the child's end would never be heard.
      await setImmediate();
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    await closed;
    assert.equal(code, 0);
    assert.deepEqual([...statuses.keys()], [201], JSON.stringify([...statuses]));
    const lines = linesOf({ code: 0, stdout, stderr: '' });
    assert.equal(new Set(lines.map((line) => line.code)).size, 500);
    for (const line of [lines.at(0), lines.at(-1)]) {
      const answer = await spend(office, line?.code.replaceAll('-', '') ?? '', await newDevice());
      assert.equal(enrolmentOf(answer).participant, line?.id);
    }
  });

  const tables: Readonly<Record<string, readonly [text: string, says: RegExp]>> = {
    'an unknown column': [
      'label,sight\nAna,north\n',
      /people\.csv: line 1: has the column "sight"\. It can have "label", "site" and "check"\.$/m,
    ],
    semicolons: ['label;site\nAna;north\n', /line 1: has the column "label;site".*Put commas between columns\.$/m],
    'a column twice': ['label,label\nA,B\n', /line 1: has the column "label" twice\. Remove one\.$/m],
    'an unknown site': [
      'label,site\nAna,north\nBo,west\n',
      /line 3: names the site "west"\. The study, in its newest file, has "north" and "south"\.$/m,
    ],
    'a cell too many': [
      'label,site\nRuiz, Ana,north\n',
      /line 2: has 3 cells where the first line has 2\. Put " around/,
    ],
    'an open quotation mark': ['label\n"Ana\n', /line 2: has a quotation mark in the wrong place/],
    'a very long check': [
      `check\n${'9'.repeat(201)}\n`,
      /line 2: has a check of 201 characters\. Write at most 200\.$/m,
    ],
    nobody: ['label\n', /people\.csv: names nobody\. Write a line for each person/],
    nothing: ['', /people\.csv: is empty\. Its first line names its columns: label,site,check\.$/m],
  };
  for (const [name, [text, says]] of Object.entries(tables)) {
    it(`says where a table is wrong with ${name}, and makes none`, async () => {
      const ran = await steady('ward', '--csv', await table(text));
      assert.deepEqual([ran.code, ran.stdout], [1, '']);
      assert.match(ran.stderr, says);
      const rows = JSON.parse(new Database(data).dump().invitations ?? '[]');
      assert.deepEqual(rows, []);
    });
  }

  const calls: Readonly<Record<string, readonly [args: readonly string[], code: number, says: RegExp]>> = {
    'no study': [['--count', '1'], 2, /Name the study by its id/],
    'two studies': [['ward', 'home', '--count', '1'], 2, /Name one study/],
    'an unknown study': [['ghost', '--count', '1'], 1, /There is no study "ghost" in this database\. It has "ward"\./],
    'an unknown site': [
      ['ward', '--count', '1', '--site', 'west'],
      1,
      /has no site "west"\. It has "north", "south"\./,
    ],
    'nothing to make': [['ward'], 2, /Say one of --count, --csv and --again/],
    'two things to make': [['ward', '--count', '1', '--csv', 'x'], 2, /Say one of/],
    'no number': [['ward', '--count', 'many'], 2, /--count is a number from 1 to 10000, not "many"/],
    none: [['ward', '--count', '0'], 2, /--count is a number from 1/],
    'too many': [['ward', '--count', '10001'], 2, /--count is a number from 1/],
    'a site for a table': [['ward', '--csv', 'x', '--site', 'north'], 2, /write sites in its column "site"/],
    'a site for one again': [['ward', '--again', 'x', '--site', 'north'], 2, /--site goes with --count/],
    'lost without whose': [['ward', '--count', '1', '--lost'], 2, /--lost goes with --again/],
    'nobody known': [['ward', '--again', 'x'], 1, /"ward" has nobody with the id x/],
    'no duration': [['ward', '--count', '1', '--expires', '30'], 2, /--expires .* not "30"/],
    'no page': [['ward', '--count', '1', '--url', 'study.example.org'], 2, /--url is a page’s whole address/],
    'a page that is not safe': [
      ['ward', '--count', '1', '--url', 'http://study.example.org'],
      2,
      /starting with https/,
    ],
    'a page with a fragment': [['ward', '--count', '1', '--url', 'https://s.example.org/#x'], 2, /has a # already/],
    'a table that is not there': [['ward', '--csv', 'ghost.csv'], 1, /ghost\.csv: does not exist/],
    'an unknown option': [['ward', '--sites', 'north'], 2, /--sites/],
  };
  for (const [name, [args, code, says]] of Object.entries(calls)) {
    it(`refuses ${name}, and says what to do`, async () => {
      const ran = await steady(...args);
      assert.deepEqual([ran.code, ran.stdout], [code, ''], ran.stderr);
      assert.match(ran.stderr, says);
    });
  }

  it('needs the database that is there, and its keys', async () => {
    const elsewhere = await runCommand(run, ['invite', 'ward', '--count', '1', '--data', join(directory, 'no.sqlite')]);
    assert.deepEqual([elsewhere.code, elsewhere.stdout], [1, '']);
    assert.match(elsewhere.stderr, /is not there/);
    const none = await runCommand(run, ['invite', 'ward', '--count', '1']);
    assert.equal(none.code, 2);
    const keys = await steady('ward', '--count', '1', '--keys', join(directory, 'other'));
    assert.equal(keys.code, 1);
    assert.match(keys.stderr, /--keys/);
  });
});
