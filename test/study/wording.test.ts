import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pathText } from '../../src/study/path.ts';
import { list, nearest, show, useOneOf } from '../../src/study/wording.ts';

describe('nearest', () => {
  const known = ['title', 'isRequired', 'requiredIf', 'choices', 'inputType', 'min', 'max'];
  const cases: readonly (readonly [word: string, meant: string | undefined])[] = [
    ['titel', 'title'],
    ['required', 'isRequired'],
    ['IsRequired', 'isRequired'],
    ['choises', 'choices'],
    ['inputtype', 'inputType'],
    ['mim', 'min'],
    ['inpu', 'inputType'],
    ['colour', undefined],
    ['x', undefined],
  ];
  for (const [word, meant] of cases) {
    it(`${word}: ${meant ?? 'none'}`, () => {
      assert.equal(nearest(word, known), meant);
    });
  }

  it('finds a word again after one slip of the pen', () => {
    const words = fc.stringMatching(/^[a-z]{4,12}$/);
    const slips = fc.constantFrom('drop', 'double', 'replace', 'swap');
    fc.assert(
      fc.property(words, fc.nat(), slips, (word, place, slip) => {
        const at = place % (word.length - 1);
        const [before, letter, next, after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
        const slipped = {
          drop: `${before}${next}${after}`,
          double: `${before}${letter}${letter}${next}${after}`,
          replace: `${before}_${next}${after}`,
          swap: `${before}${next}${letter}${after}`,
        }[slip];
        assert.equal(nearest(slipped, [word, '0123456789012345']), word);
      }),
    );
  });
});

describe('lists and values in sentences', () => {
  it('joins one, two and three', () => {
    assert.equal(list(['a']), '"a"');
    assert.equal(list(['a', 1], 'and'), '"a" and 1');
    assert.equal(list(['a', 'b', true]), '"a", "b" or true');
  });

  it('says how many more there are', () => {
    assert.equal(list([1, 2, 3, 4], 'or', 2), '1, 2 or 2 more');
  });

  it('cuts what is long', () => {
    assert.equal(show('x'.repeat(100)).length, 60);
    assert.equal(show(undefined), 'missing');
  });

  it('takes a value of another type as a slip', () => {
    assert.equal(useOneOf('1', [1, 2]), 'Did you mean 1? It can be 1 or 2.');
    assert.equal(useOneOf(11, [1, 2]), 'Use 1 or 2.');
  });
});

describe('pathText', () => {
  it('writes places as people do', () => {
    assert.equal(pathText(['pages', 0, 'elements', 12, 'name']), 'pages[0].elements[12].name');
    assert.equal(pathText([]), '');
  });
});
