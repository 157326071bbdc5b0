import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { retryAfter } from '../../src/delivery/retry-after.ts';

const NOW = Date.UTC(2025, 2, 3, 9, 0, 0);
const wait = (value: string, date?: string) =>
  retryAfter(new Headers({ 'Retry-After': value, ...(date === undefined ? {} : { Date: date }) }), NOW);

describe('Retry-After', () => {
  it('is nothing when absent', () => {
    assert.equal(retryAfter(new Headers(), NOW), undefined);
  });

  it('counts seconds', () => {
    assert.equal(wait('0'), 0);
    assert.equal(wait('120'), 120_000);
    assert.equal(wait(' 7 '), 7_000);
  });

  it('counts to a date, in each of the three forms', () => {
    assert.equal(wait('Mon, 03 Mar 2025 09:01:00 GMT'), 60_000);
    assert.equal(wait('Monday, 03-Mar-25 09:01:00 GMT'), 60_000);
    assert.equal(wait('Mon Mar  3 09:01:00 2025'), 60_000);
  });

  it('counts from the clock of the answer, though this device be a day ahead or behind', () => {
    assert.equal(wait('Tue, 04 Mar 2025 09:01:00 GMT', 'Tue, 04 Mar 2025 09:00:00 GMT'), 60_000);
    assert.equal(wait('Sun, 02 Mar 2025 09:01:00 GMT', 'Sun, 02 Mar 2025 09:00:00 GMT'), 60_000);
  });

  it('is no wait when the date has passed', () => {
    assert.equal(wait('Mon, 03 Mar 2025 08:00:00 GMT'), 0);
  });

  it('counts from this clock when that of the answer is garbage', () => {
    assert.equal(wait('Mon, 03 Mar 2025 09:01:00 GMT', 'yesterday'), 60_000);
  });

  it('is nothing when it is neither', () => {
    for (const value of [
      'soon',
      '-5',
      '1.5',
      '2025-03-03T09:01:00Z',
      '120, 60',
      'Mon, 99 Foo 2025 09:01:00 GMT',
      '5s',
    ]) {
      assert.equal(wait(value), undefined, value);
    }
  });
});
