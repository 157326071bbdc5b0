import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { type Share, sharesOf } from '../../allocation/blocks.ts';
import { type RandomBytes, recording } from '../../allocation/random.ts';
import { type PlacedSite, phaseShares, shareOut } from '../../allocation/sites.ts';
import type { SiteAllocation } from '../../study/allocation-part.ts';
import { SteadyError } from '../../study/steady-error.ts';
import { type AuditEventName, STUDY_CHAIN } from '../audit.ts';
import type { KeyRing } from '../keys.ts';
import type { SiteArmRow, SiteDrawRow, SitePhaseRow } from '../store/sites-store.ts';
import { type Store, StoreError, type StoreTransaction } from '../store/store.ts';
import { type KeptAllocation, keptSiteAllocation } from './kept-allocation.ts';
import { planText, textOf } from './rows.ts';
import { recordSealed } from './seal.ts';

/**
 * Sites are drawn in two steps: once into phases, and, when a phase starts, once into its arms. Before that the arms of a
 * phase are nowhere, so that no backup can tell them.
 */

export interface DrawOffice {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly now?: () => Date;
  readonly random?: RandomBytes;
  readonly newId?: () => string;
}

export interface Drawn<Row> {
  /** False: they had been drawn before, and nothing was changed. */
  readonly isNew: boolean;
  readonly draw: SiteDrawRow;
  /** By site. */
  readonly rows: readonly Row[];
}

const FARTHEST = 366 * 24 * 60 * 60 * 1000;

/** The draw of the phases, among the draws of a study. */
export const PHASES = 0;

/**
 * Draws which phase each site belongs to.
 *
 * @param place the sites with their strata, by the study as it was kept
 * @throws SteadyError as `keptSiteAllocation`, `wrong-number` of sites, `drawn-otherwise` where other sites were drawn
 *   before; what `place` throws
 */
export function drawPhases(
  office: DrawOffice,
  study: string,
  place: (kept: KeptAllocation<SiteAllocation>) => readonly PlacedSite[],
): Promise<Drawn<SitePhaseRow>> {
  return office.store.transaction(async (tx) => {
    const kept = await keptSiteAllocation(tx, study);
    const { mode } = kept;
    const sites = place(kept);
    const before = await drawn(tx, kept, PHASES);
    if (before !== undefined) {
      const rows = await tx.sitePhases(study, mode);
      assertSame(sites, rows, before);
      return { isNew: false, draw: before, rows };
    }
    const wanted = kept.allocation.phases.reduce((sum, phase) => sum + phase.sites, 0);
    if (sites.length !== wanted) {
      throw new SteadyError(
        'wrong-number',
        `There are ${sites.length} sites, and the phases of "${study}" have ${wanted}. Name each site once, or correct "phases" in the study file.`,
      );
    }
    const shares = phaseShares(kept.allocation.phases);
    const { draw, shared } = await share(tx, office, { kept, phase: PHASES, startsOn: null, sites, shares });
    const rows: SitePhaseRow[] = [];
    for (const { site, stratum } of sites) {
      const row = { study, mode, site, stratum, phase: Number(shared.get(site)) };
      await tx.addSitePhase(row);
      rows.push(row);
    }
    rows.sort((a, b) => (a.site < b.site ? -1 : 1));
    await told(tx, office, 'phases-drawn', draw, rows);
    return { isNew: true, draw, rows };
  });
}

/**
 * Starts a phase: draws the arms of its sites.
 *
 * @param startsOn the day on which it starts at them; default today, UTC
 * @throws SteadyError as `keptSiteAllocation`; `no-such-phase`, `phases-not-drawn`, `phase-too-early` where the one before
 *   it has not started, `drawn-otherwise` where it starts on another day, `start-far`
 */
export function startPhase(
  office: DrawOffice,
  { study, phase, startsOn }: { study: string; phase: number; startsOn?: string | undefined },
): Promise<Drawn<SiteArmRow>> {
  const { store, now = () => new Date() } = office;
  return store.transaction(async (tx) => {
    const kept = await keptSiteAllocation(tx, study);
    const { mode } = kept;
    const ofPhase = (row: { readonly phase: number }) => row.phase === phase;
    assertPhase(kept, phase);
    const before = await drawn(tx, kept, phase);
    if (before !== undefined) {
      if (startsOn !== undefined && startsOn !== before.startsOn) {
        const said = `Phase ${phase} starts on ${before.startsOn}, not on ${startsOn}. Nothing was changed.`;
        throw new SteadyError('drawn-otherwise', said);
      }
      return { isNew: false, draw: before, rows: (await tx.siteArms(study, mode)).filter(ofPhase) };
    }
    if ((await drawn(tx, kept, phase - 1)) === undefined) throw tooEarly(study, phase);
    const sites = (await tx.sitePhases(study, mode)).filter(ofPhase);
    const day = startsOn ?? now().toISOString().slice(0, 10);
    assertNear(day, now());
    const shares = sharesOf(kept.allocation.ratio);
    const { draw, shared } = await share(tx, office, { kept, phase, startsOn: day, sites, shares });
    const rows = [...shared].map(([site, arm]) => ({ study, mode, site, phase, arm }));
    for (const row of rows) await tx.addSiteArm(row);
    await told(tx, office, 'phase-started', draw, rows);
    return { isNew: true, draw, rows };
  });
}

async function share(
  tx: StoreTransaction,
  { keys, now = () => new Date(), random = randomBytes, newId = v7 }: DrawOffice,
  {
    kept: { study, mode, version },
    sites,
    shares,
    ...row
  }: {
    kept: KeptAllocation;
    phase: number;
    startsOn: string | null;
    sites: readonly PlacedSite[];
    shares: readonly Share[];
  },
): Promise<{ readonly draw: SiteDrawRow; readonly shared: ReadonlyMap<string, string> }> {
  const drawnAt = now().toISOString();
  const source = recording(random);
  const shared = shareOut(sites, shares, source.random);
  const bytes = textOf(source.taken());
  const made = { ...row, id: newId(), shares: planText(shares), bytes, studyVersion: version, drawnAt };
  const draw: SiteDrawRow = { study, mode, ...made };
  await tx.keepKeyId({ study, keyId: keys.current.id, firstUsedAt: drawnAt });
  if (!(await tx.addSiteDraw(draw))) throw new StoreError('run-again', 'Somebody else has drawn this meanwhile.');
  return { draw, shared };
}

async function told(
  tx: StoreTransaction,
  { keys }: Pick<DrawOffice, 'keys'>,
  event: AuditEventName,
  draw: SiteDrawRow,
  rows: readonly (SitePhaseRow | SiteArmRow)[],
): Promise<void> {
  const { study, mode, drawnAt: at } = draw;
  await recordSealed(
    tx,
    { keys },
    { study, chain: STUDY_CHAIN, event, subjects: [], at, mode },
    sealedDraw(draw, rows),
  );
}

/** A draw is sealed with all that it drew, in the order of the sites. */
export function sealedDraw(draw: SiteDrawRow, rows: readonly (SitePhaseRow | SiteArmRow)[]) {
  return { id: draw.id, content: [draw, rows.toSorted((a, b) => (a.site < b.site ? -1 : 1))] };
}

async function drawn(
  tx: StoreTransaction,
  { study, mode }: KeptAllocation,
  phase: number,
): Promise<SiteDrawRow | undefined> {
  return tx.siteDraw(study, mode, phase);
}

function assertSame(sites: readonly PlacedSite[], rows: readonly SitePhaseRow[], { drawnAt }: SiteDrawRow): void {
  const name = ({ site, stratum }: PlacedSite) => JSON.stringify([site, stratum]);
  const [given, kept] = [new Set(sites.map(name)), new Set(rows.map(name))];
  const other = sites.find((one) => !kept.has(name(one))) ?? rows.find((one) => !given.has(name(one)));
  if (other === undefined) return;
  throw new SteadyError(
    'drawn-otherwise',
    `The phases were drawn on ${drawnAt.slice(0, 10)}, once and for all, and "${other.site}" was not in that draw as it is now. Nothing was changed.`,
  );
}

/** @throws SteadyError `no-such-phase` */
function assertPhase({ allocation: { phases }, study }: KeptAllocation<SiteAllocation>, phase: number): void {
  if (phase >= 1 && phase <= phases.length) return;
  throw new SteadyError('no-such-phase', `"${study}" has the phases 1 to ${phases.length}, and no phase ${phase}.`);
}

/** What is drawn once cannot be put right by drawing again: a year that was mistyped is found here. */
function assertNear(day: string, now: Date): void {
  if (Math.abs(Date.parse(day) - now.getTime()) <= FARTHEST) return;
  throw new SteadyError('start-far', `${day} is more than a year from today. Nothing was drawn: correct the day.`);
}

function tooEarly(study: string, phase: number): SteadyError {
  return phase === 1
    ? new SteadyError(
        'phases-not-drawn',
        `The sites of "${study}" have no phases yet. Draw them first: steady allocate ${study} --sites FILE.`,
      )
    : new SteadyError(
        'phase-too-early',
        `Phase ${phase - 1} has not started. Phases start in their order, each when it is its turn.`,
      );
}
