import { createLocalJWKSet, errors, importJWK, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import * as v from 'valibot';
import { line } from '../../study/schema.ts';
import { SteadyError } from '../../study/steady-error.ts';
import { Refusal } from '../refusal.ts';

/**
 * That whoever signs has shown again who they are (21 CFR 11.200): a JWT of an identity provider that the study trusts,
 * checked by keys from the receiver's own configuration. Nothing is asked of a network, and the proof is not kept.
 */

/** As the operator writes it, one for a study. */
export const reauthenticationSchema = v.strictObject({
  /** The token's `iss`, character by character. */
  issuer: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
  /** What must stand in its `aud`: this study, to the identity provider. */
  audience: line,
  /** Whether nothing is signed without a proof. */
  required: v.boolean(),
  /** The identity provider's public keys, as it publishes them (RFC 7517). */
  jwks: v.object({ keys: v.pipe(v.array(v.record(v.string(), v.unknown())), v.minLength(1)) }),
});

export type Reauthentication = v.InferOutput<typeof reauthenticationSchema>;

export type ReauthenticationErrorCode = 'reauthentication-without-consent' | 'bad-reauthentication-key';

/** Re-authentication cannot be used as it was configured. */
export class ReauthenticationError extends SteadyError {
  constructor(code: ReauthenticationErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
  }
}

/** Asymmetric ones alone: with a shared secret whoever checks could sign, and `none` shows nothing. */
const ALGORITHMS = [
  ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512'],
  ...['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
];
/** How old a proof may be when it arrives. */
export const PROOF_SECONDS = 300;
/** How far the identity provider's clock may be from the receiver's. */
const TOLERANCE_SECONDS = 30;
const LONGEST_SUBJECT = 1_000;

/** Who the identity provider says has signed. */
export interface Proven {
  readonly issuer: string;
  readonly subject: string;
}

export interface ProofCheck {
  readonly required: boolean;
  /**
   * @param bound what the proof must be for: the submission, and the document that it signs
   * @throws Refusal as `PROOF_PROBLEMS` begins
   */
  check(proof: string, bound: { readonly id: string; readonly documentDigest: string }, now: Date): Promise<Proven>;
}

/** How a proof may be refused; the last two by whom it stands for. */
export const PROOF_PROBLEMS = [
  ...(['proof-missing', 'proof-invalid', 'proof-expired', 'proof-for-another'] as const),
  ...(['proof-subject-differs', 'proof-subject-taken'] as const),
] as const;

/**
 * @param study for the messages
 * @throws ReauthenticationError `bad-reauthentication-key`
 */
export async function createProofCheck(study: string, config: Reauthentication): Promise<ProofCheck> {
  const { issuer, audience, required } = config;
  const jwks = await usable(study, config.jwks.keys);
  const keys = createLocalJWKSet(jwks);
  return {
    required,
    async check(proof, { id, documentDigest }, now) {
      const { payload } = await jwtVerify(proof, keys, {
        ...{ issuer, audience, algorithms: ALGORITHMS },
        ...{ maxTokenAge: PROOF_SECONDS, clockTolerance: TOLERANCE_SECONDS, currentDate: now },
        requiredClaims: ['sub', 'nonce'],
      }).catch((error: unknown) => {
        throw refusalOf(error);
      });
      assertRecent(payload, now);
      if (payload.nonce !== `${id}.${documentDigest}`) {
        throw new Refusal('proof-for-another', 'Ask who signs again, for this very signature.');
      }
      const { sub: subject } = payload;
      if (typeof subject !== 'string' || subject === '' || subject.length > LONGEST_SUBJECT) throw invalid();
      return { issuer, subject };
    },
  };
}

/** A token that was made just now for somebody who had signed in long before shows no re-entry. */
function assertRecent({ auth_time: signedIn }: JWTPayload, now: Date): void {
  if (signedIn === undefined) return;
  if (typeof signedIn !== 'number') throw invalid();
  if (now.getTime() / 1000 - signedIn > PROOF_SECONDS + TOLERANCE_SECONDS) throw expired();
}

function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return expired(error);
  return error instanceof errors.JOSEError ? invalid(error) : error;
}

function expired(cause?: unknown): Refusal {
  return new Refusal('proof-expired', 'Ask who signs again, and send it within five minutes.', { cause });
}

function invalid(cause?: unknown): Refusal {
  return new Refusal('proof-invalid', 'Ask who signs again, where this study asks it.', { cause });
}

/** Keys that can be told apart and used, each a public one. */
async function usable(study: string, keys: readonly Readonly<Record<string, unknown>>[]): Promise<JSONWebKeySet> {
  const wrong = (index: number, what: string, cause?: unknown) =>
    new ReauthenticationError(
      'bad-reauthentication-key',
      `Re-authentication for "${study}": jwks.keys[${index}] ${what}`,
      { cause },
    );
  const seen = new Set<unknown>();
  const usableKeys: JSONWebKeySet['keys'][number][] = [];
  for (const [index, key] of keys.entries()) {
    const { kty, kid, alg } = key;
    if (typeof kty !== 'string' || !['EC', 'OKP', 'RSA'].includes(kty)) {
      throw wrong(index, 'is no public key of a signature. Its "kty" is "EC", "OKP" or "RSA".');
    }
    if ('d' in key) throw wrong(index, 'is a private key. Only the public one belongs here.');
    if (typeof alg !== 'string' || !ALGORITHMS.includes(alg)) {
      throw wrong(index, `needs an "alg", one of ${ALGORITHMS.join(', ')}.`);
    }
    if (keys.length > 1 && typeof kid !== 'string') throw wrong(index, 'needs a "kid", to tell it from the others.');
    if (seen.has(kid)) throw wrong(index, 'has the "kid" of another one. Give each its own.');
    seen.add(kid);
    const jwk = { ...key, kty };
    await importJWK(jwk, alg).catch((cause: unknown) => {
      throw wrong(index, 'cannot be read as a key. Copy it whole, as the identity provider publishes it.', cause);
    });
    usableKeys.push(jwk);
  }
  return { keys: usableKeys };
}
