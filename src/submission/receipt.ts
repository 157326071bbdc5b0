import * as v from 'valibot';
import { submissionIdSchema } from './submission-id.ts';

/**
 * What a receiver answers to a submission that it has stored. It carries no secret and no answer, so that a replay can
 * return the very same one.
 */
export const receiptSchema = v.object({
  /** The submission's id. */
  id: submissionIdSchema,
  /** The receiver's clock, UTC. Day precision (midnight) where the receiver keeps no more than the day. */
  receivedAt: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
  /** SHA-256, hex, of the submission's RFC 8785 canonical form. */
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** The head of the audit chain that recorded it. */
  auditHead: v.optional(v.string()),
  /** What was unusual and is kept all the same, by name. */
  deviations: v.optional(v.array(v.string()), []),
  /** What comes next for this participant, where the receiver knows. */
  next: v.optional(v.string()),
});

export type Receipt = v.InferOutput<typeof receiptSchema>;

/** An error answer, RFC 9457 `application/problem+json`. */
export const problemDetailsSchema = v.object({
  type: v.optional(v.string(), 'about:blank'),
  title: v.optional(v.string()),
  status: v.optional(v.number()),
  detail: v.optional(v.string()),
});

export type ProblemDetails = v.InferOutput<typeof problemDetailsSchema>;
