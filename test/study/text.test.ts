import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asText, chooseLanguage, isText, textIn } from '../../src/study/text.ts';

describe('textIn', () => {
  const text = asText({ en: 'Yes', es: 'Sí', 'es-AR': 'Sí, che' });
  const cases: readonly (readonly [language: string, languages: readonly string[], expected: string])[] = [
    ['es', ['en', 'es'], 'Sí'],
    ['es-AR', ['en', 'es'], 'Sí, che'],
    ['es-MX', ['en', 'es'], 'Sí'],
    ['fr', ['en', 'es'], 'Yes'],
    ['fr', ['es', 'en'], 'Sí'],
    ['fr', ['de'], 'Yes'],
  ];
  for (const [language, languages, expected] of cases) {
    it(`${language} of ${languages.join(' and ')}: ${expected}`, () => {
      assert.equal(textIn(text, language, languages), expected);
    });
  }

  it('takes a plain string in every language', () => {
    assert.equal(textIn(asText('Yes'), 'es', ['en', 'es']), 'Yes');
  });

  it('prefers the first language as written to a plain string beside it', () => {
    assert.equal(textIn(asText({ default: 'Y', en: 'Yes' }), 'fr', ['en']), 'Yes');
  });
});

describe('isText', () => {
  it('tells a text that was read from a record that looks like one', () => {
    assert.equal(isText(asText('Yes')), true);
    assert.equal(isText({ default: 'Yes' }), false);
    assert.equal(isText('Yes'), false);
    assert.equal(isText(null), false);
  });
});

describe('chooseLanguage', () => {
  const cases: readonly (readonly [wanted: string, languages: readonly string[], expected: string])[] = [
    ['es', ['en', 'es'], 'es'],
    ['ES-mx', ['en', 'es'], 'es'],
    ['es-MX', ['en', 'es', 'es-MX'], 'es-MX'],
    ['es', ['en', 'es-US'], 'es-US'],
    ['fr', ['en', 'es'], 'en'],
    ['', ['es'], 'es'],
    ['fr', [], 'en'],
  ];
  for (const [wanted, languages, expected] of cases) {
    it(`"${wanted}" of ${languages.join(' and ') || 'none'}: ${expected}`, () => {
      assert.equal(chooseLanguage(wanted, languages), expected);
    });
  }
});
