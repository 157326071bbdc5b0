import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DraftServer, ServerDrafts } from '../../../components/element/drafts/server-drafts.ts';
import { StorageDrafts } from '../../../components/element/drafts/storage-drafts.ts';
import { CallError } from '../../../src/delivery/participant-calls.ts';
import type { AnswerDraft, Draft } from '../../../src/submission/draft.ts';
import { draftsSuite } from '../../suites/drafts.suite.ts';
import { answersOf } from '../../suites/support/answers-of.ts';
import { ManualClock } from '../../suites/support/manual-clock.ts';

const draft = (answers: AnswerDraft['answers']): AnswerDraft => ({
  study: 'quiet-hours',
  studyVersion: '1.0.0',
  step: 'screening',
  startedAt: '2025-03-03T09:00:00.000Z',
  answers,
});

/** A server that keeps one draft, and that another device may write to. */
class FakeServer implements DraftServer {
  kept: { draft: Draft; etag: string } | undefined;
  writes = 0;
  down = false;
  refuses: CallError | undefined;
  /** What an answer waits for. */
  slow: Promise<void> | undefined;

  async read() {
    this.#check();
    await this.slow;
    return this.kept;
  }

  async write(next: Draft, etag: string | undefined): Promise<string> {
    this.#check();
    if (this.kept?.etag !== etag) throw new CallError('draft-changed', 'Changed.', { status: 412 });
    return this.put(next);
  }

  async remove(): Promise<void> {
    this.#check();
    this.kept = undefined;
  }

  put(next: Draft): string {
    this.writes++;
    this.kept = { draft: next, etag: `"${this.writes}"` };
    return this.kept.etag;
  }

  #check(): void {
    if (this.refuses) throw this.refuses;
    if (this.down) throw new CallError('unreachable', 'Down.');
  }
}

function open() {
  const server = new FakeServer();
  const clock = new ManualClock();
  const merged: Draft[] = [];
  const told: string[] = [];
  const held: Draft[] = [];
  const here = new StorageDrafts('test', 'nowhere');
  const drafts = new ServerDrafts({
    server,
    held: Object.assign(here, { write: (one: Draft) => held.push(one) }),
    clock,
    random: () => 0,
    changed: () => told.push(drafts.kept ?? 'nothing'),
    merged: (one) => merged.push(one),
  });
  return { server, clock, merged, told, held, drafts };
}

/** Everything that waits for a settled promise has run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const clock = new ManualClock();
let server = new FakeServer();
draftsSuite(
  'on the server',
  {
    open: () => new ServerDrafts({ server, held: new StorageDrafts('suite', 'nowhere'), clock, random: () => 0 }),
    settle: async () => {
      clock.advance(1_000);
      await settled();
    },
    kept: 'server',
    lasts: true,
    outlivesLeaving: true,
  },
  {
    describe,
    it: (name, body) =>
      it(name, () => {
        server = new FakeServer();
        return body();
      }),
    assert,
  },
);

describe('drafts on the server', () => {
  it('are written once somebody pauses, not at every key', async () => {
    const { server, clock, drafts, told } = open();
    await drafts.read();
    for (const text of ['n', 'nu', 'nurse']) drafts.write(draft({ role: text }));
    assert.equal(server.writes, 0);
    clock.advance(1_000);
    await settled();
    assert.deepEqual([server.writes, answersOf(server.kept?.draft)], [1, { role: 'nurse' }]);
    assert.deepEqual(told, ['saving', 'server']);
  });

  it('are merged with what another device wrote in between, which is told to the form', async () => {
    const { server, clock, drafts, merged } = open();
    await drafts.read();
    drafts.write(draft({ role: 'nurse' }));
    clock.advance(1_000);
    await settled();
    const before = server.kept?.draft as AnswerDraft | undefined;
    const entered = { ...before?.entered, hours: clock.now() + 1 };
    server.put({ ...draft({ role: 'nurse', hours: '30' }), entered });
    drafts.write(draft({ role: 'physician' }));
    clock.advance(1_000);
    await settled();
    assert.deepEqual(answersOf(server.kept?.draft), { role: 'physician', hours: '30' });
    assert.deepEqual(merged.map(answersOf), [{ role: 'physician', hours: '30' }]);
  });

  it('come again when the server is back, and say meanwhile that they are not saved', async () => {
    const { server, clock, drafts } = open();
    await drafts.read();
    server.down = true;
    drafts.write(draft({ role: 'nurse' }));
    clock.advance(1_000);
    await settled();
    assert.equal(drafts.kept, 'nowhere');
    server.down = false;
    clock.advance(60_000);
    await settled();
    assert.equal(drafts.kept, 'server');
  });

  it('that were done with are taken away, however long that takes, and not written again', async () => {
    const { server, clock, drafts } = open();
    await drafts.read();
    drafts.write(draft({ role: 'nurse' }));
    clock.advance(1_000);
    await settled();
    server.down = true;
    drafts.write(draft({ role: 'office' }));
    drafts.wipe();
    await settled();
    server.down = false;
    clock.advance(60_000);
    await settled();
    assert.equal(server.kept, undefined);
    assert.deepEqual(await drafts.read(), { status: 'none' });
  });

  it('are brought to the server when somebody leaves, and are there for whoever continues', async () => {
    const { server, clock, drafts } = open();
    await drafts.read();
    drafts.write(draft({ role: 'nurse' }));
    await drafts.leave();
    assert.deepEqual(answersOf(server.kept?.draft), { role: 'nurse' });
    server.down = true;
    drafts.write(draft({ role: 'office' }));
    const leaving = drafts.leave();
    await settled();
    clock.advance(3_000);
    await leaving;
    server.down = false;
    const found = await drafts.read();
    assert.deepEqual(found.status === 'found' && answersOf(found.draft), { role: 'office' });
  });

  it('that are merged only after their owner has left are not on this device, nor in a form', async () => {
    const { server, clock, drafts, merged, held } = open();
    await drafts.read();
    server.put(draft({ hours: '30' }));
    const read = Promise.withResolvers<void>();
    server.slow = read.promise;
    drafts.write(draft({ role: 'nurse' }));
    const leaving = drafts.leave();
    await settled();
    clock.advance(3_000);
    await leaving;
    held.length = 0;
    read.resolve();
    await settled();
    assert.deepEqual(answersOf(server.kept?.draft), { role: 'nurse', hours: '30' });
    assert.deepEqual([held, merged], [[], []]);
  });

  it('are not tried again where the participant is not known any more', async () => {
    const { server, clock, drafts } = open();
    await drafts.read();
    server.refuses = new CallError('not-signed-in', 'No.', { status: 401 });
    drafts.write(draft({ role: 'nurse' }));
    clock.advance(1_000);
    await settled();
    server.refuses = undefined;
    clock.advance(60_000);
    await settled();
    assert.equal(server.writes, 0);
  });
});
