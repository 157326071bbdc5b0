import { MOST_SESSIONS, type Series } from '../../study/arms-part.ts';
import type { Study } from '../../study/schema.ts';
import { joined, nearest, show } from '../../study/wording.ts';
import type { PostingRow } from '../store/sessions-store.ts';

/** What is put up is about a session of the study; of a slot that is good for every session, about a series. */

export interface Subject {
  readonly series: Series;
  /** Null for a whole series. */
  readonly session: string | null;
}

export interface Named {
  readonly kind: PostingRow['kind'];
  /** A session's id, or a series'. */
  readonly about: string;
}

/** Undefined where the study has no such session. */
export function subjectNamed(study: Pick<Study, 'arms'>, { kind, about }: Named): Subject | undefined {
  const all = seriesIn(study);
  const whole = kind === 'slot' ? all.find(({ id }) => id === about) : undefined;
  if (whole !== undefined) return { series: whole, session: null };
  const [, id, number] = /^(.+)-([1-9]\d{0,3})$/.exec(about) ?? [];
  const series = all.find((one) => one.id === id && has(one, Number(number)));
  return series && { series, session: about };
}

/** The sentence about a session that the study does not have: which one was meant, and which there are. */
export function unknownSession(study: Pick<Study, 'arms'>, { kind, about }: Named): string {
  const all = seriesIn(study);
  const number = Number(/[1-9]\d{0,3}$/.exec(about)?.[0] ?? 1);
  const like = all.filter((one) => has(one, number)).map(({ id }) => `${id}-${number}`);
  const meant = nearest(about, kind === 'slot' ? [...all.map(({ id }) => id), ...like] : like);
  const hint = meant === undefined ? '' : `Did you mean ${show(meant)}? `;
  const known = [...new Set(all.map(sessionsOf))];
  const fix = known.length === 0 ? 'It has none.' : `It has ${joined(known, 'and')}.`;
  return `The study has no session ${show(about)}. ${hint}${fix}`;
}

/** Every series of a study, those of one arm among others. */
const seriesIn = ({ arms = [] }: Pick<Study, 'arms'>): readonly Series[] => arms.flatMap((arm) => arm.series);

const has = ({ count = MOST_SESSIONS }: Series, number: number): boolean => number <= count;

function sessionsOf({ id, count }: Series): string {
  const first = show(`${id}-1`);
  if (count === undefined) return `${first} and on`;
  return count === 1 ? first : `${first} to ${show(`${id}-${count}`)}`;
}
