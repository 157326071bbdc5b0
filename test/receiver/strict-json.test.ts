import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { JsonError, type JsonFault, parseStrictJson } from '../../src/receiver/strict-json.ts';

const fault = (code: JsonFault) => (error: unknown) => error instanceof JsonError && error.code === code;

/** JSON without what strict JSON refuses. */
const plain = fc.jsonValue({ maxDepth: 6 }).filter((value) => {
  const text = JSON.stringify(value);
  return text.isWellFormed() && !/\\ud[89a-f]/i.test(text) && !text.includes('__proto__');
});

describe('parseStrictJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(plain, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        assert.deepEqual(parseStrictJson(JSON.stringify(value, null, space)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (!valid) assert.throws(() => parseStrictJson(text), fault('not-json'));
      }),
    );
  });

  it('finds a name that stands twice in one object, wherever that is', () => {
    const place = fc.array(fc.constantFrom('object', 'array'), { maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), place, (name, wrappers) => {
        fc.pre(name.isWellFormed() && name !== '__proto__');
        const key = JSON.stringify(name);
        const twice = `{${key}:{"x":[1]},"other ${key.slice(1)}:"{",${key}:2}`;
        const wrapped = wrappers.reduce((text, how) => (how === 'array' ? `[0,${text},"]"]` : `{"a":${text}}`), twice);
        assert.throws(() => parseStrictJson(wrapped), fault('repeated-name'));
      }),
    );
  });

  it('lets the same name stand in different objects, and as a value', () => {
    assert.deepEqual(parseStrictJson('{"a":{"a":"a"},"b":[{"a":"a"},{"a":["a","a"]}]}'), {
      a: { a: 'a' },
      b: [{ a: 'a' }, { a: ['a', 'a'] }],
    });
  });

  const refused: [string, JsonFault][] = [
    ['{"a":1,"\\u0061":2}', 'repeated-name'],
    ['{"__proto__":1}', 'forbidden-name'],
    ['[{"a":{"\\u005f\\u005fproto__":1}}]', 'forbidden-name'],
    ['[1e309]', 'number-range'],
    ['-1e400', 'number-range'],
    ['["\\ud800"]', 'not-unicode'],
    ['{"\\udc00x":1}', 'not-unicode'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'too-deep'],
    [`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'too-deep'],
  ];
  for (const [text, code] of refused) {
    it(`refuses ${text.slice(0, 40)} as ${code}`, () => assert.throws(() => parseStrictJson(text), fault(code)));
  }

  for (const text of [
    '["__proto__"]',
    '["\\ud83d\\ude00"]',
    `${'['.repeat(32)}${']'.repeat(32)}`,
    '[1e-999]',
    '" {\\"a\\":1,\\"a\\":1} "',
  ]) {
    it(`reads ${text.slice(0, 40)}`, () => assert.deepEqual(parseStrictJson(text), JSON.parse(text)));
  }

  it('reads a long text full of escapes in one go', () => {
    const text = JSON.stringify({ note: '\\"\n'.repeat(60_000) });
    assert.deepEqual(parseStrictJson(text), JSON.parse(text));
  });
});
