import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Decision, decidedSince, type Standing, standing } from '../../src/consent/standing.ts';

const signed = (submission: string, version = '1.0'): Decision => ({ submission, outcome: 'signed', version });
const declined = (submission: string, version = '1.0'): Decision => ({ submission, outcome: 'declined', version });
const later = (submission: string): Decision => ({ submission, outcome: 'deferred', version: '1.0' });
const paper = (submission: string): Decision => ({ submission, outcome: 'paper', version: '1.0' });
const left = (submission: string, withdrawnFrom: 'intervention' | 'study' | 'authorization'): Decision => ({
  submission,
  withdrawnFrom,
});

const open = { intervention: 'open', authorization: 'open' } as const;

describe('where a participant stands', () => {
  const cases: readonly (readonly [name: string, decisions: readonly Decision[], found: Standing])[] = [
    ['nothing was decided', [], { state: 'none', ...open }],
    ['it was put off, and asked for on paper', [later('a'), paper('b')], { state: 'none', ...open }],
    ['it was declined', [declined('a')], { state: 'declined', ...open }],
    ['it was put off, then signed', [later('a'), signed('b')], { state: 'signed', version: '1.0', ...open }],
    ['it was declined, then signed', [declined('a'), signed('b')], { state: 'signed', version: '1.0', ...open }],
    ['E7: a new version was signed', [signed('a'), signed('b', '1.1')], { state: 'signed', version: '1.1', ...open }],
    ['a new version was declined', [signed('a'), declined('b', '1.1')], { state: 'declined', version: '1.0', ...open }],
    ['a new version was put off', [signed('a'), later('b')], { state: 'signed', version: '1.0', ...open }],
    ['C11: the study was left', [signed('a'), left('b', 'study')], { state: 'withdrawn', version: '1.0', ...open }],
    [
      'the sessions were left: the study goes on',
      [signed('a'), left('b', 'intervention')],
      { state: 'signed', version: '1.0', intervention: 'withdrawn', authorization: 'open' },
    ],
    [
      'H4: the authorization was revoked: the study goes on',
      [signed('a'), left('b', 'authorization')],
      { state: 'signed', version: '1.0', intervention: 'open', authorization: 'revoked' },
    ],
    [
      'a decline does not undo a withdrawal',
      [signed('a'), left('b', 'study'), declined('c')],
      { state: 'withdrawn', version: '1.0', ...open },
    ],
  ];
  for (const [name, decisions, found] of cases) {
    it(name, () => {
      assert.deepEqual(standing(decisions), found);
    });
  }
});

describe('a signature that waited', () => {
  const cases: readonly (readonly [
    name: string,
    decisions: readonly Decision[],
    known: string | undefined,
    found: string | undefined,
  ])[] = [
    ['the first decision', [], undefined, undefined],
    ['after what it knew of', [declined('a')], 'a', undefined],
    ['declined elsewhere in between', [signed('a'), declined('b')], 'a', 'b'],
    ['left the study elsewhere in between', [signed('a'), left('b', 'study'), later('c')], 'a', 'b'],
    ['signed elsewhere in between', [signed('a')], undefined, 'a'],
    ['put off elsewhere in between', [later('a'), paper('b')], undefined, undefined],
    ['the sessions left elsewhere in between', [signed('a'), left('b', 'intervention')], 'a', undefined],
    ['a decision that nobody knows', [signed('a')], 'x', 'a'],
  ];
  for (const [name, decisions, known, found] of cases) {
    it(`${name}: ${found === undefined ? 'stands' : 'is refused'}`, () => {
      assert.equal(decidedSince(decisions, known)?.submission, found);
    });
  }
});
