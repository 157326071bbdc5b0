import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { traitsOf } from '../../../src/receiver/participants/repeats.ts';
import { formSchema } from '../../../src/study/form-definition.ts';
import { enrolled, enrolledByContact, postAs } from '../../support/participants.ts';
import { contact, type Office, openOffice, ring, screening, studyJson } from '../../support/receiver.ts';

const flags = (office: Office, study = 'ward') => office.store.transaction((tx) => tx.flags(study, { limit: 99 }));

async function reach(office: Office, answers: Record<string, string>, study = 'ward') {
  const screened = screening({ study });
  await office.post(screened);
  const given = contact(screened, { study, answers });
  const answer = await office.post(given);
  assert.equal(answer.status, 201, answer.body);
  return { given, screened, receipt: answer.receipt() };
}

describe('two contacts with the same address', () => {
  it('are flagged for a person to look at; neither sender is told', async () => {
    const office = await openOffice();
    const first = await reach(office, { name: 'Ana Ruiz', email: 'ana@example.org' });
    assert.deepEqual(await flags(office), []);
    const second = await reach(office, { name: 'A. R.', email: ' ANA+study@Example.org ' });
    const other = await reach(office, { name: 'Ana Ruiz', email: 'ana.ruiz@example.org' });
    const [flag, ...more] = await flags(office);
    assert.deepEqual(more, []);
    assert.equal(flag?.kind, 'repeat-contact');
    assert.deepEqual(flag?.subjects, [second.given.id, first.given.id]);
    assert.equal(flag?.resolvedAt, null);
    assert.deepEqual(second.receipt.deviations, other.receipt.deviations);
    assert.deepEqual(Object.keys(second.receipt).sort(), Object.keys(first.receipt).sort());
    const rows = await office.store.transaction((tx) => tx.contacts('ward'));
    assert.equal(rows.length, 3, 'nothing is merged');
  });

  it('are noticed by keyed hashes, across a change of keys, which name nobody', async () => {
    const office = await openOffice();
    await reach(office, { name: 'Ana', email: 'ana@example.org' });
    const later = await openOffice({ store: office.store, keys: ring(2, 1) });
    await reach(later, { name: 'Ana', email: 'ana@example.org' });
    assert.equal((await flags(later)).length, 1);
    const kept = await office.store.transaction((tx) => tx.auditRows('ward', 'study'));
    assert.deepEqual(
      kept.map(({ event }) => event),
      ['study-kept', 'repeat-noticed'],
    );
    assert.ok(!JSON.stringify([kept, await flags(later)]).includes('ana'));
  });

  it('are of one study', async () => {
    const office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home' })] });
    await reach(office, { name: 'Ana', email: 'ana@example.org' });
    await reach(office, { name: 'Ana', email: 'ana@example.org' }, 'home');
    assert.deepEqual([await flags(office), await flags(office, 'home')], [[], []]);
  });

  it('are a correction, where they follow the same screening', async () => {
    const office = await openOffice();
    const screened = screening();
    await office.post(screened);
    await office.post(contact(screened));
    await office.post(contact(screened));
    assert.deepEqual(await flags(office), []);
  });
});

describe('a second screening of a participant', () => {
  it('is flagged, whichever device it comes from', async () => {
    const office = await openOffice();
    const { device, id } = await enrolled(office);
    const first = await postAs(office, device.writeKey, screening());
    const second = await postAs(office, device.writeKey, screening());
    const [flag, ...more] = await flags(office);
    assert.deepEqual(more, []);
    assert.deepEqual([flag?.kind, flag?.subjects[0]], ['repeat-screening', id]);
    const hashes = (await office.store.transaction((tx) => tx.screenings('ward'))).map(({ idHash }) => idHash);
    assert.deepEqual(flag?.subjects.slice(1).toSorted(), hashes.toSorted());
    assert.deepEqual(second.receipt().deviations, first.receipt().deviations);
  });

  it('is flagged for whoever enrolled by contact, too', async () => {
    const office = await openOffice();
    const { device, id } = await enrolledByContact(office);
    await postAs(office, device.writeKey, screening());
    assert.deepEqual(
      (await flags(office)).map(({ kind, subjects }) => [kind, subjects[0]]),
      [['repeat-screening', id]],
    );
  });
});

describe('traitsOf', () => {
  const form = v.parse(formSchema(), {
    elements: [
      { type: 'text', name: 'email', inputType: 'email', title: 'E' },
      { type: 'panel', name: 'more', elements: [{ type: 'text', name: 'phone', inputType: 'tel', title: 'P' }] },
      { type: 'text', name: 'name', title: 'N' },
    ],
  });
  const cases: readonly (readonly [answers: Record<string, string>, traits: readonly string[]])[] = [
    [{ email: 'Ana@Example.org' }, ['mailto:ana@example.org']],
    [{ email: 'ana+trial@example.org' }, ['mailto:ana@example.org']],
    [{ email: 'no address' }, []],
    [{ phone: '(213) 555-0100' }, ['tel:2135550100']],
    [{ phone: '+1 213 555 0100' }, ['tel:2135550100']],
    [{ phone: '２１３５５５０１００' }, ['tel:2135550100']],
    [{ phone: '0100' }, []],
    [{ name: 'Ana', other: 'ana@example.org' }, []],
    [{ email: 'a@b', phone: '5550100' }, ['mailto:a@b', 'tel:5550100']],
  ];
  for (const [answers, traits] of cases) {
    it(`of ${JSON.stringify(answers)} are ${JSON.stringify(traits)}`, () => {
      assert.deepEqual(traitsOf(form, answers), traits);
    });
  }
});
