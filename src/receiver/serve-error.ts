import { SteadyError } from '../study/steady-error.ts';

export type ServeErrorCode =
  | 'version-reused'
  | 'placeholders-live'
  | 'consent-version-removed'
  | 'items-without-study'
  | 'items-unasked'
  | 'items-twice'
  | 'items-missing'
  | 'instrument-reused'
  | 'study-twice'
  | 'origin-without-study'
  | 'bad-origin'
  | 'cannot-listen';

/** The receiver cannot start as it was told to. */
export class ServeError extends SteadyError {
  constructor(code: ServeErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
  }
}
