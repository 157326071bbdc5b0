import type { SessionStatus } from './session-status.ts';

/** How many of an arm's sessions were attended, missed and made good: never of an optional series (default 17). */
export interface Counts {
  /** Of a series without an end: those whose window has begun. */
  readonly planned: number;
  /** In whole or in part. */
  readonly attended: number;
  readonly partial: number;
  readonly madeUp: number;
  /** Content received: attended, or seen as a recording, which is no attendance (default 8). */
  readonly received: number;
  /** Sessions that were ever missed. */
  readonly missed: number;
  readonly outstanding: number;
  readonly notCompleted: number;
  /** Of those planned, rounded; null where none is. */
  readonly attendedPercent: number | null;
}

export function countsOf(sessions: readonly SessionStatus[]): Counts {
  const inState = (...states: readonly SessionStatus['state'][]): number =>
    sessions.filter(({ state }) => states.includes(state)).length;
  const attended = inState('attended', 'partial');
  return {
    planned: sessions.length,
    attended,
    partial: inState('partial'),
    madeUp: inState('made-up'),
    received: sessions.filter(({ received }) => received).length,
    missed: sessions.filter(({ missed }) => missed).length,
    outstanding: sessions.filter(({ outstanding }) => outstanding).length,
    notCompleted: inState('not-completed'),
    attendedPercent: sessions.length === 0 ? null : Math.round((attended / sessions.length) * 100),
  };
}
