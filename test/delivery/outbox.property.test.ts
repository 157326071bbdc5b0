import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MemoryStore } from '../../src/delivery/memory-store.ts';
import type { EntryEnd } from '../../src/delivery/outbox-store.ts';
import { canonicalBytes } from '../../src/submission/digest.ts';
import type { Submission } from '../../src/submission/submission.ts';
import {
  answerLost,
  answers,
  FakeEndpoint,
  type Fault,
  requestLost,
  truncated,
  webPage,
  wrongDigest,
} from '../suites/support/fake-endpoint.ts';
import { ManualClock } from '../suites/support/manual-clock.ts';
import { ENDPOINT, sampleContact, sampleScreening } from '../suites/support/sample-entry.ts';
import { FakeDisk } from '../support/delivery/fake-disk.ts';
import { MortalTab } from '../support/delivery/mortal-tab.ts';

const faults: Record<string, Fault | undefined> = {
  none: undefined,
  requestLost,
  answerLost,
  truncated,
  wrongDigest,
  webPage,
  redirect: answers(302, { Location: '/login' }),
  busy: answers(429, { 'Retry-After': '90' }),
  conflict: answers(409),
  failing: answers(503),
  unauthorised: answers(401),
  forbidden: answers(403),
  malformed: answers(422),
  missing: answers(404),
};

type Step =
  | { readonly do: 'screening' | 'contact'; readonly tab: number }
  | { readonly do: 'flush'; readonly tab: number; readonly faults: readonly string[] }
  | { readonly do: 'flush all'; readonly faults: readonly string[] }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'reload'; readonly tab: number; readonly steps: number };

const tab = fc.integer({ min: 0, max: 2 });
const lifetime = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(Number.POSITIVE_INFINITY));
const misfortunes = fc.array(fc.constantFrom(...Object.keys(faults)), { maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('screening' as const, 'contact' as const), tab }),
  fc.record({ do: fc.constant('flush' as const), tab, faults: misfortunes }),
  fc.record({ do: fc.constant('flush all' as const), faults: misfortunes }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 90 }) }),
  fc.record({ do: fc.constant('reload' as const), tab, steps: lifetime }),
);

/** The disk of all tabs, which notes what was taken from it and why. */
class WatchedDisk extends FakeDisk {
  readonly removed = new Map<string, EntryEnd['type']>();

  override remove(id: string, end: EntryEnd): Promise<void> {
    this.removed.set(id, end.type);
    return super.remove(id, end);
  }
}

async function live(lifetimes: readonly number[], steps: readonly Step[], chance: number) {
  const clock = new ManualClock();
  const disk = new WatchedDisk(new MemoryStore());
  const endpoint = new FakeEndpoint();
  const openTab = (steps: number) => new MortalTab(disk, endpoint.fetch, clock, () => chance, steps);
  const tabs = lifetimes.map(openTab);
  const tabAt = (index: number) => tabs[index] ?? openTab(0);
  /** What `submit` has promised to keep. */
  const promised: Submission[] = [];
  let lastScreening = sampleScreening().id;

  for (const step of steps) {
    if (step.do === 'wait') clock.advance(step.minutes * 60_000);
    if (step.do === 'reload') tabs[step.tab] = openTab(step.steps);
    if (step.do === 'flush' || step.do === 'flush all') {
      endpoint.faults.push(...step.faults.map((name) => faults[name]));
      const which = step.do === 'flush' ? [tabAt(step.tab)] : tabs;
      await Promise.all(which.map((each) => each.do((outbox) => outbox.flush())));
      endpoint.faults.length = 0;
    }
    if (step.do === 'screening' || step.do === 'contact') {
      const submission = step.do === 'screening' ? sampleScreening() : sampleContact(lastScreening);
      if (step.do === 'screening') lastScreening = submission.id;
      if ((await tabAt(step.tab).do((outbox) => outbox.submit(submission))) === 'done') promised.push(submission);
    }
  }
  return { clock, disk, endpoint, promised, openTab, tabs };
}

describe('whatever befalls tabs, network and endpoint', () => {
  it('nothing that was promised is lost, nothing is stored twice, and all that may go arrives in the end', async () => {
    const world = fc.tuple(
      fc.array(lifetime, { minLength: 3, maxLength: 3 }),
      fc.array(step, { minLength: 1, maxLength: 25 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(world, async ([lifetimes, steps, chance]) => {
        const { clock, disk, endpoint, promised, openTab, tabs } = await live(lifetimes, steps, chance);

        for (const [id, why] of disk.removed) {
          assert.equal(why, 'delivered', 'nobody has thrown anything away');
          assert.ok(endpoint.acknowledged.has(id), 'what was removed had its receipt');
        }
        for (const submission of promised) {
          const kept = await disk.get(submission.id);
          assert.ok(kept || endpoint.stored.has(submission.id), 'it is here or there');
          if (kept) assert.deepEqual(kept.body, canonicalBytes(submission));
          for (const { outbox, alive } of tabs) {
            const { status } = outbox.state(submission.id);
            if (alive && status === 'delivered')
              assert.ok(endpoint.acknowledged.has(submission.id), 'what is said is true');
          }
        }

        // Then all goes well again: a new visit, its waits waited out, and the participant sends the refused ones again.
        const { outbox } = openTab(Number.POSITIVE_INFINITY);
        for (const { id, state } of await outbox.entries()) if (state.status === 'parked') await outbox.retry(id);
        for (let round = 0; round < 3; round++) {
          clock.advance(2 * 60 * 60_000);
          await outbox.flush();
        }
        assert.deepEqual(await disk.list({ endpoint: ENDPOINT }), []);
        for (const submission of promised) {
          const text = new TextDecoder().decode(canonicalBytes(submission));
          assert.deepEqual(endpoint.stored.get(submission.id), { body: text, times: 1 });
        }
      }),
      { numRuns: 300 },
    );
  });
});
