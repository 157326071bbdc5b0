import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countOpening, type Surroundings } from '../../../components/isolated/count-opening.ts';

/** When a recruiter's link counts as opened: by a hand, once for a visit. */

function openPage(memory: () => Pick<Storage, 'getItem' | 'setItem'>) {
  const heard = new Map<string, (event: Event) => void>();
  const asked: [string, RequestInit | undefined][] = [];
  const page: Surroundings = {
    target: {
      addEventListener(type, listener, options) {
        assert(typeof listener === 'function' && typeof options === 'object');
        heard.set(type, listener);
        options.signal?.addEventListener('abort', () => heard.delete(type));
      },
    },
    memory,
    async fetch(address, init) {
      asked.push([String(address), init]);
      throw new TypeError('offline');
    },
  };
  countOpening(new URL('https://trial.example.org/receiver/'), 'ward', '0123ABCD', page);
  const press = (type: string, isTrusted = true) => heard.get(type)?.({ isTrusted } as Event);
  return { asked, press };
}

function tab(): () => Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return () => ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) });
}

describe('a link that was opened', () => {
  it('is counted on the first key or touch, and on no other, without a word of who it was', () => {
    const { asked, press } = openPage(tab());
    assert.equal(asked.length, 0);
    press('pointerdown');
    press('pointerdown');
    press('keydown');
    assert.deepEqual(
      asked.map(([address]) => address),
      ['https://trial.example.org/receiver/studies/ward/links/0123ABCD/opened'],
    );
    const [[, init] = []] = asked;
    assert.deepEqual([init?.method, init?.body, init?.credentials, init?.keepalive], ['POST', undefined, 'omit', true]);
  });

  it('is not counted by a script, and a hand still is after it', () => {
    const { asked, press } = openPage(tab());
    press('keydown', false);
    assert.equal(asked.length, 0);
    press('keydown');
    assert.equal(asked.length, 1);
  });

  it('is counted once for a visit, however often the page is loaded', () => {
    const memory = tab();
    const [first, again, elsewhere] = [openPage(memory), openPage(memory), openPage(tab())];
    for (const { press } of [first, again, elsewhere]) press('keydown');
    assert.deepEqual([first.asked.length, again.asked.length, elsewhere.asked.length], [1, 0, 1]);
  });

  it('is counted where the browser keeps nothing', () => {
    const { asked, press } = openPage(() => {
      throw new DOMException('no', 'SecurityError');
    });
    press('pointerdown');
    assert.equal(asked.length, 1);
  });
});
