import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { consortSvg } from '../../../src/receiver/funnel/consort-svg.ts';
import { countFunnel, type Funnel } from '../../../src/receiver/funnel/count-funnel.ts';
import { funnelRows } from '../../../src/receiver/funnel/funnel-rows.ts';
import { newestStudy } from '../../../src/receiver/kept-study.ts';
import { addStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import type { Study } from '../../../src/study/schema.ts';
import { STUDY } from '../../support/consent-office.ts';
import type { QuestionnaireOffice } from '../../support/questionnaire-office.ts';
import { begin, goOn, openTrial, type Person, type Way } from '../../support/trial.ts';

/** A trial through the receiver's own routes, counted by the funnel and, apart from it, straight from the tables. */

const WAYS: Readonly<Record<Way, number>> = {
  ineligible: 5,
  incomplete: 2,
  eligible: 3,
  undecided: 2,
  declines: 3,
  'withdraws-before': 1,
  waits: 2,
  baseline: 4,
  'withdraws-after': 2,
  stops: 2,
  'week-12': 5,
};

describe('the funnel of a trial', () => {
  let directory: string;
  let office: QuestionnaireOffice;
  let study: Study;
  let funnel: Funnel;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-funnel-'));
    office = await openTrial({}, { store: await openSqliteStore(join(directory, 'data.sqlite')) });
    const people: (Person | undefined)[] = [];
    for (const [way, count] of Object.entries(WAYS) as [Way, number][]) {
      for (let one = 0; one < count; one += 1) people.push(await begin(office, way));
    }
    await goOn(office, people);
    ({ study } = await office.store.transaction((tx) => newestStudy(tx, STUDY)));
    funnel = await count();
  });
  after(async () => {
    await office.receiver.close();
    await rm(directory, { recursive: true });
  });
  const count = (blinded = false) =>
    office.store.snapshot((tx) => countFunnel(tx, study, { mode: 'test', now: office.clock.now, blinded }));
  /** One number straight from the tables. */
  const sql = (text: string): number => {
    const database = new DatabaseSync(join(directory, 'data.sqlite'), { readOnly: true });
    try {
      return Number(Object.values(database.prepare(text).get() ?? {})[0]);
    } finally {
      database.close();
    }
  };

  it('counts as the tables do', () => {
    const { screened, enrolled, trial, arms = [] } = funnel;
    const stand = (outcome: string) =>
      `select count(distinct participant) from consent_decisions where outcome = '${outcome}'`;
    assert.equal(screened.completed, sql('select count(*) from screenings'));
    assert.equal(screened.ineligible, sql(`select count(*) from screenings where verdict = 'ineligible'`));
    assert.equal(screened.incomplete, sql(`select count(*) from screenings where verdict = 'incomplete'`));
    assert.equal(
      screened.eligible,
      sql(`select count(*) from screenings where verdict = 'eligible' and participant is null`),
    );
    assert.equal(enrolled.participants, sql('select count(*) from participants'));
    assert.equal(enrolled.declined, sql(stand('declined')));
    assert.equal(trial.people, sql('select count(*) from allocations'));
    assert.equal(
      enrolled.withdrew,
      sql(`select count(*) from consent_decisions where outcome = 'withdrawn' and scope = 'study'
        and participant not in (select participant from allocations)`),
    );
    assert.equal(
      trial.left,
      sql(`select count(*) from consent_decisions where outcome = 'withdrawn' and scope = 'study'
        and participant in (select participant from allocations)`),
    );
    assert.equal(trial.stopped, sql(`select count(*) from consent_decisions where scope = 'intervention'`));
    for (const { arm, ...counts } of arms) {
      const inArm = `participant in (select participant from allocations where arm = '${arm}')`;
      assert.equal(counts.people, sql(`select count(*) from allocations where arm = '${arm}'`));
      assert.equal(counts.left, sql(`select count(*) from consent_decisions where scope = 'study' and ${inArm}`));
      const done = counts.assessments.find(({ assessment }) => assessment === 'week-12')?.done;
      assert.equal(done, sql(`select count(*) from questionnaires where assessment = 'week-12' and ${inArm}`));
    }
    assert.equal(arms.length, 2);
  });

  it('counts everybody in the way that they went', () => {
    const { enrolled, trial, screened, failed } = funnel;
    assert.deepEqual(enrolled, {
      ...{ participants: 21, unscreened: 0, ineligible: 0, undecided: 2, declined: 3, withdrew: 1, waiting: 2 },
    });
    assert.deepEqual(screened, {
      completed: 31,
      participants: 21,
      repeated: 0,
      ineligible: 5,
      incomplete: 2,
      eligible: 3,
    });
    assert.deepEqual(failed, [{ criterion: 'adult', count: 5 }]);
    // Those of the baseline alone have missed week 12 by now.
    const { people, stopped, left, lost } = trial;
    assert.deepEqual([people, stopped, left, lost], [13, 2, 2, 4]);
    assert.deepEqual(
      trial.assessments.map(({ assessment, done, missed, left: gone, open }) => [assessment, done, missed, gone, open]),
      [
        ['baseline', 13, 0, 0, 0],
        ['week-12', 7, 4, 2, 0],
        ['month-6', 0, 0, 2, 11],
        ['pulse', 0, 0, 2, 11],
      ],
    );
  });

  it('adds up: nobody is counted twice or left out', () => {
    const { screened, enrolled, trial, arms = [] } = funnel;
    const { participants, repeated, ineligible, incomplete, eligible } = screened;
    assert.equal(screened.completed, participants + repeated + ineligible + incomplete + eligible);
    assert.equal(enrolled.participants, participants + enrolled.unscreened);
    const { undecided, declined, withdrew, waiting } = enrolled;
    assert.equal(enrolled.participants, enrolled.ineligible + undecided + declined + withdrew + waiting + trial.people);
    const sum = (of: (arm: (typeof arms)[number]) => number) => arms.map(of).reduce((total, one) => total + one, 0);
    assert.equal(
      sum(({ people }) => people),
      trial.people,
    );
    assert.equal(
      sum(({ left }) => left),
      trial.left,
    );
    assert.equal(
      sum(({ lost }) => lost),
      trial.lost,
    );
    for (const [index, { done, missed, left, open }] of trial.assessments.entries()) {
      assert.equal(done + missed + left + open, trial.people);
      assert.equal(
        sum(({ assessments }) => assessments[index]?.done ?? 0),
        done,
      );
    }
  });

  it('is asked by staff: with arms by a coordinator, without by a statistician, and by nobody else', async () => {
    const { store, keys } = office;
    const now = () => new Date(office.clock.now);
    const ask = async (role: 'coordinator' | 'statistician' | 'recruiter', path: string, sites: string[] = []) => {
      const { token } = await addStaff(
        { store, keys, now },
        { study: STUDY, name: 'n', role, sites, series: [], days: 9 },
      );
      return office.ask(`/studies/${STUDY}/staff/${path}`, { headers: { Authorization: `Bearer ${token}` } });
    };
    assert.deepEqual(JSON.parse((await ask('coordinator', 'funnel')).body), JSON.parse(JSON.stringify(funnel)));
    const told = await ask('statistician', 'funnel');
    assert.deepEqual(JSON.parse(told.body), JSON.parse(JSON.stringify(await count(true))));
    assert.doesNotMatch(told.body, /arm/);
    assert.equal((await ask('recruiter', 'funnel')).problem(), 'role-not-allowed');
    assert.equal((await ask('statistician', 'consort')).problem(), 'role-not-allowed');
    const file = await ask('coordinator', 'consort');
    assert.equal(file.headers.get('content-type'), 'image/svg+xml');
    assert.equal(file.body, consortSvg(funnel, study));
    const elsewhere = JSON.parse((await ask('coordinator', 'funnel', ['south'])).body);
    assert.equal(elsewhere.enrolled.participants, 0);
    assert.equal(elsewhere.screened.completed, 0);
  });

  it('tells who must not know neither who is allocated nor how many: whoever has signed is in the trial', async () => {
    const { enrolled, trial, arms } = await count(true);
    const waited = funnel.enrolled.waiting + funnel.enrolled.withdrew;
    assert.deepEqual([arms, enrolled.waiting, enrolled.withdrew], [undefined, 0, 0]);
    assert.equal(trial.people, funnel.trial.people + waited);
    assert.equal(enrolled.participants, enrolled.undecided + enrolled.declined + trial.people);
  });

  it('is drawn as CONSORT asks, and says the whole table to who cannot see it', () => {
    const svg = consortSvg(funnel, study);
    const words = svg.replaceAll(/<\/tspan>\s*<tspan[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    for (const said of [
      'Assessed for eligibility (n = 31)',
      'Not in the trial (n = 18)',
      'Allocated (n = 13)',
      'Groups (n =',
      'Calls (n =',
      'Later (n =',
    ]) {
      assert.ok(words.includes(said), `${said} in ${words}`);
    }
    assert.match(svg, /role="img" aria-labelledby="consort-title" aria-describedby="consort-table"/);
    const description = /<desc id="consort-table">([^<]*)<\/desc>/.exec(svg)?.[1] ?? '';
    for (const { label, count } of funnelRows(funnel, study)) assert.ok(description.includes(`${label}: ${count}.`));
    assert.match(svg, /TEST MODE/);
  });

  it('draws no arm for who must not know, and whatever a study says stands there as text', async () => {
    const hidden = consortSvg(await count(true), study);
    assert.doesNotMatch(hidden, /Groups|Calls|-arm/);
    const evil = `</text><script>alert(1)</script> ${'x'.repeat(90)} "&\u0007`;
    const [first, ...others] = study.arms ?? [];
    assert(first);
    const svg = consortSvg(funnel, { ...study, arms: [{ ...first, title: { en: evil, es: evil } }, ...others] });
    assert.ok(svg.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
    assert.ok(!svg.includes('<script') && !svg.includes('\u0007'));
    // A stray "<" or "&" would be no XML.
    assert.doesNotMatch(
      svg.replaceAll(/<\/?(svg|title|desc|g|path|rect|text|tspan)\b[^<>]*>/g, ''),
      /[<>]|&(?!amp;|lt;|gt;|quot;)/,
    );
  });

  it('knows nobody of a trial in which nobody is yet, or in the other mode', async () => {
    const nobody = await office.store.snapshot((tx) => countFunnel(tx, study, { mode: 'live', now: office.clock.now }));
    assert.deepEqual([nobody.screened.completed, nobody.enrolled.participants, nobody.trial.people], [0, 0, 0]);
    assert.match(consortSvg(nobody, study), /Allocated \(n\s=\s0\)/);
  });
});
