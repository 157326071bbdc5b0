import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, beforeEach, describe, it } from 'node:test';
import { run as checkpoint } from '../../src/cli/checkpoint.ts';
import { UsageError } from '../../src/cli/io.ts';
import { run as keys } from '../../src/cli/keys.ts';
import { run } from '../../src/cli/verify.ts';
import { openRecordKeys } from '../../src/receiver/consent/record-keys.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { runCommand } from '../support/command-io.ts';
import { STUDY } from '../support/consent-office.ts';
import { begin, openTrial, type Person } from '../support/trial.ts';

/** An audit that somebody with the database in hand has changed: found, and named row by row. */

describe('steady verify --audit', () => {
  let directory: string;
  let original: string;
  let data: string;
  let chain: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-audit-'));
    original = join(directory, 'original.sqlite');
    const at = `${original}.keys`;
    const store = await openSqliteStore(original);
    const office = await openTrial(
      {},
      { store, keys: await openKeys(at, []), recordKeys: await openRecordKeys(at, []) },
    );
    const [one]: (Person | undefined)[] = [await begin(office, 'baseline'), await begin(office, 'ineligible')];
    chain = `participant:${one?.id}`;
    await office.receiver.close();
    await runCommand(checkpoint, [STUDY, '--out', join(directory, 'kept'), '--data', original]);
  });
  after(() => rm(directory, { recursive: true }));
  beforeEach(async () => {
    data = join(directory, 'data.sqlite');
    await copyFile(original, data);
  });
  const change = (...statements: string[]) => {
    const database = new DatabaseSync(data, { enableForeignKeyConstraints: false });
    for (const sql of statements) database.exec(sql.replaceAll('$chain', `'${chain}'`));
    database.exec('pragma wal_checkpoint(truncate)');
    database.close();
  };
  const verify = (...more: string[]) =>
    runCommand(run, ['--audit', STUDY, '--data', data, '--keys', `${original}.keys`, ...more]);
  const withCheckpoints = () => verify('--checkpoints', join(directory, 'kept'));

  it('says that an audit is whole, and whether anything outside of the database says so too', async () => {
    const { code, stdout, stderr } = await verify();
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^calm-ward: good \(3 chains, \d+ rows; no checkpoint was given/);
    assert.match((await withCheckpoints()).stdout, /by 1 checkpoints too\)$/m);
  });

  const CASES: readonly (readonly [what: string, statements: string[], says: RegExp])[] = [
    [
      'changed',
      [`update audit set event = 'consent-declined' where chain = $chain and seq = 3`],
      /row 3 \(consent-declined, \S+\) is not as it was written/,
    ],
    [
      'whose time was changed',
      [`update audit set at = '2026-01-01T00:00:00.000Z' where chain = $chain and seq = 2`],
      /row 2 .* is not as it was written/,
    ],
    ['removed', ['delete from audit where chain = $chain and seq = 2'], /row 2 is not there\./],
    [
      'removed, with those after it moved up',
      [
        'delete from audit where chain = $chain and seq = 2',
        'update audit set seq = seq - 1 where chain = $chain and seq > 2',
        'update audit_heads set seq = seq - 1 where chain = $chain',
      ],
      /row 2 \(.*\) is not as it was written, or not where/,
    ],
    [
      'that changed places',
      [
        'update audit set seq = 99 where chain = $chain and seq = 1',
        'update audit set seq = 1 where chain = $chain and seq = 2',
        'update audit set seq = 2 where chain = $chain and seq = 99',
      ],
      /row 1 .*not where it was written/,
    ],
    ['cut off', ['delete from audit where chain = $chain and seq > 2'], /row 3 is not there, nor is any after it/],
    [
      'whose chain has lost its head',
      ['delete from audit_heads where chain = $chain'],
      /is the last one of a chain that knows of none/,
    ],
  ];
  for (const [what, statements, says] of CASES) {
    it(`names the first row ${what}`, async () => {
      change(...statements);
      const { code, stderr, stdout } = await verify();
      assert.deepEqual([code, stdout], [1, '']);
      assert.ok(stderr.startsWith(`${STUDY}: chain ${chain}: `), stderr);
      assert.match(stderr, says);
      assert.equal(stderr.trimEnd().split('\n').length, 1, 'and nothing of the chains that are whole');
    });
  }

  it('finds by a checkpoint what was cut off with its head, and a chain that is gone', async () => {
    change(
      'delete from audit where chain = $chain and seq > 2',
      'update audit_heads set seq = 2, mac = (select mac from audit where chain = $chain and seq = 2) where chain = $chain',
    );
    assert.equal((await verify()).code, 0, 'nothing in the database tells');
    assert.match(
      (await withCheckpoints()).stderr,
      /row 3 is not there, nor is any after it: the chain was cut off, by the checkpoint of 20/,
    );
    change('delete from audit where chain = $chain', 'delete from audit_heads where chain = $chain');
    assert.equal((await verify()).code, 0);
    assert.match((await withCheckpoints()).stderr, /row 1 is not there, nor is any after it/);
  });

  it('takes no checkpoint that was changed, or that another key has signed', async () => {
    const [name = ''] = await readdir(join(directory, 'kept'));
    const text = await readFile(join(directory, 'kept', name), 'utf8');
    const cases: [string, RegExp][] = [
      [text.replace(/"seq":\d+/, '"seq":1'), /does not carry the signature/],
      [`${JSON.stringify(JSON.parse(text), null, 1)}\n`, /not in the form/],
      ['{}', /is no checkpoint/],
    ];
    for (const [content, says] of cases) {
      await writeFile(join(directory, 'one.json'), content);
      const { code, stderr } = await verify('--checkpoints', join(directory, 'one.json'));
      assert.equal(code, 1);
      assert.match(stderr, says);
    }
    await mkdir(join(directory, 'others'), { recursive: true });
    await openRecordKeys(join(directory, 'others'), []);
    const { stdout } = await runCommand(keys, ['show', '--data', 'x', '--keys', join(directory, 'others')]);
    await writeFile(join(directory, 'others.jwks'), stdout);
    const foreign = await verify('--checkpoints', join(directory, 'kept'), '--key', join(directory, 'others.jwks'));
    assert.match(foreign.stderr, /was not signed by a key that is trusted here/);
  });

  it('says what it does not understand', async () => {
    for (const [args, says] of [
      [['--audit', STUDY], /--data/],
      [['record.json', '--audit', STUDY, '--data', 'x'], /takes no record/],
    ] as const) {
      await assert.rejects(
        runCommand(run, [...args]),
        (error) => error instanceof UsageError && says.test(error.message),
      );
    }
    await assert.rejects(verify('--checkpoints', join(directory, 'none')), /cannot be read/);
    await assert.rejects(verify('--checkpoints', `${original}.keys`), /has no checkpoint/);
    await assert.rejects(
      runCommand(run, ['--audit', 'other', '--data', data, '--keys', `${original}.keys`]),
      /no study "other"/,
    );
  });
});
