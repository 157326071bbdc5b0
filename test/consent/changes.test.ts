import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { changesBetween } from '../../src/consent/changes.ts';
import type { ConsentDocument } from '../../src/consent/document.ts';
import { exampleDocument } from '../support/consent-walk.ts';
import { REMOVED } from '../support/studies.ts';

const before = exampleDocument();
const BODY = 'consent.versions[0].sections[5].body.en';

describe('what changed between two documents', () => {
  it('nothing, where nothing did', () => {
    assert.deepEqual(changesBetween(before, exampleDocument()), []);
  });

  it('E7: the paragraph that is new, among those that stayed', () => {
    const after = exampleDocument({ [BODY]: 'First.\n\nAbout risks.\n\nLast.' });
    assert.deepEqual(changesBetween(before, after), [
      {
        ...{ type: 'changed', what: 'section', id: 'risks', title: 'The risks' },
        paragraphs: [
          { type: 'same', text: 'The risks' },
          { type: 'added', text: 'First.' },
          { type: 'same', text: 'About risks.' },
          { type: 'added', text: 'Last.' },
        ],
      },
    ]);
  });

  it('a section that is gone, and one that is new', () => {
    const after = exampleDocument({
      'consent.versions[0].sections[5]': {
        ...{ kind: 'other', id: 'more', title: { en: 'More', es: 'Más' }, body: { en: 'New.', es: 'Nuevo.' } },
      },
    });
    assert.deepEqual(
      changesBetween(before, after).map(({ type, what, id }) => [type, what, id]),
      [
        ['added', 'section', 'more'],
        ['removed', 'section', 'risks'],
      ],
    );
  });

  it('checks, choices, contacts and the meaning of a signature', () => {
    const after = exampleDocument({
      'consent.versions[0].checks[0].question.en': 'May you leave?',
      'consent.versions[0].choices[1]': REMOVED,
      'contacts[0].phone': '(213) 555-0199',
      'consent.versions[0].meaning.en': 'I want to take part.',
    });
    assert.deepEqual(
      changesBetween(before, after).map(({ type, what, id }) => [type, what, id]),
      [
        ['changed', 'check', 'may-stop'],
        ['changed', 'contacts', undefined],
        ['changed', 'meaning', undefined],
        ['removed', 'choice', 'recording'],
      ],
    );
  });

  it('tells both versions whole: without what was removed, the new one; without what was added, the old one', () => {
    const paragraphs = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 8 });
    const withBody = (words: readonly string[]): ConsentDocument => ({
      ...before,
      sections: [{ id: 'risks', kind: 'risks', title: 'Risks', body: words.join('\n\n'), parts: [] }],
    });
    fc.assert(
      fc.property(paragraphs, paragraphs, (old, now) => {
        const [change] = changesBetween(withBody(old), withBody(now));
        if (old.join() === now.join()) return assert.equal(change, undefined);
        const without = (type: string) =>
          (change?.paragraphs ?? []).filter((one) => one.type !== type).map(({ text }) => text);
        assert.deepEqual(without('added'), ['Risks', ...old]);
        assert.deepEqual(without('removed'), ['Risks', ...now]);
      }),
    );
  });
});
