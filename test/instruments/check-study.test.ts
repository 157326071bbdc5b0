import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkInstruments } from '../../src/instruments/check-study.ts';
import { instrumentIds, licensedIds, loadInstrument } from '../../src/instruments/library.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import { StudyError } from '../../src/study/study-error.ts';
import { exampleWithSchedule } from '../support/schedule-study.ts';
import { type Changes, type Json, REMOVED } from '../support/studies.ts';

/** Whether the library has what a study asks, and may show it. */

const PLACE = 'calm.study.json: assessments[2].instruments[0]';
const NOBODY = { 'contacts[1]': REMOVED } as const;
const SAFETY = 'assessments[2].safety';

async function said(entry: Json, changes: Changes = {}): Promise<string> {
  const study = parseStudy(
    JSON.stringify(exampleWithSchedule({ 'assessments[2].instruments': [entry], ...changes })),
    'calm.study.json',
  );
  try {
    await checkInstruments(study, 'calm.study.json');
    return '';
  } catch (error) {
    assert.ok(error instanceof StudyError);
    return error.message;
  }
}

describe('the instruments of a study', () => {
  for (const [what, entry] of [
    ['the kit’s own words', 'phq8'],
    ['the kit’s own words, with its rule about missing items', { id: 'gad7', kitRules: true }],
    ['a rule of the kit beside a published one', { id: 'brs', kitRules: true }],
    ['a translation that the site has', { id: 'cbi', items: 'site' }],
    ['a structure with the site’s words', { id: 'olbi', items: 'site' }],
    ['one that the site holds a licence of', { id: 'mbi_hss_mp', items: 'site' }],
    ['one that the library does not know, from the site', { id: 'ces', items: 'site' }],
  ] as const) {
    it(`${what}: nothing to mend`, async () => assert.equal(await said(entry), ''));
  }

  it('none that needs words of the site’s is asked without them', async () => {
    for (const id of [...instrumentIds, ...licensedIds]) {
      const needs = licensedIds.includes(id) || (await loadInstrument(id)).ship === 'structure';
      const words = await said(id, { [SAFETY]: { respondsWithin: 'PT4H' } });
      assert.equal(words.includes('"items": "site"'), needs, `${id}: ${words}`);
    }
  });

  const mistakes: readonly (readonly [what: string, entry: Json, changes: Changes, ...lines: string[]])[] = [
    ['a slip', 'cib', {}, `${PLACE}: is "cib", which the library does not have. Did you mean "cbi"?`],
    [
      'a structure without words',
      'olbi',
      {},
      `${PLACE}: is "olbi", of which the kit has no right to the words. Write { "id": "olbi", "items": "site" }, and bring a file of words that you may use.`,
    ],
    [
      'what is sold by the use',
      'mbi_hss_mp',
      {},
      `${PLACE}: is "mbi_hss_mp", which is sold by the use: the kit has nothing of it. Write { "id": "mbi_hss_mp", "items": "site" }, and bring the definition that your licence gives you.`,
    ],
    [
      'a rule of the kit where one is published',
      { id: 'cbi', kitRules: true },
      {},
      `${PLACE}.kitRules: is about a rule of the kit's, but that of "cbi" is published. Remove it: the published rule counts.`,
    ],
    [
      'the PHQ-9 without anybody who answers',
      'phq9',
      { ...NOBODY, 'assessments[0].safety': REMOVED },
      `${PLACE}: is "phq9", whose item q9 can speak of danger, and nothing says who answers, and how soon. Add a contact with the role "safety" and a phone or an e-mail, and add "safety": { "respondsWithin": "PT4H" } to the assessment. Or ask the PHQ-8, which leaves that item out.`,
    ],
    [
      'the PHQ-9 without a time until somebody answers',
      'phq9',
      {},
      `${PLACE}: is "phq9", whose item q9 can speak of danger, and nothing says who answers, and how soon. Add "safety": { "respondsWithin": "PT4H" } to the assessment. Or ask the PHQ-8, which leaves that item out.`,
    ],
  ];
  for (const [what, entry, changes, ...lines] of mistakes) {
    it(`${what}: names place and fix`, async () => assert.equal(await said(entry, changes), lines.join('\n')));
  }

  it('the PHQ-9 is asked where somebody answers within a stated time', async () => {
    assert.equal(await said('phq9', { [SAFETY]: { respondsWithin: 'P1D' } }), '');
  });

  it('an unknown one is told what there is', async () => {
    const words = await said('zebra');
    for (const id of instrumentIds) assert.ok(words.includes(`"${id}"`), id);
    assert.match(words, /One that the site brings is \{ "id": "zebra", "items": "site" \}\.$/);
  });
});
