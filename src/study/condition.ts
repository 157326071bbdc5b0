import { z } from 'zod/mini';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
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

const question = z.string().check(z.minLength(1));
const boundWords = 'Compare with a number, or with a date as "2026-01-31".';
const bound = z.union([z.number(), z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, boundWords))], boundWords);

export const conditionSchema: z.ZodMiniType<Condition> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ question, equals: scalar }),
      z.strictObject({ question, anyOf: z.array(scalar).check(z.minLength(1)) }),
      z.strictObject({ question, includes: scalar }),
      z.strictObject({ question, atLeast: bound }),
      z.strictObject({ question, atMost: bound }),
      z.strictObject({ all: z.array(conditionSchema).check(z.minLength(1)) }),
      z.strictObject({ any: z.array(conditionSchema).check(z.minLength(1)) }),
      z.strictObject({ not: conditionSchema }),
    ],
    'Write a condition, like { "question": "age", "atLeast": 18 }.',
  ),
);
