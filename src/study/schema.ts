import * as v from 'valibot';
import { textSchema } from './text.ts';

/**
 * The study file, version 1: one trial as data. The head stands here; each part has a file of its own, so that an element fetches and reads only what it needs. The whole file is put together in `whole-study.ts`.
 */

export const idSchema = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, '@id'));
const versionSchema = v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, '@version'));
export const languageSchema = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, '@language'));
const webAddress = v.pipe(v.string(), v.regex(/^https:\/\/[^\s]+$/, '@address'));
const mailAddress = v.pipe(v.string(), v.regex(/^[^@\s]+@[^@\s]+$/, '@mail'));
/** A name, a number: the same in every language. */
export const line = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

export const contactSchema = v.strictObject({
  /** `safety` is whom the receiver alerts; it is not part of the public study. */
  role: v.picklist(['research', 'rights', 'injury', 'safety']),
  name: line,
  phone: v.optional(line),
  email: v.optional(mailAddress),
  /** True while the contact is not a real one. A receiver in live mode refuses such a study. */
  placeholder: v.optional(v.boolean()),
});

const resource = v.strictObject({
  title: textSchema,
  phone: v.optional(line),
  url: v.optional(webAddress),
  note: v.optional(textSchema),
});

const site = v.strictObject({
  id: idSchema,
  title: line,
  organisation: v.optional(line),
  size: v.optional(v.union([v.number(), line])),
  /** Whom to ask about this site, where it is not the study team. */
  phone: v.optional(line),
  email: v.optional(mailAddress),
  placeholder: v.optional(v.boolean()),
});

/**
 * Where a part is filled in. `required`: only on the endpoint's own origin, in a frame or on the hosted page, never in the
 * host page itself.
 */
export const isolationSchema = v.picklist(['required']);

export const headShape = {
  id: idSchema,
  version: versionSchema,
  title: textSchema,
  languages: v.pipe(v.array(languageSchema), v.minLength(1)),
  sponsor: v.optional(line),
  principalInvestigator: v.optional(line),
  registry: v.optional(line),
  irb: v.optional(line),
  recruitment: v.optional(v.picklist(['open', 'closed'])),
  contacts: v.pipe(v.array(contactSchema), v.minLength(1)),
  resources: v.optional(v.array(resource)),
  sites: v.optional(v.array(site)),
};

/** What every element reads, whatever else the file holds. `mode` is added by a receiver when it serves the study. */
export const studyHeadSchema = v.object({ ...headShape, mode: v.optional(v.picklist(['live', 'test'])) });

export type Contact = v.InferOutput<typeof contactSchema>;
export type Resource = v.InferOutput<typeof resource>;
export type Site = v.InferOutput<typeof site>;
export type StudyHead = v.InferOutput<typeof studyHeadSchema>;
export type { Study } from './whole-study.ts';
