import { type Arm, type MissedRule, MOST_SESSIONS, type Series } from './arms-part.ts';
import { daysOf, isNone } from './duration.ts';
import { type Finding, repeated } from './finding.ts';
import { neverKnown } from './lint-anchors.ts';
import type { Study } from './schema.ts';

/** Arms and their series: sessions that can be held, and offers that somebody can be made. */

type Path = readonly PropertyKey[];

export function* lintArms(study: Study): Generator<Finding> {
  const { arms = [] } = study;
  yield* repeated(arms, ['arms'], ({ id }) => id, 'id');
  for (const [index, arm] of arms.entries()) {
    const path = ['arms', index];
    yield* lintStart(arm, study, path);
    yield* repeated(arm.series, [...path, 'series'], ({ id }) => id, 'id');
    for (const [number, series] of arm.series.entries()) {
      const here = [...path, 'series', number];
      yield* lintSpan(series, here);
      yield* lintMissed(series, here);
      yield* lintRules(series, here);
      yield* lintHomework(series, here);
    }
  }
}

function* lintStart({ anchor, series }: Arm, study: Study, path: Path): Generator<Finding> {
  const never = series.length === 0 ? undefined : neverKnown(anchor ?? 'allocation', study);
  if (never !== undefined) {
    const said = anchor === undefined ? 'is missing, which stands for "allocation"' : `is "${anchor}"`;
    yield { path: [...path, 'anchor'], message: `${said}, but ${never.why}`, fix: never.fix };
  }
  if (anchor !== undefined && series.length === 0) {
    yield {
      path: [...path, 'anchor'],
      message: 'says from when the sessions count, but there are none.',
      fix: 'Remove it, or add to "series".',
    };
  }
}

/** When sessions are, as far as it can be wrong wherever in the calendar they begin. */
function* lintSpan({ count, every, offset = 'P0D', until, window }: Series, path: Path): Generator<Finding> {
  if (count === undefined && every === undefined) {
    yield {
      path,
      message: 'says neither how many sessions there are nor how often.',
      fix: 'Add "count", "every" or both: "count": 6, "every": "P2W".',
    };
  }
  if (every !== undefined && isNone(every)) {
    yield { path: [...path, 'every'], message: 'is no time at all.', fix: 'Write a day or more: "P1W".' };
    return;
  }
  if (window !== undefined && every === undefined) {
    yield {
      path: [...path, 'window'],
      message: 'is a window around days that "every" would say.',
      fix: 'Add "every", or remove the window: the sessions may then be held on any day until "until".',
    };
  }
  if (window !== undefined && every !== undefined) {
    const length = daysOf(window.before).most + daysOf(window.after).most + 1;
    if (length > daysOf(every).least) {
      yield {
        path: [...path, 'window'],
        message: `is longer than "every" (${every}) may be: a day would belong to two sessions.`,
        fix: 'Narrow the window, or let the sessions be further apart.',
      };
    }
  }
  if (until === undefined) return;
  if (count === undefined && every !== undefined && daysOf(until).least > daysOf(every).most * MOST_SESSIONS) {
    yield {
      path: [...path, 'until'],
      message: `is ${until}, in which there would be more than ${MOST_SESSIONS} sessions.`,
      fix: 'Let it be earlier, or the sessions further apart.',
    };
  }
  if (daysOf(until).most < leastLength(offset, every, count, window)) {
    yield {
      path: [...path, 'until'],
      message: `is ${until}, before its ${count === undefined ? 'first' : 'last'} session could be held.`,
      fix: 'Let it be later (it counts from the arm’s start), or leave it out where "count" and "every" say all.',
    };
  }
}

/** How many days a series takes from the arm's start, at the least, until its last window (else its first day) is over. */
function leastLength(
  offset: string,
  every: string | undefined,
  count: number | undefined,
  window: Series['window'],
): number {
  const before = daysOf(offset).least;
  if (every === undefined || count === undefined) return before + 1;
  const span = daysOf(every).least;
  return window === undefined ? before + span * count : before + span * (count - 1) + daysOf(window.after).least + 1;
}

function* lintMissed({ count, missed = [], optional }: Series, path: Path): Generator<Finding> {
  if (optional && missed.length > 0) {
    yield {
      path: [...path, 'missed'],
      message: 'says what follows from misses, but this series is optional: nothing in it is ever missed.',
      fix: 'Remove it, or remove "optional".',
    };
  }
  yield* repeated(missed, [...path, 'missed'], nameOf);
  for (const [index, rule] of missed.entries()) {
    if (count === undefined || rule.outstanding <= count) continue;
    yield {
      path: [...path, 'missed', index, 'outstanding'],
      message: `is ${rule.outstanding}, more than the ${count} session${count === 1 ? '' : 's'} that can be missed.`,
      fix: 'Lower it, or remove the rule.',
    };
  }
}

const nameOf = (rule: MissedRule): string =>
  `${'offer' in rule ? rule.offer : rule.review} at ${rule.outstanding} outstanding`;

/** A rule that never comes to bear is a slip: whoever wrote it meant something by it. */
function* lintRules({ attendance = {}, missed = [], optional, sequential }: Series, path: Path): Generator<Finding> {
  const here = [...path, 'attendance'];
  const offers = missed.flatMap((rule) => ('offer' in rule ? [rule.offer] : []));
  if (optional && Object.keys(attendance).length > 0) {
    yield { path: here, message: 'has rules for a series that is optional.', fix: 'Remove it, or remove "optional".' };
    return;
  }
  if (attendance.unseen !== undefined && sequential !== true) {
    yield {
      path: [...here, 'unseen'],
      message: 'is a rule of sequential sessions, and these are not.',
      fix: 'Add "sequential": true, or remove it.',
    };
  }
  if (attendance.recordingSeen !== undefined && !offers.includes('recording')) {
    yield {
      path: [...here, 'recordingSeen'],
      message: 'is a rule of recordings, and none is offered.',
      fix: 'Add { "outstanding": 1, "offer": "recording" } to "missed", or remove it.',
    };
  }
  if (attendance.unseen === 'gate' && offers.length === 0) {
    yield {
      path: [...here, 'unseen'],
      message: 'is "gate", but nothing is offered that would open it again.',
      fix: 'Offer a recording or a new time in "missed", or let it be "warn".',
    };
  }
}

function* lintHomework({ count, homework }: Series, path: Path): Generator<Finding> {
  if (homework?.after === undefined) return;
  const here = [...path, 'homework', 'after'];
  yield* repeated(homework.after, here, (number) => number);
  for (const [index, number] of homework.after.entries()) {
    if (count === undefined || number <= count) continue;
    yield {
      path: [...here, index],
      message: `is ${number}, but there are ${count} sessions.`,
      fix: `Name sessions from 1 to ${count}.`,
    };
  }
}
