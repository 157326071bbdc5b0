import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ICAL from 'ical.js';
import { type Appointment, calendarFile } from '../../src/schedule/calendar-file.ts';
import { localTimes } from '../../src/schedule/days.ts';
import { readTrial } from '../support/plan.ts';

/** Calendar files, read back by a library that did not write them and knows of no zone but what the file says. */

const LA = 'America/Los_Angeles';
const NOW = '2026-01-05T12:00:00Z';

const appointments = (times: readonly string[], minutes?: number): Appointment[] =>
  times.map((startsAt, index) => ({ uid: `a${index}`, startsAt, ...(minutes !== undefined && { minutes }) }));

function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const zones = calendar.getAllSubcomponents('vtimezone').map((component) => new ICAL.Timezone(component));
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  /** By the offsets in the file: nothing else is registered. */
  const utc = (time: ICAL.Time): string => new Date(time.toUnixTime() * 1000).toISOString().replace('.000', '');
  return { calendar, events, zones, utc };
}

describe('a calendar file', () => {
  const changes = [
    ['March', LA, '2026-02-24T17:00'],
    ['November', LA, '2026-10-20T17:00'],
    ['March', 'America/New_York', '2026-02-24T23:30'],
    ['autumn in Madrid', 'Europe/Madrid', '2026-10-13T08:15'],
    ['autumn in Auckland', 'Pacific/Auckland', '2026-03-24T09:00'],
  ] as const;
  for (const [what, zone, first] of changes) {
    it(`across the change in ${what} (${zone}), each session keeps its local time and its instant`, () => {
      const times = localTimes(first, 'P2W', 4, zone);
      const file = calendarFile(appointments(times, 50), { zone, language: 'en', now: NOW });
      const { events, utc, zones } = read(file);
      assert.deepEqual(
        zones.map(({ tzid }) => tzid),
        [zone],
      );
      for (const [index, { startDate, endDate }] of events.entries()) {
        assert.equal(startDate.toString().slice(11, 16), first.slice(11));
        const begins = times[index] ?? '';
        assert.equal(utc(startDate), begins);
        assert.equal(Date.parse(utc(endDate)) - Date.parse(begins), 50 * 60_000);
      }
    });
  }

  it('has one appointment or all, each known again by its uid', () => {
    const times = localTimes('2026-02-24T17:00', 'P2W', 6, LA);
    const uids = (count: number) =>
      read(calendarFile(appointments(times.slice(0, count)), { zone: LA, language: 'en', now: NOW })).events.map(
        ({ uid }) => uid,
      );
    assert.deepEqual(uids(1), ['a0']);
    assert.deepEqual(uids(6), ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
    assert.deepEqual(uids(0), []);
  });

  it('is made at a time in UTC, wherever it is made', () => {
    const file = calendarFile(appointments(['2026-02-25T01:00:00Z']), { zone: LA, language: 'en', now: NOW });
    assert.match(file, /^DTSTAMP:20260105T120000Z$/m);
    assert.ok(
      file
        .split('\n')
        .slice(0, -1)
        .every((line) => line.endsWith('\r')),
    );
  });

  it('means the right one of the two hours that autumn gives', () => {
    for (const startsAt of ['2026-11-01T08:30:00Z', '2026-11-01T09:30:00Z']) {
      const { events, utc } = read(calendarFile(appointments([startsAt], 20), { zone: LA, language: 'en', now: NOW }));
      const [event] = events;
      assert.ok(event);
      assert.deepEqual([utc(event.startDate), utc(event.endDate)], [startsAt, startsAt.replace(':30:', ':50:')]);
    }
  });

  it('knows zones that never change, and UTC', () => {
    for (const zone of ['UTC', 'Asia/Tokyo', 'America/Phoenix']) {
      const { events, utc } = read(
        calendarFile(appointments(['2026-07-01T09:30:00Z'], 30), { zone, language: 'en', now: NOW }),
      );
      assert.equal(events[0] && utc(events[0].startDate), '2026-07-01T09:30:00Z', zone);
    }
  });

  it('is titled in the participant’s language, and holds a time and nothing else', () => {
    for (const [language, title] of [
      ['en', 'Appointment'],
      ['es-MX', 'Cita'],
      ['fr', 'Appointment'],
    ] as const) {
      const file = calendarFile(appointments(['2026-02-25T01:00:00Z'], 30), { zone: LA, language, now: NOW });
      const { calendar } = read(file);
      const [event] = calendar.getAllSubcomponents('vevent');
      const properties = event?.getAllProperties().map(({ name }) => name);
      assert.deepEqual(properties, ['uid', 'sequence', 'dtstamp', 'dtstart', 'dtend', 'summary']);
      assert.equal(event?.getFirstPropertyValue('summary'), title);
      assert.deepEqual(
        calendar.getAllProperties().map(({ name }) => name),
        ['version', 'prodid'],
      );
    }
  });

  it('names neither study nor arm nor topic', async () => {
    const times = localTimes('2026-02-24T17:00', 'P2W', 6, LA);
    const file = calendarFile(appointments(times, 30), { zone: LA, language: 'en', now: NOW }).toLowerCase();
    for (const name of ['keck', 'mgh'] as const) {
      const { id, title, arms = [] } = await readTrial(name);
      const words = [
        id,
        ...Object.values(title),
        ...arms.flatMap((arm) => [arm.id, ...Object.values(arm.title), ...arm.series.map((series) => series.id)]),
        ...['steady', 'study', 'trial', 'burnout', 'stress', 'session', 'wellbeing'],
      ];
      for (const word of words) assert.ok(!file.includes(word.toLowerCase()), word);
    }
  });
});
