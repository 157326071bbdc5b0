import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConsentError } from '../../src/consent/consent-error.ts';
import { consentDocument } from '../../src/consent/document.ts';
import { consentStudy } from '../support/consent.ts';
import { REMOVED } from '../support/studies.ts';

describe('consentDocument', () => {
  it('C4: has every word in the language that was asked for, and says which', () => {
    const document = consentDocument(consentStudy(), '1.0', 'es');
    assert.equal(document.language, 'es');
    assert.equal(document.title, 'Sala tranquila');
    assert.equal(document.meaning, 'Acepto participar.');
    const [key, purpose] = document.sections;
    assert.deepEqual(purpose, {
      ...{ id: 'purpose', kind: 'purpose', title: 'El purpose', body: 'Sobre purpose.', parts: [] },
    });
    assert.deepEqual(key?.parts[0], { topic: 'voluntary', title: 'Sobre voluntary.', body: 'Sobre voluntary.' });
    assert.deepEqual(document.checks[0]?.options, [
      { value: 'yes', text: 'Sí' },
      { value: 'no', text: 'No' },
    ]);
  });

  it('B1: has the list of rights in that language too', () => {
    const { sections } = consentDocument(consentStudy(), '1.0', 'es');
    const rights = sections.find(({ kind }) => kind === 'california-rights');
    assert.equal(rights?.parts.length, 10);
    for (const { topic, body } of rights?.parts ?? []) assert.equal(body, `Sobre ${topic}.`);
  });

  it('E6: shows version, approval, both days and the state of a translation', () => {
    const english = consentDocument(consentStudy(), '1.0', 'en');
    const { version, effective, expires, irbApproval } = english;
    assert.deepEqual(
      { version, effective, expires, irbApproval },
      {
        ...{ version: '1.0', effective: '2026-02-01', expires: '2027-02-01' },
        irbApproval: { id: 'IRB-26-0001', day: '2026-01-15' },
      },
    );
    assert.equal('translation' in english, false);
    assert.equal(consentDocument(consentStudy(), '1.0', 'es').translation, 'certified');
  });

  it('C10: shows the three contacts, of the version where it has its own, and not whom the receiver alerts', () => {
    const own = [
      { role: 'research', name: 'Others', phone: '1' },
      { role: 'safety', name: 'On call', phone: '2' },
    ];
    assert.deepEqual(
      consentDocument(consentStudy(), '1.0', 'en').contacts.map(({ role }) => role),
      ['research', 'rights', 'injury'],
    );
    assert.deepEqual(
      consentDocument(consentStudy({ 'consent.versions[0].contacts': own }), '1.0', 'en').contacts,
      own.slice(0, 1),
    );
  });

  it('C12: says which of the two statements it makes', () => {
    const { sections } = consentDocument(consentStudy(), '1.0', 'en');
    assert.deepEqual(
      sections.flatMap(({ id, statement }) => (statement ? [[id, statement]] : [])),
      [['future-use', 'will-not']],
    );
  });

  it('is nothing but JSON: what is absent has no key', () => {
    const document = consentDocument(
      consentStudy({ 'consent.versions[0].expires': REMOVED, 'consent.versions[0].blocks': REMOVED }),
      '1.0',
      'en',
    );
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
    assert.equal('expires' in document, false);
    assert.equal('authorization' in document, false);
  });

  for (const [code, version, language] of [
    ['no-such-version', '9.0', 'en'],
    ['no-such-language', '1.0', 'es-MX'],
  ] as const) {
    it(`${code} is an error`, () => {
      assert.throws(
        () => consentDocument(consentStudy(), version, language),
        (error) => error instanceof ConsentError && error.code === code,
      );
    });
  }
});
