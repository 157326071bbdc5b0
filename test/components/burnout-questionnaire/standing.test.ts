import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Standing } from '../../../components/burnout-questionnaire/standing.ts';
import type { MyAssessment } from '../../../src/submission/participation.ts';
import { known, questionnaireStudy, signed } from '../../support/questionnaire-study.ts';

/** What somebody was asked, and what the endpoint says of them since. */

const study = await questionnaireStudy();
const about = (...states: readonly (readonly [id: string, state: MyAssessment['state']])[]) => ({
  ...{ study, assessment: '', instrument: '', isSignedIn: true },
  me: known({ consent: signed, assessments: states.map(([id, state]) => ({ id, state })) }),
});
const open = ['baseline', 'open'] as const;
const done = ['baseline', 'done'] as const;

function asking(): Standing {
  const standing = new Standing();
  standing.decide(about(open, ['week-12', 'unknown']), undefined);
  return standing;
}

describe('what is asked of somebody', () => {
  it('stays, once it has been answered; what is open beside it follows', () => {
    const standing = asking();
    assert.equal(standing.update(about(done, ['week-12', 'open'])), true);
    const { asked, also } = standing.which ?? {};
    assert.equal(asked?.kind === 'assessment' && asked.assessment.id, 'baseline');
    assert.equal(also?.kind === 'assessment' && also.assessment.id, 'week-12');
  });

  it('stays while nothing else is asked, and nothing follows', () => {
    const standing = asking();
    assert.equal(standing.update(about(open, ['week-12', 'unknown'])), false);
    assert.equal(standing.which?.also, undefined);
  });

  it('is over where it was answered elsewhere', () => {
    const standing = asking();
    assert.equal(standing.update(about(done, ['week-12', 'not-yet'])), true);
    assert.equal(standing.which?.also, undefined);
  });
});
