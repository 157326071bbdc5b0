import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { staffResponse } from '../../../src/receiver/staff/answer.ts';
import { BLINDED, forRole, isAboutArms, type Json } from '../../../src/receiver/staff/blinding.ts';
import { STAFF_ROLES } from '../../../src/receiver/staff/role.ts';

/** All that a record of a trial could say about arms, deep inside. */
const RECORD: Json = {
  participant: 'p-1',
  site: 'north',
  arm: 'mindfulness',
  allocation: { arm: 'mindfulness', at: '2026-03-09', block: 4 },
  allocatedAt: '2026-03-09',
  stratum: 'nurse',
  steps: [
    { id: 'baseline', state: 'done', armTitle: 'Mindfulness' },
    { id: 'sessions', state: 'due', series: [{ id: 'groups', session: 3 }] },
  ],
  staff: { name: 'Ana', series: ['groups'], role: 'statistician' },
  notes: { unallocated: false, 'randomised-on': '2026-03-09', randomization_list: [1, 2] },
};

describe('an answer to staff', () => {
  it('says nothing about arms to those who are blinded, however deep', () => {
    for (const role of BLINDED) {
      assert.deepEqual(forRole(role, RECORD), {
        participant: 'p-1',
        site: 'north',
        steps: [
          { id: 'baseline', state: 'done' },
          { id: 'sessions', state: 'due' },
        ],
        staff: { name: 'Ana', role: 'statistician' },
        notes: {},
      });
    }
  });

  it('is what it was to the others', () => {
    const sighted = STAFF_ROLES.filter((role) => !BLINDED.includes(role));
    assert.deepEqual(sighted, ['facilitator', 'coordinator']);
    for (const role of sighted) assert.deepEqual(forRole(role, RECORD), RECORD);
  });

  it('keeps everything else, whatever it is', () => {
    const plain = fc
      .jsonValue()
      .filter(
        (value) => !/arm|alloc|random|series|session|block|strat|ratio|treat|interv/i.test(JSON.stringify(value)),
      );
    fc.assert(
      fc.property(plain, (value) =>
        assert.equal(JSON.stringify(forRole('statistician', value as Json)), JSON.stringify(value)),
      ),
    );
  });

  it('never has a name about arms anywhere, whatever it was', () => {
    const names = fc.oneof(fc.constantFrom('arm', 'arms', 'armId', 'allocation', 'series', 'id', 'a'), fc.string());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.array(tie('value')), fc.dictionary(names, tie('value'))),
    }));
    const namesIn = (inner: unknown): string[] =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).flatMap(([name, deeper]) => [
            ...(Array.isArray(inner) ? [] : [name]),
            ...namesIn(deeper),
          ])
        : [];
    fc.assert(fc.property(value, (given) => !namesIn(forRole('recruiter', given as Json)).some(isAboutArms)));
  });
});

describe('a file', () => {
  const file = { name: 'f.pdf', mediaType: 'application/pdf', content: 'x' };

  it('leaves for those alone who are not blinded: nothing could be taken out of it', () => {
    for (const role of STAFF_ROLES) {
      if (BLINDED.includes(role)) assert.throws(() => staffResponse(role, { file }), TypeError);
      else assert.equal(staffResponse(role, { file }).headers.get('content-type'), 'application/pdf');
    }
  });
});

describe('a name', () => {
  for (const name of [
    'arm',
    'Arms',
    'armId',
    'arm_title',
    'study-arm',
    'allocatedTo',
    'allocations',
    'randomisedAt',
    'sessionCount',
    'treatment',
    'placesLeft',
    'drawn_by',
    'randomBytes',
  ]) {
    it(`is about arms: ${name}`, () => assert.ok(isAboutArms(name)));
  }
  for (const name of [
    'alarm',
    'pharmacy',
    'charm',
    'army',
    'seriously',
    'site',
    'participant',
    'id',
    'rationale',
    'stratagem',
    '',
  ]) {
    it(`is not: ${name}`, () => assert.ok(!isAboutArms(name)));
  }
});
