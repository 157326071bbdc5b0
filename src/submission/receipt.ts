import { z } from 'zod/mini';
import { submissionIdSchema } from './submission-id.ts';

/**
 * What a receiver answers to a submission that it has stored. It carries no secret and no answer, so that a replay can
 * return the very same one.
 */
export const receiptSchema = z.object({
  /** The submission's id. */
  id: submissionIdSchema,
  /** The receiver's clock, UTC. Day precision (midnight) where the receiver keeps no more than the day. */
  receivedAt: z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  /** SHA-256, hex, of the submission's RFC 8785 canonical form. */
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The head of the audit chain that recorded it. */
  auditHead: z.optional(z.string()),
  /** What was unusual and is kept all the same, by name. */
  deviations: z._default(z.array(z.string()), []),
  /** What comes next for this participant, where the receiver knows. */
  next: z.optional(z.string()),
});

export type Receipt = z.output<typeof receiptSchema>;

/** An error answer, RFC 9457 `application/problem+json`. */
export const problemDetailsSchema = z.object({
  type: z._default(z.string(), 'about:blank'),
  title: z.optional(z.string()),
  status: z.optional(z.number()),
  detail: z.optional(z.string()),
});

export type ProblemDetails = z.output<typeof problemDetailsSchema>;
