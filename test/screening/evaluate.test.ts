import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluate, type Truth } from '../../src/screening/evaluate.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { Condition } from '../../src/study/condition.ts';
import { answersArbitrary, conditionArbitrary, SHOWN } from '../support/condition-arbitrary.ts';

const T: Condition = { question: 'yes', equals: true };
const F: Condition = { question: 'yes', equals: false };
const U: Condition = { question: 'open', equals: true };
const shown = new Set(['yes', 'open', 'age', 'since', 'role', 'shifts', 'week']);
const answers: Answers = {
  yes: true,
  age: 34,
  since: '2024-05-01',
  role: 'nurse',
  shifts: ['day', 'night'],
};

function truth(condition: Condition, more: Answers = {}): Truth {
  return evaluate(condition, { ...answers, ...more }, shown);
}

describe('evaluate, Kleene’s tables', () => {
  const operands = [T, F, U];
  const values: readonly Truth[] = [true, false, 'unknown'];
  const and: readonly Truth[] = [true, false, 'unknown', false, false, false, 'unknown', false, 'unknown'];
  const or: readonly Truth[] = [true, true, true, true, false, 'unknown', true, 'unknown', 'unknown'];

  for (const [row, left] of operands.entries()) {
    for (const [column, right] of operands.entries()) {
      const place = row * 3 + column;
      it(`${values[row]} and ${values[column]} is ${and[place]}; or is ${or[place]}`, () => {
        assert.equal(truth({ all: [left, right] }), and[place]);
        assert.equal(truth({ any: [left, right] }), or[place]);
      });
    }
    it(`not ${values[row]}`, () => {
      assert.equal(truth({ not: left }), [false, true, 'unknown'][row]);
    });
  }
});

describe('evaluate, comparisons', () => {
  const cases: readonly (readonly [string, Condition, Answers, Truth])[] = [
    ['equals', { question: 'role', equals: 'nurse' }, {}, true],
    ['equals another', { question: 'role', equals: 'md' }, {}, false],
    ['equals false, answered so', { question: 'yes', equals: false }, { yes: false }, true],
    ['equals 0, answered so', { question: 'age', equals: 0 }, { age: 0 }, true],
    ['1 is not "1"', { question: 'age', equals: '1' }, { age: 1 }, false],
    ['any of', { question: 'role', anyOf: ['md', 'nurse'] }, {}, true],
    ['none of them', { question: 'role', anyOf: ['md', 'phd'] }, {}, false],
    ['includes', { question: 'shifts', includes: 'night' }, {}, true],
    ['does not include', { question: 'shifts', includes: 'late' }, {}, false],
    ['any of several', { question: 'shifts', anyOf: ['late', 'day'] }, {}, true],
    ['at least, from below', { question: 'age', atLeast: 35 }, {}, false],
    ['at least, on it', { question: 'age', atLeast: 34 }, {}, true],
    ['at most, on it', { question: 'age', atMost: 34 }, {}, true],
    ['at most, from above', { question: 'age', atMost: 33.9 }, {}, false],
    ['a date before', { question: 'since', atLeast: '2024-05-02' }, {}, false],
    ['the day itself', { question: 'since', atLeast: '2024-05-01' }, {}, true],
    ['a date after', { question: 'since', atMost: '2024-04-30' }, {}, false],
    ['a number that is a text', { question: 'age', atLeast: 18 }, { age: '34' }, 'unknown'],
    ['a date compared with a number', { question: 'since', atLeast: 18 }, {}, 'unknown'],
    ['a date that is a word', { question: 'since', atLeast: '2024-05-01' }, { since: 'soon' }, 'unknown'],
    ['a declined date', { question: 'since', atLeast: '2024-05-01' }, { since: 'refused' }, 'unknown'],
    ['a declined number', { question: 'age', atMost: 18 }, { age: 'dontknow' }, 'unknown'],
    ['a declined choice', { question: 'role', equals: 'nurse' }, { role: 'refused' }, 'unknown'],
    ['not known', { question: 'role', anyOf: ['md'] }, { role: 'dontknow' }, 'unknown'],
    ['declined among several', { question: 'shifts', includes: 'day' }, { shifts: ['refused'] }, 'unknown'],
    ['declined, and asked for by name', { question: 'role', equals: 'refused' }, { role: 'refused' }, true],
    ['not answered', { question: 'open', equals: true }, {}, 'unknown'],
    ['answered with nothing', { question: 'role', equals: 'nurse' }, { role: '' }, 'unknown'],
    ['answered with an empty list', { question: 'shifts', includes: 'day' }, { shifts: [] }, 'unknown'],
    ['never shown', { question: 'hidden', equals: true }, { hidden: true }, false],
    ['never shown, the other way round', { not: { question: 'hidden', equals: true } }, { hidden: true }, true],
    ['a table of answers', { question: 'week', equals: 'yes' }, { week: { tired: 'yes' } }, false],
  ];
  for (const [name, condition, more, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      assert.equal(truth(condition, more), expected);
    });
  }
});

describe('evaluate, laws', () => {
  const law = (check: (a: Condition, b: Condition, given: Answers) => [Condition, Condition]) =>
    fc.assert(
      fc.property(conditionArbitrary, conditionArbitrary, answersArbitrary, (a, b, given) => {
        const [left, right] = check(a, b, given);
        assert.equal(evaluate(left, given, SHOWN), evaluate(right, given, SHOWN));
      }),
    );

  it('De Morgan', () => {
    law((a, b) => [{ not: { all: [a, b] } }, { any: [{ not: a }, { not: b }] }]);
    law((a, b) => [{ not: { any: [a, b] } }, { all: [{ not: a }, { not: b }] }]);
  });

  it('what is said twice in reverse is said once', () => {
    law((a) => [{ not: { not: a } }, a]);
  });

  it('order does not matter', () => {
    law((a, b) => [{ all: [a, b] }, { all: [b, a] }]);
    law((a, b) => [{ any: [a, b] }, { any: [b, a] }]);
  });

  it('saying a thing twice does not matter', () => {
    law((a) => [{ all: [a, a] }, a]);
    law((a) => [{ any: [a, a] }, a]);
  });

  it('what was decided stays decided when more is answered', () => {
    fc.assert(
      fc.property(conditionArbitrary, answersArbitrary, answersArbitrary, (condition, first, later) => {
        const before = evaluate(condition, first, SHOWN);
        fc.pre(before !== 'unknown');
        assert.equal(evaluate(condition, { ...later, ...first }, SHOWN), before);
      }),
    );
  });
});
