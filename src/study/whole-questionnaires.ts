import * as v from 'valibot';
import { assessmentsPart, formEntry } from './assessments-part.ts';
import { expandSites } from './expand-sites.ts';
import { explain } from './explain.ts';
import { read } from './read.ts';
import { studyHeadSchema } from './schema.ts';
import { formDefinitionSchema } from './study-file.ts';

const wholeSchema = v.object({
  ...studyHeadSchema.entries,
  assessments: v.optional(assessmentsPart(formEntry(formDefinitionSchema))),
});

/**
 * The questionnaires' part of a study with its forms, which the first page does without.
 *
 * @throws StudyError with every problem found in these parts, each with its path and fix
 */
export function readWholeQuestionnaires(text: string, file: string): v.InferOutput<typeof wholeSchema> {
  const study = read(text, wholeSchema);
  if (study === undefined) throw explain(text, file, wholeSchema);
  const entries = (study.assessments ?? []).flatMap(({ forms = {} }) => Object.values(forms));
  expandSites(
    entries.flatMap((entry) => ('sameAs' in entry ? [] : [entry])),
    study.sites,
  );
  return study;
}
