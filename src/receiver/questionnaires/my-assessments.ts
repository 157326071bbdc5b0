import type { AssessmentState, AssessmentStatus } from '../../schedule/assessments.ts';
import type { Me, MyAssessment } from '../../submission/participation.ts';
import type { FollowUp } from './follow-up.ts';

/**
 * A participant's assessments, as they are told them themselves. Days and states are the same for every arm: nothing here
 * knows one.
 */

/** What was over before they took part was never theirs, and is not told. */
const TOLD: Readonly<Record<AssessmentState, MyAssessment['state'] | undefined>> = {
  'not-known': 'unknown',
  upcoming: 'not-yet',
  open: 'open',
  due: 'open',
  done: 'done',
  missed: 'missed',
  'before-joining': undefined,
};

/**
 * Of whoever has not signed no day is known. Who has declined or left is asked nothing: what they did stays.
 */
export function myAssessments({ barred, statuses, counting }: FollowUp): readonly MyAssessment[] {
  return statuses.flatMap((status): MyAssessment[] => {
    const { id } = status;
    const state = TOLD[status.state];
    const doneAt = counting.get(id)?.receivedAt;
    if (state === undefined) return [];
    if (state === 'done') return [{ id, state, ...daysOf(status), ...(doneAt !== undefined && { doneAt }) }];
    if (barred === undefined) return [{ id, state, ...daysOf(status) }];
    return barred === 'no-consent' ? [{ id, state: 'unknown' }] : [];
  });
}

function daysOf({ due, window }: AssessmentStatus): Pick<MyAssessment, 'opens' | 'due' | 'closes'> {
  return {
    ...(window !== undefined && { opens: window.first }),
    ...(due !== undefined && { due }),
    ...(window !== undefined && { closes: window.last }),
  };
}

/** Due while any can be answered; done, with the time of the last, once none is still to come. */
export function questionnaireStep(assessments: readonly MyAssessment[]): Me['steps'][number] | undefined {
  const states = new Set(assessments.map(({ state }) => state));
  if (states.has('open')) return { id: 'questionnaire', state: 'due' };
  const at = assessments
    .flatMap(({ doneAt }) => doneAt ?? [])
    .sort()
    .at(-1);
  if (at === undefined || states.has('not-yet') || states.has('unknown')) return undefined;
  return { id: 'questionnaire', state: 'done', at };
}
