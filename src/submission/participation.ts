import * as v from 'valibot';
import { recordOf } from '../study/record.ts';
import { idSchema, languageSchema } from '../study/schema.ts';
import { myAssessmentSchema } from './my-assessment.ts';
import { mySessionsSchema } from './my-sessions.ts';
import { secretHashSchema } from './submission.ts';
import { submissionIdSchema } from './submission-id.ts';
import { instant } from './times.ts';

/** What a participant's browser and a receiver say to each other beside submissions; the same schemas at both ends. */

/** `POST /participants`: spends an invitation, or moves a participant to this device. */
export const enrolmentRequestSchema = v.strictObject({
  /** The code itself, as it was written or typed. */
  invite: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  tokenHash: secretHashSchema,
  writeHash: secretHashSchema,
  /** Of a code for the way back, made by this browser. */
  returnHash: v.optional(secretHashSchema),
  /** What the study asks beside the code, such as a year of birth. */
  check: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
});

/** Its answer: who this is to the study. */
export const enrolmentSchema = v.object({
  participant: submissionIdSchema,
  site: v.optional(idSchema),
  enrolledAt: instant,
});

/** What stands in a `check-wrong` problem, beside its usual members. */
export const checkWrongSchema = v.object({ triesLeft: v.number() });

/**
 * Where a participant stands with the study's consent, and what they are asked to sign. Versions are the document's, not
 * the study's.
 */
export const myConsentSchema = v.object({
  /** `none` also after an outcome that decides nothing: put off, or asked for on paper. */
  state: v.picklist(['none', 'signed', 'declined', 'withdrawn']),
  /** Signed last. */
  version: v.optional(v.string()),
  /** The last decision, by its submission: what a reading that starts now names as its own `after`. */
  after: v.optional(submissionIdSchema),
  /** The version that a signature is asked under; absent where what was signed stands. */
  asked: v.optional(
    v.object({
      version: v.string(),
      /** `again`: those who signed `since` are asked anew, because the document has changed in what matters. */
      reason: v.picklist(['first', 'again']),
      since: v.optional(v.string()),
      /** By each language of the study: why it cannot be signed in it today, as the consent room's `obstacles` says it. */
      obstacles: recordOf(v.string(), v.array(v.string())),
    }),
  ),
  /** `withdrawn`: no more sessions. The consent itself may stand. */
  intervention: v.picklist(['open', 'withdrawn']),
  authorization: v.picklist(['open', 'revoked']),
  /** What was signed, the oldest first: `GET /me/records/{submission}` has each. */
  records: v.array(
    v.object({ submission: submissionIdSchema, version: v.string(), language: v.string(), receivedAt: instant }),
  ),
});

/** `GET /me`: who this is, and which step is next. */
export const meSchema = v.object({
  ...enrolmentSchema.entries,
  mode: v.picklist(['live', 'test']),
  recruitment: v.picklist(['open', 'closed']),
  steps: v.array(
    v.object({
      /** `screening`, `contact`, `consent`, `questionnaire`, `session`. */
      id: v.string(),
      state: v.picklist(['due', 'done']),
      /** When it was done. */
      at: v.optional(instant),
    }),
  ),
  /** The step to take now; null where there is none. */
  next: v.nullable(v.string()),
  /** Absent where the study asks for none. */
  consent: v.optional(myConsentSchema),
  /** In the study's order; absent where it has none. What was over before somebody took part is not among theirs. */
  assessments: v.optional(v.array(myAssessmentSchema)),
  /** Absent before the allocation, where the study has no arms, and for whoever has declined or left the study. */
  sessions: v.optional(mySessionsSchema),
});

/**
 * `GET /me/scores`: a participant's own course over time, as far as the study lets them see it; the oldest first.
 */
export const myScoresSchema = v.array(
  v.object({
    assessment: idSchema,
    /** When it was handed in. */
    at: instant,
    instrument: v.string(),
    subscale: v.string(),
    /** Not rounded; null where the published rule gives none. */
    score: v.nullable(v.number()),
    /** What scores of this subscale are called, from the lowest: only where the study lets bands be seen. */
    bands: v.optional(
      v.array(
        v.object({
          ...{ label: v.string(), min: v.number(), max: v.number() },
          ...{ minInclusive: v.boolean(), maxInclusive: v.boolean() },
        }),
      ),
    ),
  }),
);

/** `POST /me/calendar`: in which language its appointments are called what they are. */
export const calendarRequestSchema = v.strictObject({ language: languageSchema });

/**
 * Its answer, told once: the address of the participant's own feed, to be resolved against the endpoint's. Whoever has it
 * sees times, and nothing else.
 */
export const calendarFeedSchema = v.object({
  address: v.pipe(v.string(), v.regex(/^calendar\/[\w-]{20,100}\.ics$/)),
  madeAt: instant,
});

/** `PUT /me/return`: a new code for the way back; the unspent one before it is worth nothing from then on. */
export const returnRequestSchema = v.strictObject({ returnHash: secretHashSchema });

/** What names a draft among a participant's own. */
export const draftKeySchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));

/** `PUT /me/drafts/{key}`: a draft, without what only a tab keeps. */
export { keptDraftSchema } from './draft.ts';

export type EnrolmentRequest = v.InferOutput<typeof enrolmentRequestSchema>;
export type Enrolment = v.InferOutput<typeof enrolmentSchema>;
export type MyConsent = v.InferOutput<typeof myConsentSchema>;
export type MyScores = v.InferOutput<typeof myScoresSchema>;
export type CalendarRequest = v.InferOutput<typeof calendarRequestSchema>;
export type CalendarFeed = v.InferOutput<typeof calendarFeedSchema>;
export type Me = v.InferOutput<typeof meSchema>;
export type ReturnRequest = v.InferOutput<typeof returnRequestSchema>;
export type { KeptDraft } from './draft.ts';
export type { MyAssessment } from './my-assessment.ts';
export type { MySession, MySessions } from './my-sessions.ts';
