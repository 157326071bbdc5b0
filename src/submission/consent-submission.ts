import * as v from 'valibot';
import {
  checksSchema,
  choicesSchema,
  consentEventSchema,
  eventsSchema,
  outcomeSchema,
  signatureSchema,
} from '../study/consent-answers.ts';
import { envelope, submissionIdSchema } from './submission.ts';

/**
 * What a consent element posts, with the participant's token: the outcome of one reading of one version, or a withdrawal.
 * Apart from `submissionSchema`, so that a receiver takes them only where it knows how to judge them.
 */

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const reading = {
  ...envelope,
  kind: v.literal('consent'),
  /** The consent version, which is not the study's. */
  version: v.pipe(v.string(), v.minLength(1), v.maxLength(20)),
  /** Of the document as it was shown, in the language of `locale`: see `documentDigest`. */
  documentDigest: sha256,
  /**
   * The participant's last decision that this reading knew of, by its submission; absent where there was none. Whoever
   * decided otherwise elsewhere since then is not overruled by a signature that waited in a queue.
   */
  after: v.optional(submissionIdSchema),
};

export const signedSubmissionSchema = v.strictObject({
  ...reading,
  outcome: v.literal('signed'),
  choices: choicesSchema,
  checks: checksSchema,
  signature: signatureSchema,
  /** Of document, answers and signature block together: see `statementDigest`. */
  statementDigest: sha256,
  events: eventsSchema,
  /**
   * Where the signer has shown again who they are: a JWT of an identity provider, its `nonce` the submission's id, a full
   * stop, and `documentDigest`. It is checked on arrival and not kept.
   */
  proof: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(8_192))),
});

/** Of those who did not sign nothing travels but that, and when: neither what they read nor what they chose. */
export const unsignedSubmissionSchema = v.strictObject({
  ...reading,
  outcome: v.picklist(['declined', 'deferred', 'paper']),
  events: v.pipe(
    v.array(consentEventSchema),
    v.maxLength(2),
    v.check((events) => events.every(({ type }) => type === 'opened' || v.is(outcomeSchema, type))),
  ),
});

export const withdrawalSubmissionSchema = v.strictObject({
  ...envelope,
  kind: v.literal('withdrawal'),
  /**
   * `intervention`: no more sessions, questionnaires go on. `study`: nothing more. `authorization`: health information may
   * no longer be used (45 CFR 164.508(b)(5)), which ends neither of the others.
   */
  scope: v.picklist(['intervention', 'study', 'authorization']),
  /** Whether what was collected so far is to be erased, as far as the study may. */
  erase: v.boolean(),
});

export const consentSubmissionSchema = v.variant('kind', [
  v.variant('outcome', [signedSubmissionSchema, unsignedSubmissionSchema]),
  withdrawalSubmissionSchema,
]);

export type SignedSubmission = v.InferOutput<typeof signedSubmissionSchema>;
export type UnsignedSubmission = v.InferOutput<typeof unsignedSubmissionSchema>;
export type WithdrawalSubmission = v.InferOutput<typeof withdrawalSubmissionSchema>;
export type ConsentSubmission = v.InferOutput<typeof consentSubmissionSchema>;
