import type { Transaction } from 'kysely';
import type { Mode } from '../mode.ts';
import type { Tables } from './tables.ts';

/** What sites were drawn into, and which site each participant belongs to: the port's part, and its statements. */

export interface SitesTransaction {
  /** False, without effect, when this was drawn already. */
  addSiteDraw(row: SiteDrawRow): Promise<boolean>;
  /** A study's draws, that of the phases first. */
  siteDraws(study: string, mode: Mode): Promise<SiteDrawRow[]>;
  siteDraw(study: string, mode: Mode, phase: number): Promise<SiteDrawRow | undefined>;

  addSitePhase(row: SitePhaseRow): Promise<void>;
  /** By site. */
  sitePhases(study: string, mode: Mode): Promise<SitePhaseRow[]>;

  addSiteArm(row: SiteArmRow): Promise<void>;
  /** By site. */
  siteArms(study: string, mode: Mode): Promise<SiteArmRow[]>;
  siteArm(study: string, mode: Mode, site: string): Promise<SiteArmRow | undefined>;

  /** False, without effect, when the participant has a row of this number already. */
  addParticipantSite(row: ParticipantSiteRow): Promise<boolean>;
  /** Of one participant, in their order. */
  participantSites(study: string, participant: string): Promise<ParticipantSiteRow[]>;
  /** Of all participants, in the order of each. */
  allParticipantSites(study: string, mode: Mode): Promise<ParticipantSiteRow[]>;
}

/** That the phases were drawn, or the arms of one phase: once each. */
export interface SiteDrawRow {
  readonly study: string;
  readonly mode: Mode;
  /** 0 for the draw of the phases themselves; else the phase whose arms were drawn. */
  readonly phase: number;
  readonly id: string;
  /** What was shared out, `Share[]` as JSON. */
  readonly shares: string;
  /** The random bytes that it was drawn by, hex. */
  readonly bytes: string;
  /** The day on which the phase starts at its sites, `YYYY-MM-DD`; null for the draw of the phases. */
  readonly startsOn: string | null;
  readonly studyVersion: string;
  readonly drawnAt: string;
}

export interface SitePhaseRow {
  readonly study: string;
  readonly mode: Mode;
  readonly site: string;
  /** As `stratumName` writes it. */
  readonly stratum: string;
  readonly phase: number;
}

export interface SiteArmRow {
  readonly study: string;
  readonly mode: Mode;
  readonly site: string;
  readonly phase: number;
  readonly arm: string;
}

/** A participant's site: where it was settled at the baseline, where they moved, what was corrected. Never changed. */
export interface ParticipantSiteRow {
  readonly study: string;
  readonly participant: string;
  /** 1, 2, 3 … of the participant. */
  readonly seq: number;
  readonly id: string;
  readonly mode: Mode;
  readonly kind: 'baseline' | 'move' | 'correction';
  readonly site: string;
  readonly reason: string | null;
  readonly at: string;
}

export interface SitesTables {
  siteDraws: SiteDrawRow;
  sitePhases: SitePhaseRow;
  siteArms: SiteArmRow;
  participantSites: ParticipantSiteRow;
}

export function sitesStatements(trx: Transaction<Tables>): SitesTransaction {
  return {
    async addSiteDraw(row) {
      const added = await trx
        .insertInto('siteDraws')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'mode', 'phase']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },
    siteDraws: (study, mode) =>
      trx
        .selectFrom('siteDraws')
        .selectAll()
        .where('study', '=', study)
        .where('mode', '=', mode)
        .orderBy('phase')
        .execute(),
    siteDraw: (study, mode, phase) =>
      trx
        .selectFrom('siteDraws')
        .selectAll()
        .where('study', '=', study)
        .where('mode', '=', mode)
        .where('phase', '=', phase)
        .executeTakeFirst(),

    async addSitePhase(row) {
      await trx.insertInto('sitePhases').values(row).execute();
    },
    sitePhases: (study, mode) =>
      trx
        .selectFrom('sitePhases')
        .selectAll()
        .where('study', '=', study)
        .where('mode', '=', mode)
        .orderBy('site')
        .execute(),

    async addSiteArm(row) {
      await trx.insertInto('siteArms').values(row).execute();
    },
    siteArms: (study, mode) =>
      trx
        .selectFrom('siteArms')
        .selectAll()
        .where('study', '=', study)
        .where('mode', '=', mode)
        .orderBy('site')
        .execute(),
    siteArm: (study, mode, site) =>
      trx
        .selectFrom('siteArms')
        .selectAll()
        .where('study', '=', study)
        .where('mode', '=', mode)
        .where('site', '=', site)
        .executeTakeFirst(),

    async addParticipantSite(row) {
      const added = await trx
        .insertInto('participantSites')
        .values(row)
        .onConflict((conflict) => conflict.columns(['study', 'participant', 'seq']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return added !== undefined;
    },
    participantSites: (study, participant) =>
      trx
        .selectFrom('participantSites')
        .selectAll()
        .where('study', '=', study)
        .where('participant', '=', participant)
        .orderBy('seq')
        .execute(),
    allParticipantSites: (study, mode) =>
      trx
        .selectFrom('participantSites')
        .selectAll()
        .where('study', '=', study)
        .where('mode', '=', mode)
        .orderBy('participant')
        .orderBy('seq')
        .execute(),
  };
}
