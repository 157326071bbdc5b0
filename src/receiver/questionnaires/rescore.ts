import type { Study } from '../../study/schema.ts';
import { SteadyError } from '../../study/steady-error.ts';
import { participantChain, recordEvent, STUDY_CHAIN } from '../audit.ts';
import { sha256 } from '../hash.ts';
import { newestStudy } from '../kept-study.ts';
import type { KeyRing } from '../keys.ts';
import { ERASED } from '../store/erasures-store.ts';
import { inPages } from '../store/in-pages.ts';
import type { QuestionnaireRow } from '../store/questionnaires-store.ts';
import type { ScoreRow } from '../store/scores-store.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { submissionOf } from './rulings.ts';
import { scoreParts, scoreRows } from './scoring.ts';
import { keptInstruments, type Shelf } from './shelf.ts';

/**
 * Scores everything that counts again, from the bytes that were kept: by the study file as it stands now and this release's
 * code, and by the version of each instrument that was answered. What is new is added with its rule; what stands is compared
 * with it and never written over.
 */

export interface RescoreOffice {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly now?: () => Date;
}

/** A score by a rule that the submission had none by. */
export interface AddedScore
  extends Pick<ScoreRow, 'submission' | 'assessment' | 'instrument' | 'subscale' | 'rule' | 'score'> {
  /** By the rule before; undefined where there was none. */
  readonly before: number | null | undefined;
}

export type RescoreFault =
  /** What was handed in is not as it was received. */
  | 'body-differs'
  /** It, or an instrument's rules, cannot be read. */
  | 'unreadable'
  /** What stands is not what its own rule gives. */
  | 'score-differs';

export interface Rescored {
  /** How many submissions were looked at. */
  readonly submissions: number;
  readonly added: readonly AddedScore[];
  /** `where` names the submission, and the score that it is about. */
  readonly findings: readonly { readonly what: RescoreFault; readonly where: string }[];
}

/** Submissions in one transaction. */
const AT_ONCE = 50;

/** @throws SteadyError `unknown-study`; StudyError */
export async function rescore({ store, keys, now = () => new Date() }: RescoreOffice, id: string): Promise<Rescored> {
  const { study, rules, unreadable } = await store.transaction(async (tx) => {
    const names: string[] = [];
    const kept = await keptInstruments(tx, id, (name) => names.push(name));
    const find: Shelf['rules'] = (instrument, version) =>
      kept.find((one) => one.id === instrument && one.version === version);
    return { ...(await newestStudy(tx, id)), rules: find, unreadable: names };
  });
  const at = now().toISOString();
  await store.transaction((tx) => tx.keepKeyId({ study: id, keyId: keys.current.id, firstUsedAt: at }));
  const again = await inPages(store, {
    limit: AT_ONCE,
    read: (tx, page) => tx.countedPage(id, page),
    work: (tx, row) => rescoreOne(tx, keys, { study, rules, row, at }),
  });
  return {
    submissions: again.length,
    added: again.flatMap(({ added }) => added),
    findings: [
      ...unreadable.map((where) => ({ what: 'unreadable' as const, where })),
      ...again.flatMap(({ findings }) => findings),
    ],
  };
}

type Again = Pick<Rescored, 'added' | 'findings'>;

async function rescoreOne(
  tx: StoreTransaction,
  keys: KeyRing,
  {
    study,
    rules,
    row,
    at,
  }: { readonly study: Study; readonly rules: Shelf['rules']; readonly row: QuestionnaireRow; readonly at: string },
): Promise<Again> {
  const { submission, participant, assessment, mode } = row;
  const kept = await tx.submission(study.id, submission);
  // Erased, as its participant has asked.
  if (kept?.body === ERASED) return { added: [], findings: [] };
  if (kept === undefined || sha256(kept.body) !== kept.bodySha256) return faulty('body-differs', submission);
  let reckoned: readonly ScoreRow[];
  try {
    reckoned = scoreRows(scoreParts(study, rules, await submissionOf(tx, row)), row, at);
  } catch (error) {
    if (!(error instanceof SteadyError)) throw error;
    return faulty('unreadable', submission);
  }
  const stands = await tx.scores(study.id, submission);
  const isNew = (score: ScoreRow) => !stands.some((one) => isSame(one, score));
  const news = reckoned.filter(isNew);
  if (news.length > 0) {
    await tx.addScores(news);
    const chain = participant === null ? STUDY_CHAIN : participantChain(participant);
    const subjects = [submission, ...new Set(news.map(({ rule }) => rule))];
    await recordEvent(tx, keys.current, {
      study: study.id,
      chain,
      event: 'questionnaire-rescored',
      subjects,
      at,
      mode,
    });
  }
  return {
    added: news.map(({ instrument, subscale, rule, score }) => ({
      ...{ submission, assessment, instrument, subscale, rule, score },
      before: stands.findLast((one) => one.instrument === instrument && one.subscale === subscale)?.score,
    })),
    findings: differing(stands, reckoned).map((where) => ({ what: 'score-differs', where: `${submission}: ${where}` })),
  };
}

const faulty = (what: RescoreFault, where: string): Again => ({ added: [], findings: [{ what, where }] });

type Scored = Pick<ScoreRow, 'instrument' | 'rule' | 'subscale'>;

const isSame = (one: Scored, other: Scored): boolean =>
  one.instrument === other.instrument && one.rule === other.rule && one.subscale === other.subscale;

/** Scores that stand by a rule that was carried out again, and are not what it gives. */
function differing(stands: readonly ScoreRow[], reckoned: readonly ScoreRow[]): readonly string[] {
  const rules = new Set(reckoned.map(({ rule }) => rule));
  return stands
    .filter(({ rule }) => rules.has(rule))
    .filter((one) => reckoned.find((other) => isSame(one, other))?.score !== one.score)
    .map(({ instrument, subscale, rule }) => `${instrument} ${subscale} by ${rule}`);
}
