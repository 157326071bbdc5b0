import * as v from 'valibot';
import { recordOf } from './record.ts';

/** What a participant can answer: a choice, several, a number, a text, or a value per row of a matrix. */
export type Value = string | number | boolean | readonly Value[] | { readonly [row: string]: Value };

/** Answers by question name. A question without an answer has no key. */
export type Answers = Readonly<Record<string, Value>>;

const name = v.pipe(v.string(), v.maxLength(200));
const scalar = v.union([v.pipe(v.string(), v.maxLength(100_000)), v.number(), v.boolean()]);

export const valueSchema: v.GenericSchema<unknown, Value> = v.union([
  scalar,
  v.pipe(v.array(scalar), v.maxLength(1_000)),
  recordOf(name, v.union([scalar, v.array(scalar)])),
]);

/** Answers that arrive from elsewhere: a draft, a submission, a file. Shape and size only; meaning is the form's. */
export const answersSchema: v.GenericSchema<unknown, Answers> = recordOf(name, valueSchema);
