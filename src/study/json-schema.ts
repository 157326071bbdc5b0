import { toJsonSchema } from '@valibot/to-json-schema';
import { studySchema } from './whole-study.ts';

/** The JSON Schema of a study file, for editors: generated from the schema that reads it, never by hand. */
export function studyJsonSchema(): Record<string, unknown> {
  return {
    ...toJsonSchema(studySchema, { typeMode: 'input', target: 'draft-2020-12', errorMode: 'ignore' }),
    title: 'Steady study file',
    description: 'One trial as data: who can take part, what is asked, what is agreed to, when and how.',
  };
}
