import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyAllocation } from '../../../src/receiver/allocation/verify-allocation.ts';
import { createLogger } from '../../../src/receiver/log.ts';
import { STUDY, signs, taken, withdrawal } from '../../support/consent-office.ts';
import { type Device, enrolled, postAs } from '../../support/participants.ts';
import {
  allOf,
  exampleWithQuestionnaires,
  handedIn,
  type Joined,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  questionnaireOfficeFor,
} from '../../support/questionnaire-office.ts';
import { screening } from '../../support/receiver.ts';
import { exampleStudy } from '../../support/studies.ts';

/** What would tell an arm, or how it was drawn. */
const TELLING = /groups-arm|calls-arm|stratum|"(arm|block|place|ratio)s?"/;

const armOf = async ({ store }: QuestionnaireOffice, { id }: Pick<Joined, 'id'>) =>
  (await store.transaction((tx) => tx.allocation(STUDY, id)))?.arm;

const wanting = async ({ store }: QuestionnaireOffice) =>
  (await store.transaction((tx) => tx.flags(STUDY, { limit: 99 }))).map(
    ({ kind, subjects }) => `${kind} ${subjects[0]}`,
  );

describe('the baseline that is handed in', () => {
  it('allocates in the same transaction, once, and tells nobody where: not by a word, not by its length', async () => {
    let log = '';
    const logger = createLogger({
      write(line: string) {
        log += line;
      },
    });
    const office = await openQuestionnaireOffice({}, { logger });
    const people: Joined[] = [];
    for (let count = 0; count < 8; count += 1) people.push(await office.join());
    const receipts: string[] = [];
    for (const person of people) {
      assert.equal(await armOf(office, person), undefined);
      receipts.push((await handedIn(office, person, questionnaire())).body);
      assert.ok((await armOf(office, person)) !== undefined);
    }
    const arms = await Promise.all(people.map((person) => armOf(office, person)));
    assert.deepEqual(new Set(arms).size, 2);
    assert.equal(new Set(receipts.map(({ length }) => length)).size, 1);
    for (const told of [...receipts, log]) assert.doesNotMatch(told, TELLING);
    assert.ok(log.includes('request'));

    const [one] = people;
    assert(one);
    await handedIn(office, one, questionnaire());
    assert.equal(await armOf(office, one), arms[0], 'and a second one changes nothing');
    assert.deepEqual(await wanting(office), []);
    const { findings, allocations } = await verifyAllocation(office, STUDY);
    assert.deepEqual([findings, allocations], [[], 8]);
    await office.receiver.close();
  });

  it('allocates each to a place of their own, however many come at once', async () => {
    const office = await openQuestionnaireOffice();
    const people = await Promise.all(Array.from({ length: 20 }, () => office.join()));
    const answers = await Promise.all(people.map((person) => handedIn(office, person, questionnaire())));
    assert.ok(answers.every(({ status }) => status === 201));
    const rows = await office.store.transaction((tx) => tx.allAllocations(STUDY, 'test'));
    assert.equal(new Set(rows.map(({ block, place }) => `${block} ${place}`)).size, 20);
    assert.deepEqual((await verifyAllocation(office, STUDY)).findings, []);
    await office.receiver.close();
  });

  it('allocates by no other assessment, and by no instrument on its own', async () => {
    const office = await openQuestionnaireOffice();
    const person = await office.join();
    for (const assessment of ['month-6', undefined]) {
      await handedIn(office, person, questionnaire({ assessment, parts: [allOf('phq8', 8, 1)] }));
    }
    assert.deepEqual([await armOf(office, person), await wanting(office)], [undefined, []]);
    await office.receiver.close();
  });

  it('is flagged where it allocates nobody: its sender is told nothing of it', async () => {
    const json = exampleWithQuestionnaires();
    const office = await questionnaireOfficeFor({ ...json, screening: exampleStudy().screening ?? null });
    const eligible = { adult: true, role: 'nurse', since: '2020-01-01', home: 'north' };
    const screened = async (answers: object): Promise<{ device: Device; id: string }> => {
      const person = await enrolled(office, { study: STUDY });
      const own = { study: STUDY, studyVersion: '1.2.0' };
      const given = screening({ ...own, answers: { ...eligible, ...answers } });
      assert.equal((await postAs(office, person.device.token, given)).status, 201);
      await signs(office, person.device);
      return person;
    };
    const parts = [allOf('phq9', 9, 0)];
    const [good, minor, left] = [await screened({}), await screened({ adult: false }), await screened({})];
    await taken(office, left.device, withdrawal('intervention'));
    const told: string[] = [];
    for (const person of [good, minor, left]) {
      const { body } = await handedIn(office, person, questionnaire({ parts }));
      const { id: _, receivedAt: __, auditHead: ___, digest: ____, next: _____, ...rest } = JSON.parse(body);
      told.push(JSON.stringify(rest));
    }
    assert.equal(new Set(told).size, 1);
    assert.deepEqual(await wanting(office), [
      `not-allocated-no-consent ${left.id}`,
      `not-allocated-not-eligible ${minor.id}`,
    ]);
    assert.ok((await armOf(office, good)) !== undefined);
    await office.receiver.close();
  });

  it('is flagged where sites are allocated and its participant has none', async () => {
    const allocation = {
      ...{ unit: 'site', after: 'baseline', ratio: { 'groups-arm': 1, 'calls-arm': 1 } },
      phases: [{ sites: 2, duration: 'P18M' }],
    };
    const office = await openQuestionnaireOffice({ allocation, 'assessments[1].anchor': 'site-start' });
    const [homeless, northern] = [await office.join(), await office.join('es', 'north')];
    for (const person of [homeless, northern]) await handedIn(office, person, questionnaire());
    assert.deepEqual(await wanting(office), [`not-allocated-no-site ${homeless.id}`]);
    const sites = await office.store.transaction((tx) => tx.participantSites(STUDY, northern.id));
    assert.deepEqual(
      sites.map(({ kind, site }) => `${kind} ${site}`),
      ['baseline north'],
    );
    await office.receiver.close();
  });
});
