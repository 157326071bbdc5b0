import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Stored, Tables } from './tables.ts';

/**
 * What participants have decided, the records of what they signed, and who signs for whom: the port's part, and its
 * statements. Decisions are added and never changed, but for what an erasure takes of one about sessions.
 */

export interface ConsentTransaction {
  addDecision(row: DecisionRow): Promise<void>;
  /** All that a participant ever decided, in the order in which it was taken in. */
  decisions(study: string, participant: string): Promise<Decided[]>;
  /**
   * A study's decisions, the newest first.
   *
   * @param after the id that the page before ended with
   * @param sites only of participants of these sites
   */
  decisionPage(
    study: string,
    page: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly sites?: readonly string[] | undefined;
    },
  ): Promise<(Decided & { readonly site: string | null })[]>;
  /** One of them, as it came. */
  decision(study: string, submission: string): Promise<DecisionRow | undefined>;
  /** Every version of the document that anybody in a study has signed, in no order. */
  signedVersions(study: string): Promise<string[]>;

  addRecord(row: RecordRow): Promise<void>;
  record(study: string, submission: string): Promise<RecordRow | undefined>;
  /** The ids of the keys that any record was signed with. */
  recordKeyIds(): Promise<string[]>;

  /** False, without effect, when the subject signs for somebody already, or somebody else signs for the participant. */
  bindSigner(row: SignerRow): Promise<boolean>;
  /** Where any of these keyed hashes stands. */
  signers(study: string, subjectHashes: readonly string[]): Promise<SignerRow[]>;
  signerOf(study: string, participant: string): Promise<SignerRow | undefined>;
}

/** A consent's outcome or a withdrawal, without what was sent. */
export interface Decided {
  readonly study: string;
  /** UUIDv7, by the receiver: in the order of arrival. */
  readonly id: string;
  /** The submission's id. */
  readonly submission: string;
  readonly participant: string;
  /** Of its row in the participant's audit chain: by it one participant's decisions are in order, whoever received them. */
  readonly seq: number;
  readonly mode: Mode;
  readonly studyVersion: string;
  readonly outcome: 'signed' | 'declined' | 'deferred' | 'paper' | 'withdrawn';
  /** Of the document; null for a withdrawal, as the next two. */
  readonly version: string | null;
  readonly language: string | null;
  readonly documentDigest: string | null;
  /** What was withdrawn from; null for an outcome, as the next. */
  readonly scope: 'intervention' | 'study' | 'authorization' | null;
  readonly erase: boolean | null;
  readonly deviations: readonly string[];
  readonly receivedAt: string;
}

export interface DecisionRow extends Decided {
  /** As it was received, but for a proof, which is not kept: then its canonical form without it. */
  readonly body: string;
  /** SHA-256, hex, of the body's bytes. */
  readonly bodySha256: string;
}

export interface RecordRow {
  readonly study: string;
  readonly submission: string;
  readonly participant: string;
  /** Of the key that signed it. */
  readonly keyId: string;
  /** The record, character by character. */
  readonly record: string;
}

/** Whom an identity provider's subject signs for. */
export interface SignerRow {
  readonly study: string;
  /** Keyed hash of issuer and subject, and the key it was made with. */
  readonly subjectHash: string;
  readonly keyId: string;
  readonly participant: string;
  readonly boundAt: string;
}

type StoredDecision = Omit<Stored<DecisionRow>, 'erase'> & { erase: number | null };

export interface ConsentTables {
  consentDecisions: StoredDecision;
  consentRecords: RecordRow;
  consentSigners: SignerRow;
}

/** What a list is made of: what was sent may be large. */
const DECIDED = [
  ...(['study', 'id', 'submission', 'participant', 'seq', 'mode', 'studyVersion', 'outcome'] as const),
  ...(['version', 'language', 'documentDigest', 'scope', 'erase', 'deviations', 'receivedAt'] as const),
] as const;

export function consentStatements(trx: Transaction<Tables>): ConsentTransaction {
  return {
    async addDecision(row) {
      const { erase, deviations } = row;
      await trx
        .insertInto('consentDecisions')
        .values({ ...row, erase: erase === null ? null : Number(erase), deviations: JSON.stringify(deviations) })
        .execute();
    },
    async decisions(study, participant) {
      const rows = await trx
        .selectFrom('consentDecisions')
        .select(DECIDED)
        .where('study', '=', study)
        .where('participant', '=', participant)
        .orderBy('seq')
        .execute();
      return rows.map(toDecided);
    },
    async decisionPage(study, { after, limit, sites }) {
      // "in ()" is no SQL.
      if (sites?.length === 0) return [];
      let query = trx
        .selectFrom('consentDecisions')
        .innerJoin('participants', (join) =>
          join
            .onRef('participants.study', '=', 'consentDecisions.study')
            .onRef('participants.id', '=', 'consentDecisions.participant'),
        )
        .select(DECIDED.map((column) => `consentDecisions.${column}` as const))
        .select('participants.site')
        .where('consentDecisions.study', '=', study);
      if (after !== undefined) query = query.where('consentDecisions.id', '<', after);
      if (sites !== undefined) query = query.where('participants.site', 'in', [...sites]);
      const rows = await query.orderBy('consentDecisions.id', 'desc').limit(limit).execute();
      return rows.map(toDecided);
    },
    async decision(study, submission) {
      const row = await trx
        .selectFrom('consentDecisions')
        .selectAll()
        .where('study', '=', study)
        .where('submission', '=', submission)
        .executeTakeFirst();
      return row && toDecided(row);
    },
    async signedVersions(study) {
      const rows = await trx
        .selectFrom('consentDecisions')
        .select('version')
        .distinct()
        .where('study', '=', study)
        .where('outcome', '=', 'signed')
        .execute();
      return rows.flatMap(({ version }) => version ?? []);
    },

    async addRecord(row) {
      await trx.insertInto('consentRecords').values(row).execute();
    },
    async record(study, submission) {
      const row = await trx
        .selectFrom('consentRecords')
        .selectAll()
        .where('study', '=', study)
        .where('submission', '=', submission)
        .executeTakeFirst();
      return row && { ...row };
    },
    async recordKeyIds() {
      const rows = await trx.selectFrom('consentRecords').select('keyId').distinct().orderBy('keyId').execute();
      return rows.map(({ keyId }) => keyId);
    },

    async bindSigner(row) {
      const bound = await trx
        .insertInto('consentSigners')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('participant')
        .executeTakeFirst();
      return bound !== undefined;
    },
    signers: (study, subjectHashes) =>
      trx
        .selectFrom('consentSigners')
        .selectAll()
        .where('study', '=', study)
        .where('subjectHash', 'in', [...subjectHashes])
        .orderBy('boundAt')
        .execute(),
    signerOf: (study, participant) =>
      trx
        .selectFrom('consentSigners')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .executeTakeFirst(),
  };
}

function toDecided<Row extends Pick<StoredDecision, 'erase' | 'deviations'>>(
  row: Row,
): Omit<Row, 'erase' | 'deviations'> & { erase: boolean | null; deviations: readonly string[] } {
  return { ...row, erase: row.erase === null ? null : row.erase === 1, deviations: JSON.parse(row.deviations) };
}
