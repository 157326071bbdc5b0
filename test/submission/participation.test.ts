import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { draftSchema } from '../../src/submission/draft.ts';
import {
  draftKeySchema,
  enrolmentRequestSchema,
  keptDraftSchema,
  meSchema,
  returnRequestSchema,
} from '../../src/submission/participation.ts';

const HASH = 'a'.repeat(64);
const ID = '0199e2a4-7c1e-7b3a-9d52-3f0c6a1b8e47';

const request = { invite: '0123-4567', tokenHash: HASH, writeHash: HASH };
const draft = {
  study: 'ward',
  studyVersion: '1.0.0',
  step: 'screening',
  page: 'one',
  startedAt: '2026-03-01T08:00:00.000Z',
  answers: { role: 'nurse', shifts: ['day'] },
  entered: { role: 1_770_000_000_000 },
};
const me = {
  participant: ID,
  mode: 'test',
  enrolledAt: '2026-03-01T08:00:00.000Z',
  recruitment: 'open',
  steps: [
    { id: 'screening', state: 'done', at: '2026-03-01T08:00:00.000Z' },
    { id: 'consent', state: 'due' },
  ],
  next: 'consent',
};

const consent = {
  state: 'signed',
  version: '1.0',
  after: ID,
  asked: { version: '2.0', reason: 'again', since: '1.0', obstacles: { en: [], es: ['translation-draft'] } },
  intervention: 'open',
  authorization: 'revoked',
  records: [{ submission: ID, version: '1.0', language: 'en', receivedAt: '2026-03-01T08:00:00.000Z' }],
};
const begun = { state: 'none', intervention: 'open', authorization: 'open', records: [] };

const cases: Readonly<
  Record<string, readonly [schema: v.GenericSchema, good: readonly unknown[], bad: readonly unknown[]]>
> = {
  'a request to take part': [
    enrolmentRequestSchema,
    [request, { ...request, returnHash: HASH, check: '1980' }],
    [
      { ...request, invite: '' },
      { ...request, invite: 'x'.repeat(201) },
      { ...request, tokenHash: 'A'.repeat(64) },
      { ...request, check: '' },
      { ...request, participant: ID },
      { ...request, site: 'north' },
      [request],
    ],
  ],
  'a new code for the way back': [returnRequestSchema, [{ returnHash: HASH }], [{}, { returnHash: HASH, site: 'n' }]],
  'a kept draft': [
    keptDraftSchema,
    [
      draft,
      { ...draft, entered: undefined, step: 'contact', screening: ID },
      {
        ...draft,
        step: 'session',
        answers: { 'wellbeing-3/worksheet': 'Some.' },
        entered: { 'wellbeing-3/worksheet': 1 },
      },
    ],
    [
      { ...draft, pending: [] },
      { ...draft, participant: ID },
      { ...draft, entered: { role: 'yesterday' } },
      { ...draft, entered: [1] },
      { ...draft, answers: [1] },
    ],
  ],
  'a tab’s draft': [draftSchema, [draft, { ...draft, pending: [] }], [{ ...draft, entered: { role: null } }]],
  'who I am': [
    meSchema,
    [me, { ...me, site: 'north', next: null }, { ...me, consent }, { ...me, consent: begun }],
    [
      { ...me, next: undefined },
      { ...me, recruitment: 'paused' },
      { ...me, participant: 'me' },
      { ...me, consent: { ...consent, state: 'perhaps' } },
      { ...me, consent: { ...consent, asked: { version: '2.0', reason: 'first' } } },
      { ...me, consent: { ...begun, records: undefined } },
    ],
  ],
  'the key of a draft': [draftKeySchema, ['screener', 'a-1', 'x'.repeat(64)], ['', 'A', '../x', 'a_b', 'x'.repeat(65)]],
};

for (const [name, [schema, good, bad]] of Object.entries(cases)) {
  describe(name, () => {
    for (const value of good) it(`can be ${JSON.stringify(value)}`, () => assert.ok(v.is(schema, value)));
    for (const value of bad) it(`cannot be ${JSON.stringify(value)}`, () => assert.ok(!v.is(schema, value)));
  });
}
