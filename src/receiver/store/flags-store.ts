import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Stored, Tables } from './tables.ts';

/** What a person should look at, and what it is noticed by: the port's part, and its statements. */

export interface FlagsTransaction {
  addFlag(row: FlagRow): Promise<void>;
  /**
   * A study's flags, the newest first, resolved ones too.
   *
   * @param after the id that the page before ended with
   */
  flags(study: string, page: { readonly after?: string | undefined; readonly limit: number }): Promise<FlagRow[]>;
  flag(study: string, id: string): Promise<FlagRow | undefined>;
  /** False, without effect, when there is none with this id that is still open. */
  resolveFlag(
    study: string,
    id: string,
    resolution: { readonly resolvedAt: string; readonly resolvedBy: string; readonly note: string },
  ): Promise<boolean>;

  addFingerprint(row: FingerprintRow): Promise<void>;
  /** Where any of these keyed hashes stands already. */
  fingerprints(study: string, fingerprints: readonly string[]): Promise<FingerprintRow[]>;
}

/**
 * What was found that a person should look at.
 *
 * `repeat-contact`: two contacts share an address or a number. `repeat-screening`: a participant was screened again. Both may
 * be the same person twice, and are never merged. `safety`: an answer that somebody must see at once. The others: whose
 * assessment should have allocated them, and did not, by what was missing.
 */
export const FLAG_KINDS = [
  'repeat-contact',
  'repeat-screening',
  'safety',
  'not-allocated-no-site',
  'not-allocated-no-consent',
  'not-allocated-not-eligible',
  'not-allocated-other-mode',
] as const;

export type FlagKind = (typeof FLAG_KINDS)[number];

/** Found, and told to people: nothing follows from it by itself. */
export interface FlagRow {
  readonly study: string;
  /** UUIDv7. */
  readonly id: string;
  readonly kind: FlagKind;
  readonly mode: Mode;
  /** Whom and what it is about, by id; by keyed hash where the id is not kept. */
  readonly subjects: readonly string[];
  readonly raisedAt: string;
  readonly resolvedAt: string | null;
  /** The id of the staff member who looked. */
  readonly resolvedBy: string | null;
  readonly note: string | null;
}

/** A keyed hash of an address or a number in a contact: by it a second contact of the same person is noticed. */
export interface FingerprintRow {
  readonly study: string;
  readonly fingerprint: string;
  /** The contact's id. */
  readonly contact: string;
  readonly screeningIdHash: string;
}

export interface FlagsTables {
  flags: Stored<FlagRow>;
  contactFingerprints: FingerprintRow;
}

export function flagsStatements(trx: Transaction<Tables>): FlagsTransaction {
  return {
    async addFlag(row) {
      await trx
        .insertInto('flags')
        .values({ ...row, subjects: JSON.stringify(row.subjects) })
        .execute();
    },
    async flags(study, { after, limit }) {
      let query = trx.selectFrom('flags').selectAll().where('study', '=', study);
      if (after !== undefined) query = query.where('id', '<', after);
      const rows = await query.orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toFlag);
    },
    async flag(study, id) {
      const row = await trx
        .selectFrom('flags')
        .selectAll()
        .where('study', '=', study)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toFlag(row);
    },
    async resolveFlag(study, id, resolution) {
      const resolved = await trx
        .updateTable('flags')
        .set(resolution)
        .where('study', '=', study)
        .where('id', '=', id)
        .where('resolvedAt', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return resolved !== undefined;
    },

    async addFingerprint(row) {
      await trx
        .insertInto('contactFingerprints')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'fingerprint', 'contact']).doNothing())
        .execute();
    },
    fingerprints: (study, fingerprints) =>
      fingerprints.length === 0
        ? Promise.resolve([])
        : trx
            .selectFrom('contactFingerprints')
            .selectAll()
            .where('study', '=', study)
            .where('fingerprint', 'in', [...fingerprints])
            .orderBy('contact')
            .execute(),
  };
}

function toFlag(row: Stored<FlagRow>): FlagRow {
  return { ...row, subjects: JSON.parse(row.subjects) };
}
