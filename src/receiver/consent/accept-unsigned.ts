import { consentDocument } from '../../consent/document.ts';
import { decidedSince } from '../../consent/standing.ts';
import { documentDigest } from '../../consent/statement.ts';
import { type Obstacle, obstacles } from '../../consent/versions.ts';
import type { UnsignedSubmission, WithdrawalSubmission } from '../../submission/consent-submission.ts';
import { digestOf } from '../../submission/digest.ts';
import { dayOf } from '../days.ts';
import type { Acceptance, Desk } from '../desk.ts';
import { type Deviation, envelopeDeviations } from '../deviations.ts';
import { Refusal } from '../refusal.ts';
import type { KnownStudy } from '../served-study.ts';
import { storable } from '../storable.ts';
import { consentSource } from './source.ts';
import { type ConsentArrival, type Telling, takeDecision } from './take-decision.ts';

/**
 * What needs no agreement: declining, putting off, asking for paper, and withdrawing. Whatever is unusual about it, it is
 * kept and it counts, with that named: who says no is not asked to say it again.
 */

const OUTCOMES: Readonly<Record<UnsignedSubmission['outcome'], Pick<Telling, 'event' | 'webhook'>>> = {
  declined: { event: 'consent-declined', webhook: 'consent-declined' },
  deferred: { event: 'consent-deferred' },
  paper: { event: 'consent-paper', webhook: 'consent-paper' },
};

const SCOPES: Readonly<Record<WithdrawalSubmission['scope'], Telling['event']>> = {
  intervention: 'intervention-withdrawn',
  study: 'study-withdrawn',
  authorization: 'authorization-revoked',
};

/** @throws Refusal `not-offered`: the study has no consent part */
export async function acceptUnsigned(
  desk: Desk,
  known: KnownStudy,
  arrival: ConsentArrival<UnsignedSubmission>,
): Promise<Acceptance> {
  const { submission, body, bodySha256 } = arrival;
  const { outcome, version, locale: language, after } = submission;
  const now = desk.now();
  const noted = [...deviationsOf(desk, known, submission, now), ...(await aboutDocument(desk, known, submission, now))];
  const telling = { known, at: now.toISOString(), ...OUTCOMES[outcome] };
  return (tx) =>
    takeDecision(tx, desk, arrival, telling, (before) => ({
      ...{ outcome, version: storable(version), language: storable(language) },
      ...{ documentDigest: submission.documentDigest, body, bodySha256 },
      deviations: decidedSince(before, after) === undefined ? noted : [...noted, 'decided-since'],
    }));
}

/** Of any study: who signed on paper may withdraw here too. */
export async function acceptWithdrawal(
  desk: Desk,
  known: KnownStudy,
  arrival: ConsentArrival<WithdrawalSubmission>,
): Promise<Acceptance> {
  const { submission, body, bodySha256 } = arrival;
  const { scope, erase } = submission;
  const now = desk.now();
  const deviations = deviationsOf(desk, known, submission, now);
  const telling = { known, at: now.toISOString(), event: SCOPES[scope], webhook: 'withdrawn' } as const;
  return (tx) =>
    takeDecision(tx, desk, arrival, telling, () => ({
      ...{ outcome: 'withdrawn', scope, erase, deviations, body, bodySha256 },
    }));
}

/** What the envelope shows, by the study as it stands now. */
export function deviationsOf(
  { mode }: Desk,
  known: KnownStudy,
  submission: ConsentArrival['submission'],
  now: Date,
): readonly Deviation[] {
  const asked = known.version(submission.studyVersion);
  return envelopeDeviations(submission, { current: known.current.study, known: asked, mode, now });
}

const NOT_IN_FORCE: ReadonlySet<Obstacle> = new Set(['not-yet-effective', 'expired', 'superseded']);

/** Whether it is about the receiver's own text, and about a version that is in force. */
async function aboutDocument(
  { mode }: Desk,
  known: KnownStudy,
  { version, locale: language, documentDigest: shown }: UnsignedSubmission,
  now: Date,
): Promise<readonly Deviation[]> {
  const source = consentSource(known);
  if (source === undefined) throw new Refusal('not-offered', 'This study has no consent document.');
  const { consent, languages } = source;
  const isKnown = consent.versions.some((one) => one.version === version) && languages.includes(language);
  if (!isKnown) return ['document-differs', 'not-in-force'];
  const isOurs = shown === (await documentDigest(consentDocument(source, version, language), digestOf));
  const hindered = obstacles(source, version, { day: dayOf(now, known.current.study), mode, language });
  return [
    ...(isOurs ? [] : ['document-differs' as const]),
    ...(hindered.some((one) => NOT_IN_FORCE.has(one)) ? ['not-in-force' as const] : []),
  ];
}
