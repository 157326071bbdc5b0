import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exampleWithConsent } from '../../support/consent.ts';
import { postAs } from '../../support/participants.ts';
import {
  allOf,
  answered,
  formPart,
  type Joined,
  keptOf,
  openQuestionnaireOffice,
  type QuestionnaireOffice,
  questionnaire,
  questionnaireOfficeFor,
} from '../../support/questionnaire-office.ts';

const BRS = allOf('brs', 6, 3);
const PHQ8 = allOf('phq8', 8, 1);

describe('who hands in a questionnaire', () => {
  let office: QuestionnaireOffice;
  let person: Joined;
  before(async () => {
    office = await openQuestionnaireOffice();
    person = await office.join();
  });
  after(() => office.receiver.close());
  const byNobody = (changes: Parameters<typeof questionnaire>[0]) => {
    const given = questionnaire(changes);
    return office.post(given).then((answer) => ({ answer, given }));
  };

  it('is a participant, by their write key or their token', async () => {
    for (const secret of [person.device.writeKey, person.device.token]) {
      const given = questionnaire();
      assert.equal((await postAs(office, secret, given)).status, 201);
      assert.equal((await keptOf(office, given)).row?.participant, person.id);
    }
  });

  it('is nobody else: without a key it waits until its participant is signed in again', async () => {
    const { answer, given } = await byNobody({});
    assert.deepEqual([answer.status, answer.problem()], [401, 'not-signed-in']);
    assert.equal((await keptOf(office, given)).row, undefined);
  });

  it('is anybody where the study says so: kept, scored, and nobody’s', async () => {
    const { answer, given } = await byNobody({ assessment: 'pulse', parts: [BRS], source: 'kiosk-3' });
    assert.equal(answer.status, 201);
    assert.deepEqual([answer.receipt().deviations, answer.receipt().next], [[], undefined]);
    const { row, scores } = await keptOf(office, given);
    assert.deepEqual([row?.participant, row?.apart], [null, null]);
    assert.deepEqual(
      scores.map(({ subscale, score, participant }) => [subscale, score, participant]),
      [['resilience', 3, null]],
    );
    const chain = await office.store.transaction((tx) => tx.auditRows(given.study, 'open:2026-03-09:kiosk-3'));
    assert.deepEqual(
      chain.map(({ event, at }) => `${event} ${at}`),
      ['questionnaire-received 2026-03-09'],
    );
  });

  it('is the participant there too, where they are signed in', async () => {
    const given = questionnaire({ assessment: 'pulse', parts: [BRS] });
    assert.equal((await postAs(office, person.device.writeKey, given)).status, 201);
    assert.equal((await keptOf(office, given)).row?.participant, person.id);
  });

  describe('that is one instrument on its own', () => {
    it('is a participant, for any instrument that the study names', async () => {
      const given = questionnaire({ assessment: undefined, parts: [PHQ8, BRS] });
      const answer = await postAs(office, person.device.writeKey, given);
      assert.deepEqual([answer.status, answer.receipt().deviations], [201, []]);
      const { row, scores } = await keptOf(office, given);
      assert.deepEqual([row?.assessment, row?.counted === null, scores.length], [null, false, 2]);
    });

    it('is anybody, for an instrument that an open assessment names, and for no other', async () => {
      assert.equal((await byNobody({ assessment: undefined, parts: [BRS] })).answer.status, 201);
      for (const parts of [[PHQ8], [BRS, PHQ8], [answered('cbi', { p1: 50 })], [formPart('work', {})]]) {
        assert.equal((await byNobody({ assessment: undefined, parts })).answer.problem(), 'not-signed-in');
      }
    });

    it('holds no form, and no instrument that the study does not name', async () => {
      const parts = [formPart('work', { home: 'north' }), answered('cbi', { p1: 50 })];
      const answer = await postAs(office, person.device.token, questionnaire({ assessment: undefined, parts }));
      assert.deepEqual(answer.faults(), ['parts[0].form unknown-form', 'parts[1].instrument unknown-instrument']);
    });
  });

  it('is nobody at all in a study that asks none', async () => {
    const without = await questionnaireOfficeFor(exampleWithConsent());
    const { device } = await without.join();
    for (const changes of [{}, { assessment: undefined }]) {
      const answer = await postAs(without, device.token, questionnaire(changes));
      assert.equal(answer.status, 422);
      assert.equal(answer.problem(), 'assessment' in changes ? 'malformed-answers' : 'not-offered');
    }
    await without.receiver.close();
  });
});
