import type { Assessment } from '../study/assessments-part.ts';
import { addTo, subtractFrom } from './days.ts';

/**
 * Which assessment can be answered on a day, from the days it is counted from and from what was handed in. What happens in
 * sessions has no part in it: who misses them, or leaves the intervention, is followed up all the same (default 7).
 */

/** Days that are known of a participant, by anchor; of what has not happened yet there is none. */
export type Anchors = { readonly [Anchor in 'consent' | 'allocation' | 'site-start']?: string };

export interface HandedIn {
  readonly assessment: string;
  /** The day on which it was handed in. */
  readonly day: string;
}

export type AssessmentState =
  /** The day that it is counted from is not known yet. */
  | 'not-known'
  | 'upcoming'
  /** Its window is open, its due day not reached. */
  | 'open'
  /** Its due day is reached, its window open. */
  | 'due'
  | 'done'
  /** Its window is over. What arrives all the same is taken, and is late. */
  | 'missed'
  /** Its window was over before the participant began to take part: it was never theirs. */
  | 'before-joining';

export interface AssessmentStatus {
  readonly id: string;
  readonly state: AssessmentState;
  /** Absent while it is not known. */
  readonly due?: string;
  /** Both days belong to it. Absent while it is not known. */
  readonly window?: { readonly first: string; readonly last: string };
  /** Past the due day, with the window still open. */
  readonly overdue: boolean;
  /** The day on which it was done: the first, where it was handed in again. */
  readonly doneOn?: string;
  /** Where that lies to the window; absent where no window is known. */
  readonly timing?: 'early' | 'on-time' | 'late';
}

/**
 * @param handedIn in any order; what names no assessment of the study is not looked at
 * @param day today, as a day of the participant's zone
 */
export function assessmentStatuses(
  assessments: readonly Assessment[],
  anchors: Anchors,
  handedIn: readonly HandedIn[],
  day: string,
): readonly AssessmentStatus[] {
  const doneOn = (id: string): string | undefined =>
    handedIn
      .filter(({ assessment }) => assessment === id)
      .map((one) => one.day)
      .sort()[0];
  return assessments.map((assessment): AssessmentStatus => {
    const done = doneOn(assessment.id);
    const due = dueDay(assessment, assessments, anchors, doneOn);
    if (due === undefined) {
      return { id: assessment.id, state: done === undefined ? 'not-known' : 'done', overdue: false, ...on(done) };
    }
    const { before, after } = assessment.window;
    const window = { first: subtractFrom(due, before), last: addTo(due, after) };
    const state = stateOn(day, due, window, done, anchors.consent);
    return {
      ...{ id: assessment.id, state, due, window },
      overdue: state === 'due' && day > due,
      ...on(done),
      ...(done !== undefined && { timing: done < window.first ? 'early' : done > window.last ? 'late' : 'on-time' }),
    };
  });
}

const on = (day: string | undefined): { readonly doneOn?: string } => (day === undefined ? {} : { doneOn: day });

/** @param joined the day of consent */
function stateOn(
  day: string,
  due: string,
  window: { readonly first: string; readonly last: string },
  done: string | undefined,
  joined: string | undefined,
): AssessmentState {
  if (done !== undefined) return 'done';
  if (joined !== undefined && window.last < joined) return 'before-joining';
  if (day > window.last) return 'missed';
  if (day < window.first) return 'upcoming';
  return day < due ? 'open' : 'due';
}

/** Through the assessments that it is counted from to a day that is known; the lint knows of no circle among them. */
function dueDay(
  { anchor, from = 'due', offset }: Assessment,
  assessments: readonly Assessment[],
  anchors: Anchors,
  doneOn: (id: string) => string | undefined,
): string | undefined {
  if (anchor === 'consent' || anchor === 'allocation' || anchor === 'site-start') {
    const recorded = anchors[anchor];
    return recorded === undefined ? undefined : addTo(recorded, offset);
  }
  const other = assessments.find(({ id }) => id === anchor);
  if (other === undefined) return undefined;
  const start = from === 'done' ? doneOn(other.id) : dueDay(other, assessments, anchors, doneOn);
  return start === undefined ? undefined : addTo(start, offset);
}
