import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { verifyAllocation } from '../../../src/receiver/allocation/verify-allocation.ts';
import { SILENT } from '../../../src/receiver/log.ts';
import { createSweeper, type Sweeper } from '../../../src/receiver/questionnaires/sweep.ts';
import { addStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import { createQueue } from '../../../src/receiver/webhooks/queue-event.ts';
import { knownStudy } from '../../support/allocation/hand-in.ts';
import { STUDY, somebody } from '../../support/consent-office.ts';
import { postAs, send } from '../../support/participants.ts';
import {
  exampleWithQuestionnaires,
  handedIn,
  type Joined,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  reopened,
} from '../../support/questionnaire-office.ts';
import type { Bench } from '../store.suite.ts';

const numerically = (a: number, b: number): number => a - b;

/** What two receivers on one database do with questionnaires between them, each with connections of its own. */
export function questionnairesSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`two receivers of questionnaires on ${name}`, () => {
    let bench: Bench;
    let here: QuestionnaireOffice;
    let there: QuestionnaireOffice;
    beforeEach(async () => {
      bench = await createBench();
      here = await openQuestionnaireOffice({}, { store: await bench.open() });
      there = await reopened({ ...here, store: await bench.open() }, exampleWithQuestionnaires());
    });
    afterEach(async () => {
      await Promise.all([here.receiver.close(), there.receiver.close()]);
      await bench.remove();
    });

    it('take, score and allocate each once, however many come to both at once', async () => {
      const people: Joined[] = [];
      for (let count = 0; count < 10; count += 1) people.push(await here.join());
      await Promise.all(
        people.map(async ({ device: { writeKey } }) => {
          const given = questionnaire();
          const answers = await Promise.all([postAs(here, writeKey, given), postAs(there, writeKey, given)]);
          assert.deepEqual(answers.map(({ status }) => status).toSorted(numerically), [200, 201]);
          assert.equal(answers[0].body, answers[1].body);
        }),
      );
      await here.store.transaction(async (tx) => {
        for (const { id } of people) {
          assert.equal((await tx.questionnaires(STUDY, id)).length, 1);
          assert.equal((await tx.scoresOfParticipant(STUDY, id)).length, 5);
        }
        const places = (await tx.allAllocations(STUDY, 'test')).map(({ block, place }) => `${block} ${place}`);
        assert.equal(new Set(places).size, people.length);
      });
      assert.deepEqual((await verifyAllocation(here, STUDY)).findings, []);
    });

    it('count one of two of the same assessment, and know the other for a second', async () => {
      const { id, device } = await here.join();
      const answers = await Promise.all([
        postAs(here, device.writeKey, questionnaire()),
        postAs(there, device.writeKey, questionnaire()),
      ]);
      const told = answers.map((answer) => answer.receipt().deviations.join());
      assert.deepEqual(told.toSorted(), ['', 'answered-before']);
      await here.store.transaction(async (tx) => {
        const rows = await tx.questionnaires(STUDY, id);
        assert.deepEqual(
          rows.map(({ deviations }) => deviations),
          [[], ['answered-before']],
          'the second in the chain is the one that was told so',
        );
        assert.equal((await tx.allocation(STUDY, id))?.submission, rows[0]?.submission);
      });
    });

    it('let one of two coordinators decide about what is kept apart', async () => {
      const staff = { study: STUDY, role: 'coordinator', name: 'Ana Ruiz', sites: [], series: [], days: 30 } as const;
      const { token: secret } = await addStaff({ ...here, now: () => new Date(here.clock.now) }, staff);
      const given = questionnaire();
      await handedIn(here, await somebody(here), given);
      const path = `/studies/${STUDY}/staff/kept-apart/${given.id}`;
      const body = { ruling: 'release', reason: 'Signed on paper.' };
      const answers = await Promise.all([here, there].map((office) => send(office, 'POST', path, body, { secret })));
      assert.deepEqual(answers.map(({ status }) => status).toSorted(numerically), [204, 409]);
      const scores = await here.store.transaction((tx) => tx.scores(STUDY, given.id));
      assert.equal(scores.length, 5);
    });

    it('tell once between them that somebody is due', async () => {
      for (let count = 0; count < 5; count += 1) await here.join();
      const queueEvent = createQueue(new Map([[STUDY, { url: 'https://example.org', secrets: [] }]]));
      const sweepers: Sweeper[] = [];
      for (const { store, keys, clock } of [here, there]) {
        const known = await knownStudy({ store, keys, now: clock.now }, exampleWithQuestionnaires());
        const desk = { store, mode: 'test', now: () => new Date(clock.now), queueEvent } as const;
        sweepers.push(createSweeper({ studies: [known], desk, logger: SILENT, every: 60_000, watch: () => () => {} }));
      }
      const found = await Promise.all(sweepers.map((sweeper) => sweeper.sweep()));
      assert.equal(
        found.reduce((sum, one) => sum + one, 0),
        5,
      );
      const events = await here.store.transaction((tx) => tx.events(STUDY, { limit: 99 }));
      assert.equal(new Set(events.map(({ body }) => JSON.parse(body).data.participant)).size, 5);
    });
  });
}
