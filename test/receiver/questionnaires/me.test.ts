import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawPhases, startPhase } from '../../../src/receiver/allocation/site-draws.ts';
import { laterVersion } from '../../support/consent.ts';
import {
  documentIn,
  readDemoStudy,
  STUDY,
  signs,
  somebody,
  taken,
  unsigned,
  withdrawal,
} from '../../support/consent-office.ts';
import { enrolled, me, passDays } from '../../support/participants.ts';
import {
  allOf,
  exampleWithQuestionnaires,
  handedIn,
  myAssessments,
  mySteps,
  openQuestionnaireOffice,
  questionnaire,
  questionnaireOfficeFor,
  reopened,
  sentNow,
  WEEK_12,
} from '../../support/questionnaire-office.ts';
import { NOW, openOffice, studyJson } from '../../support/receiver.ts';
import { REMOVED } from '../../support/studies.ts';

/** What a participant is told of their assessments, in the order of the study. */

describe('GET /me, of assessments', () => {
  it('goes from the first to the last, as each comes due and is done', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const told = () => Promise.all([myAssessments(office, person), mySteps(office, person)]);
    const soon = ['week-12 unknown', 'month-6 unknown', 'pulse not-yet 2027-03-02 2027-03-09 2027-03-16'];
    assert.deepEqual(await told(), [
      ['baseline open 2026-03-09 2026-04-06', ...soon],
      'consent done, questionnaire due, next questionnaire',
    ]);

    office.clock.now = '2026-03-12T18:00:00.000Z';
    await handedIn(office, person, sentNow(office));
    const baseline = 'baseline done 2026-03-09 2026-04-06 2026-03-12T18:00:00.000Z';
    const pulse = 'pulse not-yet 2027-03-02 2027-03-09 2027-03-16';
    assert.deepEqual(await told(), [
      [
        baseline,
        'week-12 not-yet 2026-05-28 2026-06-04 2026-07-02',
        'month-6 not-yet 2026-11-20 2026-12-04 2027-01-15',
        pulse,
      ],
      'consent done, next null',
    ]);

    office.clock.now = '2026-05-28T07:00:00.000Z';
    assert.equal((await myAssessments(office, person))[1], 'week-12 open 2026-05-28 2026-06-04 2026-07-02');
    assert.equal(await mySteps(office, person), 'consent done, questionnaire due, next questionnaire');
    await handedIn(office, person, sentNow(office, { assessment: 'week-12', parts: [...WEEK_12] }));

    office.clock.now = '2027-03-02T12:00:00.000Z';
    assert.deepEqual((await myAssessments(office, person)).slice(2), [
      'month-6 missed 2026-11-20 2026-12-04 2027-01-15',
      'pulse open 2027-03-02 2027-03-09 2027-03-16',
    ]);
    await handedIn(office, person, sentNow(office, { assessment: 'pulse', parts: [allOf('brs', 6, 3)] }));
    const { steps, next } = await me(office, person.device, STUDY);
    assert.deepEqual(steps.at(-1), { id: 'questionnaire', state: 'done', at: '2027-03-02T12:00:00.000Z' });
    assert.equal(next, null);

    await handedIn(office, person, sentNow(office, { assessment: 'month-6', parts: [allOf('phq8', 8, 1)] }));
    assert.match((await myAssessments(office, person))[2] ?? '', /^month-6 done .* 2027-03-02T12:00:00.000Z$/);
    await office.receiver.close();
  });

  it('begins and ends its days at midnight where the study is, through a change of clocks', async () => {
    const office = await openQuestionnaireOffice();
    office.clock.now = '2026-03-08T07:59:59.000Z';
    const person = await office.join();
    assert.equal((await myAssessments(office, person))[0], 'baseline open 2026-03-07 2026-04-04');
    office.clock.now = '2026-04-05T06:59:59.999Z';
    assert.equal((await myAssessments(office, person))[0], 'baseline open 2026-03-07 2026-04-04');
    office.clock.now = '2026-04-05T07:00:00.000Z';
    assert.equal((await myAssessments(office, person))[0], 'baseline missed 2026-03-07 2026-04-04');
    await office.receiver.close();
  });

  it('tells no day before somebody has signed, and asks them to sign first', async () => {
    const office = await openQuestionnaireOffice();
    const person = await somebody(office);
    const unknown = ['baseline', 'week-12', 'month-6', 'pulse'].map((id) => `${id} unknown`);
    assert.deepEqual(await myAssessments(office, person), unknown);
    assert.equal(await mySteps(office, person), 'consent due, next consent');
    await office.receiver.close();
  });

  it('asks for a new consent before a questionnaire, and for both', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const material = laterVersion('2.0', '2026-03-09');
    const json = exampleWithQuestionnaires({ version: '2.0.0', 'consent.versions[1]': material });
    const later = await reopened(office, json);
    assert.equal(await mySteps(later, person), 'consent due, questionnaire due, next consent');
    await signs(later, person.device, {
      version: '2.0',
      studyVersion: '2.0.0',
      after: await lastDecision(later, person),
    });
    assert.equal(await mySteps(later, person), 'consent done, questionnaire due, next questionnaire');
    assert.equal(
      (await myAssessments(later, person))[0],
      'baseline open 2026-03-09 2026-04-06',
      'still from the first',
    );
    await later.receiver.close();
  });

  it('asks nothing of whoever has left or declined; what they have done stays', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const done = `baseline done 2026-03-09 2026-04-06 ${NOW}`;
    await handedIn(office, person, questionnaire());
    await taken(office, person.device, withdrawal('intervention'));
    assert.equal(
      (await myAssessments(office, person)).length,
      4,
      'who leaves the sessions is followed up all the same',
    );
    await taken(office, person.device, withdrawal('study'));
    assert.deepEqual(await myAssessments(office, person), [done]);
    passDays(office, 84);
    assert.deepEqual(
      [await myAssessments(office, person), await mySteps(office, person)],
      [[done], 'consent done, questionnaire done, next null'],
    );

    const other = await somebody(office);
    await taken(office, other.device, await unsigned(documentIn(office), 'declined'));
    assert.deepEqual(
      [await myAssessments(office, other), await mySteps(office, other)],
      [[], 'consent done, next null'],
    );
    await office.receiver.close();
  });

  it('counts from the enrolment where the study asks for no consent, and is not there where it asks nothing', async () => {
    const { consent: _, ...json } = exampleWithQuestionnaires();
    const office = await openOffice({ studies: [json, studyJson()] });
    const person = await enrolled(office, { study: STUDY });
    assert.equal((await myAssessments(office, person))[0], 'baseline open 2026-03-09 2026-04-06');
    const other = await enrolled(office);
    assert.equal((await me(office, other.device)).assessments, undefined);
    await office.receiver.close();
  });

  it('counts from the start of the home, and leaves out what was over before they joined', async () => {
    const json = readDemoStudy('mgh');
    const study = String(json.id);
    const office = await questionnaireOfficeFor(json);
    const now = () => new Date(office.clock.now);
    const desk = { store: office.store, keys: office.keys, now };
    const early = await office.join('en', 'amber-acorn');
    assert.deepEqual(await myAssessments(office, early, study), [
      'baseline open 2026-03-09 2026-04-06',
      'month-3 unknown',
      'month-12 unknown',
    ]);
    const { rows } = await drawPhases(desk, study, ({ sites }) =>
      sites.map(({ id, organisation, size }) => ({ site: id, stratum: `${organisation} ${size}` })),
    );
    const phase = rows.find(({ site }) => site === 'amber-acorn')?.phase ?? 0;
    for (let number = 1; number <= phase; number += 1) {
      await startPhase(desk, { study, phase: number, startsOn: '2026-03-16' });
    }
    assert.deepEqual((await myAssessments(office, early, study)).slice(1), [
      'month-3 not-yet 2026-06-02 2026-06-16 2026-07-28',
      'month-12 not-yet 2027-03-02 2027-03-16 2027-05-11',
    ]);
    office.clock.now = '2026-09-01T12:00:00.000Z';
    const late = await office.join('es', 'amber-acorn');
    assert.deepEqual(await myAssessments(office, late, study), [
      'baseline open 2026-09-01 2026-09-29',
      'month-12 not-yet 2027-03-02 2027-03-16 2027-05-11',
    ]);
    await office.receiver.close();
  });

  it('has the same days and length for people of both arms', async () => {
    const office = await openQuestionnaireOffice();
    const told: string[] = [];
    const arms = new Set<string | undefined>();
    for (let count = 0; count < 6; count += 1) {
      const person = await office.join();
      await handedIn(office, person, questionnaire());
      const { assessments, steps, next } = await me(office, person.device, STUDY);
      told.push(JSON.stringify([assessments, steps, next]));
      arms.add((await office.store.transaction((tx) => tx.allocation(STUDY, person.id)))?.arm);
    }
    assert.equal(arms.size, 2, 'six people are in both arms: no block is longer than four');
    assert.equal(new Set(told).size, 1);
    await office.receiver.close();
  });

  it('has what was done under an older study file, and what was taken out of it no more', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    await handedIn(office, person, questionnaire());
    const json = exampleWithQuestionnaires({ version: '1.3.0', 'assessments[3]': REMOVED });
    const later = await reopened(office, json);
    assert.deepEqual(
      (await myAssessments(later, person)).map((one) => one.split(' ').slice(0, 2).join(' ')),
      ['baseline done', 'week-12 not-yet', 'month-6 not-yet'],
    );
    await later.receiver.close();
  });
});

async function lastDecision(office: Parameters<typeof signs>[0], { device }: { device: Parameters<typeof signs>[1] }) {
  return (await me(office, device, STUDY)).consent?.after;
}
