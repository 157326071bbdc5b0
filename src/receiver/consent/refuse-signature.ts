import { type ConsentDocument, type ConsentSource, consentDocument } from '../../consent/document.ts';
import type { SignedProblem } from '../../consent/statement.ts';
import type { Obstacle } from '../../consent/versions.ts';
import { type ProblemName, Refusal } from '../refusal.ts';

/** Why a signature is not taken, as the caller is told it: each reason by a problem type of its own. */

/** How a signature may be refused, beside what its proof shows. */
export const SIGNATURE_PROBLEMS = [
  ...(['not-offered', 'consent-mode-differs', 'consent-version-unknown', 'consent-language-unknown'] as const),
  ...(['consent-superseded', 'consent-expired', 'consent-not-effective', 'consent-not-approved'] as const),
  ...(['consent-translation-draft', 'consent-placeholder', 'consent-document-differs'] as const),
  ...(['consent-statement-differs', 'consent-incomplete', 'consent-signature-incomplete'] as const),
  'consent-decided-since',
] as const satisfies readonly ProblemName[];

const OPEN_AGAIN = 'Open the page again: it has what can be signed now.';
const ASK = 'Ask the study team when it can be signed.';

/** The first that is found is told: another version to sign leads further than that this one has ended. */
const HINDERED: readonly (readonly [Obstacle, ProblemName, what: string])[] = [
  ['superseded', 'consent-superseded', OPEN_AGAIN],
  ['expired', 'consent-expired', ASK],
  ['not-yet-effective', 'consent-not-effective', ASK],
  ['not-approved', 'consent-not-approved', ASK],
  ['placeholder', 'consent-placeholder', ASK],
  ['translation-draft', 'consent-translation-draft', 'Read and sign it in another language, or ask the study team.'],
];

/** @throws Refusal for a version that cannot be signed then and there */
export function refuseHindered(found: readonly Obstacle[]): void {
  const [, problem, what] = HINDERED.find(([obstacle]) => found.includes(obstacle)) ?? [];
  if (problem === undefined || what === undefined) return;
  throw new Refusal(problem, what, { faults: found.map((code) => ({ path: 'version', code })) });
}

const NOT_WHOLE: ReadonlySet<SignedProblem> = new Set([
  ...(['events-differ', 'section-missing', 'check-missing', 'choice-missing', 'question-missing'] as const),
]);

/** @throws Refusal for a signature that does not stand under its document; what it lacks is in its faults */
export function refuseFaulty(found: readonly SignedProblem[]): void {
  if (found.length === 0) return;
  if (found.includes('document-differs')) throw new Refusal('consent-document-differs', OPEN_AGAIN);
  if (found.includes('statement-differs')) {
    throw new Refusal('consent-statement-differs', 'Make the digest of what is sent, as docs/consent.md says.');
  }
  const faults = found.map((code) => ({ path: NOT_WHOLE.has(code) ? 'events' : 'signature', code }));
  if (found.some((code) => NOT_WHOLE.has(code))) {
    throw new Refusal('consent-incomplete', 'See in "problems" what is left, and sign once it is done.', { faults });
  }
  throw new Refusal('consent-signature-incomplete', 'See in "problems" what the signature lacks.', { faults });
}

/** @throws Refusal `consent-version-unknown`, `consent-language-unknown` */
export function documentToSign(source: ConsentSource, version: string, language: string): ConsentDocument {
  if (!source.consent.versions.some((one) => one.version === version)) {
    throw new Refusal('consent-version-unknown', OPEN_AGAIN);
  }
  if (!source.languages.includes(language)) {
    const there = source.languages.join(', ');
    throw new Refusal('consent-language-unknown', `Read and sign it in a language of the study: ${there}.`);
  }
  return consentDocument(source, version, language);
}
