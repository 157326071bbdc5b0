import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeFor } from '../../../components/isolated/places.ts';
import type { Me, MyAssessment, MySessions } from '../../../src/submission/participation.ts';
import { declined, known, signed, undecided } from '../../support/questionnaire-study.ts';

/** Where somebody lands on the hosted page, by what the endpoint says of them. */

const assessment = (id: string, state: MyAssessment['state']): MyAssessment => ({ id, state });
const SESSIONS: MySessions = {
  ...{ arm: { id: 'control', title: { en: 'Usual care' } }, timeZone: 'UTC', start: '2026-03-09', state: 'open' },
  ...{ plan: [], counts: null, outstanding: [], offers: [], warnings: [], reviews: [], calendar: false },
};
const baseline = [assessment('baseline', 'open')];
const answered = [assessment('baseline', 'done')];

const ROWS: readonly (readonly [who: string, me: Partial<Me>, place: string | undefined])[] = [
  ['somebody who has nothing behind them', { next: 'screening', consent: undecided, assessments: [] }, 'screening'],
  ['somebody who is asked to sign', { next: 'consent', consent: undecided, assessments: baseline }, 'consent'],
  [
    'somebody with their first questionnaire',
    { next: 'questionnaire', consent: signed, assessments: baseline },
    'questionnaire',
  ],
  ['somebody whose arm is not known yet', { next: null, consent: signed, assessments: answered }, 'session'],
  [
    'somebody with sessions',
    { next: 'session', consent: signed, assessments: answered, sessions: SESSIONS },
    'session',
  ],
  ['somebody without sessions', { next: null, consent: signed, assessments: answered, sessions: SESSIONS }, 'session'],
  [
    'somebody with a later questionnaire, in any arm',
    { next: 'questionnaire', consent: signed, assessments: answered, sessions: SESSIONS },
    'session',
  ],
  ['somebody who has left no contact', { next: 'contact', consent: signed, assessments: answered }, 'session'],
  ['somebody who is asked to sign anew', { next: 'consent', consent: signed, assessments: answered }, 'consent'],
  [
    'somebody who missed all there was',
    { next: null, consent: signed, assessments: [assessment('baseline', 'missed')] },
    'session',
  ],
  ['somebody who has declined', { next: null, consent: declined, assessments: answered }, undefined],
  ['somebody in a study that only screens', { next: null }, undefined],
  ['somebody with a step that this page does not know', { next: 'later' }, undefined],
];

describe('the hosted page', () => {
  for (const [who, me, place] of ROWS) {
    it(`receives ${who} at ${place ?? 'nothing new'}`, () => assert.equal(placeFor(known(me)), place));
  }
});
