import { SteadyError } from '../study/steady-error.ts';

export type AllocationErrorCode =
  /** The source of random bytes gives none that can be used. */
  | 'random-broken'
  /** Bytes that were kept end before the draw does. */
  | 'bytes-short'
  /** A block that is full, or that holds more of an arm than it has places for. */
  | 'block-full'
  /** Numbers of sites in which the shares do not come out even. */
  | 'uneven';

/** A draw that was asked for wrongly. What a file says wrongly is the lint's. */
export class AllocationError extends SteadyError {
  constructor(code: AllocationErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
  }
}
