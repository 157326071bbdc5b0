import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  groupCode,
  hashSecret,
  newCode,
  newToken,
  normaliseCode,
  type RandomBytes,
  writeKeyOf,
} from '../../src/submission/secrets.ts';
import { withoutSubtle } from '../support/without-subtle.ts';

const counting: RandomBytes = (count) => Uint8Array.from({ length: count }, (_, index) => index);
const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 });
const from =
  (array: Uint8Array): RandomBytes =>
  () =>
    new Uint8Array(array);

describe('newToken', () => {
  it('is 32 random bytes in base64url, and another one each time', () => {
    assert.equal(newToken(counting), Buffer.from(counting(32)).toString('base64url'));
    assert.match(newToken(), /^[A-Za-z0-9_-]{43}$/);
    assert.notEqual(newToken(), newToken());
  });

  it('has no character that a header or an address would change', () => {
    assert.equal(
      newToken((count) => new Uint8Array(count).fill(255)),
      `${'_'.repeat(42)}8`,
    );
  });
});

describe('writeKeyOf', () => {
  it('is the HMAC of "steady write key" under the token, with and without crypto.subtle', async () => {
    const token = newToken(counting);
    const expected = createHmac('sha256', token).update('steady write key').digest('base64url');
    assert.equal(await writeKeyOf(token), expected);
    assert.equal(await withoutSubtle(() => writeKeyOf(token)), expected);
  });
});

describe('hashSecret', () => {
  it('is SHA-256 in hex, with and without crypto.subtle', async () => {
    const token = newToken();
    const expected = createHash('sha256').update(token).digest('hex');
    assert.equal(await hashSecret(token), expected);
    assert.equal(await withoutSubtle(() => hashSecret(token)), expected);
  });
});

describe('a code', () => {
  it('is 160 random bits as 32 characters of Crockford’s base 32', () => {
    assert.equal(
      newCode((count) => new Uint8Array(count)),
      '0'.repeat(32),
    );
    assert.equal(
      newCode((count) => new Uint8Array(count).fill(255)),
      'z'.repeat(32),
    );
    // 0x00 0x01 0x02 0x03 0x04 in fives: 00000 00000 00000 10000 00100 00000 11000 00100
    assert.equal(newCode(counting).slice(0, 8), '000g40r4');
    assert.notEqual(newCode(), newCode());
  });

  it('holds all of its bits: other bytes make another code', () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const same = Buffer.from(one).equals(Buffer.from(other));
        assert.equal(newCode(from(one)) === newCode(from(other)), same);
      }),
    );
    fc.assert(
      fc.property(bytes, fc.nat({ max: 159 }), (one, bit) => {
        const other = Uint8Array.from(one, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        assert.notEqual(newCode(from(one)), newCode(from(other)));
      }),
    );
  });

  it('is written in groups of four', () => {
    assert.equal(groupCode('0123456789abcdefghjkmnpqrstvwxyz'), '0123-4567-89ab-cdef-ghjk-mnpq-rstv-wxyz');
  });

  it('is read back however it was typed', () => {
    const typed = fc.record({
      array: bytes,
      upper: fc.array(fc.boolean(), { minLength: 32, maxLength: 32 }),
      gap: fc.array(fc.constantFrom('', '', ' ', '-', ' - ', '\n', '–', '\u00a0'), { minLength: 33, maxLength: 33 }),
      zero: fc.constantFrom('0', 'o', 'O'),
      one: fc.constantFrom('1', 'i', 'I', 'l', 'L'),
    });
    fc.assert(
      fc.property(typed, ({ array, upper, gap, zero, one }) => {
        const code = newCode(from(array));
        const asTyped = [...code].map((character, index) => {
          const mistaken = character === '0' ? zero : character === '1' ? one : character;
          return `${gap[index]}${upper[index] ? mistaken.toUpperCase() : mistaken}`;
        });
        assert.equal(normaliseCode(`${asTyped.join('')}${gap[32]}`), code);
      }),
    );
  });

  it('is nothing else: too short, too long, or with another character', () => {
    const code = newCode(counting);
    for (const other of [
      '',
      '-',
      code.slice(1),
      `${code}0`,
      `u${code.slice(1)}`,
      `é${code.slice(1)}`,
      '0'.repeat(400),
    ]) {
      assert.equal(normaliseCode(other), undefined, other);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = normaliseCode(text);
        assert.ok(read === undefined || /^[0-9a-hjkmnp-tv-z]{32}$/.test(read));
      }),
    );
  });
});
