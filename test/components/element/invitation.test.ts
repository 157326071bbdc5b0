import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dropInvitation, heldInvitation, takeInvitation } from '../../../components/element/invitation.ts';
import { INVITE_FRAGMENT } from '../../../src/submission/secrets.ts';

/** A page as far as its address goes. */
function page(hash: string) {
  const shown: string[] = [];
  const history = { state: { at: 1 }, replaceState: (_: unknown, __: string, url: string) => shown.push(url) };
  const location = { pathname: '/study', search: '?source=ward', hash };
  return { shown, window: { location, history } as unknown as Pick<Window, 'location' | 'history'> };
}

describe('the invitation in an address', () => {
  for (const [hash, rest] of [
    [`#${INVITE_FRAGMENT}abcd`, ''],
    [`#top&${INVITE_FRAGMENT}abcd`, '#top'],
    [`#${INVITE_FRAGMENT}abcd&top`, '#top'],
    [`#a&${INVITE_FRAGMENT}abcd&b`, '#a&b'],
  ] as const) {
    it(`${hash}: is taken, and nothing else`, () => {
      const { shown, window } = page(hash);
      assert.equal(takeInvitation(window), true);
      assert.equal(heldInvitation(), 'abcd');
      assert.deepEqual(shown, [`/study?source=ward${rest}`]);
      dropInvitation();
      assert.equal(heldInvitation(), undefined);
    });
  }

  it('that is not there changes nothing', () => {
    for (const hash of ['', '#top', `#x${INVITE_FRAGMENT}abcd`]) {
      const { shown, window } = page(hash);
      assert.equal(takeInvitation(window), false);
      assert.deepEqual(shown, []);
    }
  });
});
