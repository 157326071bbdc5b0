import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBrought } from '../../../components/burnout-questionnaire/brought-instrument.ts';
import { loadInstrument } from '../../../src/instruments/library.ts';
import { changed, GONE, sampleInstrument } from '../../instruments/sample-instrument.ts';

const LICENCE = { licence: 'With permission of the holder, 2026-01-31.', version: '1.0.0' };

/** @returns every problem, as `siteText.licence: is missing.` */
function problemsOf(id: string, json: unknown): readonly string[] {
  try {
    readBrought(id, json);
    return [];
  } catch (error) {
    assert.equal(Reflect.get(Object(error), 'code'), 'bad-instrument');
    const problems = Reflect.get(Object(error), 'problems') as readonly Record<string, string>[];
    for (const { file, fix } of problems) {
      assert.equal(file, `instruments/${id}`);
      assert.match(fix ?? '', /\S/);
    }
    return problems.map(({ message, path }) => `${path}: ${message}`);
  }
}

describe('an instrument that a site has brought', () => {
  it('is read as the site wrote it', () => {
    const { id, items, version } = readBrought('calm', sampleInstrument());
    assert.deepEqual([id, version, items.length], ['calm', '1.2.0', 4]);
  });

  it('keeps the line that says whose permission the site has', async () => {
    const phq8 = await loadInstrument('phq8');
    assert.deepEqual(readBrought('phq8', { ...phq8, siteText: LICENCE }), { ...phq8, siteText: LICENCE });
  });

  it('is not shown where a file of words says nobody’s permission', () => {
    for (const siteText of [null, {}, 'ours', [], { ...LICENCE, licence: ' ' }, { ...LICENCE, licence: 1 }]) {
      assert.deepEqual(
        problemsOf('calm', { ...sampleInstrument(), siteText }),
        ['siteText.licence: is missing.'],
        JSON.stringify(siteText),
      );
    }
    const { version: _, ...unversioned } = LICENCE;
    assert.deepEqual(problemsOf('calm', { ...sampleInstrument(), siteText: unversioned }), [
      'siteText.version: is missing.',
    ]);
    assert.deepEqual(
      problemsOf('calm', changed(sampleInstrument(), 'licence', GONE)).map((one) => one.split(':')[0]),
      ['licence'],
    );
  });

  it('is not another than the study names', () => {
    assert.deepEqual(problemsOf('ces', sampleInstrument()), ['id: is "calm", not "ces".']);
  });

  for (const json of [undefined, null, 'calm', 1, [], [sampleInstrument()], {}, { id: 'calm' }]) {
    it(`is not ${JSON.stringify(json)?.slice(0, 20)}`, () => assert.ok(problemsOf('calm', json).length > 0));
  }

  it('is judged as any file is: by what is in it, and what it leads to', () => {
    const broken: readonly (readonly [place: string, value: unknown])[] = [
      ['items.0.options', 'never'],
      ['subscales.0.items', ['a', 'z']],
      ['items.0.text', { en: `<b>${'x'.repeat(3_000)}` }],
      ['optionSets.often', []],
      ['surprise', true],
    ];
    for (const [place, value] of broken) {
      assert.ok(problemsOf('calm', changed(sampleInstrument(), place, value)).length > 0, place);
    }
  });
});
