import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { possibleValues, scaleOf } from '../../src/study/choice-values.ts';
import type { QuestionDefinition } from '../../src/study/form-definition.ts';
import { choiceValue } from '../../src/study/form-walk.ts';
import { compilePattern } from '../../src/study/pattern.ts';

type Rating = Extract<QuestionDefinition, { type: 'rating' }>;

describe('scaleOf', () => {
  const cases: readonly (readonly [Partial<Rating>, readonly (string | number)[]])[] = [
    [{}, [1, 2, 3, 4, 5]],
    [{ rateMin: 0 }, [0, 1, 2, 3, 4, 5]],
    [{ rateMax: 3 }, [1, 2, 3]],
    [{ rateMin: 0, rateMax: 10, rateStep: 3 }, [0, 3, 6, 9]],
    [{ rateMin: 1, rateMax: 2, rateStep: 0.25 }, [1, 1.25, 1.5, 1.75, 2]],
    [{ rateMin: 0, rateMax: 0.3, rateStep: 0.1 }, [0, 0.1, 0.2, 0.3]],
    [{ rateCount: 3 }, [1, 2, 3]],
    [{ rateMin: 10, rateCount: 3 }, [10, 11, 12]],
    [{ rateValues: [1, { value: 'much' }] }, [1, 'much']],
    [{ rateValues: [] }, [1, 2, 3, 4, 5]],
    [{ rateValues: [1, 2], autoGenerate: true }, [1, 2, 3, 4, 5]],
    [{ rateMin: 5, rateMax: 1 }, []],
    [{ rateStep: 0 }, []],
    [{ rateStep: -1 }, []],
    [{ rateMax: 1e9 }, []],
  ];
  for (const [properties, steps] of cases) {
    it(`${JSON.stringify(properties)}: ${steps.join(' ')}`, () => {
      assert.deepEqual(scaleOf({ type: 'rating', name: 'stress', ...properties }).map(choiceValue), steps);
    });
  }
});

describe('possibleValues', () => {
  it('adds the special choices after the study’s own', () => {
    const question: QuestionDefinition = {
      type: 'checkbox',
      name: 'shifts',
      choices: ['day'],
      hasNone: true,
      showOtherItem: true,
      showRefuseItem: true,
      showDontKnowItem: true,
    };
    assert.deepEqual(possibleValues(question, []), ['day', 'other', 'none', 'refused', 'dontknow']);
  });

  it('lets the newer name of a property win over the older', () => {
    const question: QuestionDefinition = {
      type: 'radiogroup',
      name: 'q',
      choices: [1],
      showNoneItem: false,
      hasNone: true,
    };
    assert.deepEqual(possibleValues(question, []), [1]);
  });

  it('takes the sites, and the two sides of a boolean', () => {
    const sites = [{ id: 'north', title: 'North' }];
    assert.deepEqual(possibleValues({ type: 'dropdown', name: 'q', choicesFrom: 'sites' }, sites), ['north']);
    assert.deepEqual(possibleValues({ type: 'boolean', name: 'q', valueTrue: 'yes' }, []), ['yes', false]);
  });

  it('knows none for free input', () => {
    assert.equal(possibleValues({ type: 'comment', name: 'q' }, []), undefined);
  });
});

describe('compilePattern', () => {
  it('knows letters of every alphabet', () => {
    assert.equal(compilePattern('^\\p{L}+$').test('Ñandú'), true);
    assert.equal(compilePattern('^\\p{L}+$').test('p{L}'), false);
  });

  it('falls back to the older grammar', () => {
    assert.equal(compilePattern('^\\-[\\w-.]+$').test('-a.b-c'), true);
  });

  it('minds capitals unless told otherwise', () => {
    assert.equal(compilePattern('^a$').test('A'), false);
    assert.equal(compilePattern('^a$', true).test('A'), true);
  });

  it('throws where neither takes it', () => {
    assert.throws(() => compilePattern('['), SyntaxError);
  });
});
