import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { run as due } from '../../src/cli/due.ts';
import { run } from '../../src/cli/steady.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { runCommand } from '../support/command-io.ts';
import { STUDY, somebody } from '../support/consent-office.ts';
import { eventsOf } from '../support/participants.ts';
import {
  allOf,
  answered,
  BASELINE,
  calmFile,
  exampleWithQuestionnaires,
  handedIn,
  keptOf,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  reopened,
} from '../support/questionnaire-office.ts';
import { serveProcess } from '../support/serve-process.ts';
import type { Changes } from '../support/studies.ts';

let directory: string;
let data: string;
let office: QuestionnaireOffice;

/** A database of its own for each test of a group. */
function inDirectory(): void {
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-questionnaires-'));
    data = join(directory, 'data.sqlite');
  });
  afterEach(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });
}

async function open(changes: Changes = {}): Promise<void> {
  const store = await openSqliteStore(data);
  office = await openQuestionnaireOffice(changes, { store, keys: await openKeys(`${data}.keys`, []) });
}

describe('steady due', () => {
  inDirectory();
  const clock = () => new Date(office.clock.now);
  const steady = (...args: string[]) =>
    runCommand((given, io) => due(given, io, clock), [STUDY, ...args, '--data', data]);

  it('prints who can hand in what, as JSON and for people', async () => {
    await open();
    const [person, other] = [await office.join('en', 'north'), await office.join()];
    await somebody(office);
    await handedIn(office, other, questionnaire());
    const today = await steady();
    assert.equal(today.stderr, '');
    assert.deepEqual(JSON.parse(today.stdout), {
      ...{ study: STUDY, day: '2026-03-09', zone: 'America/Los_Angeles' },
      due: [
        {
          ...{ participant: person.id, assessment: 'baseline', state: 'due', due: '2026-03-09', closes: '2026-04-06' },
          site: 'north',
        },
      ],
    });
    assert.deepEqual(await steady('--day', '2026-03-20', '--format', 'table'), {
      code: 0,
      stdout: `calm-ward on 2026-03-20\n  ${person.id}  north  baseline  overdue  due 2026-03-09  until 2026-04-06\n`,
      stderr: '',
    });
    assert.equal(
      (await steady('--day', '2026-05-01', '--format', 'table')).stdout,
      'calm-ward on 2026-05-01\n  none\n',
    );
  });

  const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [['due'], /Name the study/],
    [['due', STUDY, 'other', '--data', 'd'], /Name one study/],
    [['due', STUDY], /--data/],
    [['due', STUDY, '--data', 'd', '--day', '2026-02-30'], /--day is a day of the calendar, as in 2026-01-31/],
    [['due', STUDY, '--data', 'd', '--format', 'csv'], /--format is json or table/],
    [['rescore', '--data', 'd'], /Name the study/],
    [['rescore', STUDY, 'other', '--data', 'd'], /Name one study/],
    [['rescore', STUDY], /--data/],
  ];
  for (const [args, says] of wrong) {
    it(`called as steady ${args.join(' ')}: says how to call it`, async () => {
      await open();
      const { code, stderr } = await runCommand(run, [...args]);
      assert.equal(code, 2);
      assert.match(stderr, says);
    });
  }

  it('names the studies that there are where it is given another', async () => {
    await open();
    for (const command of ['due', 'rescore']) {
      const { code, stderr } = await runCommand(run, [command, 'calm', '--data', data]);
      assert.equal(code, 1);
      assert.match(stderr, /There is no study "calm" in this database\. It has "calm-ward"\./);
    }
  });
});

describe('steady rescore', () => {
  inDirectory();
  const steady = () => runCommand(run, ['rescore', STUDY, '--data', data]);
  const HEAD = 'submission,assessment,instrument,subscale,rule,before,score';
  /** What somebody does who has the database. */
  const tamper = (statement: string) => {
    const database = new DatabaseSync(data, { timeout: 5_000 });
    assert.notEqual(database.prepare(statement).run().changes, 0, statement);
    database.close();
  };

  it('finds all as it was, and adds nothing', async () => {
    await open();
    const [person, other] = [await office.join(), await office.join()];
    await handedIn(office, person, questionnaire());
    await handedIn(office, other, questionnaire());
    await office.post(questionnaire({ assessment: 'pulse', parts: [allOf('brs', 6, 3)] }));
    await handedIn(office, await somebody(office), questionnaire());
    assert.deepEqual(await steady(), {
      code: 0,
      stdout: `${HEAD}\n`,
      stderr: 'calm-ward: submissions 3, new scores 0\n',
    });
  });

  it('adds what another rule gives beside what stands, says what changed, and does so once', async () => {
    const parts = [...BASELINE, answered('gad7', { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1 })];
    await open({ 'assessments[0].instruments[3]': 'gad7' });
    const person = await office.join();
    const given = questionnaire({ parts });
    await handedIn(office, person, given);
    office = await reopened(
      office,
      exampleWithQuestionnaires({ version: '1.3.0', 'assessments[0].instruments[3]': { id: 'gad7', kitRules: true } }),
    );
    const ran = await steady();
    assert.deepEqual(ran, {
      code: 0,
      stdout: `${HEAD}\n${given.id},baseline,gad7,total,gad7@1.0.0/1+kit,null,7\n`,
      stderr: 'calm-ward: submissions 1, new scores 1\n',
    });
    const gad7 = (await keptOf(office, given)).scores.filter(({ instrument }) => instrument === 'gad7');
    assert.deepEqual(
      gad7.map(({ rule, score }) => [rule, score]),
      [
        ['gad7@1.0.0/1', null],
        ['gad7@1.0.0/1+kit', 7],
      ],
    );
    assert.ok((await eventsOf(office, person.id, STUDY)).includes('questionnaire-rescored'));
    assert.equal((await steady()).stdout, `${HEAD}\n`);
  });

  it('scores by the version that was answered, though the site brings another now', async () => {
    await open();
    const given = questionnaire();
    await handedIn(office, await office.join(), given);
    const changed = calmFile({ version: '2.0.0', items: JSON.parse(calmFile().text).items.toReversed() });
    office = await reopened(office, exampleWithQuestionnaires(), { items: { [STUDY]: [changed] } });
    assert.deepEqual(await steady(), {
      code: 0,
      stdout: `${HEAD}\n`,
      stderr: 'calm-ward: submissions 1, new scores 0\n',
    });
  });

  it('puts back a score that was taken away, and names one that was changed without writing over it', async () => {
    await open();
    const given = questionnaire();
    await handedIn(office, await office.join(), given);
    tamper("delete from scores where instrument = 'phq9'");
    tamper("update scores set score = 1 where subscale = 'burnout'");
    const { code, stdout, stderr } = await steady();
    assert.equal(code, 1);
    assert.equal(stdout, `${HEAD}\n${given.id},baseline,phq9,total,phq9@1.0.0/1,,8\n`);
    assert.ok(
      stderr.includes(
        `${given.id}: single_item_burnout burnout by single_item_burnout@1.0.0/1: is not what that rule gives. It was left as it stands.`,
      ),
      stderr,
    );
  });

  it('scores nothing from answers that are not as they came, or by rules that cannot be read', async () => {
    await open();
    const [one, two] = [questionnaire(), questionnaire()];
    for (const given of [one, two]) await handedIn(office, await office.join(), given);
    tamper(`update submissions set body = replace(body, '"q1":1', '"q1":3') where id = '${one.id}'`);
    tamper("update instruments set content = '{}' where instrument = 'phq9'");
    const { code, stdout, stderr } = await steady();
    assert.deepEqual([code, stdout], [1, `${HEAD}\n`]);
    assert.match(stderr, new RegExp(`${one.id}: is not as it was received`));
    assert.match(stderr, /phq9 1\.0\.0: cannot be read by this release/);
    assert.match(stderr, new RegExp(`${two.id}: cannot be read by this release`));
  });
});

describe('steady serve --items', () => {
  inDirectory();
  it('brings a site’s instrument, and says of one that it cannot use what is to be mended', async () => {
    await open();
    const study = join(directory, 'calm.study.json');
    const file = join(directory, 'calm.instrument.json');
    await writeFile(study, JSON.stringify(exampleWithQuestionnaires({ id: 'calm-two' })));
    await writeFile(file, calmFile().text);
    const args = ['--study', study, '--data', join(directory, 'two.sqlite'), '--items', `calm-two=${file}`];
    const served = await serveProcess(args);
    assert.equal((await fetch(`${served.url}/studies/calm-two/instruments/calm`)).status, 401);
    await served.end();
    assert.doesNotMatch(served.errors(), /nobody has brought/);

    await writeFile(file, calmFile({ licence: undefined }).text);
    const broken = await runCommand(run, ['serve', ...args]);
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /calm\.instrument\.json: licence: is missing/);
    const stray = await runCommand(run, ['serve', ...args.slice(0, -1), file]);
    assert.equal(stray.code, 2);
    assert.match(stray.stderr, /--items is STUDY=FILE, as in keck-thrive=ces\.instrument\.json/);
  });
});
