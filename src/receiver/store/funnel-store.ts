import { sql, type Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { ScreeningRow } from './store.ts';
import type { Tables } from './tables.ts';

/** How many there are of what: the port's part, and its statements. Nobody is in them. */

export interface FunnelTransaction {
  /** A study's screenings, alike ones together. What claims the other mode is left out. */
  screeningTally(study: string, mode: Mode): Promise<ScreeningTally[]>;
  /** How often a study's links were opened, all together. */
  linkOpenings(study: string, mode: Mode): Promise<number>;
}

export interface ScreeningTally extends Pick<ScreeningRow, 'verdict' | 'failed'> {
  /**
   * `participant`: it is the one that counts of somebody who takes part. `repeated`: another one of theirs. `nobody`: of
   * somebody who does not take part.
   */
  readonly whose: 'participant' | 'repeated' | 'nobody';
  readonly screenings: number;
}

const whose = sql<ScreeningTally['whose']>`case
  when participants.id is not null then 'participant'
  when screenings.participant is not null then 'repeated'
  else 'nobody' end`;

export function funnelStatements(trx: Transaction<Tables>): FunnelTransaction {
  return {
    async screeningTally(study, mode) {
      const rows = await trx
        .selectFrom('screenings')
        .leftJoin('participants', (join) =>
          join
            .onRef('participants.study', '=', 'screenings.study')
            .onRef('participants.screeningIdHash', '=', 'screenings.idHash'),
        )
        .select((row) => [
          'screenings.verdict',
          'screenings.failed',
          whose.as('whose'),
          row.fn.countAll<number | string>().as('screenings'),
        ])
        .where('screenings.study', '=', study)
        .where('screenings.mode', '=', mode)
        .where('screenings.deviations', 'not like', '%"mode"%')
        .groupBy(['screenings.verdict', 'screenings.failed', whose])
        .execute();
      return rows.map((row) => ({ ...row, failed: JSON.parse(row.failed), screenings: Number(row.screenings) }));
    },
    async linkOpenings(study, mode) {
      const row = await trx
        .selectFrom('linkOpenings')
        .innerJoin('links', (join) =>
          join.onRef('links.study', '=', 'linkOpenings.study').onRef('links.code', '=', 'linkOpenings.code'),
        )
        .select((one) => one.fn.sum<number | string | null>('linkOpenings.opened').as('opened'))
        .where('linkOpenings.study', '=', study)
        .where('links.mode', '=', mode)
        .executeTakeFirst();
      return Number(row?.opened ?? 0);
    },
  };
}
