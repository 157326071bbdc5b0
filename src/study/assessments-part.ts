import * as v from 'valibot';
import { durationSchema, responseTimeSchema } from './duration.ts';
import type { FormSchema } from './form-definition.ts';
import { recordOf } from './record.ts';
import { idSchema, isolationSchema } from './schema.ts';
import { textSchema } from './text.ts';

/**
 * The study file's `assessments`: what is asked of everybody, and when. They are part of the public study, so nothing here
 * may tell one arm from another; every participant has all of them.
 */

/** Days that something else than an assessment says: what a receiver records of a participant, or of their site. */
export const RECORDED_ANCHORS = ['consent', 'allocation', 'site-start'] as const;

/** What a source leaves open and the study decided, or where a decision is from. For people; it changes nothing. */
export const basisSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(2_000));

export const instrumentIdSchema = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,62}$/, '@instrument'));

const instrumentEntry = v.strictObject({
  id: instrumentIdSchema,
  /** The words, or all of the instrument, are in a file that the site brings: the kit has no right to them. */
  items: v.optional(v.literal('site')),
  /** Whether the kit's own rule about missing items counts, where none was published. Off unless it is said. */
  kitRules: v.optional(v.boolean()),
  /** What is told before it: which system is meant, whom "clients" are here. Its own instructions stay. Markdown. */
  introduction: v.optional(textSchema),
  basis: v.optional(basisSchema),
});

/** In a study file: `"phq8"`, or `{ "id": "ces", "items": "site" }`. */
const instrumentSchema = v.pipe(
  v.union([instrumentIdSchema, instrumentEntry], '@instrument-entry'),
  v.transform((entry): InstrumentEntry => (typeof entry === 'string' ? { id: entry } : entry)),
);

/** A form that an earlier assessment has: the same questions again, written once. */
const sameForm = v.strictObject({ sameAs: idSchema });

/** How long something takes: a questionnaire, a session. */
export const minutesSchema = v.pipe(v.number(), v.integer('@minutes'), v.minValue(1), v.maxValue(600));

const assessment = <Form extends FormSchema>(form: Form) =>
  v.strictObject({
    id: idSchema,
    title: textSchema,
    /** From which day it is counted: one of `RECORDED_ANCHORS`, or another assessment. */
    anchor: idSchema,
    /**
     * Of an anchor that is an assessment: its due day, which stands from the start, or the day on which it was done.
     * Default `due`, so that a late answer moves nothing (clinical default 16: week 12 counts from the allocation, and the
     * six months from week 12).
     */
    from: v.optional(v.picklist(['due', 'done'])),
    /** The due day is the anchor's day and this. */
    offset: durationSchema,
    /** From how long before the due day until how long after it. Both ends belong to it. */
    window: v.strictObject({ before: durationSchema, after: durationSchema }),
    /** `open`: taken from anybody, without a participant's token. Default `participant`. */
    access: v.optional(v.picklist(['participant', 'open'])),
    isolation: v.optional(isolationSchema),
    /** Asked in this order, before the forms. */
    instruments: v.optional(v.pipe(v.array(instrumentSchema), v.minLength(1), v.maxLength(30))),
    /** The study's own questions, by a name that answers are kept under. */
    forms: v.optional(recordOf(idSchema, v.union([...form.options, sameForm]))),
    /** How long it takes, for whoever decides when to begin. */
    minutes: v.optional(minutesSchema),
    /** `false`: every item must be answered. Default: one is asked gently, once, and may go on. */
    skipping: v.optional(v.boolean()),
    /**
     * What participants see of their own scores afterwards, as a course over time. Default `none`: to show scores, and even
     * more so to name bands, in the middle of a trial can change what is measured.
     */
    feedback: v.optional(v.picklist(['none', 'scores', 'scores-and-bands'])),
    /**
     * Within how long the contact with the role `safety` answers when an answer speaks of danger. An instrument with such
     * an item (the PHQ-9) is not asked without it.
     */
    safety: v.optional(v.strictObject({ respondsWithin: responseTimeSchema })),
    basis: v.optional(basisSchema),
  });

/** The part, by a schema of its forms: the whole file's has everything that a form may say. */
export const assessmentsPart = <Form extends FormSchema>(form: Form) =>
  v.pipe(v.array(assessment(form)), v.minLength(1), v.maxLength(100));

export type InstrumentEntry = v.InferOutput<typeof instrumentEntry>;
export type Assessment = v.InferOutput<ReturnType<typeof assessment>>;
export type FormEntry = NonNullable<Assessment['forms']>[string];
