import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { run } from '../../src/cli/steady.ts';
import { STUDY_CHAIN, verifyChain } from '../../src/receiver/audit.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { createReceiver } from '../../src/receiver/receiver.ts';
import { readStudy } from '../../src/receiver/served-study.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { type Ran, runCommand } from '../support/command-io.ts';
import { Database } from '../support/database.ts';
import { newRecordKeys, studyJson } from '../support/receiver.ts';

const TOKEN = /^steady-staff-[A-Za-z0-9_-]{43}\n$/;

/** How the list writes an end in so many days from now, or from a minute ago: midnight may have passed. */
function untilIn(days: number): string[] {
  return [Date.now(), Date.now() - 60_000].map(
    (from) => `until ${new Date(from + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)}`,
  );
}

describe('steady staff', () => {
  let directory: string;
  let data: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-staff-'));
    data = join(directory, 'data.sqlite');
    await serveOnce(studyJson());
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** As `steady serve` would: the study is kept in the database. */
  async function serveOnce(...studies: Record<string, unknown>[]): Promise<void> {
    const store = await openSqliteStore(data);
    const keys = await openKeys(`${data}.keys`, await store.transaction((tx) => tx.keyIds()));
    const served = await Promise.all(studies.map((json) => readStudy(JSON.stringify(json), 'ward.study.json')));
    await (await createReceiver({ studies: served, store, keys, recordKeys: await newRecordKeys() })).close();
  }

  const steady = (...args: string[]): Promise<Ran> => runCommand(run, ['staff', ...args]);
  const add = (...more: string[]): Promise<Ran> =>
    steady('add', 'ward', '--role', 'facilitator', '--name', 'Ana Ruiz', '--data', data, ...more);
  const list = async (): Promise<string[][]> => {
    const { stdout, code } = await steady('list', 'ward', '--data', data);
    assert.equal(code, 0);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('  '));
  };

  it('prints a token once, and nothing but its hash is kept', async () => {
    const ran = await add();
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stdout, TOKEN);
    const token = ran.stdout.trim();
    assert.ok(!ran.stderr.includes(token));
    const database = new Database(data);
    assert.ok(!Object.values(database.dump()).join('').includes(token.slice(13)));
    assert.ok(!database.hasTraceOf(token.slice(13)));
    assert.notEqual((await add()).stdout.trim(), token);
  });

  it('lists and revokes, and the study’s audit tells of it', async () => {
    await add('--site', 'north', '--expires', 'P30D');
    const [row] = await list();
    const [id = '', ...rest] = row ?? [];
    assert.deepEqual(rest, ['facilitator', 'active', rest[2], 'sites north', 'Ana Ruiz']);

    assert.ok(untilIn(30).includes(rest[2] ?? ''));

    const revoked = await steady('revoke', 'ward', id, '--data', data);
    assert.equal(revoked.code, 0);
    assert.match(revoked.stdout, new RegExp(`^revoked ${id}  facilitator  revoked`));
    assert.equal((await list())[0]?.[2], 'revoked');
    const again = await steady('revoke', 'ward', id, '--data', data);
    assert.deepEqual([again.code, /Ana Ruiz was revoked before/.test(again.stderr)], [1, true]);

    const store = await openSqliteStore(data);
    const keys = await openKeys(`${data}.keys`, []);
    const [rows, heads] = await store.transaction(async (tx) => [
      await tx.auditRows('ward', STUDY_CHAIN),
      await tx.auditHeads('ward'),
    ]);
    await store.close();
    assert.deepEqual(rows.map(({ event, subjects }) => [event, subjects]).slice(1), [
      ['staff-added', [id, 'facilitator']],
      ['staff-revoked', [id, 'facilitator']],
    ]);
    const head = heads.find(({ chain }) => chain === STUDY_CHAIN);
    assert(head);
    assert.deepEqual(verifyChain(rows, head, keys), []);
  });

  it('lasts half a year unless told otherwise', async () => {
    await add();
    assert.ok(untilIn(180).includes((await list())[0]?.[3] ?? ''));
  });

  it('knows the sites of the newest file', async () => {
    await serveOnce(studyJson({ version: '1.0.1', sites: [{ id: 'south', title: 'South' }] }));
    const old = await add('--site', 'north');
    assert.deepEqual(
      [old.code, old.stderr],
      [1, 'steady staff: The study "ward", in its newest file, has no site "north". It has "south".\n'],
    );
    assert.equal((await add('--site', 'south')).code, 0);
  });

  describe('called wrongly', () => {
    const called = ['--role', 'coordinator', '--name', 'Ana', '--data', 'DATA'];
    const calls: [string[], number, RegExp][] = [
      [[], 2, /add, list or revoke/],
      [['remove', 'ward'], 2, /"remove"/],
      [['add'], 2, /Name the study/],
      [
        ['add', 'ward', '--name', 'Ana', '--data', 'DATA'],
        2,
        /--role is recruiter, facilitator, coordinator or statistician\./,
      ],
      [['add', 'ward', '--role', 'king', '--name', 'Ana', '--data', 'DATA'], 2, /statistician, not "king"/],
      [['add', 'ward', '--role', 'coordinator', '--data', 'DATA'], 2, /--name/],
      [['add', 'ward', '--role', 'coordinator', '--name', 'a\nb', '--data', 'DATA'], 2, /--name is one line/],
      [['add', 'ward', '--role', 'coordinator', '--name', 'Ana'], 2, /--data/],
      [['add', 'ward', ...called, '--expires', '30'], 2, /--expires.*P30D, not "30"/],
      [['add', 'ward', ...called, '--expires', 'P0D'], 2, /--expires/],
      [['add', 'ward', 'more', ...called], 2, /"more"/],
      [['add', 'word', ...called], 1, /no study "word" in this database\. It has "ward"/],
      [['add', 'ward', ...called, '--site', 'south'], 1, /no site "south"\. It has "north"/],
      [['add', 'ward', ...called, '--series', 'groups'], 1, /no series "groups"\. It has none: leave --series out/],
      [
        ['add', 'ward', '--role', 'recruiter', '--name', 'Ana', '--data', 'DATA', '--series', 'groups'],
        1,
        /recruiter is blinded/,
      ],
      [['list', 'ward', '--data', 'DATA', '--role', 'coordinator'], 2, /--role goes with steady staff add/],
      [['list', 'word', '--data', 'DATA'], 1, /no study "word"/],
      [['list', 'ward', '--data', 'nowhere.sqlite'], 1, /nowhere\.sqlite is not there/],
      [['list', 'ward', '--data', 'DATA', '--keys', 'nowhere'], 1, /keys .* not in nowhere/],
      [['revoke', 'ward', '--data', 'DATA'], 2, /steady staff list/],
      [['revoke', 'ward', 'nobody', '--data', 'DATA'], 1, /no staff token "nobody"/],
    ];
    for (const [args, code, says] of calls) {
      it(`says so in a sentence and exits with ${code}: ${JSON.stringify(args.join(' '))}`, async () => {
        const ran = await steady(...args.map((one) => (one === 'DATA' ? data : one)));
        assert.equal(ran.code, code, ran.stderr);
        assert.match(ran.stderr, says);
        assert.equal(ran.stdout, '');
        assert.equal((await list()).length, 0);
      });
    }
  });
});
