import { standing } from '../../consent/standing.ts';
import type { Study } from '../../study/schema.ts';
import { armOf } from '../allocation/arm-of.ts';
import { settledSite } from '../allocation/participant-sites.ts';
import { asDecisions } from '../consent/standing.ts';
import type { Mode } from '../mode.ts';
import { followUp } from '../questionnaires/follow-up.ts';
import { ERASED } from '../store/erasures-store.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { QuestionnaireRow } from '../store/questionnaires-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { type Followed, type FollowUpCounts, noFollowUp, withFollowed } from './follow-up-counts.ts';

/**
 * How many came how far, at one moment: from the links to the last assessment, as CONSORT 2010 asks (Schulz, Altman, Moher, BMJ
 * 2010;340:c332). Everybody who takes part is counted in one place alone, so that the numbers add up.
 */
export interface Funnel {
  readonly study: string;
  readonly mode: Mode;
  /** UTC. */
  readonly at: string;
  /** Visits in which a link was opened. */
  readonly opened: number;
  readonly screened: {
    /** Every screening that arrived: `participants` and `repeated` and those of nobody who takes part, by verdict. */
    readonly completed: number;
    /** Those that count for somebody who takes part. */
    readonly participants: number;
    /** Further ones of somebody who takes part. */
    readonly repeated: number;
    readonly ineligible: number;
    readonly incomplete: number;
    /** Eligible, and never enrolled. */
    readonly eligible: number;
  };
  /** How often each criterion was not met, those of participants included. One person can fail several. */
  readonly failed: readonly { readonly criterion: string; readonly count: number }[];
  readonly enrolled: {
    /** Everybody who takes part, or did. */
    readonly participants: number;
    /** Those of them who came without a screening. */
    readonly unscreened: number;
    /** Their screening was not eligible, and they have signed nothing. */
    readonly ineligible: number;
    readonly undecided: number;
    readonly declined: number;
    /** They left the study before they were in the trial. */
    readonly withdrew: number;
    /** They have signed, and are not in the trial yet. */
    readonly waiting: number;
  };
  /** Who is in the trial: allocated, or, where nobody is, everybody who has signed. All arms together. */
  readonly trial: FollowUpCounts;
  /** The same by arm, in the study's order; absent where the study allocates nobody, and for who must not know. */
  readonly arms?: readonly ({ readonly arm: string } & FollowUpCounts)[];
}

/** Participants in one page. */
const AT_ONCE = 200;

/**
 * @param tx a snapshot: the counts are of one moment
 * @param blinded for whoever must not know who is allocated where, nor when: who has signed is in the trial, all in one
 * @param sites only participants of these sites; screenings of nobody who takes part have none
 */
export async function countFunnel(
  tx: StoreTransaction,
  study: Study,
  {
    mode,
    now,
    sites,
    blinded = false,
  }: {
    readonly mode: Mode;
    readonly now: string;
    readonly sites?: readonly string[] | undefined;
    readonly blinded?: boolean;
  },
): Promise<Funnel> {
  const tally = sites === undefined ? await tx.screeningTally(study.id, mode) : [];
  const sum = (of: (one: (typeof tally)[number]) => boolean) =>
    tally.filter(of).reduce((total, { screenings }) => total + screenings, 0);
  const nobodys = (verdict: string) => sum((one) => one.whose === 'nobody' && one.verdict === verdict);
  const failed = new Map<string, number>();
  for (const { whose, failed: criteria, screenings } of tally) {
    if (whose === 'repeated') continue;
    for (const criterion of criteria) failed.set(criterion, (failed.get(criterion) ?? 0) + screenings);
  }

  const enrolled = {
    participants: 0,
    unscreened: 0,
    ineligible: 0,
    undecided: 0,
    declined: 0,
    withdrew: 0,
    waiting: 0,
  };
  const byArm = study.allocation !== undefined && !blinded;
  let trial = noFollowUp(study);
  const arms = new Map((study.arms ?? []).map(({ id }) => [id, noFollowUp(study)]));
  let after: string | undefined;
  for (;;) {
    const page = await tx.participants(study.id, { after, limit: AT_ONCE, sites });
    for (const row of page.filter((one) => one.mode === mode)) {
      enrolled.participants += 1;
      if (row.screeningIdHash === null) enrolled.unscreened += 1;
      const place = await placeOf(tx, study, row, { now, byArm });
      if (typeof place === 'string') {
        enrolled[place] += 1;
        continue;
      }
      trial = withFollowed(trial, place.followed);
      const before = place.arm === undefined ? undefined : arms.get(place.arm);
      if (place.arm !== undefined && before !== undefined) arms.set(place.arm, withFollowed(before, place.followed));
    }
    after = page.at(-1)?.id;
    if (page.length < AT_ONCE) break;
  }
  return {
    ...{ study: study.id, mode, at: now, opened: sites === undefined ? await tx.linkOpenings(study.id, mode) : 0 },
    screened: {
      ...{ completed: sum(() => true), participants: sum(({ whose }) => whose === 'participant') },
      ...{ repeated: sum(({ whose }) => whose === 'repeated'), ineligible: nobodys('ineligible') },
      ...{ incomplete: nobodys('incomplete'), eligible: nobodys('eligible') },
    },
    failed: [...failed]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([criterion, count]) => ({ criterion, count })),
    enrolled,
    trial,
    ...(byArm && { arms: [...arms].map(([arm, counts]) => ({ arm, ...counts })) }),
  };
}

type Outside = 'ineligible' | 'undecided' | 'declined' | 'withdrew' | 'waiting';

/** Where somebody is counted: once. */
async function placeOf(
  tx: StoreTransaction,
  study: Study,
  row: ParticipantRow,
  { now, byArm }: { readonly now: string; readonly byArm: boolean },
): Promise<Outside | { readonly arm: string | undefined; readonly followed: Followed }> {
  const decided = await tx.decisions(study.id, row.id);
  const { state, intervention, version } = standing(asDecisions(decided));
  const arm = byArm ? await countedArm(tx, study, row) : undefined;
  const isIn = byArm ? arm !== undefined : version !== undefined || isAtOnce(study, state);
  if (isIn) {
    const { statuses, counting } = await followUp(tx, study, row, { decided, now });
    return {
      arm,
      followed: {
        left: state === 'withdrawn' || state === 'declined',
        stopped: intervention === 'withdrawn',
        given: await whatIsLeft(tx, [...counting.values()]),
        statuses,
      },
    };
  }
  if (state === 'withdrawn') return 'withdrew';
  if (state === 'declined') return 'declined';
  if (state === 'signed' || isAtOnce(study, state)) return 'waiting';
  const screening = row.screeningIdHash === null ? undefined : await tx.screening(study.id, [row.screeningIdHash]);
  return screening !== undefined && screening.verdict !== 'eligible' ? 'ineligible' : 'undecided';
}

/** An erasure takes all that somebody has handed in, or none of it. */
async function whatIsLeft(tx: StoreTransaction, [given]: readonly QuestionnaireRow[]): Promise<Followed['given']> {
  if (given === undefined) return undefined;
  const { study, submission, participant } = given;
  const isErased =
    participant !== null &&
    (await tx.erasure(study, participant)) !== undefined &&
    (await tx.submission(study, submission))?.body === ERASED;
  return isErased ? 'erased' : 'kept';
}

/** Whoever is enrolled in a study that asks for no consent takes part at once. */
function isAtOnce({ consent }: Study, state: string): boolean {
  return consent === undefined && state !== 'withdrawn';
}

/** CONSORT counts people in the arm that holds for them; of sites, once their own is settled and has been drawn. */
async function countedArm(tx: StoreTransaction, study: Study, row: ParticipantRow): Promise<string | undefined> {
  if (study.allocation === undefined) return undefined;
  if (study.allocation.unit === 'site' && settledSite(await tx.participantSites(study.id, row.id)) === undefined) {
    return undefined;
  }
  return (await armOf(tx, row))?.arm;
}
