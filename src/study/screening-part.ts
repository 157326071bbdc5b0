import * as v from 'valibot';
import { conditionSchema } from './condition.ts';
import { type FormSchema, formSchema } from './form-definition.ts';
import { idSchema, isolationSchema, studyHeadSchema } from './schema.ts';
import { textSchema } from './text.ts';

/** The study file's `screening`, and `about`, which is read before it. */

/** What a participant wants to know before the first question. Texts in the Markdown subset. */
export const aboutSchema = v.strictObject({
  purpose: textSchema,
  whoCanTakePart: textSchema,
  /** What taking part involves, in order: screening, phases or sessions, follow-ups. */
  timeline: v.pipe(
    v.array(v.strictObject({ title: textSchema, duration: v.optional(textSchema), text: textSchema })),
    v.minLength(1),
  ),
  medication: v.optional(textSchema),
  placebo: v.optional(textSchema),
  runBy: textSchema,
  fundedBy: v.optional(textSchema),
});

const criterion = v.strictObject({
  id: idSchema,
  kind: v.picklist(['inclusion', 'exclusion']),
  /** The criterion as the protocol words it. */
  wording: textSchema,
  /** Kind words for a person who does not meet it. */
  explanation: v.optional(textSchema),
  when: conditionSchema,
});

export const screeningPart = <Form extends FormSchema>(form: Form) =>
  v.strictObject({
    form,
    criteria: v.pipe(v.array(criterion), v.minLength(1)),
    /** Asked only after the verdict is eligible. */
    contact: form,
    enrolment: v.picklist(['self', 'invite']),
    /** Ask nothing further once a criterion has failed. */
    stopWhenIneligible: v.optional(v.boolean()),
    /** Keep the answers of people who are not eligible. Off: verdict, failed criteria, source and day only. */
    keepIneligibleAnswers: v.optional(v.boolean()),
    isolation: v.optional(isolationSchema),
    /** What happens after a contact was received, in the study's words. */
    next: v.optional(textSchema),
  });

/** The screener's part, by a schema of its forms. */
export const screenerPart = <Form extends FormSchema>(form: Form) =>
  v.object({ ...studyHeadSchema.entries, about: v.optional(aboutSchema), screening: screeningPart(form) });

/** The screener's part of a file whose forms say nothing of SurveyJS's own interface. */
export const plainScreenerPart = screenerPart(formSchema());

export type About = v.InferOutput<typeof aboutSchema>;
export type Criterion = v.InferOutput<typeof criterion>;
export type Screening = v.InferOutput<ReturnType<typeof screeningPart>>;
export type ScreeningStudy = v.InferOutput<typeof plainScreenerPart>;
