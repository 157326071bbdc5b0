import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { leaveUnsigned, sign } from '../../src/consent/statement.ts';
import { consentSubmissionSchema, type WithdrawalSubmission } from '../../src/submission/consent-submission.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { submissionSchema } from '../../src/submission/submission.ts';
import { AT, exampleDocument, exampleSignature, throughAll } from '../support/consent-walk.ts';

const document = exampleDocument();
const progress = throughAll(document);
const envelope = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  study: 'calm-ward',
  studyVersion: '1.2.0',
  mode: 'test',
  locale: 'en',
  timeZone: 'America/Los_Angeles',
  startedAt: AT,
  submittedAt: AT,
  kit: 'steady-kit/0.1.0',
} as const;

const signed = {
  ...envelope,
  kind: 'consent',
  ...(await sign(document, progress, exampleSignature(document), digestOf)),
} as const;
const declined = {
  ...envelope,
  kind: 'consent',
  ...(await leaveUnsigned(document, progress, 'declined', AT, digestOf)),
} as const;
const withdrawal: WithdrawalSubmission = { ...envelope, kind: 'withdrawal', scope: 'study', erase: false };

const accepts = (value: unknown): boolean => v.is(consentSubmissionSchema, value);
const strokes = (count: number, length: number): number[][] =>
  Array.from({ length: count }, () => new Array<number>(length).fill(7));
const drawn = (lines: number[][], width = 300) => ({
  ...signed,
  signature: { ...signed.signature, mark: { method: 'drawn', width, height: 100, strokes: lines } },
});

describe('the submission of a consent', () => {
  it('takes what the consent room makes, as it is', () => {
    for (const submission of [signed, declined, withdrawal]) {
      assert.deepEqual(v.parse(consentSubmissionSchema, submission), submission);
    }
  });

  it('C14: takes typed and drawn signatures, the drawn ones as lines', () => {
    assert.ok(accepts(drawn(strokes(200, 50))));
  });

  it('P7: takes a proof of who signs with a signature, of a size that a token has', () => {
    assert.ok(accepts({ ...signed, proof: 'x'.repeat(8_192) }));
    assert.equal(accepts({ ...signed, proof: 'x'.repeat(8_193) }), false);
    assert.equal(accepts({ ...declined, proof: 'x' }), false);
    assert.equal(accepts({ ...withdrawal, proof: 'x' }), false);
  });

  it('H4: takes the revocation of an authorization apart from a withdrawal from the study', () => {
    for (const scope of ['intervention', 'study', 'authorization']) assert.ok(accepts({ ...withdrawal, scope }), scope);
  });

  const { signature: _, ...unsigned } = signed;
  const event = (type: string) => ({ type, at: AT });
  const refused: readonly (readonly [name: string, value: unknown])[] = [
    ['signed without a signature', unsigned],
    ['P1: a signature without a printed name', { ...signed, signature: { ...signed.signature, name: undefined } }],
    ['P1: a signature without a time', { ...signed, signature: { ...signed.signature, signedAt: '' } }],
    ['P1: a signature without a zone', { ...signed, signature: { ...signed.signature, timeZone: '' } }],
    ['an unknown property', { ...signed, answers: {} }],
    [
      'a picture for a signature',
      { ...signed, signature: { ...signed.signature, mark: { method: 'image', data: '' } } },
    ],
    ['more lines than a signature has', drawn(strokes(201, 2))],
    ['longer lines than a signature has', drawn(strokes(200, 52))],
    ['half a point', drawn([[1, 2, 3]])],
    ['a point beside the paper', drawn([[1, -2]])],
    ['a pad without width', drawn([[1, 2]], 0)],
    ['more events than anybody can cause', { ...signed, events: new Array(1_501).fill(event('opened')) }],
    ['an event that there is not', { ...signed, events: [event('blinked')] }],
    ['a name without end', { ...signed, signature: { ...signed.signature, name: 'x'.repeat(201) } }],
    ['a document digest that is none', { ...signed, documentDigest: 'x' }],
    [
      'P4: what somebody read who declined',
      { ...declined, events: [event('opened'), { ...event('section-viewed'), section: 'risks' }] },
    ],
    ['what somebody chose who declined', { ...declined, choices: {} }],
    ['an outcome that there is not', { ...declined, outcome: 'perhaps' }],
    ['a withdrawal from nothing', { ...withdrawal, scope: undefined }],
    ['a withdrawal that leaves erasing open', { ...withdrawal, erase: undefined }],
  ];
  for (const [name, value] of refused) {
    it(`refuses ${name}`, () => {
      assert.equal(accepts(JSON.parse(JSON.stringify(value))), false);
    });
  }

  it('E9: has no place for what was asked, why somebody declined, or who told them', () => {
    const asked = { type: 'question-asked', at: AT, text: 'Will my boss know?' };
    assert.equal(accepts({ ...signed, events: [asked] }), false);
    assert.equal(accepts({ ...declined, reason: 'No time' }), false);
  });

  it('is none of the submissions that every receiver takes', () => {
    for (const submission of [signed, declined, withdrawal]) assert.equal(v.is(submissionSchema, submission), false);
  });
});
