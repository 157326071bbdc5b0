import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readGivenPlan } from '../../src/submission/given-plan.ts';

const sessions = {
  ...{
    arm: { id: 'groups', title: { en: 'Groups' } },
    timeZone: 'UTC',
    start: null,
    state: 'open',
    plan: [],
    calendar: true,
  },
  ...{ counts: null, outstanding: [], offers: [], warnings: [], reviews: [] },
};

describe('a plan that a page gives', () => {
  it('has sessions, assessments, either or neither', async () => {
    for (const plan of [{}, { assessments: [] }, { sessions }]) assert.deepEqual(await readGivenPlan(plan), plan);
  });

  it('is refused with the place, and what it takes there', async () => {
    const cases: readonly (readonly [given: unknown, says: RegExp])[] = [
      [{ sesions: sessions }, /^plan\.sesions: is not part of a plan\. Did you mean "sessions"\?/],
      [{ visits: [] }, /^plan\.visits: is not part of a plan\. It has "sessions" and "assessments"\./],
      [{ sessions: { ...sessions, state: 'opn' } }, /^plan\.sessions\.state: is "opn"; it takes .*"open".*"left"/],
      [{ sessions: { ...sessions, plan: [{}] } }, /^plan\.sessions\.plan\[0\]\.id: is missing; it takes /],
      [{ assessments: 'none' }, /^plan\.assessments: is "none"; it takes Array/],
      [null, /^plan: is null; it takes Object/],
    ];
    for (const [given, message] of cases) {
      await assert.rejects(readGivenPlan(given), { code: 'plan-invalid', message }, JSON.stringify(given));
    }
  });
});
