import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * What answers score, and the rules that they are scored by: the port's part, and its statements. Scores are added and never
 * changed: another rule's stand beside them.
 */

export interface ScoresTransaction {
  /** Adds scores; where one by the same rule stands already, it stays as it is. */
  addScores(rows: readonly ScoreRow[]): Promise<void>;
  /** Those of a submission, by every rule, the oldest first; of one time by instrument and subscale. */
  scores(study: string, submission: string): Promise<ScoreRow[]>;
  /** Those of all that a participant has handed in, in the same order. */
  scoresOfParticipant(study: string, participant: string): Promise<ScoreRow[]>;

  /** Keeps an instrument's version as it was first served. Where it stands already, changes nothing. Returns what stands. */
  keepInstrument(row: InstrumentRow): Promise<{ readonly kept: InstrumentRow; readonly added: boolean }>;
  /** Every version of every instrument that a study was ever served with. */
  instruments(study: string): Promise<InstrumentRow[]>;
}

export interface ScoreRow {
  readonly study: string;
  readonly submission: string;
  readonly instrument: string;
  /** What it was scored by: the instrument's file, the code, and whether the kit's own rules counted. */
  readonly rule: string;
  readonly subscale: string;
  readonly instrumentVersion: string;
  readonly participant: string | null;
  readonly assessment: string | null;
  /** Not rounded; null where the rule gives none. */
  readonly score: number | null;
  readonly scoredAt: string;
}

/** An instrument without its words. */
export interface InstrumentRow {
  readonly study: string;
  readonly instrument: string;
  readonly version: string;
  /** SHA-256, hex, of the canonical form of its rules. */
  readonly digest: string;
  /** The instrument file of its structure, JSON. */
  readonly content: string;
  readonly firstServedAt: string;
}

export interface ScoresTables {
  /** The score as a number of JSON, which reads back to the last bit on every engine. */
  scores: Omit<ScoreRow, 'score'> & { readonly score: string | null };
  instruments: InstrumentRow;
}

export function scoresStatements(trx: Transaction<Tables>): ScoresTransaction {
  const inOrder = (study: string) =>
    trx
      .selectFrom('scores')
      .selectAll()
      .where('study', '=', study)
      .orderBy('scoredAt')
      .orderBy('submission')
      .orderBy('instrument')
      .orderBy('subscale')
      .orderBy('rule');
  return {
    async addScores(rows) {
      if (rows.length === 0) return;
      await trx
        .insertInto('scores')
        .values(rows.map((row) => ({ ...row, score: row.score === null ? null : JSON.stringify(row.score) })))
        .onConflict((conflict) =>
          conflict.columns(['study', 'submission', 'instrument', 'rule', 'subscale']).doNothing(),
        )
        .execute();
    },
    async scores(study, submission) {
      const rows = await inOrder(study).where('submission', '=', submission).execute();
      return rows.map(toScore);
    },
    async scoresOfParticipant(study, participant) {
      const rows = await inOrder(study).where('participant', '=', participant).execute();
      return rows.map(toScore);
    },

    async keepInstrument(row) {
      const { study, instrument, version } = row;
      const added = await trx
        .insertInto('instruments')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'instrument', 'version']).doNothing())
        .returning('version')
        .executeTakeFirst();
      const kept = await trx
        .selectFrom('instruments')
        .selectAll()
        .where('study', '=', study)
        .where('instrument', '=', instrument)
        .where('version', '=', version)
        .executeTakeFirstOrThrow();
      return { kept: { ...kept }, added: added !== undefined };
    },
    async instruments(study) {
      const rows = await trx
        .selectFrom('instruments')
        .selectAll()
        .where('study', '=', study)
        .orderBy('instrument')
        .orderBy('firstServedAt')
        .orderBy('version')
        .execute();
      return rows.map((row) => ({ ...row }));
    },
  };
}

function toScore(row: ScoresTables['scores']): ScoreRow {
  return { ...row, score: row.score === null ? null : JSON.parse(row.score) };
}
