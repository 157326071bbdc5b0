/**
 * The base of everything that a developer, a file or a network can get wrong. What a participant can get wrong is data,
 * never an error: see `Problem` in the form room.
 */
export class SteadyError extends Error {
  /** Stable, machine-readable, kebab-case. Messages may change between releases; codes do not. */
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Any error as one of ours, so that whoever reports it has a code; the original is its cause. */
export function asSteadyError(error: unknown): SteadyError {
  if (error instanceof SteadyError) return error;
  return new SteadyError('unexpected', error instanceof Error ? error.message : String(error), { cause: error });
}
