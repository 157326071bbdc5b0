import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { receiptSchema } from '../../src/submission/receipt.ts';
import { submissionSchema } from '../../src/submission/submission.ts';
import { newSubmissionId, submissionIdSchema } from '../../src/submission/submission-id.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const HASH = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

const screening = {
  id: ID,
  kind: 'screening',
  study: 'calm-ward',
  studyVersion: '1.2.0',
  mode: 'test',
  locale: 'es-MX',
  timeZone: 'America/Los_Angeles',
  startedAt: '2026-03-01T08:00:00.000Z',
  submittedAt: '2026-03-01T08:02:00Z',
  kit: 'steady-kit/0.1.0',
  answers: { role: 'nurse', shifts: ['day'], week: { tired: 'yes' }, hours: 7.5, here: false },
};
const { answers: _, ...envelope } = screening;
const contact = { ...envelope, kind: 'contact', screening: ID, answers: { email: 'a@example.org' } };

describe('submissionSchema', () => {
  const good: readonly (readonly [string, object])[] = [
    ['a screening', screening],
    ['a screening with a source', { ...screening, source: 'ward-7' }],
    ['a screening without answers', { ...screening, answers: {} }],
    ['a contact', contact],
    ['a contact with hashes', { ...contact, tokenHash: HASH, writeHash: HASH, returnHash: HASH }],
  ];
  for (const [name, submission] of good) {
    it(`accepts ${name}, and leaves it as it is`, () => {
      assert.deepEqual(v.parse(submissionSchema, submission), submission);
    });
  }

  const bad: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['a list', [screening]],
    ['no kind', { ...screening, kind: undefined }],
    ['a kind of its own', { ...screening, kind: 'screen' }],
    ['something more', { ...screening, name: 'Ada' }],
    ['a contact’s hash on a screening', { ...screening, tokenHash: HASH }],
    ['a contact without its screening', { ...contact, screening: undefined }],
    ['a secret in the place of its hash', { ...contact, tokenHash: 'secret' }],
    ['a hash in capitals', { ...contact, writeHash: HASH.toUpperCase() }],
    ['an id of version 4', { ...screening, id: '01890a5d-ac96-474b-bcce-b302099a8057' }],
    ['an id in capitals', { ...screening, id: ID.toUpperCase() }],
    ['an id of another variant', { ...screening, id: '01890a5d-ac96-774b-ccce-b302099a8057' }],
    ['a study that is no id', { ...screening, study: '../other' }],
    ['a study that is too long', { ...screening, study: 'x'.repeat(64) }],
    ['a version that is none', { ...screening, studyVersion: '1.2' }],
    ['a mode of its own', { ...screening, mode: 'demo' }],
    ['no language', { ...screening, locale: '' }],
    ['a time zone without end', { ...screening, timeZone: 'x'.repeat(201) }],
    ['a time with an offset', { ...screening, startedAt: '2026-03-01T08:00:00+01:00' }],
    ['a time that is a number', { ...screening, submittedAt: 1_772_352_000_000 }],
    ['a day without a time', { ...screening, submittedAt: '2026-03-01' }],
    ['the 13th month', { ...screening, submittedAt: '2026-13-01T08:00:00Z' }],
    ['answers that are a list', { ...screening, answers: ['nurse'] }],
    ['an answer that is null', { ...screening, answers: { role: null } }],
    ['answers within answers', { ...screening, answers: { week: { tired: { deep: 'yes' } } } }],
    ['lists within lists', { ...screening, answers: { shifts: [['day']] } }],
    ['a text without end', { ...screening, answers: { words: 'x'.repeat(100_001) } }],
    ['a list without end', { ...screening, answers: { shifts: Array.from({ length: 1001 }, String) } }],
    ['a name without end', { ...screening, answers: { ['x'.repeat(201)]: 1 } }],
    ['a number that is none', { ...screening, answers: { hours: Number.NaN } }],
  ];
  for (const [name, submission] of bad) {
    it(`refuses ${name}`, () => {
      assert.equal(v.is(submissionSchema, submission), false);
    });
  }
});

describe('newSubmissionId', () => {
  it('makes ids that the schema accepts, each its own, in the order of their making', () => {
    const ids = Array.from({ length: 200 }, newSubmissionId);
    assert.deepEqual(
      ids.filter((id) => !v.is(submissionIdSchema, id)),
      [],
    );
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual([...ids].sort(), ids);
  });
});

describe('receiptSchema', () => {
  const receipt = { id: ID, receivedAt: '2026-03-01T08:02:03.456Z', digest: HASH };

  it('accepts the least that acknowledges: id, time and digest', () => {
    assert.deepEqual(v.parse(receiptSchema, receipt), { ...receipt, deviations: [] });
  });

  it('accepts all that a receiver says, and leaves out what it does not know', () => {
    const full = { ...receipt, auditHead: HASH, deviations: ['late'], next: 'contact' };
    assert.deepEqual(v.parse(receiptSchema, { ...full, later: 1 }), full);
  });

  const bad: readonly (readonly [string, unknown])[] = [
    ['an HTML page', '<!doctype html>'],
    ['nothing', undefined],
    ['an empty object', {}],
    ['a 2xx of another server', { status: 'ok' }],
    ['no digest', { ...receipt, digest: undefined }],
    ['a digest that is none', { ...receipt, digest: 'sha256:abc' }],
    ['another kind of id', { ...receipt, id: '17' }],
    ['a time that is none', { ...receipt, receivedAt: 'soon' }],
  ];
  for (const [name, value] of bad) {
    it(`refuses ${name}`, () => {
      assert.equal(v.is(receiptSchema, value), false);
    });
  }
});
