import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Tables } from './tables.ts';

/** Who takes part and by which secrets: the port's part, and its statements. Secrets stand here as hashes alone. */

export interface ParticipantsTransaction {
  addParticipant(row: ParticipantRow): Promise<void>;
  participant(study: string, id: string): Promise<ParticipantRow | undefined>;
  /**
   * A study's participants by id, which is the order in which they were invited or enrolled.
   *
   * @param after the id that the page before ended with
   * @param sites only those of these sites
   */
  participants(
    study: string,
    page: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly sites?: readonly string[] | undefined;
    },
  ): Promise<ParticipantRow[]>;
  changeParticipant(
    study: string,
    id: string,
    change: Partial<Pick<ParticipantRow, 'screeningIdHash' | 'contact' | 'site'>>,
  ): Promise<void>;

  /** False, without effect, when the study has this hash already, whoever it belongs to. */
  addCredential(row: CredentialRow): Promise<boolean>;
  /** Those whose hash begins so: hardly ever more than one. The caller compares the whole hash. */
  credentialsByPrefix(study: string, hashPrefix: string): Promise<CredentialRow[]>;
  /** All that a participant ever had, in the order of their making. */
  credentials(study: string, participant: string): Promise<CredentialRow[]>;
  changeCredential(
    study: string,
    hash: string,
    change: Partial<Pick<CredentialRow, 'usedAt' | 'replacedAt' | 'endsAt'>>,
  ): Promise<void>;

  /** False, without effect, when the study has this code already. */
  addInvitation(row: InvitationRow): Promise<boolean>;
  /** As `credentialsByPrefix`. */
  invitationsByPrefix(study: string, hashPrefix: string): Promise<InvitationRow[]>;
  /** All that were ever made for a participant, in the order of their making. */
  invitations(study: string, participant: string): Promise<InvitationRow[]>;
  changeInvitation(
    study: string,
    id: string,
    change: Partial<Pick<InvitationRow, 'wrongChecks' | 'endedAt' | 'spentAt' | 'spentBy'>>,
  ): Promise<void>;
}

export interface ParticipantRow {
  readonly study: string;
  /** UUIDv7. Made with the invitation, where there is one. */
  readonly id: string;
  readonly mode: Mode;
  readonly site: string | null;
  readonly enrolledAt: string;
  /** The screening that counts, by its keyed hash; null until there is one. */
  readonly screeningIdHash: string | null;
  /** The contact that counts, by id; null until there is one. */
  readonly contact: string | null;
}

/** What a device can show for itself. A token does everything, a write key only delivers. */
export interface CredentialRow {
  readonly study: string;
  /** SHA-256, hex. */
  readonly hash: string;
  /** Its first 16 characters. */
  readonly hashPrefix: string;
  readonly kind: 'token' | 'write-key';
  readonly participant: string;
  readonly createdAt: string;
  /** When it was last used, to within a day. */
  readonly usedAt: string;
  /** Since when another device stands in its place. */
  readonly replacedAt: string | null;
  /** From when on it opens nothing; null while that is open. */
  readonly endsAt: string | null;
}

/** A code that can be spent once, to bring somebody to a device. */
export interface InvitationRow {
  readonly study: string;
  readonly id: string;
  /** `first`: opens a participant. `again`: moves one, by staff. `return`: moves one, made by their own browser. */
  readonly kind: 'first' | 'again' | 'return';
  readonly mode: Mode;
  readonly participant: string;
  readonly site: string | null;
  /** SHA-256, hex, of the code. */
  readonly codeHash: string;
  /** Its first 16 characters. */
  readonly hashPrefix: string;
  /** Keyed hash of what is asked beside the code, and the key it was made with. */
  readonly checkHash: string | null;
  readonly checkKeyId: string | null;
  readonly wrongChecks: number;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** When a later one took its place. */
  readonly endedAt: string | null;
  readonly spentAt: string | null;
  /** The hash of the token that it was spent for. */
  readonly spentBy: string | null;
}

export interface ParticipantsTables {
  participants: ParticipantRow;
  credentials: CredentialRow;
  invitations: InvitationRow;
}

export function participantsStatements(trx: Transaction<Tables>): ParticipantsTransaction {
  return {
    async addParticipant(row) {
      await trx.insertInto('participants').values(row).execute();
    },
    participant: (study, id) =>
      trx.selectFrom('participants').selectAll().where('study', '=', study).where('id', '=', id).executeTakeFirst(),
    async participants(study, { after, limit, sites }) {
      // "in ()" is no SQL.
      if (sites?.length === 0) return [];
      let query = trx.selectFrom('participants').selectAll().where('study', '=', study);
      if (after !== undefined) query = query.where('id', '>', after);
      if (sites !== undefined) query = query.where('site', 'in', [...sites]);
      return query.orderBy('id').limit(limit).execute();
    },
    async changeParticipant(study, id, change) {
      await trx.updateTable('participants').set(change).where('study', '=', study).where('id', '=', id).execute();
    },

    async addCredential(row) {
      const added = await trx
        .insertInto('credentials')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'hash']).doNothing())
        .returning('hash')
        .executeTakeFirst();
      return added !== undefined;
    },
    credentialsByPrefix: (study, hashPrefix) =>
      trx
        .selectFrom('credentials')
        .selectAll()
        .where('study', '=', study)
        .where('hashPrefix', '=', hashPrefix)
        .execute(),
    credentials: (study, participant) =>
      trx
        .selectFrom('credentials')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .orderBy('createdAt')
        .orderBy('kind')
        .orderBy('hash')
        .execute(),
    async changeCredential(study, hash, change) {
      await trx.updateTable('credentials').set(change).where('study', '=', study).where('hash', '=', hash).execute();
    },

    async addInvitation(row) {
      const added = await trx
        .insertInto('invitations')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'codeHash']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },
    invitationsByPrefix: (study, hashPrefix) =>
      trx
        .selectFrom('invitations')
        .selectAll()
        .where('study', '=', study)
        .where('hashPrefix', '=', hashPrefix)
        .execute(),
    invitations: (study, participant) =>
      trx
        .selectFrom('invitations')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .orderBy('id')
        .execute(),
    async changeInvitation(study, id, change) {
      await trx.updateTable('invitations').set(change).where('study', '=', study).where('id', '=', id).execute();
    },
  };
}
