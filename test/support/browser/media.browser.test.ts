import { assert } from '@open-wc/testing';
import { setMedia } from './media.ts';

const matches = (query: string): boolean => globalThis.matchMedia(query).matches;

describe('setMedia', () => {
  afterEach(() => setMedia({}));

  it('emulates media features where the browser can, says so, and takes them back', async () => {
    const before = matches('(prefers-color-scheme: dark)');
    const supported = await setMedia({ 'prefers-color-scheme': 'dark', 'forced-colors': 'active' });
    assert.equal(supported, navigator.userAgent.includes('Chrome'));
    assert.equal(matches('(forced-colors: active)'), supported);
    await setMedia({});
    assert.isFalse(matches('(forced-colors: active)'));
    assert.equal(matches('(prefers-color-scheme: dark)'), before);
  });
});
