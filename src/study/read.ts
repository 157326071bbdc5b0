import type { z } from 'zod/mini';

/** No study that people wrote comes near it; what does is not a study file. In UTF-16 units. */
export const LARGEST_STUDY_FILE = 1_048_576;

/** JSON, with the byte-order mark that some editors write. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

/** A text as `schema` has it; undefined where it is not, and `explain` then says why. */
export function read<Schema extends z.ZodMiniType>(text: string, schema: Schema): z.output<Schema> | undefined {
  if (text.length > LARGEST_STUDY_FILE) return undefined;
  try {
    return schema.safeParse(parseJson(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
