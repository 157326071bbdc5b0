import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { run as attendance } from '../../src/cli/attendance.ts';
import type { Io } from '../../src/cli/io.ts';
import { run as sessions } from '../../src/cli/sessions.ts';
import { run } from '../../src/cli/steady.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { type Ran, runCommand } from '../support/command-io.ts';
import { STUDY } from '../support/consent-office.ts';
import type { Joined } from '../support/questionnaire-office.ts';
import { openSessionOffice, type SessionOffice } from '../support/session-office.ts';

let directory: string;
let data: string;
let office: SessionOffice;
let person: Joined;

/** A database with somebody in it. */
async function open(): Promise<void> {
  directory = await mkdtemp(join(tmpdir(), 'steady-sessions-'));
  data = join(directory, 'data.sqlite');
  const store = await openSqliteStore(data);
  office = await openSessionOffice({}, { store, keys: await openKeys(`${data}.keys`, []) });
  person = await office.inArm('calls-arm');
}

async function close(): Promise<void> {
  await office.receiver.close();
  await rm(directory, { recursive: true });
}

type Reads = (args: string[], io: Io, clock: () => Date) => Promise<number>;

/** Gives a command a table, by the office's clock. Errors become what `steady` prints. */
async function reads(command: Reads, table: string, option = '--file'): Promise<Ran> {
  const file = join(directory, 'table.csv');
  await writeFile(file, table);
  const args = [STUDY, option, file, '--data', data];
  return runCommand(async (given, io) => {
    try {
      return await command(given, io, () => new Date(office.clock.now));
    } catch (error) {
      io.stderr.write(error instanceof Error ? error.message.replace(file, 'table.csv') : String(error));
      return 1;
    }
  }, args);
}

describe('steady attendance', () => {
  beforeEach(open);
  afterEach(close);

  it('records a facilitator’s word for each line, and what stands already once', async () => {
    const other = await office.inArm('calls-arm');
    office.goTo('2026-03-26');
    const lines = [
      'session,participant,attendance,at,reason,excused',
      `calls-1,${person.id},missed,2026-03-10,"A funeral, far away",yes`,
      `calls-2,${person.id},attended,2026-03-24T09:00,,`,
      `calls-1,${other.id},cancelled,,,`,
    ];
    const first = await reads(attendance, `${lines.join('\n')}\n`);
    assert.deepEqual([first.code, first.stdout, first.stderr], [0, 'recorded: 3, stood already: 0\n', '']);
    const again = await reads(attendance, `${[...lines, `calls-2,${other.id},partial,2026-03-25,,`].join('\n')}\n`);
    assert.equal(again.stdout, 'recorded: 1, stood already: 3\n');
    const told = await office.told(person);
    assert.deepEqual(
      told.plan.slice(0, 2).map(({ state, heldOn }) => [state, heldOn]),
      [
        ['missed', undefined],
        ['attended', '2026-03-24'],
      ],
    );
    assert.equal((await office.session(other, 'calls-1')).state, 'cancelled-by-staff');
    const rows = await office.store.transaction((tx) => tx.sessionEvents(STUDY, person.id));
    assert.match(rows[0]?.event ?? '', /"reason":"A funeral, far away"/);
  });

  it('reads a table as a spreadsheet saves it: with a byte-order mark and Windows line ends', async () => {
    office.goTo('2026-03-12');
    const { code, stderr } = await reads(
      attendance,
      `\uFEFFparticipant,session,attendance\r\n${person.id},calls-1,attended\r\n`,
    );
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal((await office.session(person, 'calls-1')).state, 'attended');
  });
});

describe('steady sessions', () => {
  beforeEach(open);
  afterEach(close);

  it('says who is in which group, and puts up its times: each an hour of the day, through the year', async () => {
    const groups = await reads(sessions, `participant,group\n${person.id},early\n`, '--groups');
    assert.equal(groups.stdout, 'moved: 1, there already: 0\n', groups.stderr);
    const again = await reads(sessions, `participant,group\n${person.id},early\n`, '--groups');
    assert.equal(again.stdout, 'moved: 0, there already: 1\n');
    const table = [
      'session,group,starts,repeat,minutes,place,link,kind',
      'calls-1,early,2026-03-10T09:00,4,40,"Room 3, upstairs",https://m.example.org/a,',
      'calls,,2026-03-20T15:00-07:00,,,,,slot',
    ];
    const { stdout, stderr } = await reads(sessions, `${table.join('\n')}\n`);
    assert.equal(stdout, 'put up: 5\n', stderr);
    const { plan } = await office.told(person);
    assert.deepEqual(
      plan.map(({ startsAt }) => startsAt),
      ['2026-03-10T16:00:00Z', '2026-03-24T16:00:00Z', '2026-04-07T16:00:00Z', '2026-04-21T16:00:00Z'],
    );
    const [first] = plan;
    assert.deepEqual(
      [first?.minutes, first?.place, first?.link, first?.slots.map(({ startsAt }) => startsAt)],
      [40, 'Room 3, upstairs', 'https://m.example.org/a', ['2026-03-20T22:00:00Z']],
    );
  });

  it('is called with one table, of a study that is there', async () => {
    for (const [args, message] of [
      [[STUDY, '--data', data], /Say one of --file and --groups/],
      [[STUDY, '--file', 'a', '--groups', 'b', '--data', data], /Say one of/],
      [['--file', 'a', '--data', data], /Name the study/],
      [[STUDY, '--file', 'a'], /Name the database with --data/],
    ] as const) {
      const { code, stderr } = await runCommand((given, io) => run(['sessions', ...given], io), [...args]);
      assert.deepEqual([code, message.test(stderr)], [2, true], stderr);
    }
    const help = await runCommand((given, io) => run(given, io), ['attendance', '--help']);
    assert.match(help.stdout, /^Usage: steady attendance STUDY --file FILE/);
  });
});

describe('a table of attendance', () => {
  before(async () => {
    await open();
    office.goTo('2026-03-12');
  });
  after(close);

  const head = 'participant,session,attendance,at,reason,late';
  const wrong: Readonly<Record<string, readonly [lines: (id: string) => string, message: RegExp]>> = {
    'a column that it cannot have': [
      () => 'participant,session,present',
      /line 1: has the column "present". It can have "?participant/,
    ],
    'a misspelt column': [
      () => 'participant,session,attendence',
      /line 1: has the column "attendence"\. Did you mean "attendance"\? It can have "participant"/,
    ],
    'a column missing': [() => 'participant,session\nx,y', /line 1: has no column "attendance"\. Add it\./],
    'nobody in it': [() => head, /names nobody/],
    'a participant whom nobody knows': [
      (id) => `${head}\n${id},calls-1,attended,,,\nsomebody,calls-1,attended,,,`,
      /table\.csv: line 3: does not fit: Nobody with the id somebody takes part in ".+"\.$/,
    ],
    'a participant by the code of an export': [
      () => `${head}\np-0123456789abcdef,calls-1,attended,,,`,
      /line 2: does not fit: Nobody with the id p-0123456789abcdef takes part in ".+"\. It is a code, as an export has/,
    ],
    'a session of another arm': [
      (id) => `${head}\n${id},groups-1,attended,,,`,
      /line 2: names the session "groups-1", which this participant does not have\. They have "calls-1", "calls-2", "calls-3" and "calls-4"\.$/,
    ],
    'a misspelt session': [
      (id) => `${head}\n${id},cals-2,attended,,,`,
      /line 2: names the session "cals-2", which this participant does not have\. Did you mean "calls-2"\? They have "calls-1"/,
    ],
    'what is no session': [
      (id) => `${head}\n${id},calls,attended,,,`,
      /line 2: has the session "calls". Write its series/,
    ],
    'a word that is no attendance': [(id) => `${head}\n${id},calls-1,there,,,`, /has the attendance "there". It is/],
    'a time that is none': [
      (id) => `${head}\n${id},calls-1,attended,yesterday,,`,
      /has the time "yesterday"\. Write a day/,
    ],
    'a time in the future': [(id) => `${head}\n${id},calls-1,attended,2026-04-01,,`, /is in the future/],
    'a session after the end': [(id) => `${head}\n${id},calls-1,attended,2026-06-01,,`, /in the future|after the end/],
    'what comes late without a reason': [(id) => `${head}\n${id},calls-1,attended,,,yes`, /has no reason\. Say why/],
    'a cell too many': [
      (id) => `${head}\n${id},calls-1,attended,,,,`,
      /line 2: has 7 cells where the first line has 6/,
    ],
    'an open quotation': [(id) => `${head}\n${id},calls-1,"attended,,,`, /line 2: has a quotation mark/],
  };
  for (const [name, [lines, message]] of Object.entries(wrong)) {
    it(`names ${name}, and records nothing`, async () => {
      const { code, stdout, stderr } = await reads(attendance, lines(person.id));
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, message);
      assert.deepEqual(await office.store.transaction((tx) => tx.sessionEvents(STUDY, person.id)), []);
    });
  }
});

describe('a table of sessions', () => {
  before(open);
  after(close);

  const head = 'session,kind,participant,group,starts,repeat,link';
  const wrong: Readonly<Record<string, readonly [lines: (id: string) => string, message: RegExp]>> = {
    'a session that the study has not': [
      () => `${head}\ncalls-9,,,,2026-03-10T09:00,,`,
      /line 2: does not fit: The study has no session "calls-9"\. It has "groups-1" to "groups-3", "drop-in-1" and "calls-1" to "calls-4"\.$/,
    ],
    'a misspelt session before what else is wrong with it': [
      () => `${head}\ncals-2,,,,2026-03-10T09:00,3,`,
      /line 2: does not fit: The study has no session "cals-2"\. Did you mean "calls-2"\? It has "groups-1" to/,
    ],
    'a series where a session is needed': [
      () => `${head}\ncalls,,,,2026-03-10T09:00,,`,
      /has no session "calls"\. Did you mean "calls-1"\?/,
    ],
    'a slot of a misspelt series': [
      () => `${head}\ncals,slot,,,2026-03-10T09:00,,`,
      /has no session "cals"\. Did you mean "calls"\?/,
    ],
    'a misspelt column': [
      () => 'session,start\ncalls-1,2026-03-10T09:00',
      /line 1: has the column "start"\. Did you mean "starts"\?/,
    ],
    'a time without a start': [() => `${head}\ncalls-1,,,,,,`, /line 2: does not fit: Say when it begins/],
    'a day where a time is needed': [
      () => `${head}\ncalls-1,,,,2026-03-10,,`,
      /line 2: starts at "2026-03-10"\. Write a local/,
    ],
    'two audiences': [(id) => `${head}\ncalls-1,,${id},early,2026-03-10T09:00,,`, /is for a participant and a group/],
    'a kind that is none': [() => `${head}\ncalls-1,meeting,,,2026-03-10T09:00,,`, /has the kind "meeting"\. It is/],
    'a link that is not https': [
      () => `${head}\ncalls-1,recording,,,,,http://a.example.org`,
      /has the link "http:\/\/a/,
    ],
    'a repeated recording': [() => `${head}\ncalls-1,recording,,,,3,https://a.example.org`, /is repeated, which only/],
    'a participant whom nobody knows': [
      (id) => `${head}\ncalls-1,,${id},,2026-03-10T09:00,,\ncalls-1,,somebody,,2026-03-10T09:00,,`,
      /line 3: does not fit: Nobody with the id somebody takes part/,
    ],
    'a group that nobody is in': [() => `${head}\ncalls-1,,,late,2026-03-10T09:00,,`, /Nobody is in a group "late"/],
    'more sessions than the series has': [() => `${head}\ncalls-3,,,,2026-03-10T09:00,3,`, /has no session "calls-5"/],
  };
  for (const [name, [lines, message]] of Object.entries(wrong)) {
    it(`names ${name}, and puts nothing up`, async () => {
      const { code, stdout, stderr } = await reads(sessions, lines(person.id));
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, message);
      const rows = await office.store.transaction((tx) => tx.postings(STUDY, 'test', 'participant', person.id));
      assert.deepEqual(rows, []);
    });
  }
});
