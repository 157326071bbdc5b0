import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { levelOf, misfit, type SourceValue, stratumName } from '../../src/allocation/strata.ts';
import type { Stratum } from '../../src/study/allocation-part.ts';

const ROLE: Stratum = { source: 'screening.role' };
const GROUPED: Stratum = {
  ...ROLE,
  groups: [
    { id: 'nurses', anyOf: ['rn', 'lvn'] },
    { id: 'others', anyOf: ['md', 'dontknow'] },
  ],
};
const SIZE: Stratum = {
  source: 'size',
  bands: [
    { id: '1-4', atLeast: 1, atMost: 4 },
    { id: '5-8', atLeast: 5, atMost: 8 },
    { id: 'more', atLeast: 9 },
  ],
};

describe('a level', () => {
  const levels: readonly (readonly [string, Stratum, SourceValue, unknown])[] = [
    ['a choice as it is', ROLE, 'md', 'md'],
    ['a yes as it is', ROLE, true, true],
    ['none, where nothing was answered', ROLE, undefined, null],
    ['none, where somebody would rather not say', ROLE, 'refused', null],
    ['none, where somebody does not know', ROLE, 'dontknow', null],
    ['the group of a choice', GROUPED, 'lvn', 'nurses'],
    ['the group that names "I don’t know"', GROUPED, 'dontknow', 'others'],
    ['none, where no group names "prefer not to answer"', GROUPED, 'refused', null],
    ['the group that the study names for who did not answer', { ...GROUPED, absent: 'others' }, 'refused', 'others'],
    ['none, where the study says so', { ...GROUPED, absent: 'own-stratum' }, undefined, null],
    ['the band of a number, its limits included', SIZE, 4, '1-4'],
    ['the band of a large number', SIZE, 400, 'more'],
    ['the band by its name', SIZE, '5-8', '5-8'],
    ['nothing, for a number between bands', SIZE, 4.5, undefined],
    ['nothing, for a word that is no band', SIZE, 'small', undefined],
    ['nothing, for a choice in no group', GROUPED, 'clerk', undefined],
  ];
  for (const [name, stratum, value, level] of levels) {
    it(`is ${name}`, () => assert.equal(levelOf(stratum, value), level));
  }
});

describe('a stratum', () => {
  it('is named by its sources and levels', () => {
    const values = new Map<string, SourceValue>([['screening.role', 'lvn']]);
    assert.equal(stratumName([GROUPED, SIZE], values), '[["screening.role","nurses"],["size",null]]');
    assert.equal(stratumName([], values), '[]');
  });

  it('is never taken for another, whatever the answers are', () => {
    const value = fc.option(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { nil: undefined });
    const pair = fc.tuple(value, value);
    const name = ([a, b]: readonly SourceValue[]) =>
      stratumName(
        [{ source: 'a' }, { source: 'b' }],
        new Map([
          ['a', a],
          ['b', b],
        ]),
      );
    const level = (one: SourceValue) => levelOf({ source: 'a' }, one);
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const same = one.every((each, index) => level(each) === level(other[index]));
        assert.equal(name(one) === name(other), same);
      }),
    );
  });

  it('takes a value without a place as none, and can tell which it is', () => {
    const values = new Map<string, SourceValue>([
      ['screening.role', 'md'],
      ['size', 4.5],
    ]);
    assert.equal(stratumName([GROUPED, SIZE], values), '[["screening.role","others"],["size",null]]');
    assert.equal(misfit([GROUPED, SIZE], values), 'size');
    assert.equal(misfit([GROUPED], values), undefined);
  });
});
