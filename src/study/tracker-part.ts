import * as v from 'valibot';
import { idSchema, isolationSchema, studyHeadSchema } from './schema.ts';
import { textSchema } from './text.ts';

/**
 * What the session tracker reads of a study file: its head, what assessments are called, and whether anything of it is filled
 * in on the endpoint's own origin alone. Sessions are told to their participant, not to whoever reads the public file.
 */

const isolated = v.optional(v.object({ isolation: v.optional(isolationSchema) }));

export const trackerStudySchema = v.object({
  ...studyHeadSchema.entries,
  assessments: v.optional(
    v.array(
      v.object({
        id: idSchema,
        title: textSchema,
        minutes: v.optional(v.number()),
        isolation: v.optional(isolationSchema),
      }),
    ),
  ),
  consent: isolated,
});

export type TrackerStudy = v.InferOutput<typeof trackerStudySchema>;

/** What is shown here was told to one participant: it is kept apart wherever their answers are. */
export function isKeptApart({ assessments = [], consent }: TrackerStudy): boolean {
  return [consent, ...assessments].some((part) => part?.isolation === 'required');
}
