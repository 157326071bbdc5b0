import canonicalize from 'canonicalize';
import { signRecord } from '../../consent/record.ts';
import { decidedSince } from '../../consent/standing.ts';
import { judgeSigned } from '../../consent/statement.ts';
import { obstacles } from '../../consent/versions.ts';
import type { SignedSubmission } from '../../submission/consent-submission.ts';
import { digestOf } from '../../submission/digest.ts';
import { dayOf } from '../days.ts';
import type { Acceptance, Desk } from '../desk.ts';
import type { Deviation } from '../deviations.ts';
import { sha256 } from '../hash.ts';
import { Refusal } from '../refusal.ts';
import type { KnownStudy } from '../served-study.ts';
import type { StoreTransaction } from '../store/store.ts';
import { deviationsOf } from './accept-unsigned.ts';
import type { Proven } from './reauthentication.ts';
import { documentToSign, refuseFaulty, refuseHindered } from './refuse-signature.ts';
import { assertSigner } from './signers.ts';
import { consentSource } from './source.ts';
import { type ConsentArrival, type DecisionParts, takeDecision } from './take-decision.ts';

/**
 * A signature: the one kind that is refused rather than kept with a deviation, for what stands must be what this person
 * agrees to now. It is judged by the study file as it stands, whichever version of it asked: equal digests say that the words
 * are the same.
 *
 * @throws Refusal as `SIGNATURE_PROBLEMS` and `PROOF_PROBLEMS`; in the transaction `consent-decided-since` and what is said of
 *   whom a proof stands for
 */
export async function acceptSigned(
  desk: Desk,
  known: KnownStudy,
  arrival: ConsentArrival<SignedSubmission>,
): Promise<Acceptance> {
  const { submission, caller } = arrival;
  const { id, version, locale: language, documentDigest, choices, checks, signature, studyVersion, mode } = submission;
  const now = desk.now();
  const at = now.toISOString();
  const source = consentSource(known);
  if (source === undefined) throw new Refusal('not-offered', 'This study has no consent document.');
  if (mode !== desk.mode) {
    throw new Refusal('consent-mode-differs', 'Open the page again: it did not know what this receiver is for.');
  }
  const document = documentToSign(source, version, language);
  refuseHindered(obstacles(source, version, { day: dayOf(now, known.current.study), mode, language }));
  refuseFaulty(await judgeSigned(document, submission, digestOf));
  const proven = await provenBy(desk, submission, now);
  const noted = deviationsOf(desk, known, submission, now);
  const isUnchecked = submission.proof !== undefined && proven === undefined;
  const deviations: readonly Deviation[] = isUnchecked ? [...noted, 'proof-unchecked'] : noted;
  const about = { outcome: 'signed', version, language, documentDigest, deviations, ...withoutProof(arrival) } as const;

  return async (tx) => {
    const { study, participant } = caller;
    if (proven !== undefined) await assertSigner(tx, desk, caller, { proven, submission: id, at });
    const telling = { known, at, event: 'consent-signed', webhook: 'consent-signed' } as const;
    const accepted = await takeDecision(tx, desk, arrival, telling, (before) => {
      if (decidedSince(before, submission.after) === undefined) return about;
      throw new Refusal('consent-decided-since', 'Open the page again to see what was decided, and sign anew.');
    });
    const { current } = desk.recordKeys;
    const identity = await identityOf(tx, study, participant, proven);
    const head = { mode, studyVersion, participant, submission: id, identity, receivedAt: at, keyId: current.id };
    const statement = { document, choices, checks, signature };
    const record = await signRecord(head, statement, current.signText, digestOf);
    await tx.addRecord({ study, submission: id, participant, keyId: current.id, record });
    return accepted;
  };
}

/** Undefined where there is no proof that this receiver was told how to check. @throws Refusal as `PROOF_PROBLEMS` */
async function provenBy(
  { proofs }: Desk,
  { study, proof, id, documentDigest }: SignedSubmission,
  now: Date,
): Promise<Proven | undefined> {
  const check = proofs.get(study);
  if (proof !== undefined) return check?.check(proof, { id, documentDigest }, now);
  if (check?.required) throw new Refusal('proof-missing', 'Ask who signs to show again who they are, and sign anew.');
  return undefined;
}

/**
 * How the receiver knows who has signed (E3): by their token, by the invitation that brought them to this device and what was
 * asked beside it, and by an identity provider.
 */
async function identityOf(
  tx: StoreTransaction,
  study: string,
  participant: string,
  proven: Proven | undefined,
): Promise<string> {
  const spent = (await tx.invitations(study, participant)).filter(({ spentAt }) => spentAt !== null);
  const last = spent.toSorted((one, other) => ((one.spentAt ?? '') < (other.spentAt ?? '') ? -1 : 1)).at(-1);
  const invited = last === undefined ? [] : [last.checkHash === null ? 'invitation' : 'invitation with check'];
  return ['participant-token', ...invited, ...(proven === undefined ? [] : [`jwt ${proven.issuer}`])].join(', ');
}

/** What is kept: a proof is a key to somebody's account elsewhere, and leaves no trace here. */
function withoutProof({
  submission: { proof, ...rest },
  body,
  bodySha256,
}: ConsentArrival<SignedSubmission>): Pick<DecisionParts, 'body' | 'bodySha256'> {
  if (proof === undefined) return { body, bodySha256 };
  const kept = canonicalize(rest) ?? '';
  return { body: kept, bodySha256: sha256(kept) };
}
