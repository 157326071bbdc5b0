import type { Counts } from '../../schedule/counts.ts';
import type { Study } from '../../study/schema.ts';
import { textIn } from '../../study/text.ts';
import type { Person } from './person.ts';
import { type ArmColumns, columns, DAY, type Table } from './tables.ts';

/** The tables of sessions, and the columns of a wide table that are about arms: for exports with arms alone. */

/** A series as the study has it, in any arm and any version. */
export interface ExportedSeries {
  readonly id: string;
  /** In the study's first language. */
  readonly label: string;
  /** How many sessions, in the version that had most; undefined for one that goes on. */
  readonly count?: number;
  readonly optional: boolean;
}

/** @param studies every version that was served, the oldest first */
export function seriesIn(studies: readonly Study[]): readonly ExportedSeries[] {
  const found = new Map<string, ExportedSeries>();
  for (const { arms = [], languages } of studies) {
    for (const { id, title, count, optional = false } of arms.flatMap((arm) => arm.series)) {
      const most = Math.max(count ?? 0, found.get(id)?.count ?? 0);
      const label = title === undefined ? '' : textIn(title, languages[0] ?? 'en', languages);
      found.set(id, { id, label, optional, ...(most > 0 && { count: most }) });
    }
  }
  return [...found.values()];
}

const COUNTS = {
  planned: 'how many there are; of a series that goes on, how many have begun',
  attended: 'attended, in whole or in part',
  partial: 'of these, in part',
  madeUp: 'missed, and the recording seen',
  received: 'content received: attended, or the recording seen',
  missed: 'missed at some time, whatever came of it',
  outstanding: 'missed and not made good',
  notCompleted: 'left over when the series closed, or when they left',
} as const satisfies Partial<Record<keyof Counts, string>>;

const countNames = Object.keys(COUNTS) as (keyof typeof COUNTS)[];

/** No id of a study has an underscore: no assessment's column can have one of these names. */
const seriesColumn = (series: string, count: string): string => `arm_series.${series}.${snake(count)}`;
const sessionColumn = (session: string, what: string): string => `arm_session.${session}.${what}`;

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Columns of the wide table that are there with arms alone, and the cells of one participant. */
export function armColumns(series: readonly ExportedSeries[]): ArmColumns {
  const counted = series.filter(({ optional }) => !optional);
  const sessions = series.flatMap(({ id, label, count = 0 }) =>
    Array.from({ length: count }, (_, index) => ({ part: id, item: `${id}-${index + 1}`, label })),
  );
  return {
    columns: [
      ...columns({
        intervention: 'open, or withdrawn: no more of what their arm is offered',
        arm: 'that holds for them',
        drawn: 'what was drawn, where it was corrected since',
        arm_day: `when they were allocated, or their site started: ${DAY}`,
        arm_start: `the day that sessions count from: ${DAY}`,
        arm_left: `when they left the intervention, or the study: ${DAY}`,
        arm_group: 'code of the group that they come to sessions with now',
      }),
      ...counted.flatMap(({ id: part, label }) =>
        countNames.map((count) => ({
          ...{ name: seriesColumn(part, count), note: COUNTS[count] },
          about: { part, item: snake(count), kind: 'count', label },
        })),
      ),
      ...sessions.flatMap((about) => [
        { name: sessionColumn(about.item, 'state'), note: STATE, about: { ...about, kind: 'state' } },
        { name: sessionColumn(about.item, 'held_day'), note: HELD, about: { ...about, kind: 'date' } },
      ]),
    ],
    cells: ({ intervention, arm, course }) => {
      const bySeries = new Map(course?.series.map((one) => [one.series, one]));
      const bySession = new Map(course?.sessions.map((one) => [one.session, one]));
      return [
        ...[intervention ?? null, arm?.arm ?? null, arm?.drawn ?? null, arm?.day ?? null],
        ...[course?.start ?? null, course?.left ?? null, course?.group ?? null],
        ...counted.flatMap(({ id }) => countNames.map((count) => bySeries.get(id)?.[count] ?? null)),
        ...sessions.flatMap(({ item }) => [bySession.get(item)?.state ?? null, bySession.get(item)?.heldDay ?? null]),
      ];
    },
  };
}

const STATE =
  'scheduled, attended, partial, missed, made-up (by its recording), rescheduled, cancelled-by-staff, not-completed; nothing where the session is not theirs';
const HELD = `the day on which it was held, in whole or in part: ${DAY}`;

/** One row for each session of each participant. */
const SESSIONS: Table<Person> = {
  file: 'sessions.csv',
  columns: columns({
    participant: 'code of the participant',
    series: 'of their arm',
    session: 'the series and the number',
    number: 'of the session in its series',
    optional: '1: outside all counts',
    state: STATE,
    window_first: `first day of its window: ${DAY}`,
    window_last: `last day of its window; nothing where nothing ends it: ${DAY}`,
    scheduled_day: `on which it begins or began; nothing where no time is known: ${DAY}`,
    held_day: HELD,
    on_time: '1: held within its window',
    minutes: 'how long it was to take; how long somebody was there is not recorded',
    misses: 'how often it was missed, whatever came of it',
    excused: 'how many of the misses had a good reason, by a facilitator’s word',
    missed: '1: a miss of it counts, by the study’s rules',
    outstanding: '1: missed and not made good, by the study’s rules',
    made_up: 'how a miss was made good: new-time (held after it) or recording',
    recording_day: `when they said that they had seen its recording: ${DAY}`,
    received: '1: its content was received: held in whole or in part, or its recording seen',
    homework: 'of a session that homework follows: not-yet, open or done',
    participant_said: 'their own last word: attended, partial or missed; it holds where a facilitator said nothing',
    facilitator_said: 'a facilitator’s last word, which holds',
  }),
  rows: ({ participant, course }) =>
    (course?.sessions ?? []).map((one) => [
      ...[participant, one.series, one.session, one.number, Number(one.optional), one.state],
      ...[one.windowFirst, one.windowLast, one.scheduledDay, one.heldDay, bit(one.onTime), one.minutes],
      ...[one.misses, one.excused, Number(one.missed), Number(one.outstanding), one.madeUp, one.recordingDay],
      ...[Number(one.received), one.homework, one.participantSaid, one.facilitatorSaid],
    ]),
};

const bit = (value: boolean | null): number | null => (value === null ? null : Number(value));

/** One row for each thing that was said of a participant's sessions. */
function sessionEventsTable(freeText: boolean): Table<Person> {
  return {
    file: 'session_events.csv',
    columns: columns({
      participant: 'code of the participant',
      order: '1, 2, 3 … in the order in which they were taken in',
      event: 'what was said, by the names of docs/schedule.md; homework, where a text was saved',
      session: 'that it is about, if one',
      task: 'of homework: which text',
      by: 'participant or facilitator',
      day: `when it happened: ${DAY}`,
      received_day: `when it was taken in: ${DAY}`,
      starts_day: `the day that it sets for the session: ${DAY}`,
      excused: '1: an absence with a good reason',
      override: '1: taken though it came too late',
      retracts: 'the event that was a mistake, by its order',
      set_aside:
        'why it changes nothing, by the names of docs/schedule.md and docs/endpoint.md; nothing where it counts',
      deviations: 'what was unusual when it was taken in, by name, as a JSON list',
      ...(freeText && { text: 'the reason that was given, or the homework as it was written' }),
    }),
    rows: ({ participant, course }) =>
      (course?.sessionEvents ?? []).map((one) => [
        ...[participant, one.order, one.event, one.session, one.task, one.by, one.day, one.receivedDay, one.startsDay],
        ...[Number(one.excused), Number(one.override), one.retracts, one.setAside, JSON.stringify(one.deviations)],
        ...(freeText ? [one.text ?? null] : []),
      ]),
  };
}

/** @param arms without them there is none */
export function sessionTables({
  arms,
  freeText,
}: {
  readonly arms: boolean;
  readonly freeText: boolean;
}): readonly Table<Person>[] {
  return arms ? [SESSIONS, sessionEventsTable(freeText)] : [];
}
