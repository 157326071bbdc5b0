import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonicalBytes, digestOf, sha256Hex } from '../../src/submission/digest.ts';
import { withoutSubtle } from '../support/without-subtle.ts';

const canonical = (value: unknown) => new TextDecoder().decode(canonicalBytes(value));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** RFC 8785, appendix B: a double's 64 bits and its text. */
const NUMBERS: readonly (readonly [bits: string, text: string])[] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
];

describe('canonicalBytes, by RFC 8785', () => {
  it('writes the sample of section 3.2.2, and its bytes of section 3.2.4', () => {
    const sample: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    assert.equal(
      hex(canonicalBytes(sample)),
      [
        '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333',
        '332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c7530',
        '3030665c6e4127425c225c5c5c5c5c222f227d',
      ].join(''),
    );
  });

  it('sorts properties by UTF-16 code units, as section 3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    assert.deepEqual(
      [...canonical(sample).matchAll(/:"([^"]+)"/g)].map(([, name]) => name),
      [
        'Carriage Return',
        'One',
        'Control',
        'Latin Small Letter O With Diaeresis',
        'Euro Sign',
        'Emoji: Grinning Face',
        'Hebrew Letter Dalet With Dagesh',
      ],
    );
  });

  for (const [bits, text] of NUMBERS) {
    it(`writes the number ${bits} as ${text}, as appendix B`, () => {
      assert.equal(canonical(Buffer.from(bits, 'hex').readDoubleBE()), text);
    });
  }

  const refused: readonly (readonly [string, unknown])[] = [
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half of a surrogate pair', { words: 'fine \ud83d' }],
    ['nothing', undefined],
    ['a function', () => 1],
  ];
  for (const [name, value] of refused) {
    it(`refuses ${name}`, () => {
      assert.throws(() => canonicalBytes(value), Error);
    });
  }

  it('keeps what a JSON value says, and nothing of how it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonical(value);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
        assert.equal(canonical(JSON.parse(JSON.stringify(value, null, 2))), text);
      }),
    );
  });
});

describe('sha256Hex', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  /** FIPS 180-4's examples. */
  const VECTORS: readonly (readonly [text: string, digest: string])[] = [
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ];

  for (const [text, digest] of VECTORS) {
    it(`digests "${text}" with and without crypto.subtle`, async () => {
      assert.equal(await sha256Hex(bytes(text)), digest);
      assert.equal(await withoutSubtle(() => sha256Hex(bytes(text))), digest);
    });
  }

  it('gives the same digest of any bytes with and without crypto.subtle', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (array) => {
        const content = new Uint8Array(array);
        const digest = await sha256Hex(content);
        assert.match(digest, /^[0-9a-f]{64}$/);
        assert.equal(await withoutSubtle(() => sha256Hex(content)), digest);
      }),
    );
  });
});

describe('digestOf', () => {
  it('does not mind the order of properties, and minds everything else', async () => {
    const digest = await digestOf({ a: 1, b: [1, 2] });
    assert.equal(await digestOf({ b: [1, 2], a: 1 }), digest);
    assert.equal(digest, await sha256Hex(new TextEncoder().encode('{"a":1,"b":[1,2]}')));
    for (const other of [
      { a: 1, b: [2, 1] },
      { a: '1', b: [1, 2] },
      { a: 1, b: [1, 2], c: null },
    ]) {
      assert.notEqual(await digestOf(other), digest);
    }
  });
});
