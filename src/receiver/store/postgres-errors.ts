import { DatabaseError } from 'pg';
import type { Judgement } from './run-again.ts';

/** What the errors of PostgreSQL, and of the way to it, mean (https://www.postgresql.org/docs/current/errcodes-appendix.html). */

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const UNIQUE_VIOLATION = '23505';
const UNDEFINED_TABLE = '42P01';
const DUPLICATE_TABLE = '42P07';
const DUPLICATE_OBJECT = '42710';
const QUERY_CANCELED = '57014';
const LOCK_NOT_AVAILABLE = '55P03';

/** The server has ended the session, or is about to: class 08, shutdowns, sessions that idled in a transaction. */
const SESSION_ENDED = /^(08...|57P0[1235]|25P0[34])$/;
const SOCKET_BROKEN = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENETDOWN', 'EHOSTUNREACH']);
/** What pg says itself of a connection that is gone; it has no codes for that. */
const CONNECTION_GONE = /^Connection terminated|is not queryable$/;
const NO_ANSWER = 'Query read timeout';

/** SQLSTATE. Undefined for what did not come from the server. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/** As `Engine.judge`. */
export function judge(error: unknown): Judgement {
  const code = codeOf(error);
  if (isUndone(error) || isLost(error)) return 'again';
  // What was read as free has been taken meanwhile: then the next run reads it as taken. Else it fails the same.
  if (code === UNIQUE_VIOLATION) return 'once-more';
  const isLate = code === QUERY_CANCELED || code === LOCK_NOT_AVAILABLE || messageOf(error) === NO_ANSWER;
  return isLate ? 'busy' : 'other';
}

/** As `Engine.isUndone`. 40003, as CockroachDB says where it does not know, is none of these. */
export function isUndone(error: unknown): boolean {
  const code = codeOf(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
}

/** The connection broke. Before the commit the server rolls back what was begun on it. */
function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return SESSION_ENDED.test(code);
  if (!(error instanceof Error)) return false;
  return ('code' in error && SOCKET_BROKEN.has(String(error.code))) || CONNECTION_GONE.test(error.message);
}

/**
 * Two have made the same table at once: `if not exists` does not keep them apart. By which of its parts that is noticed (the
 * table, its row type, their names in the catalogue) depends on how far the other one was.
 */
export function isMadeMeanwhile(error: unknown): boolean {
  const code = codeOf(error);
  return code === DUPLICATE_TABLE || code === DUPLICATE_OBJECT || code === UNIQUE_VIOLATION;
}

export function isNoSuchTable(error: unknown): boolean {
  return codeOf(error) === UNDEFINED_TABLE;
}

/** What went wrong, for an operator. Node tells of several addresses by an error without words. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(messageOf))].join('; ');
  return messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
