import * as v from 'valibot';
import { daySchema } from './day.ts';
import { recordOf } from './record.ts';
import { contactSchema, idSchema, isolationSchema, languageSchema, line, studyHeadSchema } from './schema.ts';
import { textSchema } from './text.ts';

/**
 * The study file's `consent`: the documents that people are asked to sign, as data. The schema says how a document is
 * written; what a document must hold by regulation is said in `consent-requirements.ts`.
 */

const consentVersionSchema = v.pipe(
  v.string(),
  v.regex(/^\d{1,4}(\.\d{1,4}){0,2}$/, 'Use one to three numbers: "2", "1.0" or "1.0.0".'),
);

/**
 * What a section can be. All but the last are the elements of informed consent that regulations name, or that taking part
 * in a trial of work asks for. `other` is whatever a study has besides.
 */
export const SECTION_KINDS = [
  'key-information',
  'purpose',
  'duration',
  'procedures',
  'experimental',
  'assignment',
  'recordings',
  'risks',
  'benefits',
  'alternatives',
  'confidentiality',
  'employment',
  'compensation',
  'injury',
  'voluntary',
  'future-use',
  'unforeseeable-risks',
  'ended-by-investigator',
  'costs',
  'consequences-of-withdrawal',
  'new-findings',
  'number-of-participants',
  'commercial-profit',
  'results',
  'genome-sequencing',
  'hipaa-authorization',
  'california-rights',
  'other',
] as const;

const part = v.strictObject({
  /** What it is about, where its section must cover certain topics; see the lint. */
  topic: idSchema,
  title: v.optional(textSchema),
  /** Markdown. */
  body: textSchema,
});

const section = v.strictObject({
  kind: v.picklist(SECTION_KINDS),
  /** The kind, where it is left out; sections of the kind `other` need their own. */
  id: v.optional(idSchema),
  title: textSchema,
  /** Markdown. */
  body: v.optional(textSchema),
  parts: v.optional(v.array(part)),
  /** Of `future-use`: which of the two statements of 45 CFR 46.116(b)(9) it makes. */
  statement: v.optional(v.picklist(['may', 'will-not'])),
});

const choiceOption = v.strictObject({ value: idSchema, text: textSchema });
const options = v.pipe(v.array(choiceOption), v.minLength(2), v.maxLength(20));

const check = v.strictObject({
  id: idSchema,
  /** The section that says it, and to which a wrong answer leads back. */
  section: idSchema,
  question: textSchema,
  options,
  /** The value of the right option. */
  answer: idSchema,
  /** Kind words after a wrong answer. */
  explanation: textSchema,
});

const choice = v.strictObject({
  id: idSchema,
  /** The section that it is shown in; without one, after the sections. */
  section: v.optional(idSchema),
  question: textSchema,
  options,
  /** False where one may sign without choosing. Nothing is ever chosen beforehand. */
  required: v.optional(v.boolean()),
});

const version = v.strictObject({
  version: consentVersionSchema,
  /** The first day on which it is signed. From then on it supersedes the version before it. */
  effective: daySchema,
  /** The first day on which it can no longer be signed. */
  expires: v.optional(daySchema),
  /** Absent while no board has approved it: live mode then takes no signature. */
  irbApproval: v.optional(v.strictObject({ id: line, day: daySchema })),
  /** Of each language but the study's first: a draft, or certified. */
  translation: v.optional(recordOf(languageSchema, v.picklist(['draft', 'certified']))),
  /** Whether those who signed an earlier version are asked again. */
  material: v.optional(v.boolean()),
  /** What differs from the version before it, in plain words. Markdown. */
  whatChanged: v.optional(textSchema),
  risk: v.picklist(['minimal', 'more-than-minimal']),
  /** False where none of the participants is asked at, or because of, their work. */
  employees: v.optional(v.boolean()),
  blocks: v.optional(
    v.strictObject({
      /** An authorization by 45 CFR 164.508: signed with the consent, or by a signature of its own. */
      hipaa: v.optional(v.picklist(['compound', 'separate'])),
      /** The experimental subject's bill of rights, California Health and Safety Code 24172. */
      california: v.optional(v.boolean()),
    }),
  ),
  sections: v.pipe(v.array(section), v.minLength(1), v.maxLength(60)),
  checks: v.optional(v.pipe(v.array(check), v.maxLength(30))),
  choices: v.optional(v.pipe(v.array(choice), v.maxLength(30))),
  /** What a signature means, shown beside it and kept in the record. */
  meaning: textSchema,
  /** Whom to ask, where it is not the study's contacts. */
  contacts: v.optional(v.pipe(v.array(contactSchema), v.minLength(1))),
});

export const consentSchema = v.strictObject({
  isolation: v.optional(isolationSchema),
  /** Oldest first. */
  versions: v.pipe(v.array(version), v.minLength(1)),
});

/** What the consent element and the receiver read of a study, whatever else the file holds. */
export const consentStudySchema = v.object({ ...studyHeadSchema.entries, consent: consentSchema });

export type SectionKind = (typeof SECTION_KINDS)[number];
export type ConsentSection = v.InferOutput<typeof section>;
export type ConsentCheck = v.InferOutput<typeof check>;
export type ConsentChoice = v.InferOutput<typeof choice>;
export type ConsentVersion = v.InferOutput<typeof version>;
export type Consent = v.InferOutput<typeof consentSchema>;
export type ConsentStudy = v.InferOutput<typeof consentStudySchema>;
