import * as v from 'valibot';
import { zoneOf } from '../receiver/days.ts';
import { newestStudy } from '../receiver/kept-study.ts';
import { nobodyCalled } from '../receiver/participants/nobody-called.ts';
import {
  type RecordOutcome,
  recordStaffEvent,
  type StaffEvent,
  type StaffWord,
} from '../receiver/sessions/record-event.ts';
import { planOf, sessionCourse } from '../receiver/sessions/session-course.ts';
import type { StoreTransaction } from '../receiver/store/store.ts';
import { instantOf } from '../schedule/days.ts';
import type { Study } from '../study/schema.ts';
import { sessionIdSchema } from '../study/session-events.ts';
import { list, nearest } from '../study/wording.ts';
import { type Io, UsageError } from './io.ts';
import { oneStudy } from './one-study.ts';
import { type OpenDatabase, withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';
import { happenedAt } from './plan-events.ts';
import { type FileError, readTextFile } from './read-text.ts';
import { type TableLine, tableFrom } from './table.ts';

/** `steady attendance`: who was at which session, from a table, as a facilitator's word. All of it is recorded, or nothing. */

const USAGE = `Usage: steady attendance STUDY --file FILE --data DATABASE [options]

Records who was at which session, as a facilitator's word: it counts before a participant's own, and both stay. FILE is a table
with commas; its first line names its columns, in any order. What stands already is left as it is, so that a table that grew
can be read again. Where one line is wrong nothing is recorded.

  participant    by id
  session        as wellbeing-3
  attendance     attended, partial (came late or left early), missed, or cancelled (by staff, or for a technical failure)
  at             when it was: a day, a local time (2026-03-10T17:00) or one with its offset; left out, when the session began,
                 else now
  reason         of an absence, or of what comes too late
  excused        yes for an absence with a good reason
  late           yes for a session after its series' end that staff agreed to: with a reason it is taken

  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  file: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const TABLE = {
  columns: ['participant', 'session', 'attendance', 'at', 'reason', 'excused', 'late'],
  required: ['participant', 'session', 'attendance'],
  long: { reason: 2_000 },
  none: 'nobody',
  each: 'session that somebody was or was not at',
} as const;

type Line = TableLine<(typeof TABLE.columns)[number]>;

const SAID = ['attended', 'partial', 'missed', 'cancelled'] as const;
const LARGEST_TABLE = 4 * 1024 * 1024;
/** So many are one transaction, for which a receiver beside it waits. */
const MOST_LINES = 1_000;

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io, clock: () => Date = () => new Date()): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const id = oneStudy(positionals);
  const { file, data, keys } = values;
  if (file === undefined || file === '') throw new UsageError('Name the table with --file.');
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  const lines = tableFrom(await readTextFile(file, LARGEST_TABLE), file, TABLE);
  const tooMany = lines[MOST_LINES];
  if (tooMany !== undefined) throw tooMany.wrong(`is one too many: a table has at most ${MOST_LINES}. Split it.`);

  await withDatabase(data, keys, async (open) => {
    const { study } = await open.store.transaction((tx) => newestStudy(tx, id));
    const outcomes = await recordAll(open, study, lines, clock().toISOString());
    const recorded = outcomes.filter(({ outcome }) => outcome === 'recorded').length;
    io.stdout.write(`recorded: ${recorded}, stood already: ${outcomes.length - recorded}\n`);
  });
  return 0;
}

/** @throws FileError naming the first line that does not fit */
function recordAll(
  { store, keys }: OpenDatabase,
  study: Study,
  lines: readonly Line[],
  at: string,
): Promise<readonly RecordOutcome[]> {
  const events = lines.map((line) => eventIn(line, study, at));
  return store.transaction(async (tx) => {
    await tx.keepKeyId({ study: study.id, keyId: keys.current.id, firstUsedAt: at });
    const outcomes: RecordOutcome[] = [];
    for (const [index, line] of lines.entries()) {
      const event = events[index];
      const id = line.cell('participant');
      const participant = await tx.participant(study.id, id);
      if (participant === undefined) throw line.wrong(`does not fit: ${nobodyCalled(id, study.id)}`);
      if (event === undefined) continue;
      const word = { participant, event, staff: null, at };
      const result = await recordStaffEvent(tx, { keys }, study, word);
      if (result.outcome === 'refused') {
        if (result.why === 'unknown-session') throw line.wrong(await unknownSession(tx, study, word));
        throw refused(line, result.why);
      }
      outcomes.push(result);
    }
    return outcomes;
  });
}

function eventIn(line: Line, study: Study, now: string): StaffEvent {
  const session = line.cell('session');
  if (!v.is(sessionIdSchema, session)) {
    throw line.wrong(`has the session "${session}". Write its series and its number, as in wellbeing-3.`);
  }
  const said = line.cell('attendance');
  const event = SAID.find((one) => one === said);
  if (event === undefined) throw line.wrong(`has the attendance "${said}". It is ${list(SAID, 'or')}.`);
  const reason = line.cell('reason');
  const at = timeIn(line, event, study, now);
  const [excused, late] = [isYes(line, 'excused'), isYes(line, 'late')];
  if (excused && event !== 'missed') throw line.wrong('excuses somebody who was there. Leave the cell empty.');
  return {
    ...{ session, ...(at !== undefined && { at }), ...(reason !== '' && { reason }) },
    ...(late && { override: true }),
    ...(event === 'missed' ? { event, ...(excused && { excused }) } : { event }),
  };
}

function timeIn(line: Line, event: string, study: Study, now: string): string | undefined {
  const at = line.cell('at');
  if (at === '') return undefined;
  const zone = zoneOf(study);
  if (instantOf(at, zone) === undefined) {
    const fix = 'Write a day (2026-03-10), a local time (2026-03-10T17:00) or one with its offset.';
    throw line.wrong(`has the time "${at}". ${fix}`);
  }
  return happenedAt({ at, event }, { zone, now });
}

function isYes(line: Line, column: 'excused' | 'late'): boolean {
  const cell = line.cell(column);
  if (cell === '' || cell === 'no') return false;
  if (cell === 'yes') return true;
  throw line.wrong(`has "${cell}" under ${column}. Write yes, or nothing.`);
}

/** What of a session's attendance can be refused; the rest is about other events. */
const WHY: Readonly<Record<string, string>> = {
  'not-allocated': 'is about somebody who has no arm yet, and so no sessions.',
  future: 'is in the future. Correct its time.',
  'already-held': 'is about a session that was held already.',
  'not-begun': 'says that a session was missed which had not begun. Correct its time.',
  'before-joining': 'is about a session that was over before they took part.',
  'needs-reason': 'is of a session after the end, and has no reason. Say why.',
  'after-leaving': 'comes after they left the intervention. If staff agreed to it, write yes under late, and a reason.',
  'after-end': 'comes after the end of its series. If staff agreed to it, write yes under late, and a reason.',
};

/** Which sessions somebody has tells their arm, to whoever works at the database and can see it there. */
async function unknownSession(
  tx: StoreTransaction,
  study: Study,
  { participant, event, at }: StaffWord,
): Promise<string> {
  const decided = await tx.decisions(study.id, participant.id);
  const course = await sessionCourse(tx, study, participant, { decided, now: at });
  const ids = course === undefined ? [] : planOf(course).sessions.map(({ id }) => id);
  const session = 'session' in event ? event.session : '';
  const meant = nearest(session, ids);
  const hint = meant === undefined ? '' : `Did you mean "${meant}"? `;
  const fix = ids.length === 0 ? 'They have none yet.' : `They have ${list(ids, 'and', 30)}.`;
  return `names the session "${session}", which this participant does not have. ${hint}${fix}`;
}

const refused = (line: Line, why: string): FileError => line.wrong(WHY[why] ?? `does not fit: ${why}.`);
