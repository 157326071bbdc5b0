import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../../src/cli/io.ts';
import { run } from '../../src/cli/plan.ts';
import { runCommand, withFiles } from '../support/command-io.ts';
import { planned, START, sessionOf, studyPath, type Typed } from '../support/plan.ts';

const EHR = [studyPath('keck'), '--arm', 'ehr-skills', '--start', START];
const TODAY = ['--today', '2026-02-25'];

const plan = (events: unknown, ...more: string[]) =>
  runCommand(
    run,
    [...EHR, ...TODAY, '--events', '-', ...more],
    typeof events === 'string' ? events : JSON.stringify(events),
  );
/** What is said of a list of events that does not fit. */
async function said(events: readonly Typed[], arm = 'ehr-skills'): Promise<readonly string[]> {
  const args = [studyPath('keck'), '--arm', arm, '--start', START, ...TODAY, '--events', '-'];
  const { code, stdout, stderr } = await runCommand(run, args, JSON.stringify(events));
  assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^standard input: /, ''));
}

const missed = (number: number, at: string): Typed => ({ session: `ehr-${number}`, event: 'missed', at });
const THREE = [missed(1, '2026-01-06'), missed(2, '2026-01-20'), missed(3, '2026-02-03T17:00')];

describe('steady plan', () => {
  it('prints the whole plan as JSON', async () => {
    const { code, stdout, stderr } = await plan([
      ...THREE,
      { event: 'handed-in', assessment: 'baseline', at: '2026-02-10' },
    ]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const {
      study,
      arm,
      start,
      today,
      zone,
      intervention,
      series,
      sessions,
      outstanding,
      offers,
      reviews,
      total,
      assessments,
      ...rest
    } = JSON.parse(stdout);
    assert.deepEqual(rest, {});
    assert.deepEqual(
      { study, arm, start, today, zone, intervention },
      {
        ...{ study: 'keck-thrive', arm: 'ehr-skills', start: START, today: '2026-02-25' },
        ...{ zone: 'America/Los_Angeles', intervention: 'open' },
      },
    );
    assert.deepEqual([series.length, sessions.length, assessments.length, total.planned], [1, 6, 3, 6]);
    assert.deepEqual(outstanding, ['ehr-1', 'ehr-2', 'ehr-3']);
    assert.deepEqual(
      offers.map((one: { offer: string }) => one.offer),
      ['reschedule'],
    );
    assert.deepEqual(
      reviews.map((one: { raisedAt: string }) => one.raisedAt),
      ['2026-02-04T01:00:00Z'],
    );
    assert.deepEqual(
      [assessments[0].state, assessments[0].timing, assessments[0].doneOn],
      ['done', 'late', '2026-02-10'],
    );
  });

  it('prints a table for people', async () => {
    const events = [
      { session: 'ehr-1', event: 'attended', at: '2026-01-20' },
      { session: 'ehr-2', event: 'rescheduled', at: '2026-01-21', startsAt: '2026-03-02T09:00', by: 'participant' },
      missed(3, '2026-02-03'),
    ];
    const { code, stdout } = await plan(events, '--format', 'table');
    assert.equal(code, 0);
    assert.equal(
      stdout,
      `keck-thrive, arm ehr-skills, from 2026-01-05; on 2026-02-25 (America/Los_Angeles)

Sessions
  ehr-1  2026-01-05 to 2026-01-18  attended     on 2026-01-20, out of its window
  ehr-2  2026-01-19 to 2026-02-01  rescheduled  at 2026-03-02 09:00
  ehr-3  2026-02-02 to 2026-02-15  missed       outstanding
  ehr-4  2026-02-16 to 2026-03-01  scheduled    now
  ehr-5  2026-03-02 to 2026-03-15  scheduled
  ehr-6  2026-03-16 to 2026-03-29  scheduled

Outstanding misses
  ehr-3

Offers
  new-time  ehr-3

Reviews for staff
  none

In all
  1 of 6 attended (17 %), 0 in part, 0 made up, 1 missed, 1 outstanding, 0 not completed

Assessments
  baseline  due 2026-01-05  2026-01-05 to 2026-02-02  missed
  week-12   due 2026-03-30  2026-03-30 to 2026-04-27  upcoming
  month-6   due 2026-09-30  2026-09-16 to 2026-11-11  upcoming
`,
    );
  });

  it('says in the table who has left, what is late and what is raised', async () => {
    const events = [
      ...THREE,
      { event: 'handed-in', assessment: 'baseline', at: '2026-02-10' },
      { event: 'left', by: 'participant', at: '2026-02-11' },
    ];
    const { stdout } = await plan(events, '--format', 'table');
    assert.match(stdout, /^The participant has left the intervention\. Assessments stay due\.$/m);
    assert.match(stdout, /^ {2}baseline .* done +on 2026-02-10, late$/m);
    assert.match(stdout, /^ {2}withdrawal {2}ehr {2}raised 2026-02-03 17:00 at 3 misses {2}open$/m);
    assert.match(stdout, /^ {2}ehr-4 .* not-completed$/m);
  });

  it('plans an arm without sessions', async () => {
    const { code, stdout } = await runCommand(run, [studyPath('keck'), '--arm', 'control', '--start', START, ...TODAY]);
    assert.equal(code, 0);
    const { sessions, series, assessments } = JSON.parse(stdout);
    assert.deepEqual([sessions, series, assessments.length], [[], [], 3]);
  });

  it('reads a file, also with a byte-order mark and Windows line ends', async () => {
    const plain = JSON.stringify(THREE, null, 2);
    const files = {
      'plain.json': plain,
      'windows.json': Buffer.from(`\uFEFF${plain.replaceAll('\n', '\r\n')}\r\n`),
    };
    await withFiles(files, async (pathOf) => {
      const printed = [];
      for (const name of ['plain.json', 'windows.json']) {
        const { code, stdout } = await runCommand(run, [...EHR, ...TODAY, '--events', pathOf(name)]);
        assert.equal(code, 0);
        printed.push(stdout);
      }
      assert.equal(printed[0], printed[1]);
      await assert.rejects(runCommand(run, [...EHR, '--events', pathOf('gone.json')]), { code: 'file-unreadable' });
    });
  });

  it('is about now, where no day is given', async () => {
    const clock = () => new Date('2026-03-30T06:59:00Z');
    const { code } = await runCommand((args, io) => run(args, io, clock), EHR);
    assert.equal(code, 0);
    const { stdout } = await runCommand((args, io) => run(args, io, clock), EHR);
    // Still the 29th in Los Angeles.
    assert.deepEqual([JSON.parse(stdout).today, JSON.parse(stdout).series[0].closed], ['2026-03-29', false]);
  });

  it('counts days in the zone that is asked for', async () => {
    const events = [{ session: 'ehr-1', event: 'attended', at: '2026-01-19T07:30:00Z' }];
    const onTimeIn = async (zone: string) => JSON.parse((await plan(events, '--zone', zone)).stdout).sessions[0].onTime;
    assert.deepEqual([await onTimeIn('America/Los_Angeles'), await onTimeIn('UTC')], [true, false]);
  });

  it('takes a day alone as late as can be, and for what sets a time as early', async () => {
    const scheduled = { session: 'ehr-1', event: 'scheduled', at: '2026-01-08', startsAt: '2026-01-08T09:00' };
    const missed = { session: 'ehr-1', event: 'missed', at: '2026-01-08' };
    const { misses } = sessionOf(
      await planned({ arm: 'ehr-skills', events: [scheduled, missed], today: '2026-01-08' }),
      'ehr-1',
    );
    assert.deepEqual(
      misses.map(({ at }) => at),
      ['2026-01-09T07:59:59.999Z'],
    );
    const moved = { session: 'ehr-1', event: 'rescheduled', at: '2026-01-08' };
    const asked = sessionOf(
      await planned({ arm: 'ehr-skills', events: [scheduled, moved], today: '2026-01-08' }),
      'ehr-1',
    );
    assert.deepEqual(asked.misses, []);
  });

  it('takes what happened today for something that has happened', async () => {
    const now = new Date('2026-01-08T20:00:00Z');
    const events = JSON.stringify([{ session: 'ehr-1', event: 'attended', at: '2026-01-08' }]);
    const { code, stdout } = await runCommand(
      (args, io) => run(args, io, () => now),
      [...EHR, '--events', '-'],
      events,
    );
    assert.deepEqual([code, JSON.parse(stdout).sessions[0].heldOn], [0, '2026-01-08']);
  });

  it('takes a night shift’s session past midnight for the day on which it began', async () => {
    const events = [
      { session: 'ehr-1', event: 'scheduled', at: '2026-01-10', startsAt: '2026-01-18T23:30' },
      { session: 'ehr-1', event: 'attended', at: '2026-01-19T00:20' },
    ];
    const { heldOn, onTime } = sessionOf(await planned({ arm: 'ehr-skills', events, today: '2026-01-19' }), 'ehr-1');
    assert.deepEqual([heldOn, onTime], ['2026-01-18', true]);
    const last = [
      { session: 'ehr-6', event: 'scheduled', at: '2026-03-20', startsAt: '2026-03-29T23:30' },
      { session: 'ehr-6', event: 'attended', at: '2026-03-30T00:20' },
    ];
    const { state } = sessionOf(await planned({ arm: 'ehr-skills', events: last, today: '2026-03-30' }), 'ehr-6');
    assert.equal(state, 'attended');
  });
});

describe('steady plan, of events that do not fit', () => {
  const attended = { session: 'ehr-1', event: 'attended', at: '2026-01-06' };
  const cases: readonly (readonly [what: string, events: readonly Typed[], ...lines: string[]])[] = [
    [
      'an unknown session',
      [{ ...attended, session: 'ehr-7' }],
      '[0].session: is "ehr-7", which is no session of the arm "ehr-skills". It has "ehr-1", "ehr-2", "ehr-3", "ehr-4", "ehr-5" and "ehr-6".',
    ],
    [
      'another arm’s session',
      [{ ...attended, session: 'wellbeing-1' }],
      '[0].session: is "wellbeing-1", which is no session of the arm "ehr-skills". It has "ehr-1", "ehr-2", "ehr-3", "ehr-4", "ehr-5" and "ehr-6".',
    ],
    ['twice', [attended, attended], '[1]: says "attended" again. Remove it: it stands above already.'],
    [
      'out of order',
      [missed(2, '2026-01-20'), attended],
      '[1].at: is "2026-01-06", before the event above it ("2026-01-20"). List events oldest first, or correct the time: an event counts from when it happened.',
    ],
    [
      'in the future',
      [missed(4, '2026-02-26')],
      '[0].at: is 2026-02-26T08:00:00Z, in the future. Correct it, or give a later --today.',
    ],
    [
      'held, and then at another time',
      [attended, { session: 'ehr-1', event: 'rescheduled', at: '2026-01-07' }],
      '[1]: is "rescheduled", but the session was held already. If it was not, retract that event: { "event": "retracted", "of": its "id", "reason", "at" }.',
    ],
    [
      'a participant who sets times',
      [{ session: 'ehr-1', event: 'scheduled', at: '2026-01-05', startsAt: '2026-01-06T09:00', by: 'participant' }],
      '[0].by: is "participant", but "scheduled" is a facilitator\'s word. Write "facilitator", if it was one.',
    ],
    [
      'a review closed that was never raised',
      [{ event: 'review-closed', series: 'ehr', at: '2026-01-06', reason: 'fine' }],
      '[0]: closes a review, but none is open. Remove it, or check the events that should have raised it.',
    ],
    [
      'a review of an unknown series',
      [{ event: 'review-closed', series: 'her', at: '2026-01-06', reason: 'fine' }],
      '[0].series: is "her", which is no series of the arm "ehr-skills". Did you mean "ehr"? It can be "ehr".',
    ],
    [
      'a review closed without a decision',
      [...THREE, { event: 'review-closed', series: 'ehr', at: '2026-02-10' }],
      '[3].reason: is missing. Say why: it is kept with the event.',
    ],
    [
      'after they left',
      [{ event: 'left', at: '2026-01-06', by: 'participant' }, missed(2, '2026-01-20')],
      '[1]: comes after the participant left. If staff agreed to it, add "override": true and a "reason".',
    ],
    [
      'left twice',
      [
        { event: 'left', at: '2026-01-06' },
        { event: 'left', at: '2026-01-07' },
      ],
      '[1]: says "left" again. Remove it: it stands above already.',
    ],
    [
      'a mistake of which there is none',
      [{ event: 'retracted', of: 'e-1', at: '2026-01-06', reason: 'typed wrongly' }],
      '[0].of: is the id of no event that could be retracted. Give the event that is meant this "id".',
    ],
    [
      'two events of one id',
      [
        { ...attended, id: 'e-1' },
        { ...missed(2, '2026-01-20'), id: 'e-1' },
      ],
      '[1].id: is "e-1", which stands in this list already. Give each its own, or remove one.',
    ],
    [
      'an unknown assessment',
      [{ event: 'handed-in', assessment: 'basline', at: '2026-01-06' }],
      '[0].assessment: is "basline", which the study does not have. Did you mean "baseline"? It can be "baseline", "week-12" or "month-6".',
    ],
    [
      'an assessment twice',
      [
        { event: 'handed-in', assessment: 'baseline', at: '2026-01-06' },
        { event: 'handed-in', assessment: 'baseline', at: '2026-01-07' },
      ],
      '[1]: says again that "baseline" was handed in. Remove it: the first one counts.',
    ],
    [
      'an assessment in the future',
      [{ event: 'handed-in', assessment: 'baseline', at: '2026-03-06' }],
      '[0].at: is "2026-03-06", in the future. Correct it, or give a later --today.',
    ],
    [
      'several at once, in their order',
      [missed(9, '2026-01-20'), { event: 'handed-in', assessment: 'x', at: '2026-01-06' }],
      '[0].session: is "ehr-9", which is no session of the arm "ehr-skills". It has "ehr-1", "ehr-2", "ehr-3", "ehr-4", "ehr-5" and "ehr-6".',
      '[1].at: is "2026-01-06", before the event above it ("2026-01-20"). List events oldest first, or correct the time: an event counts from when it happened.',
      '[1].assessment: is "x", which the study does not have. Use "baseline", "week-12" or "month-6".',
    ],
  ];
  for (const [what, events, ...lines] of cases) {
    it(`${what}: names it, and prints nothing`, async () => assert.deepEqual(await said(events), lines));
  }

  it('events of an arm without sessions: says that it has none', async () => {
    assert.deepEqual(await said([attended], 'control'), [
      '[0].session: is "ehr-1", which is no session of the arm "control". It has no sessions.',
    ]);
  });

  it('a recording of what was not missed', async () => {
    assert.deepEqual(
      await said([{ session: 'wellbeing-1', event: 'recording-viewed', at: '2026-01-06' }], 'emotional-wellbeing'),
      ['[0]: is about a recording, but the session was not missed. Record the miss first, or remove this.'],
    );
  });

  it('a session that was over before they took part', async () => {
    const events = [{ session: 'resilience-1', event: 'attended', at: '2026-02-06' }];
    await assert.rejects(
      planned({ study: 'mgh', arm: 'irtts', events, consent: '2026-02-02', today: '2026-02-25' }),
      /\[0\]\.session: was over before the participant took part\. Correct --consent, or remove the event\./,
    );
  });
});

describe('steady plan, of a mistake that was taken back', () => {
  const wrong = { ...missed(1, '2026-01-06'), id: 'e-1' };
  const back = { event: 'retracted', of: 'e-1', at: '2026-01-07', reason: 'it was somebody else' };

  it('it stays in the history, and counts no longer', async () => {
    const result = await planned({ arm: 'ehr-skills', events: [wrong, back], today: '2026-01-08' });
    const { state, misses, history } = sessionOf(result, 'ehr-1');
    assert.deepEqual([state, misses, result.offers], ['scheduled', [], []]);
    assert.deepEqual(
      history.map(({ event, setAside }) => [event, setAside]),
      [['missed', 'retracted']],
    );
  });

  it('somebody who is back has sessions again', async () => {
    const events = [
      { event: 'left', at: '2026-01-06', by: 'participant' },
      { event: 'returned', at: '2026-01-08', reason: 'they meant another study' },
      missed(2, '2026-01-20'),
    ];
    const { intervention, sessions } = await planned({ arm: 'ehr-skills', events, today: '2026-01-21' });
    assert.deepEqual([intervention, sessions[1]?.state, sessions[2]?.state], ['open', 'missed', 'scheduled']);
  });

  it('a participant cannot take it back', async () => {
    assert.deepEqual(await said([wrong, { ...back, by: 'participant' }]), [
      '[1].by: is "participant", but "retracted" is a facilitator\'s word. Write "facilitator", if it was one.',
    ]);
  });
});

describe('steady plan, called wrongly', () => {
  const usage: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
    ['no study', ['--arm', 'a', '--start', START], /^Name one study file\.$/],
    ['two studies', [...EHR, 'more.json'], /^Name one study file\.$/],
    ['no arm', [studyPath('keck'), '--start', START], /--arm/],
    ['no start', [studyPath('keck'), '--arm', 'control'], /--start/],
    [
      'a start that is no day',
      [...EHR.slice(0, -1), '2026-02-30'],
      /^--start is a day of the calendar, as 2026-01-31, not "2026-02-30"\.$/,
    ],
    ['a start long ago', [...EHR.slice(0, -1), '0226-01-05'], /not "0226-01-05"/],
    ['a today that is no day', [...EHR, '--today', 'tomorrow'], /^--today is a day/],
    ['a consent that is no day', [...EHR, '--consent', '1/5/2026'], /^--consent is a day/],
    [
      'a time zone that does not exist',
      [...EHR, '--zone', 'America/NewYork'],
      /^There is no time zone "America\/NewYork"\. Did you mean America\/New_York\?$/,
    ],
    [
      'a time zone like none',
      [...EHR, '--zone', 'somewhere'],
      /^There is no time zone "somewhere"\. Name one as the IANA does/,
    ],
    ['a format that is none', [...EHR, '--format', 'csv'], /^--format is json or table, not "csv"\.$/],
  ];
  for (const [what, args, message] of usage) {
    it(what, async () => {
      await assert.rejects(runCommand(run, [...args]), (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('an arm that the study does not have', async () => {
    await assert.rejects(runCommand(run, [studyPath('mgh'), '--arm', 'irts', '--start', START]), {
      code: 'file-unreadable',
      message: `${studyPath('mgh')}: has no arm "irts". Did you mean "irtts"? It has "irtts" and "wilc".`,
    });
    await assert.rejects(runCommand(run, ['docs/examples/night-rest.study.json', '--arm', 'a', '--start', START]), {
      message: 'docs/examples/night-rest.study.json: has no arms, so there is nothing to plan. Add "arms".',
    });
  });

  const unread: readonly (readonly [what: string, events: string, message: RegExp])[] = [
    [
      'no JSON',
      '[',
      /^standard input: is not JSON\. Write a list: \[\{ "session": "sessions-1", "event": "attended", "at": "2026-03-10" \}\]\. /,
    ],
    ['nothing', '', /^standard input: is not JSON\./],
    ['no list', '{}', /^standard input: is JSON, but not a list\. Write a list/],
    [
      'an unknown event',
      '[{"session":"ehr-1","event":"atended","at":"2026-01-06"}]',
      /^standard input: \[0\]\.event: is "atended", which the kit does not have\. Did you mean "attended"\?/,
    ],
    [
      'no time',
      '[{"session":"ehr-1","event":"attended"}]',
      /^standard input: \[0\]\.at: is missing\. Add "at": a text\.$/,
    ],
    [
      'a time that is none',
      '[{"session":"ehr-1","event":"attended","at":"6 Jan"}]',
      /^standard input: \[0\]\.at: is "6 Jan"\. Write a day \("2026-03-10"\), a local time/,
    ],
    [
      'a session that begins on a day',
      '[{"session":"ehr-1","event":"scheduled","at":"2026-01-06","startsAt":"2026-01-08"}]',
      /\[0\]\.startsAt: is "2026-01-08"\. Write a local time \("2026-03-10T17:00"\) or one with its offset/,
    ],
    [
      'a session by its number',
      '[{"session":3,"event":"attended","at":"2026-01-06"}]',
      /^standard input: \[0\]\.session: is a number, not a text\. Write a text\.$/,
    ],
    [
      'a session by a name',
      '[{"session":"Session 3","event":"attended","at":"2026-01-06"}]',
      /\[0\]\.session: is "Session 3"\. Name a session by its series and its number: "sessions-3"\.$/,
    ],
    [
      'a property that is none',
      '[{"session":"ehr-1","event":"attended","at":"2026-01-06","note":"x","whom":1,"why":2}]',
      /\[0\]\.note: is not a property the kit knows here\./,
    ],
    [
      'more than anybody types',
      JSON.stringify(Array(5_001).fill({ session: 'ehr-1', event: 'attended', at: '2026-01-06' })),
      /standard input: is a list of 5001\. List at most 5000\./,
    ],
  ];
  for (const [what, events, message] of unread) {
    it(`${what} as events: says so`, async () => {
      await assert.rejects(plan(events), { code: 'file-unreadable', message });
    });
  }

  it('explains itself', async () => {
    const { code, stdout } = await runCommand(run, ['--help']);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: steady plan STUDY --arm ID --start DATE/);
    await assert.rejects(runCommand(run, ['--arms', 'x']), { name: 'UsageError', message: /has no option --/ });
  });
});
