import * as v from 'valibot';
import { idSchema, languageSchema } from '../../study/schema.ts';
import { instantSchema } from '../../submission/submission.ts';
import { submissionIdSchema } from '../../submission/submission-id.ts';
import { SMALLEST_TOLD } from '../links/link-counts.ts';
import { FLAG_KINDS } from '../store/flags-store.ts';
import { STAFF_ROLES } from './role.ts';

/** What staff and the receiver say to each other. The receiver reads requests by these; answers are described by them. */

const mode = v.picklist(['live', 'test']);
const instant = v.string();
/** Where the next page begins, as `after`; null after the last. */
const next = v.nullable(submissionIdSchema);

/** The largest page. */
export const PAGE = 200;

export const staffSchema = v.object({
  name: v.string(),
  role: v.picklist(STAFF_ROLES),
  sites: v.optional(v.array(idSchema)),
  series: v.optional(v.array(idSchema)),
  expiresAt: instant,
});

export const participantsSchema = v.object({
  participants: v.array(
    v.object({
      participant: submissionIdSchema,
      site: v.optional(idSchema),
      mode,
      /** For those who write to people; statisticians get the day. */
      enrolledAt: v.optional(instant),
      enrolledOn: v.optional(v.string()),
    }),
  ),
  next,
});

export const flagsSchema = v.object({
  flags: v.array(
    v.object({
      id: submissionIdSchema,
      kind: v.picklist(FLAG_KINDS),
      mode,
      /** Ids of whom and what it is about; a keyed hash where the id is not kept. */
      subjects: v.array(v.string()),
      raisedAt: instant,
      resolvedAt: v.optional(instant),
      /** The id of the staff token. */
      resolvedBy: v.optional(v.string()),
      note: v.optional(v.string()),
    }),
  ),
  next,
});

/** What participants have decided: by id alone, without anybody's name or answers. */
export const decisionsSchema = v.object({
  decisions: v.array(
    v.object({
      id: submissionIdSchema,
      submission: submissionIdSchema,
      participant: submissionIdSchema,
      site: v.optional(idSchema),
      mode,
      /** Of a `signed` one there is a record. */
      outcome: v.picklist(['signed', 'declined', 'deferred', 'paper', 'withdrawn']),
      /** Of the consent document. */
      version: v.optional(v.string()),
      language: v.optional(v.string()),
      /** What was withdrawn from, and whether what was collected is to be erased. */
      scope: v.optional(v.picklist(['intervention', 'study', 'authorization'])),
      erase: v.optional(v.boolean()),
      deviations: v.array(v.string()),
      receivedAt: instant,
    }),
  ),
  next,
});

const day = v.string();

/** What participants can hand in on a day and have not. */
export const dueSchema = v.object({
  /** The day that was asked for. */
  day,
  due: v.array(
    v.object({
      participant: submissionIdSchema,
      site: v.optional(idSchema),
      assessment: idSchema,
      /** `open`: not due yet. `overdue`: past the due day, with its window still open. */
      state: v.picklist(['open', 'due', 'overdue']),
      due: day,
      /** The last day of its window. */
      closes: day,
    }),
  ),
  next,
});

/** In the team's words; nobody's name belongs in it. Not every engine can keep a NUL. */
const teamWords = v.pipe(v.string(), v.minLength(1), v.maxLength(2_000), v.excludes('\0'));

const ruling = v.picklist(['release', 'keep-out']);

/** Questionnaires that are or were kept apart. */
export const keptApartSchema = v.object({
  keptApart: v.array(
    v.object({
      id: submissionIdSchema,
      submission: submissionIdSchema,
      /** Absent where nobody was signed in. */
      participant: v.optional(submissionIdSchema),
      site: v.optional(idSchema),
      mode,
      assessment: v.optional(idSchema),
      why: v.picklist(['no-consent', 'consent-declined', 'consent-withdrawn', 'mode']),
      state: v.picklist(['waiting', 'kept-out', 'released']),
      deviations: v.array(v.string()),
      receivedAt: instant,
      /** What was decided, the oldest first; `by` is the id of a staff token. */
      rulings: v.array(v.object({ ruling, reason: v.string(), by: v.string(), ruledAt: instant })),
    }),
  ),
  next,
});

/** `POST /staff/kept-apart/{submission}`. */
export const rulingSchema = v.strictObject({
  ruling,
  reason: teamWords,
});

/** `POST /flags/{id}/resolved`. */
export const resolutionSchema = v.strictObject({
  /** What was found. */
  note: teamWords,
});

/** `POST /participants/{participant}/invitation`. */
export const againSchema = v.strictObject({
  /** The device is not theirs any more: it signs nobody in and delivers nothing, from now on. */
  lost: v.optional(v.boolean()),
});

export const invitationSchema = v.object({ code: v.string(), expiresAt: instant });

export const webhookEventsSchema = v.object({
  events: v.array(
    v.object({
      id: v.string(),
      type: v.string(),
      mode,
      createdAt: instant,
      attempts: v.number(),
      /** When it is sent next. */
      dueAt: v.optional(instant),
      deliveredAt: v.optional(instant),
      gaveUpAt: v.optional(instant),
      /** The other end's last answer. */
      lastStatus: v.optional(v.number()),
      /** Why there was none: `timeout`, `unreachable`, `stopped`. */
      lastFailure: v.optional(v.string()),
    }),
  ),
  next,
});

/** An id as the team words it: `poster`, `e-mail`, `staff-meeting`. */
const channel = idSchema;
/** One line. Not every engine can keep a NUL. */
const sourceLabel = v.pipe(v.string(), v.minLength(1), v.maxLength(100), v.regex(/^[^\p{Cc}]+$/u));

/** `POST /links`. */
export const newLinkSchema = v.strictObject({
  site: v.optional(idSchema),
  channel,
  language: languageSchema,
  /** What stands with a screening that came by it; without one, site and channel. */
  source: v.optional(sourceLabel),
  expiresAt: v.optional(instantSchema),
});

const link = {
  code: v.string(),
  /** The code as it is read out. */
  grouped: v.string(),
  /** Its page, from the endpoint's own address. */
  path: v.string(),
  site: v.optional(idSchema),
  channel,
  language: languageSchema,
  source: v.string(),
  /** The id of the staff token. */
  createdBy: submissionIdSchema,
  createdAt: instant,
  expiresAt: v.optional(instant),
  state: v.picklist(['open', 'expired']),
};

export const linkSchema = v.object(link);

/** A number; `<5` where a recruiter is not told it. */
const toldCount = v.union([v.number(), v.literal(`<${SMALLEST_TOLD}`)]);

export const linksSchema = v.object({
  links: v.array(
    v.object({
      ...link,
      counts: v.object({ opened: v.number(), completed: v.number(), eligible: toldCount, consented: toldCount }),
    }),
  ),
  next,
});

/** `GET /links/{code}`, for anyone. */
export const linkStateSchema = v.object({
  code: v.string(),
  open: v.boolean(),
  /** `paused`: by the staff, for now. `closed`: by the study file. */
  state: v.picklist(['open', 'expired', 'paused', 'closed']),
  language: languageSchema,
  site: v.optional(idSchema),
});

/** `POST /recruitment`. */
export const recruitmentChangeSchema = v.strictObject({
  state: v.picklist(['open', 'paused']),
  /** Only this site; without one the whole study. */
  site: v.optional(idSchema),
});

const recruitmentState = v.picklist(['open', 'paused', 'closed']);

export const recruitmentSchema = v.object({
  recruitment: recruitmentState,
  sites: v.array(v.object({ site: idSchema, recruitment: recruitmentState })),
});

const followUpCounts = {
  people: v.number(),
  stopped: v.number(),
  left: v.number(),
  lost: v.number(),
  /** They have handed something in, and it is there; or it was erased. The others have handed in nothing. */
  analysable: v.number(),
  erased: v.number(),
  assessments: v.array(
    v.object({ assessment: idSchema, done: v.number(), missed: v.number(), left: v.number(), open: v.number() }),
  ),
};

/** `GET /staff/funnel`: numbers alone. */
export const funnelSchema = v.object({
  study: idSchema,
  mode,
  at: instant,
  opened: v.number(),
  screened: v.object({
    completed: v.number(),
    participants: v.number(),
    repeated: v.number(),
    ineligible: v.number(),
    incomplete: v.number(),
    eligible: v.number(),
  }),
  failed: v.array(v.object({ criterion: idSchema, count: v.number() })),
  enrolled: v.object({
    participants: v.number(),
    unscreened: v.number(),
    ineligible: v.number(),
    undecided: v.number(),
    declined: v.number(),
    withdrew: v.number(),
    waiting: v.number(),
  }),
  trial: v.object(followUpCounts),
  /** Not for those who must not know. */
  arms: v.optional(v.array(v.object({ arm: idSchema, ...followUpCounts }))),
});

/** `POST /participants/{participant}/erasure`. */
export const erasureRequestSchema = v.strictObject({
  /** Why, in the team's words; nobody's name belongs in it. Not every engine can keep a NUL. */
  reason: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000), v.excludes('\0')),
});
