import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Line, linesOf } from '../../../../src/receiver/consent/copy/lines.ts';
import type { Run } from '../../../../src/receiver/consent/copy/pieces.ts';

/** Every letter as wide as the next. */
const measure = (text: string): number => [...text].length;
const set = (runs: readonly Run[], width: number): readonly Line[] => linesOf(runs, 'regular', width, measure);
const textOf = (line: Line): string => line.map(({ text }) => text).join('');
const said = (runs: readonly Run[], width: number): string[] => set(runs, width).map(textOf);

describe('lines', () => {
  it('break at spaces, which stay at their ends', () => {
    assert.deepEqual(said([{ text: 'one two three' }], 8), ['one two ', 'three']);
    assert.deepEqual(said([{ text: 'one two' }], 7), ['one two']);
    assert.deepEqual(said([{ text: 'one two ' }], 7), ['one two '], 'a space may stand over the edge');
  });

  it('do not break where only the look changes', () => {
    const runs: Run[] = [{ text: 'one tw' }, { text: 'o', style: 'bold' }, { text: 'ły three' }];
    assert.deepEqual(said(runs, 10), ['one twoły ', 'three']);
    const [first] = set(runs, 10);
    assert.ok((first?.length ?? 0) >= 3, 'each look, and each font, for itself');
  });

  it('cut a word that no line holds', () => {
    assert.deepEqual(said([{ text: 'a bbbbbbbbb c' }], 4), ['a ', 'bbbb', 'bbbb', 'b c']);
  });

  it('keep where a link leads with every part of it', () => {
    const lines = set([{ text: 'see ' }, { text: 'over there', href: 'https://example.org' }, { text: '.' }], 9);
    const links = lines.flat().filter(({ href }) => href !== undefined);
    assert.equal(links.map(({ text }) => text).join(''), 'over there');
  });

  it('are one at least', () => {
    assert.deepEqual(set([], 10), [[]]);
  });

  const runs = fc.array(
    fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', 'ł', 'д', '-'), maxLength: 30 }),
      style: fc.constantFrom('bold' as const, 'italic' as const),
    }),
    { maxLength: 6 },
  );

  it('hold every letter, once and in order, and none is too wide', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 20 }), (given, width) => {
        const lines = set(given, width);
        assert.equal(lines.map(textOf).join(''), given.map(({ text }) => text).join(''));
        for (const line of lines) {
          assert.ok(measure(textOf(line).trimEnd()) <= width, textOf(line));
          assert.ok(line.every((inked) => inked.width === measure(inked.text)));
        }
      }),
    );
  });
});
