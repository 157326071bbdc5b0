import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluate } from '../../src/screening/evaluate.ts';
import { verdict } from '../../src/screening/verdict.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { Condition } from '../../src/study/condition.ts';
import type { Criterion } from '../../src/study/screening-part.ts';
import { asText } from '../../src/study/text.ts';
import { answersArbitrary, conditionArbitrary, SHOWN } from '../support/condition-arbitrary.ts';

function criterion(kind: Criterion['kind'], when: Condition, id: string = kind): Criterion {
  return { id, kind, wording: asText(id), when };
}

const adult = criterion('inclusion', { question: 'age', atLeast: 18 }, 'adult');
const away = criterion('exclusion', { question: 'role', equals: 'md' }, 'away');

describe('verdict', () => {
  const cases: readonly (readonly [string, Answers, ReturnType<typeof verdict>])[] = [
    ['all met', { age: 18, role: 'nurse' }, { verdict: 'eligible', failed: [], unknown: [] }],
    ['an inclusion not met', { age: 17, role: 'nurse' }, { verdict: 'ineligible', failed: ['adult'], unknown: [] }],
    ['an exclusion met', { age: 18, role: 'md' }, { verdict: 'ineligible', failed: ['away'], unknown: [] }],
    ['both', { age: 17, role: 'md' }, { verdict: 'ineligible', failed: ['adult', 'away'], unknown: [] }],
    [
      'an exclusion met, the rest open',
      { role: 'md' },
      { verdict: 'ineligible', failed: ['away'], unknown: ['adult'] },
    ],
    ['an inclusion open', { role: 'nurse' }, { verdict: 'incomplete', failed: [], unknown: ['adult'] }],
    ['an exclusion open', { age: 18 }, { verdict: 'incomplete', failed: [], unknown: ['away'] }],
    ['nothing answered', {}, { verdict: 'incomplete', failed: [], unknown: ['adult', 'away'] }],
    ['declined', { age: 18, role: 'refused' }, { verdict: 'incomplete', failed: [], unknown: ['away'] }],
  ];
  for (const [name, answers, expected] of cases) {
    it(name, () => {
      assert.deepEqual(verdict([adult, away], answers, SHOWN), expected);
    });
  }

  it('takes a question that is never shown as not applicable: it includes nobody and excludes nobody', () => {
    const hidden: Condition = { question: 'hidden', equals: true };
    assert.deepEqual(verdict([criterion('inclusion', hidden)], { hidden: true }, SHOWN).failed, ['inclusion']);
    assert.equal(verdict([criterion('exclusion', hidden)], { hidden: true }, SHOWN).verdict, 'eligible');
  });
});

describe('verdict, whatever the criteria', () => {
  const criteria = fc
    .array(fc.tuple(fc.constantFrom('inclusion' as const, 'exclusion' as const), conditionArbitrary), {
      minLength: 1,
      maxLength: 5,
    })
    .map((all) => all.map(([kind, when], index) => criterion(kind, when, `c${index}`)));

  it('does not depend on their order', () => {
    const shuffled = criteria.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, answersArbitrary, ([all, mixed], answers) => {
        const one = verdict(all, answers, SHOWN);
        const other = verdict(mixed, answers, SHOWN);
        assert.equal(one.verdict, other.verdict);
        assert.deepEqual([...one.failed].sort(), [...other.failed].sort());
        assert.deepEqual([...one.unknown].sort(), [...other.unknown].sort());
      }),
    );
  });

  it('lets an exclusion that is met outweigh whatever is unknown', () => {
    fc.assert(
      fc.property(criteria, answersArbitrary, (all, answers) => {
        const met = criterion('exclusion', { any: [{ question: 'role', equals: 'md' }] }, 'met');
        const result = verdict([...all, met], { ...answers, role: 'md' }, SHOWN);
        assert.equal(result.verdict, 'ineligible');
        assert.ok(result.failed.includes('met'));
      }),
    );
  });

  it('is never undone by answering more', () => {
    fc.assert(
      fc.property(criteria, answersArbitrary, answersArbitrary, (all, first, later) => {
        const before = verdict(all, first, SHOWN);
        const after = verdict(all, { ...later, ...first }, SHOWN);
        for (const id of before.failed) assert.ok(after.failed.includes(id));
        for (const id of after.unknown) assert.ok(before.unknown.includes(id));
        if (before.verdict !== 'incomplete') assert.equal(after.verdict, before.verdict);
      }),
    );
  });

  it('names each criterion once, as failed, as unknown, or not at all', () => {
    fc.assert(
      fc.property(criteria, answersArbitrary, (all, answers) => {
        const { failed, unknown } = verdict(all, answers, SHOWN);
        const met = all
          .filter(({ kind, when }) => evaluate(when, answers, SHOWN) === (kind === 'inclusion'))
          .map(({ id }) => id);
        assert.deepEqual([...failed, ...unknown, ...met].sort(), all.map(({ id }) => id).sort());
      }),
    );
  });
});
