import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Stored, Tables } from './tables.ts';

/**
 * Questionnaires that were handed in, what staff decided of those that are kept apart, and what participants were reminded
 * of: the port's part, and its statements. What was answered stands in the submission's own row.
 */

export interface QuestionnairesTransaction {
  addQuestionnaire(row: QuestionnaireRow): Promise<void>;
  questionnaire(study: string, submission: string): Promise<QuestionnaireRow | undefined>;
  /** All that a participant has handed in, in the order in which it was taken in. */
  questionnaires(study: string, participant: string): Promise<QuestionnaireRow[]>;
  /**
   * Those of a study that count, the oldest first.
   *
   * @param after the id that the page before ended with
   */
  countedPage(
    study: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<QuestionnaireRow[]>;
  /**
   * Those that are or were kept apart, the newest first, with their participant's site.
   *
   * @param after the id that the page before ended with
   * @param sites only of participants of these sites
   */
  apartPage(
    study: string,
    page: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly sites?: readonly string[] | undefined;
    },
  ): Promise<(QuestionnaireRow & { readonly site: string | null })[]>;
  /** Lets one count that was kept apart. False, without effect, when it counts already. */
  countQuestionnaire(study: string, submission: string, counted: number): Promise<boolean>;

  /** False, without effect, when there is a ruling of this number already. */
  addRuling(row: RulingRow): Promise<boolean>;
  /** All that was decided of a submission, in order. */
  rulings(study: string, submission: string): Promise<RulingRow[]>;

  /** False, without effect, when this was noticed already: of all who ask, one alone is told true. */
  addNotice(row: NoticeRow): Promise<boolean>;
}

export interface QuestionnaireRow {
  readonly study: string;
  /** UUIDv7, by the receiver: in the order of arrival. */
  readonly id: string;
  /** The submission's id. */
  readonly submission: string;
  /** Who was signed in; null for nobody. */
  readonly participant: string | null;
  /** Null where an instrument was asked on its own. */
  readonly assessment: string | null;
  /** Of its row in the audit chain: by it one participant's are in order, whoever received them. */
  readonly seq: number;
  readonly mode: Mode;
  /** The version it was asked from, and the one it was judged by. */
  readonly studyVersion: string;
  readonly judgedBy: string;
  /** Why it is, or was, kept apart, as a deviation; null where it never was. */
  readonly apart: string | null;
  /** Of the row in the audit chain by which it came to count; null for what does not. The lowest of an assessment counts. */
  readonly counted: number | null;
  readonly deviations: readonly string[];
  readonly receivedAt: string;
}

/** What somebody on the staff decided of a submission that is kept apart. */
export interface RulingRow {
  readonly study: string;
  readonly submission: string;
  /** 1, 2, 3 … of the submission. */
  readonly seq: number;
  readonly ruling: 'release' | 'keep-out';
  readonly reason: string;
  /** The id of the staff token. */
  readonly staff: string;
  readonly ruledAt: string;
}

/** That a participant was found to be due, or overdue, with an assessment: once each. */
export interface NoticeRow {
  readonly study: string;
  readonly participant: string;
  readonly assessment: string;
  readonly kind: 'due' | 'overdue';
  /** The day on which it was due. */
  readonly day: string;
  readonly noticedAt: string;
}

export interface QuestionnairesTables {
  questionnaires: Stored<QuestionnaireRow>;
  questionnaireRulings: RulingRow;
  assessmentNotices: NoticeRow;
}

export function questionnairesStatements(trx: Transaction<Tables>): QuestionnairesTransaction {
  return {
    async addQuestionnaire(row) {
      await trx
        .insertInto('questionnaires')
        .values({ ...row, deviations: JSON.stringify(row.deviations) })
        .execute();
    },
    async questionnaire(study, submission) {
      const row = await trx
        .selectFrom('questionnaires')
        .selectAll()
        .where('study', '=', study)
        .where('submission', '=', submission)
        .executeTakeFirst();
      return row && toQuestionnaire(row);
    },
    async questionnaires(study, participant) {
      const rows = await trx
        .selectFrom('questionnaires')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .orderBy('seq')
        .execute();
      return rows.map(toQuestionnaire);
    },
    async countedPage(study, { after, limit }) {
      let query = trx.selectFrom('questionnaires').selectAll().where('study', '=', study);
      if (after !== undefined) query = query.where('id', '>', after);
      const rows = await query.where('counted', 'is not', null).orderBy('id').limit(limit).execute();
      return rows.map(toQuestionnaire);
    },
    async apartPage(study, { after, limit, sites }) {
      // "in ()" is no SQL.
      if (sites?.length === 0) return [];
      let query = trx
        .selectFrom('questionnaires')
        .leftJoin('participants', (join) =>
          join
            .onRef('participants.study', '=', 'questionnaires.study')
            .onRef('participants.id', '=', 'questionnaires.participant'),
        )
        .selectAll('questionnaires')
        .select('participants.site')
        .where('questionnaires.study', '=', study)
        .where('questionnaires.apart', 'is not', null);
      if (after !== undefined) query = query.where('questionnaires.id', '<', after);
      if (sites !== undefined) query = query.where('participants.site', 'in', [...sites]);
      const rows = await query.orderBy('questionnaires.id', 'desc').limit(limit).execute();
      return rows.map(toQuestionnaire);
    },
    async countQuestionnaire(study, submission, counted) {
      const counts = await trx
        .updateTable('questionnaires')
        .set({ counted })
        .where('study', '=', study)
        .where('submission', '=', submission)
        .where('counted', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return counts !== undefined;
    },

    async addRuling(row) {
      const added = await trx
        .insertInto('questionnaireRulings')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'submission', 'seq']).doNothing())
        .returning('seq')
        .executeTakeFirst();
      return added !== undefined;
    },
    async rulings(study, submission) {
      const rows = await trx
        .selectFrom('questionnaireRulings')
        .selectAll()
        .where('study', '=', study)
        .where('submission', '=', submission)
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({ ...row }));
    },

    async addNotice(row) {
      const added = await trx
        .insertInto('assessmentNotices')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'participant', 'assessment', 'kind']).doNothing())
        .returning('kind')
        .executeTakeFirst();
      return added !== undefined;
    },
  };
}

function toQuestionnaire<Row extends { readonly deviations: string }>(
  row: Row,
): Omit<Row, 'deviations'> & { deviations: readonly string[] } {
  return { ...row, deviations: JSON.parse(row.deviations) };
}
