import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type PlanInput, planFor } from '../../src/schedule/participant-plan.ts';
import type { Study } from '../../src/study/schema.ts';
import type { ScheduleEvent } from '../../src/study/session-events.ts';
import { readTrial } from '../support/plan.ts';

/** A plan as a receiver asks for it: what it has of a participant, in UTC, at an instant. */

const LA = 'America/Los_Angeles';
let keck: Study;
let mgh: Study;
before(async () => {
  [keck, mgh] = await Promise.all([readTrial('keck'), readTrial('mgh')]);
});

const input = (more: Partial<PlanInput> = {}): PlanInput => ({
  ...{ anchors: {}, events: [], handedIn: [], now: '2026-01-20T12:00:00Z', zone: LA },
  ...more,
});

describe('a participant’s plan', () => {
  it('has assessments alone until they are allocated', () => {
    const { intervention, assessments, day, zone } = planFor(keck, input({ anchors: { consent: '2026-01-05' } }));
    assert.deepEqual({ intervention, day, zone }, { intervention: null, day: '2026-01-20', zone: LA });
    assert.deepEqual(
      assessments.map(({ state }) => state),
      ['due', 'not-known', 'not-known'],
    );
  });

  it('counts from the day on which something happened where the participant is', () => {
    const anchors = { consent: '2026-01-05T07:30:00Z', allocation: '2026-01-06T08:00:00Z' };
    const { intervention, assessments } = planFor(keck, input({ arm: 'ehr-skills', anchors }));
    assert.equal(assessments[0]?.due, '2026-01-04');
    assert.equal(intervention?.start, '2026-01-06');
    const handedIn = [{ assessment: 'baseline', at: '2026-02-02T07:59:00Z' }];
    const [baseline] = planFor(keck, input({ anchors, handedIn })).assessments;
    assert.deepEqual([baseline?.doneOn, baseline?.timing], ['2026-02-01', 'on-time']);
  });

  it('has no session while nobody knows from when they count', () => {
    const { intervention } = planFor(
      mgh,
      input({ arm: 'wilc', anchors: { consent: '2026-01-05', allocation: '2026-01-05' } }),
    );
    assert.deepEqual([intervention?.start, intervention?.sessions, intervention?.state], [null, [], 'open']);
  });

  it('begins on another day, where staff have set one', () => {
    const anchors = { allocation: '2026-01-05' };
    const { intervention } = planFor(keck, input({ arm: 'ehr-skills', anchors, start: '2026-01-12' }));
    assert.equal(intervention?.sessions[0]?.window.first, '2026-01-12');
  });

  it('is of no arm that the study does not have', () => {
    assert.throws(() => planFor(keck, input({ arm: 'irtts' })), {
      code: 'no-such-arm',
      message:
        'The study has no arm "irtts". It has "performance-improvement", "emotional-wellbeing", "ehr-skills" and "control".',
    });
    assert.throws(() => planFor({}, input({ arm: 'a' })), { message: 'The study has no arm "a". It has no arms.' });
  });

  it('keeps and names what does not fit, and counts the rest', () => {
    const missed = (session: string, at: string): ScheduleEvent => ({
      session,
      event: 'missed',
      by: 'participant',
      at,
    });
    const events = [
      missed('ehr-9', '2026-01-07T12:00:00Z'),
      missed('ehr-2', '2027-01-20T12:00:00Z'),
      missed('ehr-1', '2026-01-07T12:00:00Z'),
    ];
    const { intervention } = planFor(keck, input({ arm: 'ehr-skills', anchors: { allocation: '2026-01-05' }, events }));
    assert.deepEqual(
      intervention?.setAside.map(({ index, why }) => [index, why]),
      [
        [0, 'unknown-session'],
        [1, 'future'],
      ],
    );
    assert.deepEqual(intervention?.outstanding, ['ehr-1']);
  });

  it('brings the study’s own words for what is offered and for what is reviewed', () => {
    const events = ['05', '19'].map(
      (day, index): ScheduleEvent => ({
        ...{ session: `ehr-${index + 1}`, event: 'missed', by: 'facilitator', at: `2026-01-${day}T20:00:00Z` },
      }),
    );
    events.push({ session: 'ehr-3', event: 'missed', by: 'facilitator', at: '2026-02-02T20:00:00Z' });
    const { intervention } = planFor(
      keck,
      input({ arm: 'ehr-skills', anchors: { allocation: '2026-01-05' }, events, now: '2026-02-03T12:00:00Z' }),
    );
    assert.match(intervention?.offers[0]?.text?.en ?? '', /^Please choose new times/);
    assert.match(intervention?.reviews[0]?.text?.es ?? '', /^El equipo del estudio/);
  });
});
