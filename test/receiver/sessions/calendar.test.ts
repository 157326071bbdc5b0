import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import ICAL from 'ical.js';
import { localTimes } from '../../../src/schedule/days.ts';
import { withdrawal } from '../../support/consent-office.ts';
import { as, eventsOf, me, postAs, send } from '../../support/participants.ts';
import type { Joined } from '../../support/questionnaire-office.ts';
import { openSessionOffice, type SessionOffice } from '../../support/session-office.ts';

/** A participant's appointments as a calendar program reads them, parsed by another library than the one that wrote them. */

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component))
    .map(({ summary, startDate, endDate, uid }) => ({
      ...{ summary, uid, starts: startDate.toString(), ends: endDate?.toString() },
      // No zone is known here but what the file says of it.
      at: new Date(startDate.toUnixTime() * 1000).toISOString(),
    }));

/** Whatever would tell a study, an arm or a topic. */
const TELLING = /calm-ward|groups|group|wellbeing|burnout|stress|study|arm\b|Room|meet\.example|Therap/i;

describe('a participant’s appointments', () => {
  let office: SessionOffice;
  let person: Joined;
  beforeEach(async () => {
    office = await openSessionOffice({}, { limits: { wrongSecrets: 5 } });
    office.goTo('2026-02-20');
    person = await office.inArm('groups-arm');
    const times = localTimes('2026-02-24T17:00', 'P2W', 3, 'America/Los_Angeles');
    for (const [index, startsAt] of times.entries()) {
      const where = { place: 'Room 3', link: 'https://meet.example.org/x', leader: 'Dr. Therapist' };
      await office.putUp('series', 'groups', { kind: 'time', about: `groups-${index + 1}`, startsAt, ...where });
    }
  });
  afterEach(() => office.receiver.close());

  const mine = (path: string, { device } = person) => as(office, device.token, `/studies/${office.study}/me/${path}`);
  const feed = async (language = 'en'): Promise<string> => {
    const path = `/studies/${office.study}/me/calendar`;
    const answer = await send(office, 'POST', path, { language }, { secret: person.device.token });
    assert.equal(answer.status, 201, answer.body);
    const { address, madeAt } = JSON.parse(answer.body);
    assert.equal(madeAt, office.clock.now);
    return `/${address}`;
  };

  it('are one file, each at its local time through the change of clocks, called by a word that tells nothing', async () => {
    const { status, headers, body } = await mine('sessions.ics?language=es');
    assert.deepEqual([status, headers.get('content-type')], [200, 'text/calendar; charset=utf-8']);
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="appointments\.ics"$/);
    assert.equal(headers.get('cache-control'), 'no-store');
    const events = eventsIn(body);
    assert.deepEqual(
      events.map(({ summary, starts, ends }) => [summary, starts, ends]),
      ['2026-02-24', '2026-03-10', '2026-03-24'].map((on) => ['Cita', `${on}T17:00:00`, `${on}T17:50:00`]),
    );
    assert.doesNotMatch(body, TELLING);
    const again = eventsIn((await mine('sessions.ics')).body);
    assert.deepEqual(
      again.map(({ uid }) => uid),
      events.map(({ uid }) => uid),
      'the same appointment is known again',
    );
    assert.equal(new Set(events.map(({ uid }) => uid)).size, 3);
  });

  it('are one each, where it has a time', async () => {
    const [event, ...more] = eventsIn((await mine('sessions/groups-2.ics')).body);
    assert.deepEqual([event?.summary, event?.starts, more], ['Appointment', '2026-03-10T17:00:00', []]);
    for (const none of ['drop-in-1.ics', 'groups-9.ics', 'calls-1.ics', 'groups-2', '..ics']) {
      const answer = await mine(`sessions/${none}`);
      assert.deepEqual([answer.status, answer.problem()], [404, 'unknown-session'], none);
    }
  });

  it('have a feed under a secret address, until it is made anew or ended', async () => {
    const address = await feed('es');
    assert.match(address, /^\/calendar\/[\w-]{43}\.ics$/);
    assert.doesNotMatch(address, TELLING);
    assert.equal((await office.told(person)).calendar, true);
    const read = await office.ask(address);
    assert.deepEqual([read.status, eventsIn(read.body).map(({ summary }) => summary)], [200, ['Cita', 'Cita', 'Cita']]);
    assert.doesNotMatch(`${read.body} ${JSON.stringify([...read.headers])}`, TELLING);
    const kept = await office.store.transaction((tx) => tx.feedOf(office.study, person.id));
    assert.ok(!address.includes(kept?.hash ?? assert.fail()), 'the address itself is kept nowhere');

    const next = await feed();
    assert.deepEqual([(await office.ask(address)).status, (await office.ask(next)).status], [404, 200]);
    const ended = await as(office, person.device.token, `/studies/${office.study}/me/calendar`, { method: 'DELETE' });
    assert.equal(ended.status, 204);
    const gone = await office.ask(next);
    assert.deepEqual([gone.status, gone.problem()], [404, 'unknown-calendar']);
    assert.equal((await office.told(person)).calendar, false);
    assert.deepEqual(
      (await eventsOf(office, person.id, office.study)).filter((event) => event.startsWith('calendar')),
      ['calendar-made', 'calendar-made', 'calendar-ended'],
    );
  });

  it('keep their local time in the feed when clocks are put back, by what the feed itself says of the zone', async () => {
    office.goTo('2026-10-12');
    person = await office.inArm('groups-arm');
    const times = localTimes('2026-10-20T17:00', 'P2W', 3, 'America/Los_Angeles');
    for (const [index, startsAt] of times.entries())
      await office.putUp('participant', person.id, { kind: 'time', about: `groups-${index + 1}`, startsAt });
    const { body } = await office.ask(await feed());
    assert.deepEqual(
      eventsIn(body).map(({ starts, at }) => [starts, at]),
      [
        ['2026-10-20T17:00:00', '2026-10-21T00:00:00.000Z'],
        ['2026-11-03T17:00:00', '2026-11-04T01:00:00.000Z'],
        ['2026-11-17T17:00:00', '2026-11-18T01:00:00.000Z'],
      ],
    );
  });

  it('cannot be guessed: who tries too often is asked to wait', async () => {
    const wrong = `/calendar/${'a'.repeat(43)}.ics`;
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await office.ask(wrong)).status);
    assert.deepEqual(statuses, [404, 404, 404, 404, 404, 429]);
  });

  it('are without what was called off, and none for whoever has left', async () => {
    await office.putUp('series', 'groups', { kind: 'cancelled', about: 'groups-2', reason: 'Snow.' });
    assert.equal((await office.session(person, 'groups-2')).state, 'cancelled-by-staff');
    assert.equal(eventsIn((await mine('sessions.ics')).body).length, 2);
    const address = await feed();
    await postAs(office, person.device.token, withdrawal('study', { study: office.study }));
    assert.deepEqual(eventsIn((await office.ask(address)).body), []);
    assert.equal((await me(office, person.device, office.study)).sessions, undefined);
  });
});
