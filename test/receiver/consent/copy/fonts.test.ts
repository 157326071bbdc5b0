import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { create } from 'fontkit';
import { fontData, fragmentsOf, isShown, REPLACEMENT } from '../../../../src/receiver/consent/copy/fonts.ts';
import { openTypeOf } from '../../../../src/receiver/consent/copy/woff.ts';

const textOf = (text: string): string =>
  fragmentsOf(text, 'regular')
    .map((fragment) => fragment.text)
    .join('');

function fontOf(data: Buffer) {
  const font = create(data);
  return 'characterSet' in font ? font : assert.fail('several fonts');
}

describe('the fonts of a copy', () => {
  it('show Spanish in one piece, in each style', () => {
    for (const style of ['regular', 'bold', 'italic'] as const) {
      const fragments = fragmentsOf('¿Cuándo puede dejarlo? “En cualquier momento” – 5 €.', style);
      assert.equal(fragments.length, 1);
    }
  });

  it('cut a text where another script begins, and not at the spaces of a script', () => {
    assert.deepEqual(
      fragmentsOf('Ana Анна Иванова', 'regular').map(({ text }) => text),
      ['Ana ', 'Анна Иванова'],
    );
  });

  it('put letters together that were written in two', () => {
    assert.equal(textOf('Pe\u0301rez'), 'Pérez');
    assert.ok(isShown('Pe\u0301rez'));
  });

  for (const [what, text] of [
    ['a script that no font here has', '漢'],
    ['an emoji', '👩‍⚕️'],
    ['NUL', '\0'],
    ['a tab', '\t'],
    ['what turns the direction', '\u202E'],
    ['half of a pair', '\uD800'],
  ]) {
    it(`replace ${what} by one sign, and know it`, () => {
      assert.equal(textOf(`a${text}b`), `a${REPLACEMENT}b`);
      assert.equal(isShown(`a${text}b`), false);
    });
  }

  it('show nothing that they have no sign for, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { font, text: shown } of fragmentsOf(text, 'bold')) {
          const letters = new Set(fontOf(fontData(font)).characterSet);
          for (const letter of shown) assert.ok(letters.has(letter.codePointAt(0) ?? 0), letter);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a WOFF file', () => {
  const path = new URL(import.meta.resolve('@fontsource/noto-sans/files/noto-sans-greek-400-normal.woff'));
  const woff = readFileSync(path);

  it('holds the font that is taken out of it: the same letters, as wide', () => {
    const [inside, outside] = [fontOf(openTypeOf(woff)), fontOf(woff)];
    assert.deepEqual(inside.characterSet, outside.characterSet);
    assert.equal(inside.layout('Ελένη').advanceWidth, outside.layout('Ελένη').advanceWidth);
    const table = openTypeOf(woff);
    assert.equal(table.length % 4, 0);
    assert.equal(table.readUInt32BE(0), 0x0001_0000, 'TrueType outlines');
  });

  it('is told from other files', () => {
    assert.throws(() => openTypeOf(Buffer.from('OTTO0000000000000000')), TypeError);
    assert.throws(() => openTypeOf(woff.subarray(0, 60)), RangeError);
  });
});
