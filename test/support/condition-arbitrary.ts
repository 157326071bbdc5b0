import fc from 'fast-check';
import type { Answers } from '../../src/study/answers.ts';
import type { Condition } from '../../src/study/condition.ts';

/** Random conditions and answers over the same few questions, so that they meet. */

const scalar = fc.constantFrom<string | number | boolean>('nurse', 'md', 'refused', true, false, 17, 18, 65);
const date = fc.constantFrom('2024-01-01', '2025-06-30', '2026-12-31');
const question = fc.constantFrom('role', 'age', 'since', 'shifts', 'hidden');

/** What the form shows: all but `hidden`. */
export const SHOWN: ReadonlySet<string> = new Set(['role', 'age', 'since', 'shifts']);

const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ question, equals: scalar }),
  fc.record({ question, includes: scalar }),
  fc.record({ question, anyOf: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ question, atLeast: fc.oneof(fc.constantFrom(17, 18, 65), date) }),
  fc.record({ question, atMost: fc.oneof(fc.constantFrom(17, 18, 65), date) }),
);

export const conditionArbitrary: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
})).condition;

export const answersArbitrary: fc.Arbitrary<Answers> = fc.record(
  {
    role: fc.constantFrom('nurse', 'md', 'refused', 'dontknow', ''),
    age: fc.constantFrom(17, 18, 64, 65, 'seventeen', 'refused'),
    since: fc.oneof(date, fc.constantFrom('refused', 'soon')),
    shifts: fc.uniqueArray(fc.constantFrom('nurse', 'md', 'refused'), { maxLength: 2 }),
    hidden: scalar,
  },
  { requiredKeys: [] },
);
