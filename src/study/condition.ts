import * as v from 'valibot';

const scalar = v.union([v.string(), v.number(), v.boolean()]);
type Scalar = string | number | boolean;

/**
 * A condition over answers, as data. One comparison each, combined by `all`, `any` and `not`.
 * `atLeast` and `atMost` compare numbers, and dates (`YYYY-MM-DD`) as text.
 */
export type Condition =
  | { question: string; equals: Scalar }
  | { question: string; anyOf: Scalar[] }
  | { question: string; includes: Scalar }
  | { question: string; atLeast: number | string }
  | { question: string; atMost: number | string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

const question = v.pipe(v.string(), v.minLength(1));
const bound = v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, '@bound'))], '@bound');

export const conditionSchema: v.GenericSchema<unknown, Condition> = v.lazy(() => anyCondition);
const conditions = v.pipe(v.array(conditionSchema), v.minLength(1));
const anyCondition: v.GenericSchema<unknown, Condition> = v.union(
  [
    v.strictObject({ question, equals: scalar }),
    v.strictObject({ question, anyOf: v.pipe(v.array(scalar), v.minLength(1)) }),
    v.strictObject({ question, includes: scalar }),
    v.strictObject({ question, atLeast: bound }),
    v.strictObject({ question, atMost: bound }),
    v.strictObject({ all: conditions }),
    v.strictObject({ any: conditions }),
    v.strictObject({ not: conditionSchema }),
  ],
  '@condition',
);
