import type { Transaction } from 'kysely';
import type { ContactRow, ScreeningRow } from './store.ts';
import type { Tables } from './tables.ts';

/** Long tables page by page, for whoever takes all of a study out: the port's part, and its statements. */

export interface ExportTransaction {
  /**
   * A study's screenings by the keyed hash of their id, which is no order of time.
   *
   * @param after the hash that the page before ended with
   */
  screeningPage(
    study: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<ScreeningRow[]>;
  /** A study's contacts by id. */
  contactPage(
    study: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<ContactRow[]>;
}

export function exportStatements(trx: Transaction<Tables>): ExportTransaction {
  return {
    async screeningPage(study, { after, limit }) {
      let query = trx.selectFrom('screenings').selectAll().where('study', '=', study);
      if (after !== undefined) query = query.where('idHash', '>', after);
      const rows = await query.orderBy('idHash').limit(limit).execute();
      return rows.map(({ contacts: _, ...row }) => ({
        ...row,
        failed: JSON.parse(row.failed),
        unknown: JSON.parse(row.unknown),
        deviations: JSON.parse(row.deviations),
      }));
    },
    async contactPage(study, { after, limit }) {
      let query = trx.selectFrom('contacts').selectAll().where('study', '=', study);
      if (after !== undefined) query = query.where('id', '>', after);
      const rows = await query.orderBy('id').limit(limit).execute();
      return rows.map((row) => ({ ...row, deviations: JSON.parse(row.deviations) }));
    },
  };
}
