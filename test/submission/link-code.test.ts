import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { groupLinkCode, newLinkCode, readLinkCode } from '../../src/submission/link-code.ts';

/** A recruiter's code: written down, dictated, typed, and mistyped. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codes = fc.uint8Array({ minLength: 7, maxLength: 7 }).map((bytes) => newLinkCode(() => bytes));
const others = (character: string) => [...ALPHABET].filter((one) => one !== character);
const withAt = (code: string, place: number, character: string) =>
  code.slice(0, place) + character + code.slice(place + 1);

describe('the code of a link', () => {
  it('is eight characters of Crockford’s base 32, and is read as it was written', () => {
    fc.assert(
      fc.property(codes, (code) => {
        assert.match(code, /^[0-9A-HJKMNP-TV-Z]{8}$/);
        assert.equal(readLinkCode(code), code);
        assert.equal(groupLinkCode(code).replace('-', ''), code);
      }),
    );
  });

  it('is read however people type it', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const typed = ` ${groupLinkCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')}`;
        assert.equal(readLinkCode(typed), code);
        assert.equal(readLinkCode([...code.replaceAll('0', 'O').replaceAll('1', 'I')].join(' – ')), code);
      }),
    );
  });

  it('shows every wrong character', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), (code, place) => {
        for (const wrong of others(code[place] ?? ''))
          assert.equal(readLinkCode(withAt(code, place, wrong)), undefined);
      }),
    );
  });

  it('shows any two characters that have changed places', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), fc.nat(7), (code, one, other) => {
        const [a = '', b = ''] = [code[one], code[other]];
        fc.pre(a !== b);
        assert.equal(readLinkCode(withAt(withAt(code, one, b), other, a)), undefined);
      }),
    );
  });

  it('is nothing else: cut, longer, or with characters that no code has', () => {
    const code = newLinkCode();
    for (const text of ['', code.slice(1), `${code}0`, `${code.slice(1)}U`, 'poster', '0000000000000000', '٠٠٠٠٠٠٠٠']) {
      assert.equal(readLinkCode(text), undefined, text);
    }
    assert.equal(readLinkCode(`${' '.repeat(100)}${code}`), undefined);
  });

  it('is drawn from all there are', () => {
    const drawn = Array.from({ length: 400 }, () => newLinkCode());
    assert.equal(new Set(drawn).size, drawn.length);
    for (const place of [0, 3, 6]) {
      assert.ok(new Set(drawn.map((code) => code[place])).size > 28, 'each place takes nearly every character');
    }
  });
});
