import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STUDY } from '../../support/consent-office.ts';
import { again, newDevice, passDays, spend } from '../../support/participants.ts';
import {
  allOf,
  answered,
  BASELINE,
  byScale,
  calmFile,
  exampleWithQuestionnaires,
  formPart,
  handedIn,
  keptOf,
  myAssessments,
  openQuestionnaireOffice,
  questionnaire,
  reopened,
  sentNow,
  WEEK_12,
} from '../../support/questionnaire-office.ts';
import { NOW } from '../../support/receiver.ts';
import { type Changes, REMOVED } from '../../support/studies.ts';

type Changed = NonNullable<Parameters<typeof questionnaire>[0]>;
type Parts = NonNullable<Changed['parts']>;

describe('what is unusual about a questionnaire is named, and it is kept and scored', () => {
  const [phq9, single, calm, work] = BASELINE as [Parts[number], Parts[number], Parts[number], Parts[number]];
  const odd: readonly (readonly [name: string, changes: Changed, ...deviations: string[]])[] = [
    ['nothing', {}],
    ['an instrument was left out', { parts: [phq9, single, work] }, 'incomplete'],
    ['a form was left out', { parts: [phq9, single, calm] }, 'incomplete'],
    ['a required answer of a form is missing', { parts: [phq9, single, calm, formPart('work', {})] }, 'incomplete'],
    ['an item was skipped where one may', { parts: [answered('phq9', { q1: 1 }), single, calm, work] }],
    ['it waited', { startedAt: '2026-03-07T10:00:00Z', submittedAt: '2026-03-07T10:05:00Z' }, 'late'],
    [
      'the sender’s clock is wrong',
      { startedAt: '2026-04-09T10:00:00Z', submittedAt: '2026-04-09T10:05:00Z' },
      'clock',
    ],
    ['the study’s version was never served', { studyVersion: '1.1.9' }, 'unknown-version'],
    [
      'its form is one that was never served',
      { studyVersion: '1.1.9', parts: [phq9, single, calm, formPart('work', { homes: 'moon', home: 'north' })] },
      'unknown-version',
    ],
  ];
  for (const [name, changes, ...deviations] of odd) {
    it(name, async () => {
      const office = await openQuestionnaireOffice();
      const given = questionnaire(changes);
      const answer = await handedIn(office, await office.join(), given);
      assert.deepEqual(answer.receipt().deviations, deviations);
      const { row, scores } = await keptOf(office, given);
      assert.deepEqual([row?.deviations, row?.apart], [deviations, null]);
      assert.ok(scores.some(({ instrument }) => instrument === 'phq9'));
      await office.receiver.close();
    });
  }

  it('an item was skipped where none may be', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    await handedIn(office, person, questionnaire());
    passDays(office, 84);
    const [, ...rest] = WEEK_12;
    const parts = [answered('phq8', { q1: 1 }), ...rest];
    const skipped = await handedIn(office, person, sentNow(office, { assessment: 'week-12', parts }));
    assert.deepEqual(skipped.receipt().deviations, ['incomplete']);
    await office.receiver.close();
  });

  it('it came after its last day, which ends at midnight where the study is', async () => {
    for (const [now, deviations] of [
      ['2026-04-07T06:59:59.999Z', []],
      ['2026-04-07T07:00:00.000Z', ['out-of-window']],
    ] as const) {
      const office = await openQuestionnaireOffice();
      const person = await office.join();
      office.clock.now = now;
      assert.deepEqual((await handedIn(office, person, sentNow(office))).receipt().deviations, deviations);
      await office.receiver.close();
    }
  });

  it('it came before its days are known', async () => {
    const office = await openQuestionnaireOffice();
    const given = questionnaire({ assessment: 'week-12', parts: [...WEEK_12] });
    const answer = await handedIn(office, await office.join(), given);
    assert.deepEqual(answer.receipt().deviations, ['out-of-window']);
    await office.receiver.close();
  });

  it('the same assessment was answered before: both are kept and scored, and the first counts', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const [first, second] = [
      questionnaire(),
      questionnaire({ parts: [allOf('phq9', 9, 2, { q9: 0 }), ...BASELINE.slice(1)] }),
    ];
    await handedIn(office, person, first);
    passDays(office, 1);
    const late = await handedIn(office, person, second);
    assert.ok(late.receipt().deviations.includes('answered-before'));
    assert.equal(byScale((await keptOf(office, second)).scores)['phq9 total'], 16);
    const [mine] = await myAssessments(office, person);
    assert.equal(mine, `baseline done 2026-03-09 2026-04-06 ${NOW}`);
    await office.receiver.close();
  });

  it('it came by the write key of a device that another has replaced', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const { code } = await again(office, person.id, false, STUDY);
    assert.equal((await spend(office, code, await newDevice(), {}, STUDY)).status, 201);
    const answer = await handedIn(office, person, questionnaire());
    assert.deepEqual(answer.receipt().deviations, ['replaced-key']);
    await office.receiver.close();
  });

  it('nobody new is taken: that is named of who does not take part, and of nobody else', async () => {
    const office = await openQuestionnaireOffice({ recruitment: 'closed' });
    const person = await office.join();
    assert.deepEqual((await handedIn(office, person, questionnaire())).receipt().deviations, []);
    const given = questionnaire({ assessment: 'pulse', parts: [allOf('brs', 6, 3)] });
    assert.deepEqual((await office.post(given)).receipt().deviations, ['recruitment-closed']);
    await office.receiver.close();
  });

  it('it claims another mode: it is kept, and counts nowhere', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const given = questionnaire({ mode: 'live' });
    assert.deepEqual((await handedIn(office, person, given)).receipt().deviations, ['mode']);
    const { row, scores } = await keptOf(office, given);
    assert.deepEqual([row?.apart, row?.counted, scores], ['mode', null, []]);
    assert.equal(await office.store.transaction((tx) => tx.allocation(STUDY, person.id)), undefined);
    assert.equal((await myAssessments(office, person))[0], 'baseline open 2026-03-09 2026-04-06');
    const open = questionnaire({ mode: 'live', assessment: 'pulse', parts: [allOf('brs', 6, 3)] });
    assert.deepEqual((await office.post(open)).receipt().deviations, ['mode']);
    assert.deepEqual((await keptOf(office, open)).scores, []);
    await office.receiver.close();
  });
});

describe('an answer that was asked from something older', () => {
  it('is judged by the version of the study file that asked it', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const changes: Changes = {
      ...{ version: '1.3.0', 'assessments[0].instruments[1]': REMOVED },
      ...{ 'assessments[0].forms': REMOVED, 'assessments[1].forms': REMOVED },
    };
    const later = await reopened(office, exampleWithQuestionnaires(changes));
    const [old, now] = [questionnaire(), questionnaire({ studyVersion: '1.3.0' })];
    assert.deepEqual((await handedIn(later, person, old)).receipt().deviations, ['older-version']);
    assert.equal(byScale((await keptOf(later, old)).scores)['single_item_burnout burnout'], 2);
    assert.equal((await keptOf(later, old)).row?.judgedBy, '1.2.0');
    const refused = await later.post(now, { Authorization: `Bearer ${person.device.writeKey}` });
    assert.deepEqual(refused.faults(), ['parts[1].instrument unknown-instrument', 'parts[3].form unknown-form']);
    await later.receiver.close();
  });

  it('is scored by the version of the instrument that was answered', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const subscales = [
      { id: 'calm', items: ['a'], method: 'sum', range: { min: 0, max: 2 }, higher: 'better', minAnswered: 1 },
    ];
    const changed = calmFile({ version: '1.3.0', subscales, bands: undefined, coverage: undefined });
    const later = await reopened(office, exampleWithQuestionnaires(), { items: { [STUDY]: [changed] } });
    const calm = (version: string) => answered('calm', { a: 2, b: 0, c: 1, d: 4 }, version);
    const sent = [calm('1.2.0'), calm('1.3.0')].map((part) =>
      questionnaire({
        parts: [...BASELINE.filter((one) => !('instrument' in one) || one.instrument !== 'calm'), part],
      }),
    );
    const [old, now] = sent;
    assert(old && now);
    assert.deepEqual((await handedIn(later, person, old)).receipt().deviations, ['instrument-version']);
    assert.deepEqual((await handedIn(later, person, now)).receipt().deviations, ['answered-before']);
    const scoresOf = async (given: typeof old) => {
      const scores = (await keptOf(later, given)).scores.filter(({ instrument }) => instrument === 'calm');
      return scores.map(({ subscale, rule, score }) => `${subscale} ${score} ${rule}`);
    };
    assert.deepEqual(await scoresOf(old), ['both 9 calm@1.2.0/1', 'calm 2 calm@1.2.0/1', 'rest 5 calm@1.2.0/1']);
    assert.deepEqual(await scoresOf(now), ['calm 2 calm@1.3.0/1']);
    await later.receiver.close();
  });
});
