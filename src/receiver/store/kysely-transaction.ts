import type { Transaction } from 'kysely';
import { allocationStatements } from './allocation-store.ts';
import { consentStatements } from './consent-store.ts';
import { draftsStatements } from './drafts-store.ts';
import { erasuresStatements } from './erasures-store.ts';
import { exportStatements } from './export-store.ts';
import { flagsStatements } from './flags-store.ts';
import { funnelStatements } from './funnel-store.ts';
import { linksStatements } from './links-store.ts';
import { participantsStatements } from './participants-store.ts';
import { questionnairesStatements } from './questionnaires-store.ts';
import { scoresStatements } from './scores-store.ts';
import { sessionsStatements } from './sessions-store.ts';
import { sitesStatements } from './sites-store.ts';
import { staffStatements } from './staff-store.ts';
import type { AuditRow, ContactRow, IntakeRow, ScreeningRow, StoreTransaction } from './store.ts';
import type { Stored, Tables } from './tables.ts';
import { webhookStatements } from './webhook-store.ts';

/** The statements, in the subset of SQL that SQLite and PostgreSQL share. */
export function createTransaction(trx: Transaction<Tables>): StoreTransaction {
  return {
    ...participantsStatements(trx),
    ...draftsStatements(trx),
    ...flagsStatements(trx),
    ...staffStatements(trx),
    ...webhookStatements(trx),
    ...consentStatements(trx),
    ...questionnairesStatements(trx),
    ...scoresStatements(trx),
    ...allocationStatements(trx),
    ...sitesStatements(trx),
    ...sessionsStatements(trx),
    ...linksStatements(trx),
    ...funnelStatements(trx),
    ...exportStatements(trx),
    ...erasuresStatements(trx),
    async keepStudyFile(file) {
      const added = await trx
        .insertInto('studyFiles')
        .values(file)
        .onConflict((conflict) => conflict.columns(['study', 'version']).doNothing())
        .returning('version')
        .executeTakeFirst();
      const kept = await trx
        .selectFrom('studyFiles')
        .selectAll()
        .where('study', '=', file.study)
        .where('version', '=', file.version)
        .executeTakeFirstOrThrow();
      return { kept, added: added !== undefined };
    },
    studyFiles: (study) =>
      trx
        .selectFrom('studyFiles')
        .selectAll()
        .where('study', '=', study)
        .orderBy('firstServedAt')
        .orderBy('version')
        .execute(),

    async studies() {
      const rows = await trx.selectFrom('studyFiles').select('study').distinct().orderBy('study').execute();
      return rows.map(({ study }) => study);
    },

    async keepKeyId(row) {
      await trx
        .insertInto('studyKeys')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'keyId']).doNothing())
        .execute();
    },
    async keyIds() {
      const rows = await trx.selectFrom('studyKeys').select('keyId').distinct().orderBy('keyId').execute();
      return rows.map(({ keyId }) => keyId);
    },

    async intake(study, idHashes) {
      const row = await trx
        .selectFrom('intake')
        .selectAll()
        .where('study', '=', study)
        .where('idHash', 'in', [...idHashes])
        .executeTakeFirst();
      return row && toIntake(row);
    },
    async addIntake(row) {
      const added = await trx
        .insertInto('intake')
        .values({ ...row, deviations: JSON.stringify(row.deviations) })
        .onConflict((conflict) => conflict.columns(['study', 'idHash']).doNothing())
        .returning('idHash')
        .executeTakeFirst();
      return added !== undefined;
    },

    async addSubmission(row) {
      await trx.insertInto('submissions').values(row).execute();
    },
    submission: (study, id) =>
      trx.selectFrom('submissions').selectAll().where('study', '=', study).where('id', '=', id).executeTakeFirst(),

    async addScreening(row) {
      await trx
        .insertInto('screenings')
        .values({
          ...row,
          failed: JSON.stringify(row.failed),
          unknown: JSON.stringify(row.unknown),
          deviations: JSON.stringify(row.deviations),
          contacts: 0,
        })
        .execute();
    },
    async screening(study, idHashes) {
      const row = await trx
        .selectFrom('screenings')
        .selectAll()
        .where('study', '=', study)
        .where('idHash', 'in', [...idHashes])
        .executeTakeFirst();
      return row && toScreening(row);
    },
    async screenings(study) {
      const rows = await trx
        .selectFrom('screenings')
        .selectAll()
        .where('study', '=', study)
        .orderBy('day')
        .orderBy('idHash')
        .execute();
      return rows.map(toScreening);
    },

    async claimScreening(study, idHash, participant) {
      await trx
        .updateTable('screenings')
        .set({ participant })
        .where('study', '=', study)
        .where('idHash', '=', idHash)
        .where('participant', 'is', null)
        .execute();
    },

    async addContact(row) {
      await trx
        .insertInto('contacts')
        .values({ ...row, deviations: JSON.stringify(row.deviations) })
        .execute();
    },
    async countContact(study, screeningIdHash) {
      const { contacts } = await trx
        .updateTable('screenings')
        .set((row) => ({ contacts: row('contacts', '+', 1) }))
        .where('study', '=', study)
        .where('idHash', '=', screeningIdHash)
        .returning('contacts')
        .executeTakeFirstOrThrow();
      return contacts;
    },
    async contact(study, id) {
      const row = await trx
        .selectFrom('contacts')
        .selectAll()
        .where('study', '=', study)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toContact(row);
    },
    async contacts(study) {
      const rows = await trx
        .selectFrom('contacts')
        .selectAll()
        .where('study', '=', study)
        .orderBy('receivedAt')
        .orderBy('id')
        .execute();
      return rows.map(toContact);
    },

    async extendChain(study, chain, seal) {
      await trx
        .insertInto('auditHeads')
        .values({ study, chain, seq: 0, mac: '' })
        .onConflict((conflict) => conflict.columns(['study', 'chain']).doNothing())
        .execute();
      // The update takes the row's lock: whoever else extends this chain waits until this transaction has ended.
      const { seq, mac } = await trx
        .updateTable('auditHeads')
        .set((row) => ({ seq: row('seq', '+', 1) }))
        .where('study', '=', study)
        .where('chain', '=', chain)
        .returning(['seq', 'mac'])
        .executeTakeFirstOrThrow();
      const row = seal({ chain, seq: seq - 1, mac });
      await trx
        .insertInto('audit')
        .values({ ...row, subjects: JSON.stringify(row.subjects) })
        .execute();
      await trx
        .updateTable('auditHeads')
        .set({ mac: row.mac })
        .where('study', '=', study)
        .where('chain', '=', chain)
        .execute();
      return row;
    },
    async auditRows(study, chain) {
      const rows = await trx
        .selectFrom('audit')
        .selectAll()
        .where('study', '=', study)
        .where('chain', '=', chain)
        .orderBy('seq')
        .execute();
      return rows.map(toAudit);
    },
    async auditChains(study) {
      const rows = await trx
        .selectFrom('audit')
        .select('chain')
        .distinct()
        .where('study', '=', study)
        .orderBy('chain')
        .execute();
      return rows.map(({ chain }) => chain);
    },
    auditHeads: (study) =>
      trx
        .selectFrom('auditHeads')
        .select(['chain', 'seq', 'mac'])
        .where('study', '=', study)
        .orderBy('chain')
        .execute(),
  };
}

/** A list column, written by this module alone. */
function list(text: string): readonly string[] {
  return JSON.parse(text);
}

function toIntake(row: Stored<IntakeRow>): IntakeRow {
  return { ...row, deviations: list(row.deviations) };
}

function toScreening({ contacts: _, ...row }: Tables['screenings']): ScreeningRow {
  return { ...row, failed: list(row.failed), unknown: list(row.unknown), deviations: list(row.deviations) };
}

function toContact(row: Stored<ContactRow>): ContactRow {
  return { ...row, deviations: list(row.deviations) };
}

function toAudit(row: Stored<AuditRow>): AuditRow {
  return { ...row, subjects: list(row.subjects) };
}
