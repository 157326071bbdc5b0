import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../../src/cli/io.ts';
import { run } from '../../src/cli/score.ts';
import { instrumentIds } from '../../src/instruments/library.ts';
import { changed, GONE, sampleInstrument } from '../instruments/sample-instrument.ts';
import { runCommand, withFiles } from '../support/command-io.ts';

const scoring = (args: string[], answers: unknown = {}) => runCommand(run, [...args, '-'], JSON.stringify(answers));

describe('steady score', () => {
  const scored: readonly (readonly [what: string, args: string[], answers: object, printed: object])[] = [
    [
      'an instrument of the library',
      ['phq9'],
      { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1, q6: 1, q7: 1, q8: 1, q9: 1 },
      {
        scores: { total: 9 },
        bands: { total: 'mild' },
        flags: [{ kind: 'safety', item: 'q9', value: 1 }],
        answered: 9,
      },
    ],
    ['nothing answered', ['gad2'], {}, { scores: { total: null }, bands: { total: null }, flags: [], answered: 0 }],
    [
      'a structure',
      ['pss4'],
      { q1: 1, q2: 2, q3: 3, q4: 3 },
      { scores: { total: 7 }, bands: {}, flags: [], answered: 4 },
    ],
    [
      'items missing, nothing published',
      ['gad7'],
      { q1: 2, q2: 2, q3: 2, q4: 2, q5: 2 },
      { scores: { total: null }, bands: { total: null }, flags: [], answered: 5 },
    ],
    [
      'items missing, the kit’s rule',
      ['--kit-rules', 'gad7'],
      { q1: 2, q2: 2, q3: 2, q4: 2, q5: 2 },
      { scores: { total: 14 }, bands: { total: 'moderate' }, flags: [], answered: 5 },
    ],
    [
      'bands by convention',
      ['--conventional-bands', 'pss10'],
      Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`q${i + 1}`, 2])),
      { scores: { total: 20 }, bands: { total: 'moderate' }, flags: [], answered: 10 },
    ],
  ];
  for (const [what, args, answers, printed] of scored) {
    it(`${what}: ${JSON.stringify(printed)}`, async () => {
      assert.deepEqual(await scoring(args, answers), { code: 0, stdout: `${JSON.stringify(printed)}\n`, stderr: '' });
    });
  }

  it('takes files, of an instrument and of answers', async () => {
    const files = { 'calm.json': JSON.stringify(sampleInstrument()), 'answers.json': '{ "a": 2, "b": 0 }' };
    await withFiles(files, async (pathOf) => {
      const { code, stdout } = await runCommand(run, [pathOf('calm.json'), pathOf('answers.json')]);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(stdout).scores, { calm: 2, rest: null, both: null });
    });
  });

  it('names every answer that is none of the instrument’s, and scores nothing', async () => {
    const { code, stderr, stdout } = await scoring(['phq2'], { q1: 4, q2: '1', q3: 0 });
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      'standard input: q1: is 4, which is not one of its options. Use 0, 1, 2 or 3.',
      'standard input: q2: is "1", which is not one of its options. Write the number: 1.',
      'standard input: q3: is not an item of it. Did you mean "q1"? It has "q1" and "q2".',
    ]);
  });

  const unread: readonly (readonly [what: string, stdin: string, message: RegExp])[] = [
    ['no JSON', '{', /^standard input: is not JSON\. Write an object of values by item\. /],
    ['nothing', '', /^standard input: is not JSON\./],
    ['a list', '[1, 2]', /^standard input: is not an answer\. Write an object of values by item/],
    [
      'null for an item',
      '{ "q1": null }',
      /^standard input: q1: is not an answer\. Write an object of values by item, without those that have none/,
    ],
    ['more than anybody answers', `"${'a'.repeat(300_000)}"`, /^standard input: has 293 KB; at most 256 KB are read\./],
  ];
  for (const [what, stdin, message] of unread) {
    it(`${what} as answers: says so`, async () => {
      await assert.rejects(runCommand(run, ['phq2', '-'], stdin), { code: 'file-unreadable', message });
    });
  }

  it('an id that is none: says which was meant', async () => {
    await assert.rejects(scoring(['cib']), {
      code: 'unknown-instrument',
      message: 'The library has no instrument "cib". Did you mean "cbi"?',
    });
  });

  it('a broken instrument: names file, place and fix', async () => {
    await withFiles({ 'calm.json': JSON.stringify(changed(sampleInstrument(), 'licence', GONE)) }, async (pathOf) => {
      await assert.rejects(scoring([pathOf('calm.json')]), {
        code: 'bad-instrument',
        message: `${pathOf('calm.json')}: licence: is missing. Add "licence": an object.`,
      });
      await assert.rejects(scoring([pathOf('gone.json')]), { code: 'file-unreadable' });
    });
  });

  it('a licensed instrument’s file is held against what is known of it', async () => {
    await withFiles({ 'mbi.json': JSON.stringify({ ...sampleInstrument(), id: 'mbi_hss_mp' }) }, async (pathOf) => {
      await assert.rejects(
        scoring([pathOf('mbi.json')]),
        /licence\.number: is missing\. Add the number of your licence\./,
      );
    });
    await assert.rejects(scoring(['mbi_hss_mp']), /is sold by the use/);
  });

  it('needs an instrument and answers, and explains itself', async () => {
    for (const args of [[], ['phq2'], ['phq2', 'answers.json', 'more.json']]) {
      await assert.rejects(runCommand(run, args), UsageError);
    }
    await assert.rejects(runCommand(run, ['--kit', 'phq2', '-']), { name: 'UsageError', message: /has no option --/ });
    const { stdout } = await runCommand(run, ['--help']);
    assert.match(stdout, /^Usage: steady score /);
    for (const id of instrumentIds) assert.match(stdout, new RegExp(`\\b${id}\\b`));
  });
});
