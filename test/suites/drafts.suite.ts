import type { Drafts, Kept } from '../../components/element/drafts/drafts.ts';
import type { Draft } from '../../src/submission/draft.ts';
import type { SuiteTools } from './outbox-store.suite.ts';
import { answersOf } from './support/answers-of.ts';

export interface DraftsUnderTest {
  /** Another page's view of the same place and the same draft; what was written before is there. */
  open(): Drafts;
  /** Resolves once what was written is where it is to be. */
  settle(): Promise<void>;
  /** Where it says that drafts are. */
  readonly kept: Kept;
  /** Whether another page finds them. */
  readonly lasts: boolean;
  /** Whether they are still there when somebody has only left. */
  readonly outlivesLeaving: boolean;
}

const draft = (role: string): Draft => ({
  study: 'quiet-hours',
  studyVersion: '1.0.0',
  step: 'screening',
  page: 'work',
  startedAt: '2025-03-03T09:00:00.000Z',
  answers: { role },
});

/** What every keeper of drafts promises. */
export function draftsSuite(name: string, under: DraftsUnderTest, { describe, it, assert }: SuiteTools) {
  const answersIn = async (drafts: Drafts) => {
    const found = await drafts.read();
    return found.status === 'found' ? answersOf(found.draft) : found.status;
  };

  describe(`drafts: ${name}`, () => {
    it('begin with none, and with nothing to say', async () => {
      const drafts = under.open();
      assert.deepEqual(await drafts.read(), { status: 'none' });
      assert.strictEqual(drafts.kept, undefined);
    });

    it('say where they are, and are there for the next page if they say so', async () => {
      const drafts = under.open();
      await drafts.read();
      drafts.write(draft('nurse'));
      drafts.write(draft('physician'));
      await under.settle();
      assert.strictEqual(drafts.kept, under.kept);
      assert.deepEqual(await answersIn(under.open()), under.lasts ? { role: 'physician' } : 'none');
    });

    it('that are done with are gone for everyone', async () => {
      const drafts = under.open();
      await drafts.read();
      drafts.write(draft('nurse'));
      await under.settle();
      drafts.wipe();
      await under.settle();
      assert.strictEqual(drafts.kept, undefined);
      assert.deepEqual(await answersIn(under.open()), 'none');
    });

    it('that somebody has left behind are no longer on this device', async () => {
      const drafts = under.open();
      await drafts.read();
      drafts.write(draft('nurse'));
      await under.settle();
      await drafts.leave();
      assert.deepEqual(await answersIn(under.open()), under.outlivesLeaving ? { role: 'nurse' } : 'none');
    });

    it('on a shared computer go on, without its disk', async () => {
      const drafts = under.open();
      await drafts.read();
      drafts.write(draft('nurse'));
      drafts.share();
      drafts.write(draft('office'));
      await under.settle();
      assert.strictEqual(drafts.kept, under.outlivesLeaving ? under.kept : 'nowhere');
      assert.deepEqual(await answersIn(under.open()), under.outlivesLeaving ? { role: 'office' } : 'none');
    });
  });
}
