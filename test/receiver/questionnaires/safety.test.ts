import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { STUDY, somebody } from '../../support/consent-office.ts';
import { enrolled, eventsOf } from '../../support/participants.ts';
import {
  allOf,
  answered,
  handedIn,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
} from '../../support/questionnaire-office.ts';
import { openTarget } from '../../support/webhook-target.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const flagsOf = (office: QuestionnaireOffice) => office.store.transaction((tx) => tx.flags(STUDY, { limit: 99 }));

describe('an answer that somebody must see at once', () => {
  it('is flagged exactly where an instrument’s own safety rule names it, whatever the score', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    const arbitrary = fc.record({
      q9: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      others: fc.integer({ min: 0, max: 3 }),
      single: fc.integer({ min: 1, max: 5 }),
      c: fc.constantFrom(0, 1, 2),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ q9, others, single, c }) => {
        const eight = allOf('phq9', 8, others);
        const phq9 = q9 === undefined ? eight : allOf('phq9', 8, others, { q9 });
        const parts = [phq9, answered('single_item_burnout', { q1: single }), answered('calm', { c }, '1.2.0')];
        const before = await flagsOf(office);
        const given = questionnaire({ parts });
        await handedIn(office, person, given);
        const raised = (await flagsOf(office)).slice(0, -before.length || undefined);
        const raising = [
          ...((q9 ?? 0) > 0 ? ['phq9'] : []),
          ...(single >= 4 ? ['single_item_burnout'] : []),
          ...(c === 0 ? ['calm'] : []),
        ];
        assert.deepEqual(
          raised.map(({ kind, subjects }) => [kind, subjects]),
          raising.length === 0 ? [] : [['safety', [person.id, given.id, ...raising]]],
        );
      }),
      { numRuns: 40 },
    );
    await office.receiver.close();
  });

  it('is told by the webhook, by ids alone, and stands in the participant’s audit', async () => {
    const target = await openTarget();
    const webhooks = { [STUDY]: { url: target.url, secrets: [SECRET] } };
    const office = await openQuestionnaireOffice({}, { webhooks });
    const person = await office.join('en', 'north');
    const given = questionnaire({ parts: [allOf('phq9', 9, 0, { q9: 1 })] });
    await handedIn(office, person, given);
    const open = questionnaire({ assessment: 'pulse', parts: [allOf('brs', 6, 1)] });
    assert.equal((await office.post(open)).status, 201);
    await target.untilAsked(3);
    await office.receiver.close();
    await target.close();
    const told = target.got.map(({ body }) => JSON.parse(body)).filter(({ type }) => type === 'safety');
    assert.deepEqual(
      told.map(({ data }) => data),
      [{ study: STUDY, participant: person.id, site: 'north', mode: 'test', submission: given.id }],
    );
  });

  it('is seen at once too where it is kept apart for want of a consent, and where nobody was signed in', async () => {
    const office = await openQuestionnaireOffice({
      'assessments[3].instruments[0]': 'phq9',
      'assessments[3].safety': { respondsWithin: 'P1D' },
    });
    const person = await somebody(office);
    const parts = [allOf('phq9', 9, 0, { q9: 3 })];
    const [apart, open] = [questionnaire({ parts }), questionnaire({ assessment: 'pulse', parts })];
    await handedIn(office, person, apart);
    assert.equal((await office.post(open)).status, 201);
    const seen = (await flagsOf(office)).map(({ kind, subjects }) => [kind, subjects]);
    assert.deepEqual(seen, [
      ['safety', [open.id, 'phq9']],
      ['safety', [person.id, apart.id, 'phq9']],
    ]);
    assert.ok((await eventsOf(office, person.id, STUDY)).includes('safety-noticed'));
    await office.receiver.close();
  });

  it('is flagged once, however often it is sent', async () => {
    const office = await openQuestionnaireOffice();
    const { device } = await enrolled(office, { study: STUDY });
    const given = questionnaire({ parts: [allOf('phq9', 9, 3)] });
    await handedIn(office, { device }, given);
    const again = await office.post(given, { Authorization: `Bearer ${device.writeKey}` });
    assert.equal(again.status, 200);
    assert.equal((await flagsOf(office)).length, 1);
    await office.receiver.close();
  });
});
