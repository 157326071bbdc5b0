import { z } from 'zod/mini';
import { conditionSchema } from './condition.ts';
import { formDefinitionSchema } from './form-definition.ts';
import { textSchema } from './text.ts';

/**
 * The study file, version 1: one trial as data. The parts that an element needs stand apart, so that an element reads
 * only its own; `studySchema` is the whole file and refuses what it does not know.
 */

export const idSchema = z
  .string()
  .check(
    z.regex(
      /^[a-z0-9][a-z0-9-]{0,62}$/,
      'Use lower-case letters, digits and hyphens, starting with a letter or digit, 63 at most: "baseline-2".',
    ),
  );
const versionSchema = z.string().check(z.regex(/^\d+\.\d+\.\d+$/, 'Use three numbers: "1.0.0".'));
const languageSchema = z
  .string()
  .check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Name the language by its tag: "en", "es", "pt-BR".'));
const webAddress = z
  .string()
  .check(z.regex(/^https:\/\/[^\s]+$/, 'Write the whole address, starting with https://, without spaces.'));
const mailAddress = z.string().check(z.regex(/^[^@\s]+@[^@\s]+$/, 'Write one address, like "team@example.org".'));
const line = z.string().check(z.minLength(1), z.maxLength(500));

const contact = z.strictObject({
  /** `safety` is whom the receiver alerts; it is not part of the public study. */
  role: z.enum(['research', 'rights', 'injury', 'safety']),
  name: line,
  phone: z.optional(line),
  email: z.optional(mailAddress),
  /** True while the contact is not a real one. A receiver in live mode refuses such a study. */
  placeholder: z.optional(z.boolean()),
});

const resource = z.strictObject({
  title: textSchema,
  phone: z.optional(line),
  url: z.optional(webAddress),
  note: z.optional(textSchema),
});

const site = z.strictObject({
  id: idSchema,
  title: line,
  organisation: z.optional(line),
  size: z.optional(z.union([z.number(), line])),
  placeholder: z.optional(z.boolean()),
});

const criterion = z.strictObject({
  id: idSchema,
  kind: z.enum(['inclusion', 'exclusion']),
  /** The criterion as the protocol words it. */
  wording: textSchema,
  /** Kind words for a person who does not meet it. */
  explanation: z.optional(textSchema),
  when: conditionSchema,
});

export const screeningSchema = z.strictObject({
  form: formDefinitionSchema,
  criteria: z.array(criterion).check(z.minLength(1)),
  /** Asked only after the verdict is eligible. */
  contact: formDefinitionSchema,
  enrolment: z.enum(['self', 'invite']),
  /** Ask nothing further once a criterion has failed. */
  stopWhenIneligible: z.optional(z.boolean()),
  /** Keep the answers of people who are not eligible. Off: verdict, failed criteria, source and day only. */
  keepIneligibleAnswers: z.optional(z.boolean()),
  /** What happens after a contact was received, in the study's words. */
  next: z.optional(textSchema),
});

const headShape = {
  id: idSchema,
  version: versionSchema,
  title: textSchema,
  languages: z.array(languageSchema).check(z.minLength(1)),
  sponsor: z.optional(line),
  principalInvestigator: z.optional(line),
  registry: z.optional(line),
  irb: z.optional(line),
  recruitment: z.optional(z.enum(['open', 'closed'])),
  contacts: z.array(contact).check(z.minLength(1)),
  resources: z.optional(z.array(resource)),
  sites: z.optional(z.array(site)),
};

/** What every element reads, whatever else the file holds. `mode` is added by a receiver when it serves the study. */
export const studyHeadSchema = z.object({ ...headShape, mode: z.optional(z.enum(['live', 'test'])) });

/** The screener's part. */
export const screeningStudySchema = z.extend(studyHeadSchema, { screening: screeningSchema });

/** The whole file, as a study team writes it. */
export const studySchema = z.strictObject({
  $schema: z.optional(
    z
      .string()
      .check(
        z.regex(
          /(^|\/)study\.schema\.json([?#].*)?$/,
          'Point it at the "study.schema.json" that comes with the kit, or remove it: is this a study file?',
        ),
      ),
  ),
  ...headShape,
  screening: z.optional(screeningSchema),
});

export type Contact = z.output<typeof contact>;
export type Resource = z.output<typeof resource>;
export type Site = z.output<typeof site>;
export type Criterion = z.output<typeof criterion>;
export type Screening = z.output<typeof screeningSchema>;
export type StudyHead = z.output<typeof studyHeadSchema>;
export type ScreeningStudy = z.output<typeof screeningStudySchema>;
export type Study = z.output<typeof studySchema>;
