import { dayIn } from '../../schedule/days.ts';
import type { Study } from '../../study/schema.ts';
import { zoneOf } from '../days.ts';
import type { KeyRing } from '../keys.ts';

/**
 * What stands in an export instead of what points at somebody: codes for participants and sites, and days counted from a
 * participant's first. The same from export to export; only who has the receiver's keys can tell whose a code is.
 */
export interface Coding {
  /** A participant's id tells when they were enrolled; their code tells nothing. */
  participant(id: string): string;
  site(id: string): string;
  /** Of people who come to sessions together: staff name it, and may name it after somebody. */
  group(name: string): string;
  /** @param idHash as the row has it */
  screening(idHash: string): string;
}

/** Hexadecimal digits: two participants in a million million share one. */
const LONG = 16;
/** Sites and groups are few. */
const SHORT = 8;

/** By the oldest key there is: a new one must not give everybody another code. */
export function createCoding({ all }: Pick<KeyRing, 'all'>, study: string): Coding {
  const key = all.at(-1);
  if (key === undefined) throw new TypeError('A ring has a key.');
  const code = (kind: string, id: string, length: number) =>
    key.mac('export', JSON.stringify([kind, study, id])).slice(0, length);
  return {
    participant: (id) => `p-${code('participant', id, LONG)}`,
    site: (id) => `site-${code('site', id, SHORT)}`,
    group: (name) => `group-${code('group', name, SHORT)}`,
    screening: (idHash) => `s-${code('screening', idHash, LONG)}`,
  };
}

/** Whether it looks like what stands in an export for a participant, and is no id. */
export function isParticipantCode(text: string): boolean {
  return new RegExp(`^p-[0-9a-f]{${LONG}}$`).test(text);
}

const DAY = 24 * 60 * 60 * 1000;

/** The study's day of an instant. */
export const studyDay = (instant: string, study: Pick<Study, 'timeZone'>): string => dayIn(instant, zoneOf(study));

/** How many days one day lies after another, both as `2026-01-31`; undefined where one is no day. */
export function daysBetween(first: string, day: string): number | undefined {
  const days = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY;
  return Number.isInteger(days) ? days : undefined;
}
