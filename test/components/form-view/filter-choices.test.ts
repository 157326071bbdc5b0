import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  choiceNamed,
  filterChoices,
  fold,
  indexChoices,
  markMatches,
  offerFor,
} from '../../../components/form-view/fields/filter-choices.ts';
import type { Choice, SpecialChoice } from '../../../src/form/form.ts';

function indexOf(texts: readonly string[], special: readonly SpecialChoice[] = []) {
  const ordinary = texts.map((text, at): Choice => ({ value: at, text, enabled: true }));
  const others = special.map(
    (kind): Choice => ({ value: kind, text: `special ${kind}`, enabled: true, special: kind }),
  );
  return indexChoices([...ordinary, ...others], ({ text }) => text ?? '');
}

function found(texts: readonly string[], query: string): readonly string[] {
  return filterChoices(indexOf(texts), query).map(({ text }) => text);
}

/** A choice's words as a reader would find them: nothing of this comes from the code under test. */
function plainWords(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{Diacritic}/gu, '');
  return plain.toLowerCase().split(' ').filter(Boolean);
}

const word = fc.constantFrom('Maple', 'Oak', 'oakland', 'Peñón', 'Río', 'HILL', 'hill', 'Águila', 'ma', 'o', 'n', '12');
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const names = fc.array(name, { maxLength: 40 });
const query = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '));
/** Any characters at all, halves of pairs included. */
const anything = fc.array(fc.nat({ max: 0x10ffff })).map((codes) => String.fromCodePoint(...codes));
const specials = fc.subarray<SpecialChoice>(['none', 'refuse', 'unknown', 'other']);

describe('filterChoices', () => {
  it('finds without case, accents, apostrophes and other punctuation', () => {
    const cases: readonly [text: string, query: string][] = [
      ['Peñón del Río', 'penon RIO'],
      ['penon', 'Peñón'],
      ['Nin\u0303o', 'niño'],
      ['St. Mary’s House', "st mary's"],
      ['St. Mary’s House', 'st. marys'],
      ['Bay Cove (North-End)', 'north end'],
      ['Bay Cove (North-End)', '(nor'],
      ['Straße', 'STRASSE'],
      ['Łódź', 'lodz'],
      ['Ærø', 'aero'],
      ['İstanbul', 'istanbul'],
      ['ΟΔΟΣ', 'οδος'],
      ['مُسْتَشْفَى', 'مستشفى'],
      ['ﬁeld', 'field'],
      ['C++', 'c+'],
      ['Haus 12', '12'],
    ];
    for (const [text, typed] of cases) assert.deepEqual(found(['Zz', text], typed), [text], `${typed} in ${text}`);
  });

  it('asks every word to be there, in any order', () => {
    assert.deepEqual(found(['Oak Hill', 'Oak Lane', 'Hill'], 'hill oak'), ['Oak Hill']);
    assert.deepEqual(found(['Oak Hill'], 'oak hill elm'), []);
  });

  it('ranks what begins so first, then beginnings of words, then the rest', () => {
    const texts = ['Cloak Lane', 'Big Oak', 'Oakland', 'Small Oak', 'Oak Lane', 'Soak'];
    assert.deepEqual(found(texts, 'oak'), ['Oakland', 'Oak Lane', 'Big Oak', 'Small Oak', 'Cloak Lane', 'Soak']);
    assert.deepEqual(found(['Hill and Oak', 'Oakhill', 'Oak Hill'], 'oak hill'), [
      'Oak Hill',
      'Hill and Oak',
      'Oakhill',
    ]);
  });

  it('offers all where nothing, or nothing but punctuation, was typed', () => {
    for (const typed of ['', '  ', ' - ', '’']) assert.deepEqual(found(['B', 'A'], typed), ['B', 'A']);
  });

  it('finds those, and only those, that have every word', () => {
    fc.assert(
      fc.property(names, query, (texts, typed) => {
        const expected = texts.filter((text) =>
          plainWords(typed).every((one) => plainWords(text).some((other) => other.includes(one))),
        );
        assert.deepEqual([...found(texts, typed)].sort(), expected.sort());
      }),
    );
  });

  it('keeps the study’s order among those that fit as well', () => {
    fc.assert(
      fc.property(names, query, (texts, typed) => {
        const rank = (text: string) => {
          const [words, typedWords] = [plainWords(text), plainWords(typed)];
          const begun = typedWords.every((one) => words.some((other) => other.startsWith(one)));
          if (!begun) return 2;
          return typedWords[0] === undefined || words[0]?.startsWith(typedWords[0]) ? 0 : 1;
        };
        const listed = filterChoices(indexOf(texts), typed);
        for (const [at, one] of listed.slice(1).entries()) {
          const before = listed[at];
          const [a, b] = [rank(before?.text ?? ''), rank(one.text)];
          assert.ok(a < b || (a === b && Number(before?.choice.value) < Number(one.choice.value)));
        }
      }),
    );
  });

  it('never finds less when a letter is taken away', () => {
    fc.assert(
      fc.property(names, query, (texts, typed) => {
        const fewer = new Set(filterChoices(indexOf(texts), typed).map(({ choice }) => choice.value));
        const more = new Set(filterChoices(indexOf(texts), typed.slice(0, -1)).map(({ choice }) => choice.value));
        for (const value of fewer) assert.ok(more.has(value));
      }),
    );
  });
});

describe('offerFor', () => {
  it('ends with every special choice, whatever was typed and however many were found', () => {
    fc.assert(
      fc.property(
        names,
        specials,
        fc.oneof(query, fc.string()),
        fc.integer({ min: 1, max: 50 }),
        (texts, kinds, typed, limit) => {
          const offer = offerFor(indexOf(texts, kinds), typed, limit);
          assert.deepEqual(
            offer.options.slice(offer.results).map(({ choice }) => choice.special),
            kinds,
          );
          assert.equal(offer.results, Math.min(offer.found, limit));
          assert.equal(offer.found, filterChoices(indexOf(texts), typed).length);
        },
      ),
    );
  });
});

describe('choiceNamed', () => {
  it('takes the one that is called so, special or not', () => {
    const index = indexOf(['Oak Hill', 'Peñón', 'oak'], ['none']);
    assert.equal(choiceNamed(index, ' PENON ')?.value, 1);
    assert.equal(choiceNamed(index, 'oak-hill')?.value, 0);
    assert.equal(choiceNamed(index, 'Special None')?.value, 'none');
    for (const typed of ['', ' ', 'hill', 'none', 'oak hill 2']) assert.equal(choiceNamed(index, typed), undefined);
  });

  it('does not guess between two of the same name, but goes by what is written exactly so', () => {
    const index = indexOf(['Peña', 'Pena', '+', '–', 'Twin', 'Twin']);
    assert.equal(choiceNamed(index, 'PENA'), undefined);
    assert.equal(choiceNamed(index, 'Peña')?.value, 0);
    assert.equal(choiceNamed(index, '–')?.value, 3);
    assert.equal(choiceNamed(index, '—'), undefined);
    assert.equal(choiceNamed(index, 'Twin'), undefined);
  });

  it('does not take what cannot be chosen', () => {
    const index = indexChoices([{ value: 1, text: 'Oak', enabled: false }], ({ text }) => text ?? '');
    assert.equal(choiceNamed(index, 'Oak'), undefined);
  });

  it('takes every choice with a name of its own back by its name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name), (texts) => {
        const index = indexOf(texts);
        for (const [at, text] of texts.entries()) assert.equal(choiceNamed(index, text)?.value, at);
      }),
    );
  });
});

describe('markMatches', () => {
  const marked = (text: string, typed: string) =>
    markMatches(text, typed)
      .map((part) => (part.matched ? `[${part.text}]` : part.text))
      .join('');

  it('marks what was typed, where words begin so if any do', () => {
    assert.equal(marked('Oak Hill', ''), 'Oak Hill');
    assert.equal(marked('Big Oak', 'oak'), 'Big [Oak]');
    assert.equal(marked('Cloak Oak', 'oak'), 'Cloak [Oak]');
    assert.equal(marked('Cloak', 'oak'), 'Cl[oak]');
    assert.equal(marked('Oak Hill', 'hi oa'), '[Oa]k [Hi]ll');
    assert.equal(marked('Peñón', 'penon'), '[Peñón]');
    assert.equal(marked('Nin\u0303o', 'nin'), '[Nin\u0303]o');
    assert.equal(marked('St. Mary’s', 'marys'), 'St. [Mary’s]');
    assert.equal(marked('Straße', 'strass'), '[Straß]e');
    assert.equal(marked('Oak', 'elm'), 'Oak');
    assert.equal(marked('🙂 Oak', 'oak'), '🙂 [Oak]');
  });

  it('never changes the text, and alternates', () => {
    fc.assert(
      fc.property(anything, anything, (text, typed) => {
        const parts = markMatches(text, typed);
        assert.equal(parts.map((part) => part.text).join(''), text);
        for (const [at, part] of parts.slice(1).entries()) assert.notEqual(part.matched, parts[at]?.matched);
      }),
    );
  });

  it('marks something of every choice that was found by a word', () => {
    fc.assert(
      fc.property(names, query, (texts, typed) => {
        for (const { text } of filterChoices(indexOf(texts), typed)) {
          const hasMark = markMatches(text, typed).some(({ matched }) => matched);
          assert.equal(hasMark, plainWords(typed).length > 0);
        }
      }),
    );
  });
});

describe('fold', () => {
  it('folds letter by letter, whatever stands around', () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        // Two halves of a pair would become one character.
        fc.pre(a.isWellFormed() && b.isWellFormed());
        assert.equal(fold(a + b), fold(a) + fold(b));
      }),
    );
  });
});
