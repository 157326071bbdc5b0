import { z } from 'zod/mini';

/** What a participant can answer: a choice, several, a number, a text, or a value per row of a matrix. */
export type Value = string | number | boolean | readonly Value[] | { readonly [row: string]: Value };

/** Answers by question name. A question without an answer has no key. */
export type Answers = Readonly<Record<string, Value>>;

const scalar = z.union([z.string().check(z.maxLength(100_000)), z.number(), z.boolean()]);

export const valueSchema: z.ZodMiniType<Value> = z.union([
  scalar,
  z.array(scalar).check(z.maxLength(1_000)),
  z.record(z.string().check(z.maxLength(200)), z.union([scalar, z.array(scalar)])),
]);

/** Answers that arrive from elsewhere: a draft, a submission, a file. Shape and size only; meaning is the form's. */
export const answersSchema: z.ZodMiniType<Answers> = z.record(z.string().check(z.maxLength(200)), valueSchema);
