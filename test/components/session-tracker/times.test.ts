import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  dayIn,
  daySpan,
  fromToday,
  leafOf,
  longDay,
  type Reckoning,
  shortDay,
  timeHere,
  timeOfDay,
} from '../../../components/session-tracker/times.ts';

const LA = 'America/Los_Angeles';
const reckoning = (changes: Partial<Reckoning> = {}): Reckoning => ({
  ...{ language: 'en', zone: LA, here: LA, now: new Date('2026-05-14T18:00:00Z') },
  ...changes,
});
/** Spaces of whatever kind a language's data has between hour and meridiem. */
const plain = (text: string | undefined): string | undefined => text?.replace(/\s/g, ' ');

describe('a day', () => {
  it('is the one in the plan’s zone, whatever day it is here', () => {
    assert.equal(dayIn(new Date('2026-05-15T06:59:00Z'), LA), '2026-05-14');
    assert.equal(dayIn(new Date('2026-05-15T07:00:00Z'), LA), '2026-05-15');
  });

  it('is written out, short, and as a sheet off a calendar; with its year where that is another', () => {
    assert.equal(longDay('2026-05-14', reckoning()), 'Thursday, May 14');
    assert.equal(longDay('2027-01-04', reckoning()), 'Monday, January 4, 2027');
    assert.equal(shortDay('2026-05-14', reckoning({ language: 'es' })), '14 may');
    assert.deepEqual(leafOf('2026-05-14', reckoning()), { weekday: 'Thu', day: '14', month: 'May' });
    assert.match(daySpan('2026-05-11', '2026-05-24', reckoning()), /^May 11\s–\s24$/);
  });

  it('lies as many days from today as there are between them in the plan’s zone', () => {
    assert.equal(fromToday('2026-05-14', reckoning()), 'today');
    assert.equal(fromToday('2026-05-15', reckoning()), 'tomorrow');
    assert.equal(fromToday('2026-05-13', reckoning({ now: new Date('2026-05-14T05:00:00Z') })), 'today');
    assert.equal(fromToday('2026-05-19', reckoning()), 'in 5 days');
    assert.equal(fromToday('2026-06-04', reckoning()), 'in 3 weeks');
  });

  it('keeps its distance when clocks change in between', () => {
    const before = reckoning({ now: new Date('2026-03-07T20:00:00Z') });
    assert.equal(fromToday('2026-03-09', before), 'in 2 days');
  });
});

describe('a time', () => {
  it('is the plan’s alone where this device shows the same', () => {
    const start = new Date('2026-05-15T00:30:00Z');
    assert.equal(plain(timeOfDay(start, reckoning())), '5:30 PM');
    assert.equal(timeHere(start, reckoning()), undefined);
    assert.equal(timeHere(start, reckoning({ here: 'America/Tijuana' })), undefined);
  });

  it('has its zone, and the time here beside it, where this device shows another; with the day where that differs', () => {
    const start = new Date('2026-05-15T00:30:00Z');
    assert.equal(plain(timeOfDay(start, reckoning({ here: 'America/New_York' }))), '5:30 PM PDT');
    assert.equal(plain(timeHere(start, reckoning({ here: 'America/New_York' }))), '8:30 PM EDT');
    assert.equal(plain(timeHere(start, reckoning({ here: 'Europe/Madrid' }))), 'May 15, 2:30 AM GMT+2');
  });

  it('of a weekly session stays the same across the changes of clocks in March and November', () => {
    const at = (instant: string): string | undefined => plain(timeOfDay(new Date(instant), reckoning()));
    assert.deepEqual([at('2026-03-05T01:30:00Z'), at('2026-03-12T00:30:00Z')], ['5:30 PM', '5:30 PM']);
    assert.deepEqual([at('2026-10-29T00:30:00Z'), at('2026-11-05T01:30:00Z')], ['5:30 PM', '5:30 PM']);
  });
});
