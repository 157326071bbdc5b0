import type { Checks, Choices, ConsentEvent, Outcome, Signature } from '../study/consent-answers.ts';
import { ConsentError } from './consent-error.ts';
import type { DigestOf } from './digest-of.ts';
import type { ConsentDocument } from './document.ts';
import { advance, type ConsentProgress, missing } from './progress.ts';
import { replay } from './replay.ts';
import { type SignatureProblem, signatureProblems } from './signature.ts';

/**
 * What is signed: the words as they were shown, what was answered, and the signature block. Made by the element, made
 * again and judged by the receiver.
 */
export interface Statement {
  readonly document: ConsentDocument;
  readonly choices: Choices;
  readonly checks: Checks;
  readonly signature: Signature;
}

/** Of the words as shown, with their language and version. Known before anything is signed: what a proof is bound to. */
export function documentDigest(document: ConsentDocument, digestOf: DigestOf): Promise<string> {
  return digestOf(document);
}

/** Of everything that is signed. */
export function statementDigest(statement: Statement, digestOf: DigestOf): Promise<string> {
  const { document, choices, checks, signature } = statement;
  return digestOf({ document, choices, checks, signature });
}

/** What a submission says of a document that was signed; the envelope is the caller's. */
export interface Signed {
  readonly outcome: 'signed';
  readonly version: string;
  readonly documentDigest: string;
  readonly statementDigest: string;
  readonly choices: Choices;
  readonly checks: Checks;
  readonly signature: Signature;
  readonly events: readonly ConsentEvent[];
}

/** What a submission says of a document that was not. */
export interface Unsigned {
  readonly outcome: Exclude<Outcome, 'signed'>;
  readonly version: string;
  readonly documentDigest: string;
  readonly events: readonly ConsentEvent[];
}

/**
 * @throws ConsentError `something-missing` or `decided`, where nothing could be signed; `bad-signature` for a block that
 *   `signatureProblems` finds wanting
 */
export async function sign(
  document: ConsentDocument,
  progress: ConsentProgress,
  signature: Signature,
  digestOf: DigestOf,
): Promise<Signed> {
  const { events, choices, checks } = advance(document, progress, { type: 'signed', at: signature.signedAt });
  const problems = signatureProblems(document, signature);
  if (problems.length > 0)
    throw new ConsentError('bad-signature', `The signature is not whole: ${problems.join(', ')}.`);
  return {
    outcome: 'signed',
    version: document.version,
    documentDigest: await documentDigest(document, digestOf),
    statementDigest: await statementDigest({ document, choices, checks, signature }, digestOf),
    ...{ choices, checks, signature, events },
  };
}

/**
 * What travels of somebody who does not sign: the outcome and its time, not what they read or chose.
 *
 * @param at by the browser's clock, UTC
 * @throws ConsentError `not-opened` or `decided`
 */
export async function leaveUnsigned(
  document: ConsentDocument,
  progress: ConsentProgress,
  outcome: Exclude<Outcome, 'signed'>,
  at: string,
  digestOf: DigestOf,
): Promise<Unsigned> {
  const { events } = advance(document, progress, { type: outcome, at });
  return {
    outcome,
    version: document.version,
    documentDigest: await documentDigest(document, digestOf),
    events: [...events.filter(({ type }) => type === 'opened').slice(-1), { type: outcome, at }],
  };
}

/** Why a receiver does not take a signature. */
export type SignedProblem =
  /** The words that were shown are not the receiver's own. */
  | 'document-differs'
  /** What was signed is not what was sent. */
  | 'statement-differs'
  /** The events cannot have happened in this order, or do not lead to these answers. */
  | 'events-differ'
  | 'section-missing'
  | 'check-missing'
  | 'choice-missing'
  | 'question-missing'
  | SignatureProblem;

/**
 * Judges what arrived as signed by the receiver's own document. Empty where it stands; whether the version can be signed at
 * all is for `obstacles`.
 */
export async function judgeSigned(
  document: ConsentDocument,
  signed: Omit<Signed, 'outcome' | 'version'>,
  digestOf: DigestOf,
): Promise<readonly SignedProblem[]> {
  const { choices, checks, signature, events } = signed;
  if (signed.documentDigest !== (await documentDigest(document, digestOf))) return ['document-differs'];
  const problems: SignedProblem[] = [];
  if (signed.statementDigest !== (await statementDigest({ document, choices, checks, signature }, digestOf))) {
    problems.push('statement-differs');
  }
  const reached = reachedBy(document, events);
  const before = typeof reached === 'string' ? undefined : reached;
  if (
    before === undefined ||
    (await digestOf([before.choices, before.checks])) !== (await digestOf([choices, checks]))
  ) {
    problems.push('events-differ');
  }
  const lacking = before === undefined ? [] : missing(document, before);
  problems.push(...new Set(lacking.map(({ what }): SignedProblem => `${what}-missing`)));
  return [...problems, ...signatureProblems(document, signature)];
}

/** The progress just before it was signed; the refusal where the events lead nowhere. */
function reachedBy(document: ConsentDocument, events: readonly ConsentEvent[]): ConsentProgress | string {
  const end = events.findIndex(({ type }) => type === 'signed');
  if (end < 0 || end < events.length - 1) return 'not-signed';
  try {
    return replay(document, events.slice(0, end));
  } catch (error) {
    if (error instanceof ConsentError) return error.code;
    throw error;
  }
}
