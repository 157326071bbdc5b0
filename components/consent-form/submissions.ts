import type { Signed, Unsigned } from '../../src/consent/statement.ts';
import type {
  SignedSubmission,
  UnsignedSubmission,
  WithdrawalSubmission,
} from '../../src/submission/consent-submission.ts';
import { type EnvelopeOptions, envelopeOf } from '../element/envelope.ts';
import type { Scope } from './stage.ts';

/** What a consent form posts. */

/**
 * @param after the last decision that the reading knew of
 * @param proof of who signs, for this very submission
 */
export function consentSubmission(
  ended: Signed | Unsigned,
  options: EnvelopeOptions,
  { after, proof }: { readonly after?: string | undefined; readonly proof?: string | undefined },
): SignedSubmission | UnsignedSubmission {
  const envelope = { ...envelopeOf(options), ...(after !== undefined && { after }) };
  const { version, documentDigest } = ended;
  if (ended.outcome !== 'signed') {
    return { ...envelope, kind: 'consent', outcome: ended.outcome, version, documentDigest, events: [...ended.events] };
  }
  const { choices, checks, signature, statementDigest } = ended;
  return {
    ...envelope,
    ...{ kind: 'consent', outcome: 'signed', version, documentDigest, statementDigest, signature },
    choices: { ...choices },
    checks: Object.fromEntries(Object.entries(checks).map(([id, given]) => [id, [...given]])),
    events: [...ended.events],
    ...(proof !== undefined && { proof }),
  };
}

export function withdrawalSubmission(scope: Scope, erase: boolean, options: EnvelopeOptions): WithdrawalSubmission {
  return { ...envelopeOf(options), kind: 'withdrawal', scope, erase };
}
