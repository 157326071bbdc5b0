import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InstrumentError } from '../../src/instruments/instrument-error.ts';
import { licensedIds, loadInstrument, loadStub } from '../../src/instruments/library.ts';
import { withLicence } from '../../src/instruments/licensed.ts';
import { score } from '../../src/instruments/score.ts';
import { changed, GONE } from './sample-instrument.ts';

const stub = await loadStub('mbi_hss_mp');
assert.ok(stub);

/** Of the right shape and with nothing of the instrument in it: which item belongs to which scale is made up. */
const items = Array.from({ length: 22 }, (_, index) => `i${index + 1}`);
const scale = (id: string, from: number, to: number, higher: string) => ({
  ...{ id, items: items.slice(from, to), method: 'sum', higher },
  ...{ range: { min: 0, max: (to - from) * 6 }, minAnswered: to - from },
});
const definition = {
  id: 'mbi_hss_mp',
  version: '1.0.0',
  title: { en: 'As licensed' },
  ship: 'site',
  languages: ['en'],
  citation: 'As licensed.',
  licence: { terms: 'As licensed.', number: 'A-1', seats: 200 },
  optionSets: { seven: [0, 1, 2, 3, 4, 5, 6].map((value) => ({ value, text: { en: `Made up ${value}` } })) },
  items: items.map((id) => ({ id, text: { en: `Made up ${id}` }, options: 'seven' })),
  subscales: [scale('EE', 0, 9, 'worse'), scale('DP', 9, 14, 'worse'), scale('PA', 14, 22, 'better')],
  missing: { rule: 'As in the manual.', basis: 'published' },
};

const open = (file: unknown) => withLicence(stub, JSON.stringify(file), 'mbi.json');

describe('an instrument that is sold by the use', () => {
  it('has nothing in the kit but what anybody may know', () => {
    assert.deepEqual(licensedIds, ['mbi_hss_mp']);
    assert.deepEqual([stub.items, stub.options, stub.languages], [22, { min: 0, max: 6 }, []]);
    assert.deepEqual(
      stub.subscales.map(({ id, items: count, range }) => [id, count, range.max]),
      [
        ['EE', 9, 54],
        ['DP', 5, 30],
        ['PA', 8, 48],
      ],
    );
  });

  it('cannot be loaded', async () => {
    await assert.rejects(loadInstrument('mbi_hss_mp'), {
      code: 'unknown-instrument',
      message:
        '"mbi_hss_mp" is sold by the use, and the kit has nothing of it. Hand in the definition that your licence gives you.',
    });
  });

  it('is scored by the definition that a site hands in with its licence', () => {
    const instrument = open(definition);
    const answers = Object.fromEntries(items.map((id) => [id, 3]));
    assert.deepEqual(score(instrument, answers).scores, { EE: 27, DP: 15, PA: 24 });
  });

  const refused: readonly (readonly [what: string, place: string, value: unknown, problem: string])[] = [
    ['no licence', 'licence', GONE, 'licence: is missing.'],
    ['no number of a licence', 'licence.number', GONE, 'licence.number: is missing. Add the number of your licence.'],
    ['no number of seats', 'licence.seats', GONE, 'licence.seats: is missing. Add how many administrations it covers.'],
    ['no seats', 'licence.seats', 0, 'licence.seats: is 0.'],
    ['another instrument', 'id', 'mbi', 'id: is "mbi", not "mbi_hss_mp". Compare it with the manual of mbi_hss_mp.'],
    ['as if it were the kit’s', 'ship', 'text', 'ship: is "text", not "site".'],
    ['a scale by another name', 'subscales.0.id', 'EX', 'subscales: is "DP EX PA", not "DP EE PA".'],
    ['an item more in a scale', 'subscales.1', scale('DP', 8, 14, 'worse'), 'subscales[1].items.length: is 6, not 5.'],
    ['a scale the other way', 'subscales.2.higher', 'worse', 'subscales[2].higher: is "worse", not "better".'],
    ['an item more', 'items.22', { id: 'i23', text: { en: 'More' }, options: 'seven' }, 'items.length: is 23, not 22.'],
  ];
  for (const [what, place, value, problem] of refused) {
    it(`${what}: is refused, and none of its words are in the message`, () => {
      assert.throws(
        () => open(changed(definition, place, value)),
        (error) => {
          assert.ok(error instanceof InstrumentError);
          assert.ok(error.message.includes(`mbi.json: ${problem}`), error.message);
          assert.doesNotMatch(error.message, /Made up/);
          return true;
        },
      );
    });
  }

  it('is known by its id alone', async () => {
    assert.equal(await loadStub('cbi'), undefined);
    assert.equal(await loadStub('toString'), undefined);
  });
});
