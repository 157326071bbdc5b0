import type { AssessmentStatus } from '../../schedule/assessments.ts';
import type { Study } from '../../study/schema.ts';

/** What became of those who are in the trial: of all of them, or of one arm. */
export interface FollowUpCounts {
  readonly people: number;
  /** They take no further part in what their arm is offered, and are followed up all the same. */
  readonly stopped: number;
  /** They left the study: by withdrawing, or by declining a later version of the consent. */
  readonly left: number;
  /**
   * They have not left, and the last assessment whose window was over by then was missed, with none handed in that was due
   * later.
   */
  readonly lost: number;
  /**
   * They have handed something in that counts, and it is there: by intention to treat all of them are analysed, whatever became
   * of them. Whom an analysis leaves out besides, only who analyses can tell.
   */
  readonly analysable: number;
  /** They have handed something in, and it was erased, as they asked. Whoever is neither has handed in nothing. */
  readonly erased: number;
  /** In the study's order. */
  readonly assessments: readonly AssessmentCounts[];
}

/** Each of the people is in one of them. */
export interface AssessmentCounts {
  readonly assessment: string;
  readonly done: number;
  /** Its window is over, and it never came. */
  readonly missed: number;
  /** They had left before it came. */
  readonly left: number;
  /** It can be answered now, or later; or was never theirs, as its window was over before they joined. */
  readonly open: number;
}

/** What is counted of one of them. */
export interface Followed {
  readonly left: boolean;
  readonly stopped: boolean;
  /** What became of what they have handed in; undefined where that is nothing. */
  readonly given: 'kept' | 'erased' | undefined;
  readonly statuses: readonly AssessmentStatus[];
}

export function noFollowUp({ assessments = [] }: Pick<Study, 'assessments'>): FollowUpCounts {
  const none = { done: 0, missed: 0, left: 0, open: 0 };
  return {
    people: 0,
    stopped: 0,
    left: 0,
    lost: 0,
    analysable: 0,
    erased: 0,
    assessments: assessments.map(({ id }) => ({ assessment: id, ...none })),
  };
}

export function withFollowed(counts: FollowUpCounts, followed: Followed): FollowUpCounts {
  const { left, stopped, given, statuses } = followed;
  return {
    people: counts.people + 1,
    stopped: counts.stopped + Number(stopped && !left),
    left: counts.left + Number(left),
    lost: counts.lost + Number(!left && isLost(statuses)),
    analysable: counts.analysable + Number(given === 'kept'),
    erased: counts.erased + Number(given === 'erased'),
    assessments: counts.assessments.map((one) => {
      const state = statuses.find(({ id }) => id === one.assessment)?.state;
      const where = state === 'done' ? 'done' : left ? 'left' : state === 'missed' ? 'missed' : 'open';
      return { ...one, [where]: one[where] + 1 };
    }),
  };
}

function isLost(statuses: readonly AssessmentStatus[]): boolean {
  const over = statuses.filter(({ state, due }) => due !== undefined && (state === 'done' || state === 'missed'));
  return over.toSorted((one, other) => ((one.due ?? '') < (other.due ?? '') ? -1 : 1)).at(-1)?.state === 'missed';
}
