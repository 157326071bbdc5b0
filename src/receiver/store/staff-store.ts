import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { StaffRole } from '../staff/role.ts';
import type { Tables } from './tables.ts';

/** Who on a study's staff may ask what: the port's part, and its statements. */

export interface StaffTransaction {
  addStaff(row: StaffRow): Promise<void>;
  /** Those whose token's hash begins so: hardly ever more than one. The caller compares the whole hash. */
  staffByPrefix(study: string, hashPrefix: string): Promise<StaffRow[]>;
  /** A study's staff, expired and revoked ones too, in the order they were added. */
  staff(study: string): Promise<StaffRow[]>;
  /** Ends a token. False, without effect, when there is none with this id that was not ended before. */
  revokeStaff(study: string, id: string, at: string): Promise<boolean>;
}

/** A token that was given to one person: for one study, one role. The token itself is nowhere. */
export interface StaffRow {
  readonly study: string;
  /** UUIDv7. */
  readonly id: string;
  readonly mode: Mode;
  readonly name: string;
  readonly role: StaffRole;
  /** Only these sites; null for all. */
  readonly sites: readonly string[] | null;
  /** Only these series of sessions; null for all. */
  readonly series: readonly string[] | null;
  /** The first 16 characters of `tokenHash`. */
  readonly hashPrefix: string;
  /** SHA-256, hex. */
  readonly tokenHash: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

type StoredStaff = Omit<StaffRow, 'sites' | 'series'> & { sites: string | null; series: string | null };

export interface StaffTables {
  staff: StoredStaff;
}

export function staffStatements(trx: Transaction<Tables>): StaffTransaction {
  return {
    async addStaff(row) {
      await trx
        .insertInto('staff')
        .values({ ...row, sites: stored(row.sites), series: stored(row.series) })
        .execute();
    },
    async staffByPrefix(study, hashPrefix) {
      const rows = await trx
        .selectFrom('staff')
        .selectAll()
        .where('study', '=', study)
        .where('hashPrefix', '=', hashPrefix)
        .execute();
      return rows.map(toStaff);
    },
    async staff(study) {
      const rows = await trx.selectFrom('staff').selectAll().where('study', '=', study).orderBy('id').execute();
      return rows.map(toStaff);
    },
    async revokeStaff(study, id, at) {
      const revoked = await trx
        .updateTable('staff')
        .set({ revokedAt: at })
        .where('study', '=', study)
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return revoked !== undefined;
    },
  };
}

function stored(list: readonly string[] | null): string | null {
  return list === null ? null : JSON.stringify(list);
}

/** A list column, written by this module alone. */
function list(text: string | null): readonly string[] | null {
  return text === null ? null : JSON.parse(text);
}

function toStaff(row: StoredStaff): StaffRow {
  return { ...row, sites: list(row.sites), series: list(row.series) };
}
