import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** What is erased of a participant, and that it was: the port's part, and its statements. Nothing else of the store forgets. */

/** What stands for a body that was erased, and for its hash: a hash of a name or an address is guessed in no time. */
export const ERASED = '';

export interface ErasuresTransaction {
  erasure(study: string, participant: string): Promise<ErasureRow | undefined>;
  /** False, without effect, when something was erased of them before. */
  addErasure(row: ErasureRow): Promise<boolean>;

  /** Each of these takes away what somebody gave, and leaves that they gave it. @returns how many it was taken away from */
  eraseContacts(study: string, participant: string): Promise<number>;
  eraseScreenings(study: string, participant: string): Promise<number>;
  /** Answers and scores. */
  eraseQuestionnaires(study: string, participant: string): Promise<number>;
  /**
   * Homework, and the reasons that they or the staff gave about their sessions. What happened, and that something was written or a
   * reason given, stays: attendance follows from it.
   */
  eraseSessions(study: string, participant: string): Promise<number>;
  eraseDrafts(study: string, participant: string): Promise<number>;
}

export interface ErasureRow {
  readonly study: string;
  readonly participant: string;
  /** UUIDv7. */
  readonly id: string;
  /** The id of the staff token. */
  readonly staff: string;
  readonly reason: string;
  /** Of the key that signed the certificate. */
  readonly keyId: string;
  /** Character by character. */
  readonly certificate: string;
  readonly erasedAt: string;
}

export interface ErasuresTables {
  erasures: ErasureRow;
}

export function erasuresStatements(trx: Transaction<Tables>): ErasuresTransaction {
  const eraseBodies = async (study: string, ids: readonly string[]): Promise<number> => {
    // "in ()" is no SQL.
    if (ids.length === 0) return 0;
    const erased = await trx
      .updateTable('submissions')
      .set({ body: ERASED, bodySha256: ERASED })
      .where('study', '=', study)
      .where('id', 'in', [...ids])
      .where('body', '!=', ERASED)
      .returning('id')
      .execute();
    return erased.length;
  };
  return {
    async erasure(study, participant) {
      const row = await trx
        .selectFrom('erasures')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .executeTakeFirst();
      return row && { ...row };
    },
    async addErasure(row) {
      const added = await trx
        .insertInto('erasures')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'participant']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },

    async eraseContacts(study, participant) {
      const erased = await trx
        .updateTable('contacts')
        .set({ body: ERASED, bodySha256: ERASED, tokenHash: null, writeHash: null, returnHash: null })
        .where('study', '=', study)
        .where('participant', '=', participant)
        .returning('id')
        .execute();
      if (erased.length > 0) {
        await trx
          .deleteFrom('contactFingerprints')
          .where('study', '=', study)
          .where(
            'contact',
            'in',
            erased.map(({ id }) => id),
          )
          .execute();
      }
      return erased.length;
    },
    async eraseScreenings(study, participant) {
      // Those that were sent before anybody was signed in are theirs by the screening's row alone.
      const rows = await trx
        .selectFrom('screenings')
        .select('id')
        .where('study', '=', study)
        .where('participant', '=', participant)
        .where('id', 'is not', null)
        .execute();
      return eraseBodies(
        study,
        rows.flatMap(({ id }) => id ?? []),
      );
    },
    async eraseQuestionnaires(study, participant) {
      await trx.deleteFrom('scores').where('study', '=', study).where('participant', '=', participant).execute();
      const rows = await trx
        .selectFrom('questionnaires')
        .select('submission')
        .where('study', '=', study)
        .where('participant', '=', participant)
        .execute();
      return eraseBodies(
        study,
        rows.map(({ submission }) => submission),
      );
    },
    async eraseSessions(study, participant) {
      const rows = await trx
        .selectFrom('sessionEvents')
        .select(['id', 'submission', 'event', 'homework'])
        .where('study', '=', study)
        .where('participant', '=', participant)
        .execute();
      const told = rows.filter((row) => row.submission !== null || hasWords(row));
      for (const row of told.filter(hasWords)) {
        await trx
          .updateTable('sessionEvents')
          .set(withoutWords(row))
          .where('study', '=', study)
          .where('id', '=', row.id)
          .execute();
      }
      const sent = told.flatMap(({ submission }) => submission ?? []);
      await eraseBodies(study, sent);
      // Who leaves the intervention does so by a submission that is kept as a decision too.
      if (sent.length > 0) {
        await trx
          .updateTable('consentDecisions')
          .set({ body: ERASED, bodySha256: ERASED })
          .where('study', '=', study)
          .where('participant', '=', participant)
          .where('submission', 'in', sent)
          .execute();
      }
      const posted = await trx
        .updateTable('sessionPostings')
        .set({ reason: ERASED })
        .where('study', '=', study)
        .where('audience', '=', 'participant')
        .where('target', '=', participant)
        .where('reason', 'is not', null)
        .returning('id')
        .execute();
      return told.length + posted.length;
    },
    async eraseDrafts(study, participant) {
      const erased = await trx
        .deleteFrom('drafts')
        .where('study', '=', study)
        .where('participant', '=', participant)
        .returning('key')
        .execute();
      return erased.length;
    },
  };
}

type Words = Pick<Tables['sessionEvents'], 'event' | 'homework'>;

const reasonIn = (event: string | null): unknown => (event === null ? undefined : JSON.parse(event).reason);

/** A text that is blank was taken back by who wrote it. */
function hasWords({ event, homework }: Words): boolean {
  return reasonIn(event) !== undefined || (homework !== null && homework.trim() !== '');
}

/** An event that counts by its reason has one still. */
function withoutWords({ event }: Words): Words {
  return { event: event && JSON.stringify({ ...JSON.parse(event), reason: ERASED }), homework: null };
}
