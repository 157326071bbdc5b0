import { formSchema } from './form-definition.ts';
import { screenerPart } from './screening-part.ts';
import { APPEARANCE } from './surveyjs-appearance.ts';

/** The schemas of forms and screeners with everything that a form may say. */

export const formDefinitionSchema = formSchema(APPEARANCE);
export const screeningStudySchema = screenerPart(formDefinitionSchema);
