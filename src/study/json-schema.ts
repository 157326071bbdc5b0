import { z } from 'zod/mini';
import { studySchema } from './schema.ts';

/** The JSON Schema (2020-12) of a study file, for editors: generated from the schema that reads it, never by hand. */
export function studyJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(studySchema, { io: 'input', unrepresentable: 'any' }),
    title: 'Steady study file',
    description: 'One trial as data: who can take part, what is asked, what is agreed to, when and how.',
  };
}
