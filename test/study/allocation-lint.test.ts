import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { studyByParticipant, studyBySite } from '../support/allocation.ts';
import { type Changes, REMOVED } from '../support/studies.ts';
import { problemsOf } from '../support/study-problems.ts';

/** What a study team reads of an allocation that could not be drawn. */

const SIZES = 'allocation.strata[1]';

const byParticipant: readonly (readonly [name: string, changes: Changes, ...lines: string[]])[] = [
  [
    'no arms',
    { arms: REMOVED },
    'allocation: allocates, but the study has no arms. Add "arms": two or more, each with an id and a title.',
  ],
  [
    'another unit',
    { 'allocation.unit': 'person' },
    'allocation.unit: is "person", which the kit does not have. Use "participant" or "site".',
  ],
  [
    'a share for no arm, and an arm without a share',
    { 'allocation.ratio': { grups: 1, calls: 1, usual: 2 } },
    'allocation.ratio.grups: is no arm of the study. Did you mean "groups"? It has "groups", "calls" and "usual".',
    'allocation.ratio: has no share for "groups", so that nobody would be allocated there. Give every arm a share, as in { "arm-a": 1, "arm-b": 1 }.',
  ],
  ['a share and a half', { 'allocation.ratio.calls': 1.5 }, 'allocation.ratio.calls: is 1.5. Give a whole number.'],
  ['no share at all', { 'allocation.ratio.calls': 0 }, 'allocation.ratio.calls: is 0. Give at least 1.'],
  [
    'a block in which the ratio does not come out even',
    { 'allocation.blocks[1]': 6 },
    'allocation.blocks[1]: is 6, in which the ratio does not come out even: it adds up to 4. Use multiples of 4, such as 8 and 12.',
  ],
  [
    'blocks of one size',
    { 'allocation.blocks': [4] },
    'allocation.blocks: is a list of 1. List two sizes or more: of blocks that are all alike, whoever counts knows the last places.',
  ],
  [
    'one size twice',
    { 'allocation.blocks[1]': 4 },
    'allocation.blocks[1]: is 4, which stands in this list already. Give each its own, or remove one.',
  ],
  [
    'an assessment to follow that the study does not have',
    { 'assessments[0].id': 'base-line' },
    'allocation.after: is "baseline", which is no assessment of the study, so that nobody would ever be allocated. Did you mean "base-line"? It can be "base-line" or "month-3".',
  ],
  [
    'no assessments at all',
    { assessments: REMOVED },
    'allocation.after: is "baseline", which is no assessment of the study, so that nobody would ever be allocated. Add "assessments", one of them with the id "baseline".',
  ],
  [
    'a day counted from the start of sites, which are not allocated',
    { 'assessments[1].anchor': 'site-start' },
    'assessments[1].anchor: is "site-start", but the study does not allocate sites: no start of one is ever recorded. Add an "allocation" with "unit": "site", or start from "consent".',
  ],
  [
    'phases of participants',
    { 'allocation.phases': [{ sites: 4, duration: 'P18M' }] },
    'allocation.phases: is not a property the kit knows here. Use "unit", "after", "ratio", "blocks", "strata" or "basis", or remove it.',
  ],
  [
    'a source that is none',
    { 'allocation.strata[2]': 'role' },
    'allocation.strata[2]: is "role". Name a question of the screening, as "screening.role", or "site", "site.organisation" or "site.size".',
  ],
  [
    'a question that is not asked',
    { 'allocation.strata[0].source': 'screening.rolle' },
    'allocation.strata[0].source: is "screening.rolle", which the screening does not ask. Did you mean "screening.role"? It asks "role", "age", "since", "badge", "home", "shifts", "adult", "stress", "week" and "words".',
  ],
  ...['words', 'shifts', 'week', 'since'].map((name): readonly [string, Changes, string] => [
    `a question without one answer (${name})`,
    { 'allocation.strata[2]': `screening.${name}` },
    `allocation.strata[2]: is "screening.${name}", which has no single answer out of a list, and is no number. Use a "radiogroup", "dropdown", "boolean" or "rating", or a "text" with the "inputType" "number".`,
  ]),
  [
    'a source twice',
    { 'allocation.strata[2]': 'screening.role' },
    'allocation.strata[2]: is "screening.role", which stands in this list already. Give each its own, or remove one.',
  ],
  [
    'numbers as they are',
    { 'allocation.strata[1]': 'screening.age' },
    'allocation.strata[1]: takes "screening.age" as it is, so that every number would be a stratum. Write { "source": "screening.age", "bands": [{ "id": "small", "atMost": 4 }, …] }.',
  ],
  [
    'numbers in groups',
    { [`${SIZES}.groups`]: [{ id: 'all', anyOf: [1] }] },
    `${SIZES}.groups: group choices, but the source is a number. Use "bands".`,
  ],
  [
    'bands that overlap',
    { [`${SIZES}.bands[1].atLeast`]: 39 },
    `${SIZES}.bands[1]: overlaps with the band "younger". Let each band begin above the one before it: both limits belong to it.`,
  ],
  [
    'a band upside down',
    { [`${SIZES}.bands[1].atMost`]: 30 },
    `${SIZES}.bands[1].atLeast: is 40, above "atMost" (30). Swap them.`,
  ],
  [
    'a choice without a group',
    { 'allocation.strata[0].groups[1].anyOf': ['physician'] },
    'allocation.strata[0].groups: have no place for "other". Put each answer into a group.',
  ],
  [
    'a choice in two groups',
    { 'allocation.strata[0].groups[1].anyOf[2]': 'nurse' },
    'allocation.strata[0].groups[1].anyOf[2]: is "nurse", which is in a group already. Put each answer into one group.',
  ],
  [
    'a group of what is never answered',
    { 'allocation.strata[0].groups[1].anyOf[2]': 'clerk' },
    'allocation.strata[0].groups[1].anyOf[2]: is "clerk", which is never answered. It can be "nurse", "physician", "other" or "refused".',
  ],
  [
    'an unknown place for who did not answer',
    { 'allocation.strata[0].absent': 'other' },
    'allocation.strata[0].absent: is "other", which is no group or band of it. Use "own-stratum", "nurses" or "others".',
  ],
];

const bySite: typeof byParticipant = [
  ['no phases', { 'allocation.phases': REMOVED }, 'allocation.phases: is missing. Add "phases": a list.'],
  [
    'a phase in which the ratio does not come out even',
    { 'allocation.phases': [{ sites: 2, duration: 'P18M' }] },
    'allocation.phases[0].sites: is 2, in which the ratio does not come out even. Use a multiple of 4.',
  ],
  [
    'more sites than there are',
    { 'allocation.phases[1]': { sites: 4, duration: 'P18M' } },
    'allocation.phases: want 8 sites, but the study lists 4. List every site under "sites", each with an id and a title.',
  ],
  [
    'a duration in words',
    { 'allocation.phases[0].duration': '18 months' },
    'allocation.phases[0].duration: is "18 months". Write whole days, weeks, months or years: "P3D", "P2W", "P6M", "P1Y"; "P0D" for none.',
  ],
  [
    'a day counted from the allocation of a participant',
    { 'assessments[1].anchor': 'allocation' },
    'assessments[1].anchor: is "allocation", but the study allocates sites: there is no such day of a participant. Start from "site-start", or from "consent".',
  ],
  [
    'sessions that count from the allocation of a participant',
    { 'arms[0].series': [{ id: 'talks', count: 6, every: 'P2W', format: 'group' }] },
    'arms[0].anchor: is missing, which stands for "allocation", but the study allocates sites: there is no such day of a participant. Start from "site-start", or from "consent".',
  ],
  [
    'strata of answers',
    { 'allocation.strata[0]': 'screening.role' },
    'allocation.strata[0]: is "screening.role". Use "organisation" or "size".',
  ],
  [
    'a size in no band',
    { 'sites[0].size': 17 },
    'sites[0].size: is 17, which is in none of the bands of "allocation.strata". Correct it, or let a band include it.',
  ],
  [
    'sizes in words that are no bands',
    { 'sites[0].size': 'small', 'sites[1].size': 'small', 'sites[2].size': 'large' },
    'allocation.strata[1].bands: have no id for "small" and "large". Give each band the word that the file has for it as its id, or write numbers there.',
  ],
];

describe('an allocation of participants', () => {
  it('is compared with one that is good', () => {
    assert.deepEqual(problemsOf(studyByParticipant()), []);
  });
  for (const [name, changes, ...lines] of byParticipant) {
    it(`with ${name}: names place and fix`, () => {
      assert.deepEqual(problemsOf(studyByParticipant(changes)), lines);
    });
  }
});

describe('an allocation of sites', () => {
  it('is compared with one that is good', () => {
    assert.deepEqual(problemsOf(studyBySite()), []);
  });
  it('takes shares of any size: 30 : 30 is 1 : 1', () => {
    const ratio = { groups: 30, calls: 30, usual: 60 };
    assert.deepEqual(problemsOf(studyBySite({ 'allocation.ratio': ratio })), []);
  });
  for (const [name, changes, ...lines] of bySite) {
    it(`with ${name}: names place and fix`, () => {
      assert.deepEqual(problemsOf(studyBySite(changes)), lines);
    });
  }
});
