import * as v from 'valibot';

/** No study that people wrote comes near it; what does is not a study file. In UTF-16 units. */
export const LARGEST_STUDY_FILE = 1_048_576;

/** JSON, with the byte-order mark that some editors write. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

/** What untrusted text says as JSON; undefined where it is none, which JSON itself cannot say. */
export function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A value as `schema` has it; undefined where it is not. */
export function fitted<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

/** A text as `schema` has it; undefined where it is not, and `explain` then says why. */
export function read<Schema extends v.GenericSchema>(text: string, schema: Schema): v.InferOutput<Schema> | undefined {
  if (text.length > LARGEST_STUDY_FILE) return undefined;
  try {
    return fitted(schema, parseJson(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
