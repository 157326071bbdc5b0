import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { instrumentIds, licensedIds, loadInstrument, loadStub } from '../../src/instruments/library.ts';
import { parseInstrument } from '../../src/instruments/parse-instrument.ts';
import { type Instrument, stubSchema } from '../../src/instruments/schema.ts';

const folder = new URL('../../src/instruments/library/', import.meta.url);
const files = readdirSync(folder);
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const shipping = async (ship: Instrument['ship']): Promise<string[]> => {
  const all = await Promise.all(instrumentIds.map(loadInstrument));
  return all.filter((one) => one.ship === ship).map(({ id }) => id);
};

describe('the library', () => {
  it('has every file under its id, and no other', () => {
    const ids = [...instrumentIds, ...licensedIds].sort();
    assert.deepEqual(files.filter((name) => name.endsWith('.json')).sort(), ids.map((id) => `${id}.json`).sort());
    assert.equal(ids.length, 21);
  });

  for (const id of instrumentIds) {
    it(`${id}: is sound, and loaded as it stands`, async () => {
      const parsed = parseInstrument(textOf(`${id}.json`), `${id}.json`);
      assert.equal(parsed.id, id);
      assert.deepEqual(await loadInstrument(id), parsed);
    });
  }

  for (const id of licensedIds) {
    it(`${id}: is a stub, and loaded as it stands`, async () => {
      const parsed = v.parse(stubSchema, JSON.parse(textOf(`${id}.json`)));
      assert.equal(parsed.id, id);
      assert.deepEqual(await loadStub(id), parsed);
    });
  }

  it('has the words of eleven instruments, and of the others the structure', async () => {
    assert.deepEqual(await shipping('text'), [
      'brs',
      'cbi',
      'gad2',
      'gad7',
      'nasa_rtlx',
      'phq2',
      'phq8',
      'phq9',
      'single_item_burnout',
      'sus',
      'who5',
    ]);
    assert.deepEqual(await shipping('structure'), [
      'bat12',
      'brcs',
      'miniz2',
      'olbi',
      'pfi',
      'pss10',
      'pss4',
      'uwes3',
      'uwes9',
    ]);
    assert.deepEqual(await shipping('site'), []);
  });

  it('has no text in a structure but its name and its period, whatever it is called', () => {
    for (const name of files.filter((file) => file.endsWith('.json'))) {
      const json = JSON.parse(textOf(name));
      if (json.ship === 'text') continue;
      const inLanguages = [...JSON.stringify(json).matchAll(/"(\w+)":\{"[a-z]{2}":/g)].map(([, key]) => key);
      assert.deepEqual(
        inLanguages.filter((key) => key !== 'title' && key !== 'recall'),
        [],
        name,
      );
      for (const item of Array.isArray(json.items) ? json.items : []) {
        assert.deepEqual(
          Object.keys(item).filter((key) => !['id', 'options', 'reverse'].includes(key)),
          [],
          name,
        );
        assert.match(item.id, /^q\d+$/);
      }
    }
  });

  it('brings a licence file where the words are under a licence of their own, and only there', async () => {
    const named: string[] = [];
    for (const id of instrumentIds) {
      const { file } = (await loadInstrument(id)).licence;
      if (file !== undefined) named.push(file);
    }
    assert.deepEqual(named, ['who5.LICENSE.txt']);
    assert.deepEqual(
      files.filter((name) => !name.endsWith('.json')),
      named,
    );
    for (const name of named) assert.ok(existsSync(fileURLToPath(new URL(name, folder))));
    assert.match(textOf('who5.LICENSE.txt'), /CC BY-NC-SA 3\.0 IGO/);
  });

  it('gives every item what it takes to show it: words, and words at both ends of its answers', async () => {
    for (const id of await shipping('text')) {
      const instrument = await loadInstrument(id);
      for (const item of instrument.items) {
        const options = instrument.optionSets[item.options] ?? [];
        assert.ok(item.anchors ?? (options.at(0)?.text && options.at(-1)?.text), `${id} ${item.id}`);
      }
    }
  });

  it('names what it has where an id is mistyped', async () => {
    await assert.rejects(loadInstrument('phq'), {
      code: 'unknown-instrument',
      message: 'The library has no instrument "phq". Did you mean "phq2"?',
    });
    await assert.rejects(
      loadInstrument('constructor'),
      /The library has no instrument "constructor"\. It has "bat12", "brcs", /,
    );
  });
});
