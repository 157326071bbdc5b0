import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readFromFrame, readHello, readSurroundings } from '../../../components/isolated/messages.ts';

/** What is read of a message is one of a few shapes, whatever was sent. */

describe('messages from the frame', () => {
  it('are a height, a state or an error', () => {
    assert.deepEqual(readFromFrame({ height: 100.2 }), { height: 101 });
    assert.deepEqual(readFromFrame({ height: 0 }), { height: 0 });
    assert.deepEqual(readFromFrame({ state: 'sent' }), { state: 'sent' });
    const error = { code: 'study-unreachable', message: 'It could not be reached.' };
    assert.deepEqual(readFromFrame({ error: { ...error, answers: 'none' } }), { error });
  });

  for (const height of ['700', Number.NaN, Number.POSITIVE_INFINITY, -1, 50_001, null, {}, [700], true]) {
    it(`no height is ${JSON.stringify(height)} (${typeof height})`, () => {
      assert.equal(readFromFrame({ height }), undefined);
    });
  }

  for (const other of [
    undefined,
    null,
    'ready',
    700,
    [],
    {},
    { state: 'eligible' },
    { state: 'constructor' },
    { state: ['sent'] },
    { error: 'failed' },
    { error: { code: 'Not A Code', message: '' } },
    { error: { code: 'ok', message: { toString: 'x' } } },
    { answers: { q1: 'a' } },
  ]) {
    it(`${JSON.stringify(other)} is none`, () => assert.equal(readFromFrame(other), undefined));
  }

  it('carry nothing beside, whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        const read = readFromFrame(data);
        if (read === undefined) return;
        assert.equal(Object.keys(read).length, 1);
        assert.ok(JSON.stringify(read).length < 15_000);
      }),
    );
  });
});

describe('a greeting', () => {
  const surroundings = { language: 'es-MX', theme: 'dark' };

  it('says language and theme', () => {
    assert.deepEqual(readHello({ steady: 'hello', ...surroundings, more: 1 }), surroundings);
    assert.deepEqual(readSurroundings(surroundings), surroundings);
  });

  for (const other of [
    surroundings,
    { ...surroundings, steady: 'Hello' },
    { ...surroundings, steady: ['hello'] },
    { steady: 'hello', theme: 'dark' },
    { steady: 'hello', language: 'es', theme: 'auto' },
    { steady: 'hello', language: '"><b>', theme: 'dark' },
    { steady: 'hello', language: 'x'.repeat(200), theme: 'dark' },
    { steady: 'hello', language: 7, theme: 'dark' },
    'hello',
    null,
  ]) {
    it(`${JSON.stringify(other).slice(0, 60)} is none`, () => assert.equal(readHello(other), undefined));
  }
});
