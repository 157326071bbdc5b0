import * as v from 'valibot';
import { basisSchema } from './assessments-part.ts';

/**
 * The study file's `retention`: what may be erased of somebody who has left and asks for it. What the law or the protocol says
 * must stay is not in the list; signed consents and the audit never go.
 */

/**
 * `contact`: who they are. `screening`: what they answered to be screened. `questionnaires`: what they answered in assessments, and
 * the scores of it. `sessions`: what was written about their sessions, homework and reasons. `drafts`: what they typed and did not
 * send, which goes with whatever else goes.
 */
export const ERASABLE = ['contact', 'screening', 'questionnaires', 'sessions', 'drafts'] as const;

export const retentionSchema = v.strictObject({
  /** Erased when a coordinator carries out what a participant has asked for in withdrawing. */
  erase: v.pipe(v.array(v.picklist(ERASABLE)), v.minLength(1)),
  basis: v.optional(basisSchema),
});

export type Erasable = (typeof ERASABLE)[number];
