import { endOf } from '../schedule/days.ts';
import { type InterventionPlan, type ParticipantPlan, planFor } from '../schedule/participant-plan.ts';
import { isDay, isTimeZone } from '../study/day.ts';
import { parseStudy } from '../study/parse-study.ts';
import { LARGEST_STUDY_FILE } from '../study/read.ts';
import type { Study } from '../study/schema.ts';
import { list, nearest } from '../study/wording.ts';
import { type Io, UsageError } from './io.ts';
import { parseOptions } from './parse-options.ts';
import { describeProblems, type PlanEvents, readPlanEvents } from './plan-events.ts';
import { describeMisfits } from './plan-misfits.ts';
import { planTable } from './plan-table.ts';
import { FileError, readTextFile, readTextStream } from './read-text.ts';

/** `steady plan`: what a participant of an arm has to do, and what follows from what happened, on a day. */

const USAGE = `Usage: steady plan STUDY --arm ID --start DATE [options]

Prints sessions with their windows and states, outstanding misses, what is offered, what staff are to look at, and the
assessments, as JSON. Events that do not fit are named on standard error, and nothing is printed.

  --arm ID               the arm, as the study file has it
  --start DATE           the day that its sessions count from: of the allocation, or of the site's start
  --consent DATE         the day of the consent; default: the start
  --events FILE          what happened, oldest first: a JSON list of { "session": "sessions-1", "event": "attended",
                         "at": "2026-03-10T17:00" }, or - for standard input; docs/schedule.md has the events
  --today DATE           the day to plan for, at its end; default: now
  --zone TZ              the time zone whose days count; default: the study's, else UTC
  --format json|table    default json; a table is for people
`;

const OPTIONS = {
  arm: { type: 'string' },
  start: { type: 'string' },
  consent: { type: 'string' },
  events: { type: 'string' },
  today: { type: 'string' },
  zone: { type: 'string' },
  format: { type: 'string', default: 'json' },
  help: { type: 'boolean', short: 'h' },
} as const;

const LARGEST_EVENTS = 4 * 1024 * 1024;

/**
 * @param clock what "now" is, where no day is given
 * @returns 0 with a plan, 2 where the events do not fit
 * @throws UsageError, SteadyError
 */
export async function run(args: string[], io: Io, clock: () => Date = () => new Date()): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [studyFile, ...others] = positionals;
  if (studyFile === undefined || others.length > 0) throw new UsageError('Name one study file.');
  const { arm, format } = values;
  if (arm === undefined) throw new UsageError('Name an arm of the study with --arm.');
  if (format !== 'json' && format !== 'table') {
    throw new UsageError(`--format is json or table, not "${format}".`);
  }
  const start = dayGiven(values.start, '--start');
  if (start === undefined) throw new UsageError('Give the day that the sessions count from with --start.');
  const consent = dayGiven(values.consent, '--consent') ?? start;
  const today = dayGiven(values.today, '--today');
  const study = parseStudy(await readTextFile(studyFile, LARGEST_STUDY_FILE), studyFile);
  assertArm(study, arm, studyFile);
  const zone = zoneGiven(values.zone) ?? study.timeZone ?? 'UTC';
  const now = today === undefined ? clock().toISOString() : endOf(today, zone);
  const name = values.events === '-' ? 'standard input' : (values.events ?? '');
  const happened = await eventsIn(values.events, name, io, study, { zone, now });
  const anchors = { consent, allocation: start, 'site-start': start };
  const { events, handedIn } = happened;
  const plan = planFor(study, { arm, anchors, start, events, handedIn, now, zone });
  const { intervention } = plan;
  if (intervention === null) throw new TypeError('An arm was given, so it has a plan.');
  const misfits = [...happened.problems, ...describeMisfits(intervention, happened.places)];
  if (misfits.length > 0) {
    io.stderr.write(describeProblems(misfits, name));
    return 2;
  }
  io.stdout.write(format === 'table' ? planTable(study.id, plan, intervention) : json(study.id, plan, intervention));
  return 0;
}

/** Days before and after these are a slip of the hand. */
const [EARLIEST, LATEST] = ['1900-01-01', '2199-12-31'];

function dayGiven(text: string | undefined, option: string): string | undefined {
  if (text === undefined || (isDay(text) && text >= EARLIEST && text <= LATEST)) return text;
  throw new UsageError(`${option} is a day of the calendar, as 2026-01-31, not "${text}".`);
}

function zoneGiven(text: string | undefined): string | undefined {
  if (text === undefined || isTimeZone(text)) return text;
  const meant = nearest(text, Intl.supportedValuesOf('timeZone'));
  const fix = meant === undefined ? 'Name one as the IANA does: America/New_York.' : `Did you mean ${meant}?`;
  throw new UsageError(`There is no time zone "${text}". ${fix}`);
}

function assertArm({ arms = [] }: Study, arm: string, file: string): void {
  const ids = arms.map(({ id }) => id);
  if (ids.includes(arm)) return;
  if (ids.length === 0) throw new FileError(`${file}: has no arms, so there is nothing to plan. Add "arms".`);
  const meant = nearest(arm, ids);
  throw new FileError(
    `${file}: has no arm "${arm}". ${meant === undefined ? '' : `Did you mean "${meant}"? `}It has ${list(ids, 'and')}.`,
  );
}

async function eventsIn(
  file: string | undefined,
  name: string,
  io: Io,
  study: Study,
  clock: { readonly zone: string; readonly now: string },
): Promise<PlanEvents> {
  if (file === undefined) return { events: [], places: [], handedIn: [], problems: [] };
  const text = await (file === '-' ? readTextStream(io.stdin, LARGEST_EVENTS) : readTextFile(file, LARGEST_EVENTS));
  return readPlanEvents(text, name, study, clock);
}

function json(study: string, { day, zone, assessments }: ParticipantPlan, intervention: InterventionPlan): string {
  const { arm, start, state, leftAt, series, sessions, outstanding, offers, reviews, total } = intervention;
  const printed = {
    ...{ study, arm, start, today: day, zone },
    intervention: state,
    ...(leftAt !== undefined && { leftAt }),
    ...{ series, sessions, outstanding, offers, reviews, total, assessments },
  };
  return `${JSON.stringify(printed, null, 2)}\n`;
}
