import { blockPlan, type Share, samePlan, sharesOf } from '../../allocation/blocks.ts';
import { phaseShares } from '../../allocation/sites.ts';
import { isSharedOut, verifyList } from '../../allocation/verify.ts';
import type { Allocation } from '../../study/allocation-part.ts';
import { verifyChain } from '../audit.ts';
import { keptStudy } from '../kept-study.ts';
import type { KeyRing } from '../keys.ts';
import type { Mode } from '../mode.ts';
import type { AllocationListRow, AllocationRow } from '../store/allocation-store.ts';
import type { SiteArmRow, SiteDrawRow, SitePhaseRow } from '../store/sites-store.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { sealedAllocation } from './allocate-participant.ts';
import { sealedCorrection } from './corrections.ts';
import { allocationIn } from './kept-allocation.ts';
import { sealedSite } from './participant-sites.ts';
import { bytesOf, keptBlock, planOf, sharesIn } from './rows.ts';
import { type Sealed, sealOf, sealsIn } from './seal.ts';
import { PHASES, sealedDraw } from './site-draws.ts';

/**
 * Whether every draw of a study is what its bytes give, and every row what the audit says. Of what is wrong it tells where,
 * and never an arm, or where a block begins or ends: it may be read by people who must not know.
 */

export interface Verification {
  /** How many rows were looked at. */
  readonly allocations: number;
  readonly sites: number;
  readonly corrections: number;
  readonly moves: number;
  readonly findings: readonly AllocationFinding[];
}

export type AllocationFault =
  /** Its bytes draw something else. */
  | 'draw-differs'
  /** Draws are missing, are there twice, or are not in the order in which they were drawn. */
  | 'draws-missing'
  /** It was drawn by another ratio, other sizes or other phases than those of the study file that it names. */
  | 'plan-differs'
  /** It is not as the audit says that it was written. */
  | 'row-differs'
  /** The audit does not know of it. */
  | 'not-in-audit'
  /** The audit knows of it, and it is not there. */
  | 'row-missing'
  /** The chain of the audit is not whole, or a key that it was written with is not at hand. */
  | 'audit-broken';

export interface AllocationFinding {
  readonly what: AllocationFault;
  /** A participant, a site, a stratum, a draw or a chain, by its name. */
  readonly where: string;
}

/** @throws SteadyError `unknown-study`, `unreadable-study` */
export function verifyAllocation(
  { store, keys }: { readonly store: Store; readonly keys: KeyRing },
  study: string,
): Promise<Verification> {
  return store.transaction(async (tx) => {
    await keptStudy(tx, study);
    const files = await tx.studyFiles(study);
    const plans: Plans = new Map(files.map((file) => [file.version, allocationIn(file)]));
    const found = [...(await rowsOf(tx, study, 'live', plans)), ...(await rowsOf(tx, study, 'test', plans))];
    const audit = await auditOf(tx, study, keys);
    const findings = [...found.flatMap((part) => part.findings), ...audit.findings];
    const rows = found.flatMap((part) => part.rows);
    findings.push(...compare(rows, audit.seals, keys));
    const count = (kind: Kept['kind']) => rows.filter((row) => row.kind === kind).length;
    return {
      allocations: count('allocation'),
      sites: found.reduce((sum, { sites }) => sum + sites, 0),
      corrections: count('correction'),
      moves: count('site'),
      findings,
    };
  });
}

/** The allocation of every version of the study file. */
type Plans = ReadonlyMap<string, Allocation | undefined>;

/** A row that the audit must know of. */
interface Kept {
  readonly kind: 'allocation' | 'correction' | 'site' | 'draw';
  readonly where: string;
  readonly sealed: Sealed;
}

interface Part {
  readonly rows: readonly Kept[];
  readonly sites: number;
  readonly findings: readonly AllocationFinding[];
}

async function rowsOf(tx: StoreTransaction, study: string, mode: Mode, plans: Plans): Promise<Part[]> {
  const lists = await tx.allocationLists(study, mode);
  const parts: Part[] = [await sitesOf(tx, study, mode, plans)];
  const drawn = Map.groupBy(await tx.allAllocations(study, mode), ({ stratum }) => stratum);
  for (const list of lists) {
    parts.push(await listOf(tx, list, drawn.get(list.stratum) ?? [], plans));
    drawn.delete(list.stratum);
  }
  const loose = [...drawn.values()].flat().map(unknown);
  const corrections = (await tx.allCorrections(study, mode)).map(
    (row): Kept => ({ kind: 'correction', where: row.subject, sealed: sealedCorrection(row) }),
  );
  const sites = (await tx.allParticipantSites(study, mode)).map(
    (row): Kept => ({ kind: 'site', where: row.participant, sealed: sealedSite(row) }),
  );
  return [...parts, { rows: [...corrections, ...sites], sites: 0, findings: loose }];
}

/** An allocation from a list or a block that there is not. */
function unknown({ participant }: AllocationRow): AllocationFinding {
  return { what: 'not-in-audit', where: participant };
}

async function listOf(
  tx: StoreTransaction,
  list: AllocationListRow,
  drawn: readonly AllocationRow[],
  plans: Plans,
): Promise<Part> {
  const where = list.stratum;
  const blocks = await tx.allocationBlocks(list);
  const places = Map.groupBy(drawn, ({ block }) => block);
  const loose = drawn.filter((row) => !blocks.some(({ block }) => block === row.block));
  const findings: AllocationFinding[] = loose.map(unknown);
  if (blocks.length !== list.block) findings.push({ what: 'draws-missing', where });
  for (const block of blocks) {
    const allocation = plans.get(block.studyVersion);
    const isOfFile = allocation?.unit === 'participant' && samePlan(planOf(block), blockPlan(allocation));
    if (!isOfFile) findings.push({ what: 'plan-differs', where });
  }
  const kept = blocks.map((block) => keptBlock(block, places.get(block.block) ?? []));
  for (const finding of verifyList({ draws: list.draws, blocks: kept })) {
    if (finding.what === 'place-differs') {
      const at = places.get(finding.block)?.find(({ place }) => place === finding.place);
      findings.push({ what: 'draw-differs', where: at?.participant ?? where });
    } else findings.push({ what: finding.what === 'size-differs' ? 'draw-differs' : 'draws-missing', where });
  }
  const rows = blocks.flatMap((block) =>
    (places.get(block.block) ?? []).map(
      (row): Kept => ({ kind: 'allocation', where: row.participant, sealed: sealedAllocation(row, block) }),
    ),
  );
  return { rows, sites: 0, findings };
}

async function sitesOf(tx: StoreTransaction, study: string, mode: Mode, plans: Plans): Promise<Part> {
  const [draws, phases, arms] = [
    await tx.siteDraws(study, mode),
    await tx.sitePhases(study, mode),
    await tx.siteArms(study, mode),
  ];
  const findings: AllocationFinding[] = [];
  const rows: Kept[] = [];
  for (const draw of draws) {
    const where = draw.phase === PHASES ? 'the phases' : `phase ${draw.phase}`;
    const ofPhase = (row: SitePhaseRow | SiteArmRow) => draw.phase === PHASES || row.phase === draw.phase;
    const drawn = draw.phase === PHASES ? phases : arms.filter(ofPhase);
    const kept = new Map(drawn.map((row) => [row.site, 'arm' in row ? row.arm : String(row.phase)]));
    const shares = sharesIn(draw);
    if (!isSharedOut(phases.filter(ofPhase), shares, bytesOf(draw.bytes), kept)) {
      findings.push({ what: 'draw-differs', where });
    }
    if (!isOfFile(draw, shares, plans)) findings.push({ what: 'plan-differs', where });
    rows.push({ kind: 'draw', where, sealed: sealedDraw(draw, drawn) });
  }
  const loose = arms.filter(({ phase }) => !draws.some((draw) => draw.phase === phase));
  findings.push(...loose.map(({ site }): AllocationFinding => ({ what: 'not-in-audit', where: site })));
  if (phases.length > 0 && !draws.some(({ phase }) => phase === PHASES)) {
    findings.push({ what: 'draws-missing', where: 'the phases' });
  }
  return { rows, sites: phases.length, findings };
}

function isOfFile({ phase, studyVersion }: SiteDrawRow, shares: readonly Share[], plans: Plans): boolean {
  const allocation = plans.get(studyVersion);
  if (allocation?.unit !== 'site') return false;
  const wanted = phase === PHASES ? phaseShares(allocation.phases) : sharesOf(allocation.ratio);
  return samePlan({ arms: shares, sizes: [] }, { arms: wanted, sizes: [] });
}

type Seals = ReadonlyMap<string, { readonly seal: string; readonly keyId: string; readonly chain: string }>;

async function auditOf(
  tx: StoreTransaction,
  study: string,
  keys: KeyRing,
): Promise<{ readonly seals: Seals; readonly findings: readonly AllocationFinding[] }> {
  const seals = new Map<string, { seal: string; keyId: string; chain: string }>();
  const findings: AllocationFinding[] = [];
  for (const head of await tx.auditHeads(study)) {
    const { chain } = head;
    // What comes from nobody in particular has no part in it.
    if (/^(screening|open):/.test(chain)) continue;
    const rows = await tx.auditRows(study, chain);
    if (verifyChain(rows, head, keys).length > 0) findings.push({ what: 'audit-broken', where: chain });
    for (const [id, seal] of sealsIn(rows)) seals.set(id, { ...seal, chain });
  }
  return { seals, findings };
}

function compare(rows: readonly Kept[], seals: Seals, keys: KeyRing): AllocationFinding[] {
  const rest = new Map(seals);
  const findings = rows.flatMap(({ where, sealed }): AllocationFinding[] => {
    const told = rest.get(sealed.id);
    rest.delete(sealed.id);
    if (told === undefined) return [{ what: 'not-in-audit', where }];
    const key = keys.all.find(({ id }) => id === told.keyId);
    // Without its key the chain is found to be broken above.
    return key === undefined || sealOf(key, sealed) === told.seal ? [] : [{ what: 'row-differs', where }];
  });
  return [
    ...findings,
    ...[...rest.values()].map(({ chain }): AllocationFinding => ({ what: 'row-missing', where: chain })),
  ];
}
