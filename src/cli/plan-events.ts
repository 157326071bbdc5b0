import * as v from 'valibot';
import { endOf, instantOf, timeOf } from '../schedule/days.ts';
import type { PlanInput } from '../schedule/participant-plan.ts';
import { isDay } from '../study/day.ts';
import { type Finding, repeated } from '../study/finding.ts';
import { issuesOf } from '../study/issues.ts';
import { pathText } from '../study/path.ts';
import { fitted, parseJson } from '../study/read.ts';
import { idSchema, type Study } from '../study/schema.ts';
import { schemaFindings } from '../study/schema-problems.ts';
import { type ScheduleEvent, senderSchema, sessionEvents } from '../study/session-events.ts';
import { show, useOneOf } from '../study/wording.ts';
import { FileError } from './read-text.ts';

/**
 * A file of what happened to a participant, as somebody types it for `steady plan`: a list, oldest first. Times may be days or
 * local times, and whose word an event is may be left out.
 */

/** Enough for every session of a long trial, each with a few events. */
const MOST_EVENTS = 5_000;

const isTime = (text: string): boolean => instantOf(text, 'UTC') !== undefined;
const time = v.pipe(
  v.string(),
  v.check(
    isTime,
    'Write a day ("2026-03-10"), a local time ("2026-03-10T17:00") or one with its offset ("2026-03-10T17:00-07:00").',
  ),
);
const start = v.pipe(
  v.string(),
  v.check(
    (text) => isTime(text) && !isDay(text),
    'Write a local time ("2026-03-10T17:00") or one with its offset ("2026-03-10T17:00-07:00").',
  ),
);

const handedIn = v.strictObject({ event: v.literal('handed-in'), assessment: idSchema, at: time });

const eventsSchema = v.pipe(
  v.array(v.variant('event', [...sessionEvents(time, v.optional(senderSchema), start), handedIn])),
  v.maxLength(MOST_EVENTS),
);

type Written = v.InferOutput<typeof eventsSchema>[number];

/** What a file says, in the order of its list: an event's place there is its place here. */
export interface PlanEvents {
  readonly events: readonly ScheduleEvent[];
  /** For each of `events`, its place in the file. */
  readonly places: readonly number[];
  readonly handedIn: PlanInput['handedIn'];
  /** What is wrong with their order, their ids or the assessments; what does not fit among sessions is for the plan. */
  readonly problems: readonly Finding[];
}

/** Of days and local times, and until when something can have happened (UTC). */
interface Clock {
  readonly zone: string;
  readonly now: string;
}

/**
 * @param name of the file, for the messages
 * @throws FileError with every problem of shape
 */
export function readPlanEvents(text: string, name: string, study: Study, clock: Clock): PlanEvents {
  const json = listIn(text, name);
  const written = fitted(eventsSchema, json);
  if (written === undefined) {
    throw new FileError(describeProblems(schemaFindings(issuesOf(eventsSchema, json), json), name).trimEnd());
  }
  const times = written.map((one) => happenedAt(one, clock));
  const problems = [
    ...orderProblems(written, times),
    ...repeatedIds(written),
    ...assessmentProblems(written, study, times, clock.now),
  ];
  const found: { readonly event: ScheduleEvent; readonly place: number }[] = [];
  const done: { readonly assessment: string; readonly at: string }[] = [];
  for (const [place, one] of written.entries()) {
    const at = times[place] ?? one.at;
    if (one.event === 'handed-in') done.push({ assessment: one.assessment, at });
    else found.push({ place, event: exact(one, at, clock.zone) });
  }
  return { events: found.map(({ event }) => event), places: found.map(({ place }) => place), handedIn: done, problems };
}

/**
 * When it happened, in UTC. Of a day alone: as late on it as can be, so that it is after the session that it is about; what
 * sets a session's time, as early.
 */
export function happenedAt(
  { at, event }: { readonly at: string; readonly event: string },
  { zone, now }: Clock,
): string {
  const first = instantOf(at, zone) ?? at;
  const isPlanning = event === 'scheduled' || event === 'rescheduled' || event === 'cancelled';
  if (!isDay(at) || isPlanning || timeOf(first) > timeOf(now)) return first;
  const last = endOf(at, zone);
  return timeOf(last) > timeOf(now) ? now : last;
}

/** With times in UTC, and a facilitator's where nobody else is named: they keep attendance. */
function exact(written: Exclude<Written, { event: 'handed-in' }>, at: string, zone: string): ScheduleEvent {
  const { by = 'facilitator' } = written;
  const begins = (text: string): string => instantOf(text, zone) ?? text;
  if (written.event === 'scheduled') return { ...written, by, at, startsAt: begins(written.startsAt) };
  if (written.event === 'rescheduled') {
    const { startsAt, ...rest } = written;
    return { ...rest, by, at, ...(startsAt !== undefined && { startsAt: begins(startsAt) }) };
  }
  return { ...written, by, at };
}

const LIST = 'Write a list: [{ "session": "sessions-1", "event": "attended", "at": "2026-03-10" }].';

function listIn(text: string, name: string): readonly unknown[] {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`${name}: is not JSON. ${LIST} ${reason}`, { cause });
  }
  if (!Array.isArray(json)) throw new FileError(`${name}: is JSON, but not a list. ${LIST}`);
  return json;
}

/** A line for each problem, in the order of their places. */
export function describeProblems(findings: readonly Finding[], name: string): string {
  return findings
    .toSorted((a, b) => Number(a.path[0]) - Number(b.path[0]))
    .map(({ path, message, fix }) => {
      const place = path.length === 0 ? '' : `${pathText(path)}: `;
      return `${name}: ${place}${message} ${fix.replace('a study file', 'such a file')}\n`;
    })
    .join('');
}

function orderProblems(written: readonly Written[], times: readonly string[]): Finding[] {
  return written.flatMap(({ at }, index) => {
    const before = written[index - 1];
    if (before === undefined || timeOf(times[index] ?? '') >= timeOf(times[index - 1] ?? '')) return [];
    return [
      {
        path: [index, 'at'],
        message: `is ${show(at)}, before the event above it (${show(before.at)}).`,
        fix: 'List events oldest first, or correct the time: an event counts from when it happened.',
      },
    ];
  });
}

function repeatedIds(written: readonly Written[]): Finding[] {
  return [...repeated(written, [], (event, index) => ('id' in event ? event.id : undefined) ?? index, 'id')];
}

function assessmentProblems(
  written: readonly Written[],
  study: Study,
  times: readonly string[],
  now: string,
): Finding[] {
  const known = (study.assessments ?? []).map(({ id }) => id);
  return written.flatMap((event, index): Finding[] => {
    if (event.event !== 'handed-in') return [];
    const { assessment, at } = event;
    const isAgain = written.slice(0, index).some((one) => 'assessment' in one && one.assessment === assessment);
    if (!known.includes(assessment)) {
      const fix = known.length === 0 ? 'The study has no assessments.' : useOneOf(assessment, known);
      return [{ path: [index, 'assessment'], message: `is ${show(assessment)}, which the study does not have.`, fix }];
    }
    if (isAgain) {
      return [
        {
          path: [index],
          message: `says again that "${assessment}" was handed in.`,
          fix: 'Remove it: the first one counts.',
        },
      ];
    }
    if (timeOf(times[index] ?? '') <= timeOf(now)) return [];
    return [
      { path: [index, 'at'], message: `is ${show(at)}, in the future.`, fix: 'Correct it, or give a later --today.' },
    ];
  });
}
