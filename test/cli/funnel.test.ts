import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { run } from '../../src/cli/funnel.ts';
import { UsageError } from '../../src/cli/io.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { runCommand } from '../support/command-io.ts';
import { STUDY } from '../support/consent-office.ts';
import { begin, openTrial } from '../support/trial.ts';

describe('steady funnel', () => {
  let directory: string;
  let args: string[];
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-funnel-'));
    const data = join(directory, 'data.sqlite');
    const store = await openSqliteStore(data);
    const office = await openTrial({}, { store, keys: await openKeys(`${data}.keys`, []) });
    for (const way of ['ineligible', 'declines', 'baseline'] as const) await begin(office, way);
    await office.receiver.close();
    args = [STUDY, '--data', data];
  });
  after(() => rm(directory, { recursive: true }));

  it('prints a table, the counts as JSON, or the diagram', async () => {
    const table = await runCommand(run, args);
    assert.equal(table.code, 0);
    assert.match(table.stdout, /^calm-ward at \S+, test mode\n {2}Links opened +0\n {2}Screened +3\n/);
    assert.match(table.stdout, /^ {4}declined +1$/m);
    assert.match(table.stdout, /^ {4}criterion not met: Adults +1$/m);
    assert.match(table.stdout, /^ {2}Arm: Groups +[01]$/m);
    const json = JSON.parse((await runCommand(run, [...args, '--format', 'json'])).stdout);
    assert.deepEqual([json.study, json.enrolled.participants, json.trial.people], [STUDY, 2, 1]);
    assert.match((await runCommand(run, [...args, '--format', 'svg'])).stdout, /^<svg .*<\/svg>\n$/s);
  });

  it('prints no arm to whoever must not know', async () => {
    for (const format of ['table', 'json', 'svg']) {
      const { stdout } = await runCommand(run, [...args, '--blinded', '--format', format]);
      assert.doesNotMatch(stdout, /Arm:|"arms"|-arm|Groups|Calls/);
    }
  });

  it('says what it does not understand', async () => {
    for (const [wrong, says] of [
      [['--data', 'x'], /Name the study/],
      [[STUDY, 'other', '--data', 'x'], /Name one study/],
      [[STUDY], /--data/],
      [[...args, '--format', 'pdf'], /table, json or svg, not "pdf"/],
      [[...args, '--format', 'constructor'], /table, json or svg/],
    ] as const) {
      await assert.rejects(
        runCommand(run, [...wrong]),
        (error) => error instanceof UsageError && says.test(error.message),
      );
    }
    await assert.rejects(runCommand(run, ['other', ...args.slice(1)]), /no study "other".*"calm-ward"/);
  });
});
