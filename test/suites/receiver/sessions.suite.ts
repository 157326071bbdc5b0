import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { as, send } from '../../support/participants.ts';
import { type Joined, reopened } from '../../support/questionnaire-office.ts';
import {
  exampleWithSessions,
  openSessionOffice,
  type SessionOffice,
  sessionOffice,
} from '../../support/session-office.ts';
import type { Bench } from '../store.suite.ts';

/** What two receivers on one database do with sessions between them, each with connections of its own. */
export function sessionsSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`two receivers of sessions on ${name}`, () => {
    let bench: Bench;
    let here: SessionOffice;
    let there: SessionOffice;
    beforeEach(async () => {
      bench = await createBench();
      here = await openSessionOffice({}, { store: await bench.open() });
      there = await sessionOffice(await reopened({ ...here, store: await bench.open() }, exampleWithSessions()));
    });
    afterEach(async () => {
      await Promise.all([here.receiver.close(), there.receiver.close()]);
      await bench.remove();
    });

    it('give the last seat of a slot to one of all who ask', async () => {
      const people: Joined[] = [];
      for (let count = 0; count < 6; count += 1) people.push(await here.inArm('calls-arm'));
      const startsAt = '2026-03-12T16:00:00Z';
      const slot = await here.putUp('series', 'calls', { kind: 'slot', about: 'calls', startsAt, seats: 2 });
      const asking = { type: 'reschedule-asked', session: 'calls-1', slot } as const;
      const told = await Promise.all(
        people.map((person, index) => (index % 2 === 0 ? here : there).said(person, asking)),
      );
      assert.deepEqual(told.map((deviations) => deviations.join()).toSorted(), [
        ...['', ''],
        ...['slot-taken', 'slot-taken', 'slot-taken', 'slot-taken'],
      ]);
      const starts = await Promise.all(people.map(async (person) => (await there.session(person, 'calls-1')).startsAt));
      assert.equal(starts.filter((one) => one === startsAt).length, 2);
    });

    it('record once what two facilitators say at once, and flag one review', async () => {
      const person = await here.inArm('calls-arm');
      for (const office of [here, there]) office.goTo('2026-04-08');
      for (const number of [1, 2]) {
        const override = { override: true, reason: 'Told on the phone.' };
        await here.record(person, { event: 'missed', session: `calls-${number}`, ...override });
      }
      const secret = await here.hire('facilitator');
      const path = `/studies/${here.study}/participants/${person.id}/session-events`;
      const missed = { event: 'missed', session: 'calls-3', at: '2026-04-08T10:00:00Z' };
      const answers = await Promise.all([here, there].map((office) => send(office, 'POST', path, missed, { secret })));
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 204]);
      const flags = await here.store.transaction((tx) => tx.flags(here.study, { limit: 99 }));
      assert.equal(flags.filter(({ kind }) => kind === 'withdrawal-review').length, 1);
      const { body } = await as(there, secret, path.replace('session-events', 'sessions'));
      assert.equal(JSON.parse(body).events.length, 3);
    });

    it('leave a participant one calendar feed, whichever made it last', async () => {
      const person = await here.inArm('calls-arm');
      const secret = person.device.token;
      const path = `/studies/${here.study}/me/calendar`;
      const made = await Promise.all(
        [here, there, here, there].map((office) => send(office, 'POST', path, { language: 'en' }, { secret })),
      );
      assert.ok(made.every(({ status }) => status === 201));
      const read = await Promise.all(made.map(({ body }) => there.ask(`/${JSON.parse(body).address}`)));
      assert.deepEqual(read.map(({ status }) => status).toSorted(), [200, 404, 404, 404]);
    });
  });
}
