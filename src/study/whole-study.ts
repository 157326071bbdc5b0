import * as v from 'valibot';
import { allocationSchema } from './allocation-part.ts';
import { armsSchema } from './arms-part.ts';
import { assessmentsPart, formEntry } from './assessments-part.ts';
import { consentSchema } from './consent-part.ts';
import { timeZoneSchema } from './day.ts';
import { minutesSchema } from './minutes.ts';
import { retentionSchema } from './retention-part.ts';
import { headShape } from './schema.ts';
import { aboutSchema, screeningPart } from './screening-part.ts';
import { formDefinitionSchema } from './study-file.ts';

/** The whole file, as a study team writes it. It refuses what it does not know. */
export const studySchema = v.strictObject({
  $schema: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /(^|\/)study\.schema\.json([?#].*)?$/,
        'Point it at the "study.schema.json" that comes with the kit, or remove it: is this a study file?',
      ),
    ),
  ),
  ...headShape,
  /** Whose days count where a participant's own zone is not known. */
  timeZone: v.optional(timeZoneSchema),
  about: v.optional(aboutSchema),
  screening: v.optional(screeningPart(formDefinitionSchema)),
  consent: v.optional(consentSchema),
  assessments: v.optional(assessmentsPart(formEntry(formDefinitionSchema), minutesSchema)),
  arms: v.optional(armsSchema),
  allocation: v.optional(allocationSchema),
  retention: v.optional(retentionSchema),
});

export type Study = v.InferOutput<typeof studySchema>;
