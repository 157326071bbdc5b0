import { standing } from '../../consent/standing.ts';
import type { Answers } from '../../study/answers.ts';
import type { Study } from '../../study/schema.ts';
import { SteadyError } from '../../study/steady-error.ts';
import { armOf, type StandingArm } from '../allocation/arm-of.ts';
import { asDecisions } from '../consent/standing.ts';
import { countingOf, joinedAt } from '../questionnaires/follow-up.ts';
import { submissionOf } from '../questionnaires/rulings.ts';
import { ERASED } from '../store/erasures-store.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { QuestionnaireRow } from '../store/questionnaires-store.ts';
import type { ScoreRow } from '../store/scores-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { type Coding, daysBetween, studyDay } from './coding.ts';
import { type ExportedSessions, sessionsOf } from './sessions.ts';
import { exported, type Plain, plainValues } from './values.ts';
import { SCREENING, type Variable, variableName } from './variables.ts';

/** Everything of one participant that leaves, coded: what every file of an export is written from. */
export interface Person {
  readonly participant: string;
  readonly site: string | null;
  readonly standing: 'signed' | 'declined' | 'withdrawn' | 'none';
  readonly authorization: 'open' | 'revoked';
  /** What they gave was erased, as far as the study lets it go: sittings are there without answers. */
  readonly erased: boolean;
  readonly consents: readonly {
    readonly day: number;
    readonly outcome: string;
    readonly version: string | null;
    readonly language: string | null;
    readonly scope: string | null;
  }[];
  readonly answers: readonly Answer[];
  readonly sittings: readonly Sitting[];
  readonly scores: readonly Scored[];
  /** This, and what follows, with arms alone: who has left an intervention was in an arm that has one. */
  readonly intervention?: 'open' | 'withdrawn';
  readonly arm?: ExportedArm | null;
  readonly course?: ExportedSessions;
}

export interface ExportedArm extends Pick<StandingArm, 'arm' | 'drawn'> {
  /** The day of the allocation, or on which their site started. */
  readonly day: number | null;
}

export interface Sitting {
  /** 1, 2, 3 … of those that count in the study's data, in the order of arrival; 0 for the screening. */
  readonly sitting: number;
  /** `screening`, the assessment, or '' for an instrument that was asked on its own. */
  readonly occasion: string;
  readonly day: number;
  /** Whether it is the one of its assessment that counts: the first. */
  readonly counts: boolean;
  readonly studyVersion: string;
  readonly language: string;
  readonly deviations: readonly string[];
}

export interface Answer {
  readonly sitting: number;
  readonly occasion: string;
  readonly part: string;
  /** Of an instrument; '' for a form, which is the study's. */
  readonly version: string;
  readonly item: string;
  readonly value: Plain;
}

export interface Scored extends Pick<ScoreRow, 'instrument' | 'subscale' | 'rule' | 'score'> {
  readonly sitting: number;
  readonly occasion: string;
  readonly version: string;
}

export interface PersonRules {
  readonly study: Study;
  readonly coding: Coding;
  /** By `variableName`. */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly freeText: boolean;
  readonly arms: boolean;
  /** Of the export, UTC. */
  readonly at: string;
}

/** What was not taken along of somebody, by why. */
export interface LeftOut {
  readonly keptApart: number;
  readonly values: number;
}

const GONE = { locale: '', parts: [] } as const;

async function isGone(tx: StoreTransaction, { study, submission }: QuestionnaireRow): Promise<boolean> {
  return (await tx.submission(study, submission))?.body === ERASED;
}

/** @returns undefined for who has never signed what the study asks to be signed */
export async function personOf(
  tx: StoreTransaction,
  row: ParticipantRow,
  rules: PersonRules,
): Promise<{ readonly person: Person; readonly leftOut: LeftOut } | undefined> {
  const { study, coding, arms } = rules;
  const decided = await tx.decisions(study.id, row.id);
  const joined = joinedAt(study, row, decided);
  if (joined === undefined) return undefined;
  const first = studyDay(joined, study);
  const offset = (instant: string): number => daysBetween(first, studyDay(instant, study)) ?? 0;
  const { state, intervention, authorization } = standing(asDecisions(decided));

  const erased = (await tx.erasure(study.id, row.id)) !== undefined;
  const rows = await tx.questionnaires(study.id, row.id);
  const counted = rows.filter((one) => one.counted !== null && !one.deviations.includes('mode'));
  const counting = new Set([...countingOf(counted).values()].map(({ id }) => id));
  const scores = await tx.scoresOfParticipant(study.id, row.id);
  const sittings: Sitting[] = [];
  const answers: Answer[] = [];
  const scored: Scored[] = [];
  const screened = await screeningOf(tx, study.id, row);
  if (screened !== undefined) {
    const { at, ...told } = screened.sitting;
    const day = at.length === 10 ? (daysBetween(first, at) ?? 0) : offset(at);
    sittings.push({ sitting: 0, occasion: SCREENING, day, counts: true, ...told });
    answers.push(...answersIn(0, SCREENING, SCREENING, '', screened.answers));
  }
  for (const [index, one] of counted.entries()) {
    const sitting = index + 1;
    const occasion = one.assessment ?? '';
    const given = erased && (await isGone(tx, one)) ? GONE : await submissionOf(tx, one);
    sittings.push({
      ...{ sitting, occasion, day: offset(one.receivedAt), counts: counting.has(one.id) },
      ...{ studyVersion: one.studyVersion, language: given.locale, deviations: one.deviations },
    });
    for (const part of given.parts) {
      const [name, version] = 'instrument' in part ? [part.instrument, part.version] : [part.form, ''];
      answers.push(...answersIn(sitting, occasion, name, version, part.answers));
    }
    for (const { submission, instrument, subscale, rule, score, instrumentVersion: version } of scores) {
      if (submission === one.submission) scored.push({ sitting, occasion, instrument, version, subscale, rule, score });
    }
  }

  const leaving = answers.flatMap((answer): Answer[] => {
    const value = exported(answer.value, variableOf(answer, rules), { coding, first, freeText: rules.freeText });
    return value === undefined ? [] : [{ ...answer, value }];
  });
  const arm = arms ? await armOf(tx, row) : undefined;
  const came = arms ? await sessionsOf(tx, row, { ...rules, decided, first }) : undefined;
  const person: Person = {
    participant: coding.participant(row.id),
    site: row.site === null ? null : coding.site(row.site),
    ...{ standing: state, authorization, erased },
    consents: decided
      .filter(({ scope }) => arms || scope !== 'intervention')
      .map(({ outcome, version, language, scope, receivedAt }) => ({
        ...{ day: offset(receivedAt), outcome, version, language, scope },
      })),
    ...{ answers: leaving, sittings, scores: scored },
    ...(came && { intervention, arm: arm === undefined ? null : exportedArm(arm, first, offset), course: came.found }),
  };
  const leftOut = {
    keptApart: rows.length - counted.length + (came?.leftOut.keptApart ?? 0),
    values: answers.length - leaving.length + (came?.leftOut.values ?? 0),
  };
  return { person, leftOut };
}

/** What the study says of an item; where it was asked on its own, what any assessment says of it. */
function variableOf({ occasion, part, item }: Answer, { variables, study }: PersonRules): Variable | undefined {
  const places = occasion === '' ? (study.assessments ?? []).map(({ id }) => id) : [occasion];
  for (const place of places) {
    const found = variables.get(variableName({ occasion: place, part, item, kind: 'item' }));
    if (found !== undefined) return found;
  }
  return undefined;
}

function answersIn(sitting: number, occasion: string, part: string, version: string, answers: Answers): Answer[] {
  return Object.entries(answers).flatMap(([question, given]) =>
    plainValues(question, given).map(([item, value]) => ({ sitting, occasion, part, version, item, value })),
  );
}

function exportedArm(
  { arm, drawn, allocatedAt, siteStart }: StandingArm,
  first: string,
  offset: (instant: string) => number,
): ExportedArm {
  const start = siteStart === undefined ? undefined : daysBetween(first, siteStart);
  return { arm, drawn, day: allocatedAt === undefined ? (start ?? null) : offset(allocatedAt) };
}

type Screened = Pick<Sitting, 'studyVersion' | 'language' | 'deviations'> & { readonly at: string };

/** The screening that counts for somebody; without answers where these were dropped. */
async function screeningOf(
  tx: StoreTransaction,
  study: string,
  { screeningIdHash }: ParticipantRow,
): Promise<{ readonly sitting: Screened; readonly answers: Answers } | undefined> {
  const row = screeningIdHash === null ? undefined : await tx.screening(study, [screeningIdHash]);
  if (row === undefined || row.deviations.includes('mode')) return undefined;
  const kept = row.id === null ? undefined : await tx.submission(study, row.id);
  const { studyVersion, deviations, receivedAt, day } = row;
  const sitting = { studyVersion, deviations, at: receivedAt ?? day };
  if (kept === undefined || kept.body === ERASED) return { sitting: { ...sitting, language: '' }, answers: {} };
  // The receiver has read it when it took it in.
  const given: { locale: string; answers: Answers } | undefined = parsed(kept.body);
  if (given === undefined)
    throw new SteadyError('body-unreadable', `The screening ${row.id}, as it was kept, cannot be read.`);
  return { sitting: { ...sitting, language: given.locale }, answers: given.answers };
}

function parsed(body: string): { locale: string; answers: Answers } | undefined {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
