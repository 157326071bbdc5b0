import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ParticipantDrafts } from '../../../components/element/session/participant-drafts.ts';
import type { EnrolledCredentials } from '../../../src/delivery/credential-store.ts';
import { CallError } from '../../../src/delivery/participant-calls.ts';
import type { Draft } from '../../../src/submission/draft.ts';
import { answersOf } from '../../suites/support/answers-of.ts';

const ANA = '0195d3a0-0000-7000-8000-00000000000a';
const BEN = '0195d3a0-0000-7000-8000-00000000000b';

const signedIn = (token: string, participant = ANA): EnrolledCredentials => ({
  endpoint: 'https://endpoint.example',
  study: 'quiet-hours',
  state: 'enrolled',
  token,
  writeKey: 'key',
  participant,
  enrolledAt: '2025-03-03T09:00:00.000Z',
});

const draft: Draft = {
  study: 'quiet-hours',
  studyVersion: '1.0.0',
  step: 'screening',
  startedAt: '2025-03-03T09:00:00.000Z',
  answers: { role: 'nurse' },
};

/** A page, and an endpoint that takes these tokens. */
function open(credentials: EnrolledCredentials) {
  const [asked, refused] = [[] as string[], [] as string[]];
  const good = new Set([credentials.token]);
  const page = { session: credentials as EnrolledCredentials | undefined };
  const ask = async (what: string, token: string) => {
    asked.push(`${what} ${token}`);
    if (!good.has(token)) throw new CallError('not-signed-in', 'No.', { status: 401 });
  };
  const drafts = new ParticipantDrafts({
    session: {
      get credentials() {
        return page.session;
      },
      shared: true,
      refused: async (token) => {
        refused.push(token);
      },
    },
    calls: {
      readDraft: async (token) => {
        await ask('read', token);
        return undefined;
      },
      writeDraft: async (token) => {
        await ask('write', token);
        return '"1"';
      },
      removeDraft: (token) => ask('remove', token),
    },
    changed: () => {},
    merged: () => {},
  });
  return { drafts, asked, refused, good, page };
}

describe('the drafts of a participant', () => {
  it('are read and written under the token that they have now', async () => {
    const { drafts, asked, refused, good, page } = open(signedIn('old'));
    const before = drafts.of(signedIn('old'), 'key', 'screener');
    await before.read();
    before.write(draft);
    good.clear();
    await before.leave();
    assert.deepEqual(refused, ['old']);
    good.add('new');
    page.session = signedIn('new');
    const after = drafts.of(signedIn('new'), 'key', 'screener');
    const found = await after.read();
    await after.leave();
    assert.deepEqual(found.status === 'found' && answersOf(found.draft), { role: 'nurse' });
    assert.deepEqual([...new Set(asked)], ['read old', 'write old', 'read new', 'write new']);
    assert.deepEqual(refused, ['old']);
  });

  it('still arrive under the last one while they leave, and never under that of another', async () => {
    const { drafts, asked, page } = open(signedIn('old'));
    const left = drafts.of(signedIn('old'), 'key', 'screener');
    left.write(draft);
    page.session = undefined;
    await left.leave();
    page.session = signedIn('other', BEN);
    left.write(draft);
    await left.leave();
    assert.deepEqual(asked, ['write old', 'write old']);
  });

  it('are not those of whoever comes next', () => {
    const { drafts } = open(signedIn('old'));
    const one = drafts.of(signedIn('old'), 'key', 'screener');
    assert.equal(drafts.of(signedIn('new'), 'key', 'screener'), one);
    assert.notEqual(drafts.of(signedIn('other', BEN), 'key', 'screener'), one);
  });
});
