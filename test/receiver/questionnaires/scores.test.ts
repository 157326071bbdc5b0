import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { rescore } from '../../../src/receiver/questionnaires/rescore.ts';
import { type MyScores, myScoresSchema } from '../../../src/submission/participation.ts';
import { STUDY, taken, withdrawal } from '../../support/consent-office.ts';
import { as } from '../../support/participants.ts';
import {
  allOf,
  answered,
  BASELINE,
  calmFile,
  exampleWithQuestionnaires,
  handedIn,
  type Joined,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  reopened,
  sentNow,
  WEEK_12,
} from '../../support/questionnaire-office.ts';
import { NOW } from '../../support/receiver.ts';
import { REMOVED } from '../../support/studies.ts';

async function myScores(office: QuestionnaireOffice, { device }: Joined): Promise<MyScores> {
  const answer = await as(office, device.token, `/studies/${STUDY}/me/scores`);
  assert.equal(answer.status, 200, answer.body);
  return v.parse(myScoresSchema, JSON.parse(answer.body));
}

const said = (scores: MyScores) =>
  scores.map(({ assessment, instrument, subscale, score }) => `${assessment} ${instrument} ${subscale} ${score}`);

describe('GET /me/scores', () => {
  it('is the course over time of what the study gives feedback on, with bands where it says so alone', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    assert.deepEqual(await myScores(office, person), []);
    await handedIn(office, person, questionnaire());
    office.clock.now = '2026-06-04T12:00:00.000Z';
    await handedIn(office, person, sentNow(office, { assessment: 'week-12', parts: [...WEEK_12] }));
    office.clock.now = '2026-12-04T12:00:00.000Z';
    await handedIn(office, person, sentNow(office, { assessment: 'month-6', parts: [allOf('phq8', 8, 0)] }));
    await handedIn(office, person, sentNow(office, { assessment: undefined, parts: [allOf('brs', 6, 3)] }));
    const scores = await myScores(office, person);
    assert.deepEqual(said(scores), [
      'baseline calm both 9',
      'baseline calm calm 2',
      'baseline calm rest 5',
      'baseline phq9 total 8',
      'baseline single_item_burnout burnout 2',
      'week-12 gad7 total 14',
      'week-12 phq8 total 8',
    ]);
    assert.deepEqual(
      scores.map(({ at }) => at),
      [...new Array(5).fill(NOW), ...new Array(2).fill('2026-06-04T12:00:00.000Z')],
    );
    const [, calm, rest, phq9, , gad7] = scores;
    assert.deepEqual(calm?.bands, [
      { label: 'low', min: 0, max: 1, minInclusive: true, maxInclusive: false },
      { label: 'high', min: 1, max: 2, minInclusive: true, maxInclusive: true },
    ]);
    assert.equal(phq9?.bands?.length, 5);
    assert.deepEqual([rest?.bands, gad7?.bands], [undefined, undefined]);
    await office.receiver.close();
  });

  it('has what counts of each, also where the rule gives no score', async () => {
    const entry = { id: 'calm', items: 'site' };
    const office = await openQuestionnaireOffice({ 'assessments[0].instruments': ['cbi', entry] });
    const person = await office.join();
    const [first, second] = [
      [answered('cbi', { p1: 50 }), answered('calm', {}, '1.2.0')],
      [answered('cbi', { p1: 100, p2: 100, p3: 100 })],
    ].map((parts) => questionnaire({ parts }));
    assert(first && second);
    await handedIn(office, person, first);
    await handedIn(office, person, second);
    const scores = await myScores(office, person);
    assert.deepEqual(new Set(scores.map(({ score }) => score)), new Set([null]));
    assert.equal(scores.filter(({ instrument }) => instrument === 'cbi').length, 3);
    await office.receiver.close();
  });

  it('names no band that is a convention which the author does not share', async () => {
    const items = { [STUDY]: [calmFile({ conventionalBands: true })] };
    const office = await openQuestionnaireOffice({}, { items });
    const person = await office.join();
    await handedIn(office, person, questionnaire());
    const banded = (await myScores(office, person)).filter(({ bands }) => bands !== undefined);
    assert.deepEqual(said(banded), ['baseline phq9 total 8', 'baseline single_item_burnout burnout 2']);
    await office.receiver.close();
  });

  it('follows the study as it stands: what gives none any more is not shown', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    await handedIn(office, person, questionnaire());
    const none = exampleWithQuestionnaires({ version: '1.3.0', 'assessments[0].feedback': REMOVED });
    const later = await reopened(office, none);
    assert.deepEqual(await myScores(later, person), []);
    await later.receiver.close();
  });

  it('is by the newest rule where it was scored again', async () => {
    const office = await openQuestionnaireOffice({ 'assessments[0].instruments[3]': 'gad7' });
    const person = await office.join();
    await handedIn(
      office,
      person,
      questionnaire({ parts: [...BASELINE, answered('gad7', { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1 })] }),
    );
    const gad7 = async (asked: QuestionnaireOffice) =>
      said(await myScores(asked, person)).filter((one) => /gad7/.test(one));
    assert.deepEqual(await gad7(office), ['baseline gad7 total null']);
    const changes = { version: '1.3.0', 'assessments[0].instruments[3]': { id: 'gad7', kitRules: true } };
    const later = await reopened(office, exampleWithQuestionnaires(changes));
    await rescore({ ...later, now: () => new Date('2026-03-10T00:00:00Z') }, STUDY);
    assert.deepEqual(await gad7(later), ['baseline gad7 total 7']);
    await later.receiver.close();
  });

  it('is their own still, once they have left, and nobody else’s', async () => {
    const office = await openQuestionnaireOffice();
    const [person, other] = [await office.join(), await office.join()];
    await handedIn(office, person, questionnaire());
    await taken(office, person.device, withdrawal());
    assert.equal((await myScores(office, person)).length, 5);
    assert.deepEqual(await myScores(office, other), []);
    const byKey = await as(office, person.device.writeKey, `/studies/${STUDY}/me/scores`);
    assert.equal(byKey.status, 401);
    await office.receiver.close();
  });
});
