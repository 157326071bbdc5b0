import type { PostgresPool } from 'kysely';
import { Pool, type PoolConfig, types } from 'pg';
import { reasonOf } from './postgres-errors.ts';
import { StoreError } from './store.ts';

/**
 * The connections of one process to its PostgreSQL. One that breaks never ends the process: whoever uses it is told by what
 * they asked, and nobody else needs it.
 */

export interface PoolOptions {
  /** Of the database, for messages. */
  readonly shown: string;
  /** Told of a connection that broke while nobody used it. */
  readonly onLost: (error: Error) => void;
}

const INT8 = 20;

/** A pool that throws StoreError `unreachable` where it can give no connection. */
export function createPool(config: PoolConfig, { shown, onLost }: PoolOptions): PostgresPool {
  const pool = new Pool({ ...config, types: { getTypeParser: parserOf } });
  pool.on('error', onLost);
  // In use, and between two statements: pg then tells the connection alone, and the next statement fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      try {
        return await pool.connect();
      } catch (cause) {
        throw new StoreError('unreachable', `${shown} cannot be reached: ${reasonOf(cause)}.${adviceOn(cause)}`, {
          cause,
        });
      }
    },
  };
}

/**
 * Counts come as eight bytes, and on some engines every integer does, which pg leaves as text. Ours stay far below what a
 * number can hold.
 */
const parserOf: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? Number : types.getTypeParser(oid, format as 'text');

function adviceOn(cause: unknown): string {
  const reason = reasonOf(cause);
  if (/does not support SSL/.test(reason)) {
    return ' Give it a certificate; or, where nobody else can listen on the way to it, write sslmode=disable.';
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /CERT|SIGNATURE/.test(code)
    ? ' Its certificate must be for this name; name the authority’s file with sslrootcert where this machine does not know it.'
    : '';
}
