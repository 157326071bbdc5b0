import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger, SILENT } from '../../../src/receiver/log.ts';
import type { Mode } from '../../../src/receiver/mode.ts';
import { createSweeper, type Sweeper } from '../../../src/receiver/questionnaires/sweep.ts';
import { addStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { createQueue } from '../../../src/receiver/webhooks/queue-event.ts';
import { knownStudy } from '../../support/allocation/hand-in.ts';
import { STUDY, somebody, taken, withdrawal } from '../../support/consent-office.ts';
import { as } from '../../support/participants.ts';
import {
  exampleWithQuestionnaires,
  handedIn,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  sentNow,
  WEEK_12,
} from '../../support/questionnaire-office.ts';

let office: QuestionnaireOffice;

/** A receiver of its own for each test of a group. */
function inOffice(): void {
  beforeEach(async () => {
    office = await openQuestionnaireOffice();
  });
  afterEach(() => office.receiver.close());
}

describe('GET /studies/{study}/staff/due', () => {
  inOffice();
  async function due(query = '', sites: readonly string[] = []): Promise<string[]> {
    const staff = { study: STUDY, role: 'coordinator', name: 'Ana Ruiz', sites, series: [], days: 900 } as const;
    const { token } = await addStaff({ ...office, now: () => new Date(office.clock.now) }, staff);
    const answer = await as(office, token, `/studies/${STUDY}/staff/due${query}`);
    assert.equal(answer.status, 200, answer.body);
    const told: { participant: string; assessment: string; state: string; due: string; closes: string }[] = JSON.parse(
      answer.body,
    ).due;
    return told.map((one) => [one.participant, one.assessment, one.state, one.due, one.closes].join(' '));
  }

  it('tells who can hand in what and has not: open, due, and overdue', async () => {
    const person = await office.join();
    assert.deepEqual(await due(), [`${person.id} baseline due 2026-03-09 2026-04-06`]);
    await handedIn(office, person, questionnaire());
    assert.deepEqual(await due(), []);
    for (const [day, ...told] of [
      ['2026-05-24'],
      ['2026-05-25', 'open'],
      ['2026-05-31', 'open'],
      ['2026-06-01', 'due'],
      ['2026-06-02', 'overdue'],
      ['2026-06-29', 'overdue'],
      ['2026-06-30'],
    ]) {
      assert.deepEqual(
        await due(`?day=${day}`),
        told.map((state) => `${person.id} week-12 ${state} 2026-06-01 2026-06-29`),
        day,
      );
    }
    assert.deepEqual(await due('?day=2026-03-08'), [], 'nobody had joined');
  });

  it('of a day that is past looks at what had been handed in by then', async () => {
    const person = await office.join();
    office.clock.now = '2026-03-12T18:00:00.000Z';
    await handedIn(office, person, sentNow(office));
    assert.deepEqual(await due('?day=2026-03-11'), [`${person.id} baseline overdue 2026-03-09 2026-04-06`]);
    assert.deepEqual(await due('?day=2026-03-12'), []);
  });

  it('asks nothing of who has not signed, or has left; and shows each site its own', async () => {
    await somebody(office);
    const left = await office.join();
    await taken(office, left.device, withdrawal());
    const [north, south] = [await office.join('en', 'north'), await office.join('en', 'south')];
    const ids = async (sites?: readonly string[]) => (await due('', sites)).map((one) => one.split(' ')[0]);
    assert.deepEqual(await ids(), [north.id, south.id]);
    assert.deepEqual(await ids(['south']), [south.id]);
  });

  it('refuses what is no day', async () => {
    const staff = { study: STUDY, role: 'coordinator', name: 'A', sites: [], series: [], days: 30 } as const;
    const { token } = await addStaff({ ...office, now: () => new Date(office.clock.now) }, staff);
    for (const day of ['2026-02-30', 'today', '']) {
      const answer = await as(office, token, `/studies/${STUDY}/staff/due?day=${day}`);
      assert.deepEqual([answer.status, answer.problem()], [422, 'not-a-request']);
    }
  });
});

describe('what is looked for from time to time', () => {
  inOffice();
  async function sweeper({ mode = 'test' }: { mode?: Mode } = {}): Promise<Sweeper> {
    const { store, keys, clock } = office;
    const known = await knownStudy({ store, keys, now: clock.now }, exampleWithQuestionnaires());
    const queueEvent = createQueue(new Map([[STUDY, { url: 'https://example.org', secrets: [] }]]));
    const desk = { store, mode, now: () => new Date(clock.now), queueEvent };
    return createSweeper({ studies: [known], desk, logger: SILENT, every: 60_000, watch: () => () => {} });
  }
  const told = async (): Promise<string[]> => {
    const events = await office.store.transaction((tx) => tx.events(STUDY, { limit: 99 }));
    return events.toReversed().map(({ body, site }) => {
      const { type, data } = JSON.parse(body);
      const { participant, assessment, day, ...rest } = data;
      assert.deepEqual(rest, { study: STUDY, mode: 'test', ...(site !== null && { site }) }, 'ids and the day alone');
      return `${participant} ${type} ${assessment} ${day}`;
    });
  };

  it('is told to the webhook once each: that something is due, and that it is overdue', async () => {
    const [person, other] = [await office.join('en', 'north'), await office.join()];
    await handedIn(office, other, questionnaire());
    const look = await sweeper();
    assert.deepEqual([await look.sweep(), await look.sweep()], [1, 0]);
    assert.deepEqual(await told(), [`${person.id} assessment-due baseline 2026-03-09`]);
    office.clock.now = '2026-03-10T06:59:59.999Z';
    assert.equal(await look.sweep(), 0, 'it is still that day where the study is');
    office.clock.now = '2026-03-10T07:00:00.000Z';
    assert.deepEqual([await look.sweep(), await look.sweep()], [1, 0]);
    assert.deepEqual(await told(), [
      `${person.id} assessment-due baseline 2026-03-09`,
      `${person.id} assessment-overdue baseline 2026-03-09`,
    ]);
    office.clock.now = '2026-06-05T12:00:00.000Z';
    assert.equal(await look.sweep(), 2, 'nobody looked on the day itself: both are told');
    assert.deepEqual((await told()).slice(2), [
      `${other.id} assessment-due week-12 2026-06-01`,
      `${other.id} assessment-overdue week-12 2026-06-01`,
    ]);
    await handedIn(office, other, sentNow(office, { assessment: 'week-12', parts: [...WEEK_12] }));
    office.clock.now = '2026-06-20T12:00:00.000Z';
    assert.equal(await look.sweep(), 0);
  });

  it('is told once where several receivers look at once', async () => {
    for (let count = 0; count < 5; count += 1) await office.join();
    const looks = await Promise.all(Array.from({ length: 4 }, () => sweeper()));
    const found = await Promise.all(looks.map((look) => look.sweep()));
    assert.equal(
      found.reduce((sum, one) => sum + one, 0),
      5,
    );
    assert.equal(new Set(await told()).size, 5);
  });

  it('is not told of who has left, has not signed, or is of another mode', async () => {
    await somebody(office);
    const left = await office.join();
    await taken(office, left.device, withdrawal());
    await office.join();
    assert.equal(await (await sweeper({ mode: 'live' })).sweep(), 0);
    assert.equal(await (await sweeper()).sweep(), 1);
  });

  it('goes through everybody, however many there are', async () => {
    const { store, clock } = office;
    const { consent: _, ...json } = exampleWithQuestionnaires();
    const people = Array.from({ length: 120 }, (_, index) => `p${String(index).padStart(3, '0')}`);
    const usual = { study: STUDY, mode: 'test', site: null, screeningIdHash: null, contact: null } as const;
    await store.transaction(async (tx) => {
      for (const id of people) await tx.addParticipant({ ...usual, id, enrolledAt: clock.now });
    });
    const known = await knownStudy({ store, keys: office.keys, now: clock.now }, { ...json, version: '1.3.0' });
    const queueEvent = createQueue(new Map([[STUDY, { url: 'https://example.org', secrets: [] }]]));
    const desk = { store, mode: 'test', now: () => new Date(clock.now), queueEvent } as const;
    const look = createSweeper({ studies: [known], desk, logger: SILENT, every: 60_000, watch: () => () => {} });
    assert.equal(await look.sweep(), 120);
  });

  it('is looked for again after each pause, also where one look failed, until it is stopped', async () => {
    let log = '';
    const logger = createLogger({
      write(line: string) {
        log += line;
      },
    });
    const { store, keys, clock } = office;
    const known = await knownStudy({ store, keys, now: clock.now }, exampleWithQuestionnaires());
    const pauses: number[] = [];
    let failing = true;
    const desk = {
      store: {
        ...store,
        transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]) =>
          failing ? Promise.reject(Object.assign(new Error('away'), { code: 'busy' })) : store.transaction(work),
      },
      ...({ mode: 'test', now: () => new Date(clock.now), queueEvent: async () => {} } as const),
    };
    const looking = createSweeper({
      ...{ studies: [known], desk, logger, every: 77, watch: () => () => {} },
      async sleep(ms, signal) {
        pauses.push(ms);
        failing = false;
        if (pauses.length > 2) await delay(60_000, undefined, { signal });
      },
    });
    await office.join();
    looking.start();
    looking.start();
    while (pauses.length < 3) await delay(1);
    await looking.stop();
    assert.deepEqual(pauses, [77, 77, 77]);
    assert.match(log, /"code":"busy","msg":"looking for what is due failed"/);
  });
});
