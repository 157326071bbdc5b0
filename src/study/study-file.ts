import { formSchema } from './form-definition.ts';
import { screenerPart, wholeStudy } from './schema.ts';
import { APPEARANCE } from './surveyjs-appearance.ts';

/** The schemas by which study files are read, with everything that a form may say. */

export const formDefinitionSchema = formSchema(APPEARANCE);
export const screeningStudySchema = screenerPart(formDefinitionSchema);
export const studySchema = wholeStudy(formDefinitionSchema);
