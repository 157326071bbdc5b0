import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { v7 } from 'uuid';
import { contact, INELIGIBLE, NOW, openOffice, screening, screeningJson, studyJson } from '../support/receiver.ts';

describe('a contact', () => {
  it('is stored apart from what was answered', async () => {
    const office = await openOffice({ studies: [studyJson({ screening: screeningJson({ enrolment: 'invite' }) })] });
    const screened = screening();
    await office.post(screened);
    const hashes = { tokenHash: 'a'.repeat(64), writeHash: 'b'.repeat(64), returnHash: 'c'.repeat(64) };
    const given = contact(screened, hashes);
    const answer = await office.post(given);
    assert.equal(answer.status, 201);
    assert.equal(answer.receipt().receivedAt, NOW);
    assert.deepEqual(answer.receipt().deviations, []);
    assert.equal(answer.receipt().next, undefined);

    const [row] = await office.store.transaction((tx) => tx.contacts('ward'));
    assert.equal(row?.body, JSON.stringify(given));
    assert.equal(row?.screening, screened.id);
    assert.deepEqual([row?.tokenHash, row?.writeHash, row?.returnHash], Object.values(hashes));
    assert.equal(await office.store.transaction((tx) => tx.submission('ward', given.id)), undefined);
    assert.doesNotMatch(
      (await office.store.transaction((tx) => tx.submission('ward', screened.id)))?.body ?? '',
      /Ana/,
    );
  });

  it('gets the same receipt again', async () => {
    const office = await openOffice();
    const screened = screening();
    await office.post(screened);
    const given = contact(screened);
    const first = await office.post(given);
    const again = await office.post(given);
    assert.equal(again.status, 200);
    assert.equal(again.body, first.body);
    assert.equal((await office.store.transaction((tx) => tx.contacts('ward'))).length, 1);
  });

  it('waits for its screening: 409, and 201 once that has arrived', async () => {
    const office = await openOffice();
    const screened = screening();
    const given = contact(screened);
    const early = await office.post(given);
    assert.equal(early.status, 409);
    assert.equal(early.problem(), 'screening-not-arrived');
    assert.ok(Number(early.headers.get('retry-after')) > 0);
    await office.post(screened);
    assert.equal((await office.post(given)).status, 201);
  });

  it('does not belong to the screening of another study', async () => {
    const office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home' })] });
    const screened = screening({ study: 'home' });
    await office.post(screened);
    assert.equal((await office.post(contact(screened))).problem(), 'screening-not-arrived');
  });

  for (const [verdict, answers] of Object.entries({ ineligible: INELIGIBLE, incomplete: { role: 'nurse' } })) {
    it(`is refused after a screening that was ${verdict}, whatever the browser thought`, async () => {
      const office = await openOffice();
      const screened = screening({ answers });
      await office.post(screened);
      const answer = await office.post(contact(screened));
      assert.equal(answer.status, 422);
      assert.equal(answer.problem(), 'not-eligible');
      assert.deepEqual(await office.store.transaction((tx) => tx.contacts('ward')), []);
      const heads = await office.store.transaction((tx) => tx.auditHeads('ward'));
      assert.ok(
        heads.every(({ chain }) => !chain.startsWith('participant:')),
        'and leaves no trace',
      );
    });
  }

  it('is read by the contact form', async () => {
    const office = await openOffice();
    const screened = screening();
    await office.post(screened);
    const answers = { name: 'Ana', email: 'not an address', role: 'nurse' };
    const answer = await office.post(contact(screened, { answers }));
    assert.equal(answer.status, 422);
    assert.deepEqual(answer.faults().toSorted(), ['answers.email not-an-email', 'answers.role unknown-question']);
    const partial = await office.post(contact(screened, { answers: { email: 'ana@example.org' } }));
    assert.equal(partial.status, 201);
    assert.deepEqual(partial.receipt().deviations, ['incomplete']);
  });

  it('is the first one for its screening, and a second one is kept as that', async () => {
    const office = await openOffice();
    const screened = screening();
    await office.post(screened);
    const answers = await Promise.all([1, 2, 3].map(() => office.post(contact(screened))));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
    );
    const deviations = answers.map((answer) => answer.receipt().deviations.join());
    assert.deepEqual(deviations.toSorted(), ['', 'second-contact', 'second-contact']);
  });

  it('is kept with its deviations', async () => {
    const office = await openOffice({ studies: [studyJson({ recruitment: 'closed' })] });
    const screened = screening();
    await office.post(screened);
    const given = contact(screened, { mode: 'live', studyVersion: '3.0.0' });
    const { deviations } = (await office.post(given)).receipt();
    assert.deepEqual(deviations, ['unknown-version', 'mode', 'recruitment-closed']);
  });

  it('needs a screening that could be one', async () => {
    const office = await openOffice();
    const answer = await office.post(contact({ id: 'none' }, { id: v7() }));
    assert.deepEqual(answer.faults(), ['screening form']);
  });
});
