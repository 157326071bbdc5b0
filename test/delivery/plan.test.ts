import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FailureReason, OutboxEntry } from '../../src/delivery/entry.ts';
import { isBehind, isReady, nextAttempt, nextToSend, type Situation } from '../../src/delivery/plan.ts';
import { sampleEntry } from '../suites/support/sample-entry.ts';

const NOW = Date.UTC(2025, 2, 3, 9);
const HOUR = 60 * 60_000;
const situation = (overrides: Partial<Situation> = {}): Situation => ({
  now: NOW,
  eager: false,
  mayGo: () => true,
  ...overrides,
});
const base = await sampleEntry();
const entry = (overrides: Partial<OutboxEntry> = {}): OutboxEntry => ({ ...base, ...overrides });

describe('an entry may go', () => {
  it('when its wait is over', () => {
    assert.equal(isReady(entry({ nextAttemptAt: NOW }), situation()), true);
    assert.equal(isReady(entry({ nextAttemptAt: NOW + 1 }), situation()), false);
  });

  it('when its wait is longer than any that we make: the clock was set back', () => {
    assert.equal(isReady(entry({ nextAttemptAt: NOW + 2 * HOUR }), situation()), false);
    assert.equal(isReady(entry({ nextAttemptAt: NOW + 2 * HOUR + 1 }), situation()), true);
  });

  const ofTheWay: Record<FailureReason, boolean> = {
    network: true,
    timeout: true,
    redirect: true,
    'not-a-receipt': true,
    busy: false,
    'server-error': false,
    unauthorised: false,
    forbidden: false,
  };
  for (const [reason, may] of Object.entries(ofTheWay) as [FailureReason, boolean][]) {
    it(`${may ? 'sooner' : 'no sooner'} after "${reason}" when something has changed`, () => {
      const waiting = entry({ reason, attempts: 1, nextAttemptAt: NOW + HOUR });
      assert.equal(isReady(waiting, situation({ eager: true })), may);
      assert.equal(isReady(waiting, situation()), false);
    });
  }

  it('not without its key, parked, or held', () => {
    assert.equal(isReady(entry(), situation({ mayGo: () => false })), false);
    assert.equal(isReady(entry({ status: 'parked' }), situation({ eager: true })), false);
    assert.equal(isReady(entry({ status: 'held', participant: 'p' }), situation({ eager: true })), false);
    assert.equal(nextAttempt(entry({ status: 'held', participant: 'p' })), undefined);
  });

  it('held, when it is anonymous and nobody could sign in for it', () => {
    assert.equal(isReady(entry({ status: 'held', reason: 'forbidden' }), situation()), true);
  });
});

describe('the next one to go', () => {
  const next = (all: OutboxEntry[], tried: string[] = []) => nextToSend(all, new Set(tried), situation())?.id;

  it('is the oldest, and of the same moment the one whose id was made first', () => {
    const [a, b, c] = [
      entry({ id: 'a', createdAt: 2 }),
      entry({ id: 'b', createdAt: 1 }),
      entry({ id: 'c', createdAt: 1 }),
    ];
    assert.equal(next([a, c, b]), 'b');
    assert.equal(next([a, c, b], ['b']), 'c');
    assert.equal(next([a, c, b], ['b', 'c']), 'a');
    assert.equal(next([a, c, b], ['a', 'b', 'c']), undefined);
  });

  it('is one never tried before one that failed', () => {
    assert.equal(next([entry({ id: 'old', attempts: 3, createdAt: 1 }), entry({ id: 'new', createdAt: 2 })]), 'new');
    assert.equal(
      next([entry({ id: 'b', attempts: 1, createdAt: 2 }), entry({ id: 'a', attempts: 3, createdAt: 1 })]),
      'a',
    );
  });

  it('is none that another must go before, even one that cannot go now', () => {
    const contact = entry({ id: 'contact', after: 'screening' });
    const screening = entry({ id: 'screening', status: 'parked' });
    assert.equal(isBehind(contact, [contact, screening]), true);
    assert.equal(next([contact, screening]), undefined);
    assert.equal(next([contact]), 'contact');
  });
});
