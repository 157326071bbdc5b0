import type { Readable, Writable } from 'node:stream';

/** What a command talks to: the process's own streams, or a test's. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Pick<Writable, 'write'>;
  readonly stderr: Pick<Writable, 'write'>;
}

/** Runs a command to its end. Returns the exit code: 0 done, 1 it failed, 2 it was called wrongly. */
export type Command = (args: string[], io: Io) => Promise<number>;

/** A command was called wrongly. The entry prints the sentence and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
