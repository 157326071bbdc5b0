import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run } from '../../src/cli/export.ts';
import { UsageError } from '../../src/cli/io.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import type { StaffRole } from '../../src/receiver/staff/role.ts';
import { addStaff } from '../../src/receiver/staff/staff-tokens.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { runCommand } from '../support/command-io.ts';
import { STUDY } from '../support/consent-office.ts';
import { begin, openTrial } from '../support/trial.ts';

describe('steady export', () => {
  let directory: string;
  let data: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-export-'));
    data = join(directory, 'data.sqlite');
    const store = await openSqliteStore(data);
    const keys = await openKeys(`${data}.keys`, []);
    const office = await openTrial({}, { store, keys });
    for (const way of ['ineligible', 'declines', 'baseline'] as const) await begin(office, way);
    const hire = async (file: string, role: StaffRole, sites: string[] = []) => {
      const { token } = await addStaff(office, { study: STUDY, name: file, role, sites, series: [], days: 9 });
      await writeFile(join(directory, file), `${token}\n`);
    };
    await hire('coordinator', 'coordinator');
    await hire('statistician', 'statistician');
    await hire('of-one-site', 'coordinator', ['north']);
    await office.receiver.close();
  });
  after(() => rm(directory, { recursive: true }));
  const exporting = (out: string, ...more: string[]) =>
    runCommand(run, [STUDY, '--out', join(directory, out), '--data', data, ...more]);

  it('writes the files, tells how far it is, and what it left out', async () => {
    const { code, stdout, stderr } = await exporting('csv', '--format', 'csv');
    assert.equal(code, 0);
    assert.match(stdout, /csv: 1 participants, test mode\n {2}participants\.csv {2}1 rows\n/);
    assert.match(stdout, /left out: 1 participants without a consent/);
    assert.match(stderr, /^1 participants, 3 screenings$/m);
    const files = ['answers', 'codebook', 'consents', 'participants', 'scores', 'screenings', 'sittings'].map(
      (one) => `${one}.csv`,
    );
    assert.deepEqual((await readdir(join(directory, 'csv'))).toSorted(), [...files, 'manifest.json'].toSorted());
    await exporting('jsonl', '--format', 'jsonl');
    assert.equal((await readFile(join(directory, 'jsonl', 'participants.jsonl'), 'utf8')).split('\n').length, 2);
  });

  it('gives contacts and arms to a coordinator of the whole study, and to nobody else', async () => {
    for (const flag of ['--contacts', '--arms']) {
      await assert.rejects(
        exporting('no', '--format', 'csv', flag),
        (error) => error instanceof UsageError && error.message.includes(flag),
      );
      for (const who of ['statistician', 'of-one-site']) {
        const refused = exporting('no', '--format', 'csv', flag, '--token', join(directory, who));
        await assert.rejects(refused, /is not the token of a coordinator of all/);
      }
    }
    const all = ['--contacts', '--arms', '--token', join(directory, 'coordinator')];
    await exporting('all', '--format', 'csv', ...all);
    assert.match(await readFile(join(directory, 'all', 'contacts.csv'), 'utf8'), /@example\.org/);
    assert.match(await readFile(join(directory, 'all', 'participants.csv'), 'utf8'), /(groups|calls)-arm/);
    assert.ok(!(await readdir(directory)).some((name) => name.startsWith('no')));
  });

  it('says what it does not understand', async () => {
    for (const [wrong, says] of [
      [['--format', 'csv'], /Name the study/],
      [[STUDY, 'other', '--format', 'csv'], /Name one study/],
      [[STUDY], /--format is csv or jsonl\./],
      [[STUDY, '--format', 'xlsx'], /not "xlsx"/],
      [[STUDY, '--format', 'csv'], /--out/],
      [[STUDY, '--format', 'csv', '--out', 'x'], /--data/],
    ] as const) {
      await assert.rejects(
        runCommand(run, [...wrong]),
        (error) => error instanceof UsageError && says.test(error.message),
      );
    }
    await assert.rejects(exporting('csv', '--format', 'csv'), /csv is not empty/);
  });
});
