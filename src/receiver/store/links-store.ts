import { sql, type Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Tables } from './tables.ts';

/** Recruiters' links, what came of them, and where recruitment is paused: the port's part, and its statements. */

export interface LinksTransaction {
  addLink(row: LinkRow): Promise<void>;
  link(study: string, code: string): Promise<LinkRow | undefined>;
  /** Those of this code in any study: never more than one, where codes are made by the receiver. */
  linksByCode(code: string): Promise<LinkRow[]>;
  /**
   * A study's links, the newest first.
   *
   * @param after the id that the page before ended with
   * @param createdBy only those that this member of staff has made
   * @param sites only those of these sites
   */
  links(
    study: string,
    page: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly createdBy?: string | undefined;
      readonly sites?: readonly string[] | undefined;
    },
  ): Promise<LinkRow[]>;
  /** False, without effect, when there is none with this code that would still be good at that time. */
  expireLink(study: string, code: string, at: string): Promise<boolean>;

  /** Counts one more opening of a link, on a day. */
  countOpening(study: string, code: string, day: string): Promise<void>;
  /** What came of each of some links; without those of which nothing came. */
  linkCounts(study: string, codes: readonly string[], mode: Mode): Promise<LinkCounts[]>;

  /** Where recruitment was ever paused. */
  recruitment(study: string): Promise<RecruitmentRow[]>;
  setRecruitment(row: RecruitmentRow): Promise<void>;
}

/** An address that a recruiter hands out. */
export interface LinkRow {
  readonly study: string;
  /** As `newLinkCode` makes it; no two studies of a database have the same. */
  readonly code: string;
  /** UUIDv7. */
  readonly id: string;
  readonly mode: Mode;
  readonly site: string | null;
  readonly channel: string;
  readonly language: string;
  /** What stands as the source of a screening that came by it. */
  readonly source: string;
  /** The id of the staff token. */
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

export interface LinkCounts {
  readonly code: string;
  /** Visits in which a first key or touch was seen. */
  readonly opened: number;
  /** Screenings that came to the receiver. */
  readonly completed: number;
  /** Those of them that it found eligible. */
  readonly eligible: number;
  /** Participants whose screening came by it and who have signed a consent, whatever they decided since. */
  readonly consented: number;
}

export interface RecruitmentRow {
  readonly study: string;
  /** '' for the whole study. */
  readonly site: string;
  readonly state: 'open' | 'paused';
  /** The id of the staff token. */
  readonly changedBy: string;
  readonly changedAt: string;
}

interface OpeningsRow {
  readonly study: string;
  readonly code: string;
  readonly day: string;
  readonly opened: number;
}

export interface LinksTables {
  links: LinkRow;
  linkOpenings: OpeningsRow;
  recruitment: RecruitmentRow;
}

export function linksStatements(trx: Transaction<Tables>): LinksTransaction {
  return {
    async addLink(row) {
      await trx.insertInto('links').values(row).execute();
    },
    link: (study, code) =>
      trx.selectFrom('links').selectAll().where('study', '=', study).where('code', '=', code).executeTakeFirst(),
    linksByCode: (code) => trx.selectFrom('links').selectAll().where('code', '=', code).orderBy('study').execute(),
    async links(study, { after, limit, createdBy, sites }) {
      // "in ()" is no SQL.
      if (sites?.length === 0) return [];
      let query = trx.selectFrom('links').selectAll().where('study', '=', study);
      if (after !== undefined) query = query.where('id', '<', after);
      if (createdBy !== undefined) query = query.where('createdBy', '=', createdBy);
      if (sites !== undefined) query = query.where('site', 'in', [...sites]);
      return query.orderBy('id', 'desc').limit(limit).execute();
    },
    async expireLink(study, code, at) {
      const expired = await trx
        .updateTable('links')
        .set({ expiresAt: at })
        .where('study', '=', study)
        .where('code', '=', code)
        .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', at)]))
        .returning('code')
        .executeTakeFirst();
      return expired !== undefined;
    },

    async countOpening(study, code, day) {
      await trx
        .insertInto('linkOpenings')
        .values({ study, code, day, opened: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['study', 'code', 'day'])
            .doUpdateSet((row) => ({ opened: row('linkOpenings.opened', '+', 1) })),
        )
        .execute();
    },
    async linkCounts(study, codes, mode) {
      if (codes.length === 0) return [];
      const openings = await trx
        .selectFrom('linkOpenings')
        .select((row) => ['code', row.fn.sum<number | string>('opened').as('opened')])
        .where('study', '=', study)
        .where('code', 'in', [...codes])
        .groupBy('code')
        .execute();
      const screened = await countingScreenings(trx, study, codes, mode)
        .select((row) => [
          'screenings.link',
          row.fn.countAll<number | string>().as('completed'),
          row.fn.sum<number | string>(eligible).as('eligible'),
        ])
        .groupBy('screenings.link')
        .execute();
      const signed = await countingScreenings(trx, study, codes, mode)
        .innerJoin('participants', (join) =>
          join
            .onRef('participants.study', '=', 'screenings.study')
            .onRef('participants.screeningIdHash', '=', 'screenings.idHash'),
        )
        .innerJoin('consentDecisions', (join) =>
          join
            .onRef('consentDecisions.study', '=', 'participants.study')
            .onRef('consentDecisions.participant', '=', 'participants.id')
            .on('consentDecisions.outcome', '=', 'signed'),
        )
        .select((row) => [
          'screenings.link',
          row.fn.count<number | string>('participants.id').distinct().as('consented'),
        ])
        .groupBy('screenings.link')
        .execute();
      return codes.flatMap((code) => {
        const opened = Number(openings.find((row) => row.code === code)?.opened ?? 0);
        const came = screened.find(({ link }) => link === code);
        const consented = Number(signed.find(({ link }) => link === code)?.consented ?? 0);
        if (opened === 0 && came === undefined) return [];
        return [
          { code, opened, completed: Number(came?.completed ?? 0), eligible: Number(came?.eligible ?? 0), consented },
        ];
      });
    },

    recruitment: (study) =>
      trx.selectFrom('recruitment').selectAll().where('study', '=', study).orderBy('site').execute(),
    async setRecruitment(row) {
      const { state, changedBy, changedAt } = row;
      await trx
        .insertInto('recruitment')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'site']).doUpdateSet({ state, changedBy, changedAt }))
        .execute();
    },
  };
}

/** PostgreSQL reads a bare parameter here as text. */
const eligible = sql<number>`case when screenings.verdict = 'eligible' then 1 else 0 end`;

/** What claims the other mode counts nowhere. */
function countingScreenings(trx: Transaction<Tables>, study: string, codes: readonly string[], mode: Mode) {
  return trx
    .selectFrom('screenings')
    .where('screenings.study', '=', study)
    .where('screenings.link', 'in', [...codes])
    .where('screenings.mode', '=', mode)
    .where('screenings.deviations', 'not like', '%"mode"%');
}
