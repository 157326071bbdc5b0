import * as v from 'valibot';
import { zoneOf } from '../receiver/days.ts';
import type { NewPosting } from '../receiver/sessions/put-up.ts';
import { subjectNamed, unknownSession } from '../receiver/sessions/subject.ts';
import { instantOf, localText, localTimes } from '../schedule/days.ts';
import { isDay } from '../study/day.ts';
import { idSchema, type Study } from '../study/schema.ts';
import { seriesOfSession } from '../study/session-events.ts';
import { list } from '../study/wording.ts';
import { type TableLine, tableFrom } from './table.ts';

/** What the tables of `steady sessions` say, line by line. */

const KINDS = ['time', 'cancelled', 'recording', 'slot'] as const;
const MOST = 1_000;

const POSTINGS = {
  columns: [
    ...(['session', 'kind', 'participant', 'group', 'site', 'starts', 'repeat'] as const),
    ...(['minutes', 'place', 'link', 'leader', 'seats', 'reason'] as const),
  ],
  required: ['session'],
  long: { link: 2_000, reason: 2_000 },
  none: 'no session',
  each: 'session',
} as const;

type Column = (typeof POSTINGS.columns)[number];
type Line = TableLine<Column>;

/** @throws FileError naming the file, the line and what to mend */
export function postingsFrom(
  text: string,
  file: string,
  study: Study,
): readonly { readonly posting: NewPosting; readonly line: Line }[] {
  const postings = tableFrom(text, file, POSTINGS).flatMap((line) =>
    repeated(line, postingIn(line, study), study).map((posting) => ({ posting, line })),
  );
  const [tooMany] = postings.slice(MOST);
  if (tooMany !== undefined) throw tooMany.line.wrong(`is beyond ${MOST} sessions in one table. Split it.`);
  return postings;
}

function postingIn(line: Line, study: Study): NewPosting {
  const about = line.cell('session');
  const said = line.cell('kind') || 'time';
  const kind = KINDS.find((one) => one === said);
  if (kind === undefined) throw line.wrong(`has the kind "${said}". It is ${list(KINDS, 'or')}.`);
  if (subjectNamed(study, { kind, about }) === undefined) {
    throw line.wrong(`does not fit: ${unknownSession(study, { kind, about })}`);
  }
  const named = (['participant', 'group', 'site'] as const).filter((one) => line.cell(one) !== '');
  const [audience, another] = named;
  if (another !== undefined) throw line.wrong(`is for a ${audience} and a ${another}. Write one of them.`);
  const link = line.cell('link');
  if (link !== '' && !/^https:\/\/\S+$/.test(link)) {
    throw line.wrong(`has the link "${link}". Write an address that starts with https://.`);
  }
  const isSlotForAll = kind === 'slot' && study.arms?.some((arm) => arm.series.some(({ id }) => id === about));
  return {
    ...{ kind, about, audience: audience ?? 'series' },
    target: audience === undefined ? (isSlotForAll ? about : seriesOfSession(about)) : line.cell(audience),
    ...{ startsAt: startIn(line, study), minutes: numberIn(line, 'minutes', 600), link: link || null },
    ...{ place: line.cell('place') || null, leader: line.cell('leader') || null },
    ...{ seats: numberIn(line, 'seats', 1_000) ?? undefined, reason: line.cell('reason') || null },
  };
}

function startIn(line: Line, study: Study): string | null {
  const starts = line.cell('starts');
  if (starts === '') return null;
  const instant = isDay(starts) ? undefined : instantOf(starts, zoneOf(study));
  if (instant !== undefined) return instant;
  throw line.wrong(`starts at "${starts}". Write a local time (2026-03-10T17:00) or one with its offset.`);
}

function numberIn(line: Line, column: 'minutes' | 'seats' | 'repeat', most: number): number | null {
  const cell = line.cell(column);
  if (cell === '') return null;
  const number = Number(cell);
  if (/^\d+$/.test(cell) && number >= 1 && number <= most) return number;
  throw line.wrong(`has "${cell}" under ${column}. Write a number from 1 to ${most}.`);
}

/** The same local time again, a span of the series later each: a group keeps its hour through the year. */
function repeated(line: Line, posting: NewPosting, study: Study): readonly NewPosting[] {
  const count = numberIn(line, 'repeat', MOST);
  if (count === null || count === 1) return [posting];
  const { about, kind, startsAt } = posting;
  const id = seriesOfSession(about);
  const every = study.arms?.flatMap((arm) => arm.series).find((one) => one.id === id)?.every;
  if (kind !== 'time' || !startsAt || every === undefined) {
    throw line.wrong('is repeated, which only the time of a session in a series with a span (every) can be.');
  }
  const first = Number(about.slice(id.length + 1));
  const local = localText(startsAt, zoneOf(study)).replace(' ', 'T');
  return localTimes(local, every, count, zoneOf(study)).map((time, index) => ({
    ...posting,
    about: `${id}-${first + index}`,
    startsAt: time,
  }));
}

const GROUPS = {
  columns: ['participant', 'group'],
  required: ['participant', 'group'],
  none: 'nobody',
  each: 'person',
} as const;

/** @throws FileError */
export function groupsFrom(
  text: string,
  file: string,
): readonly {
  readonly participant: string;
  readonly name: string;
  readonly line: TableLine<'participant' | 'group'>;
}[] {
  return tableFrom(text, file, GROUPS).map((line) => {
    const name = line.cell('group');
    if (!v.is(idSchema, name)) {
      throw line.wrong(`names the group "${name}". Write lower-case letters, digits and hyphens.`);
    }
    return { participant: line.cell('participant'), name, line };
  });
}
