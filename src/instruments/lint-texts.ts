import type { Finding } from '../study/finding.ts';
import { list, show } from '../study/wording.ts';
import type { Instrument, Words } from './schema.ts';

/**
 * Whether the words are there, in every language that the file claims and in no other; and, where the kit has no right
 * to them, whether they are not.
 */
export function lintTexts(instrument: Instrument): Finding[] {
  const { items, languages, ship } = instrument;
  if (ship === 'structure') return lintStructure(instrument);
  if (languages.length === 0) {
    return [{ path: ['languages'], message: 'is an empty list.', fix: 'Name the languages that the items are in.' }];
  }
  const silent = items.flatMap(({ text }, index): Finding[] =>
    text === undefined
      ? [{ path: ['items', index, 'text'], message: 'is missing.', fix: `Add it in ${list(languages, 'and')}.` }]
      : [],
  );
  return [...silent, ...texts(instrument).flatMap(({ path, words }) => lintWords(path, words, languages))];
}

function lintStructure(instrument: Instrument): Finding[] {
  const withheld = texts(instrument).filter(({ path }) => !KEPT.has(String(path[0])));
  return [
    ...(instrument.languages.length === 0
      ? []
      : [{ path: ['languages'], message: 'claims words that a structure has not.', fix: 'Write an empty list.' }]),
    ...withheld.map(({ path }) => ({
      path,
      message: 'is a text in a file that may have none.',
      fix: 'Remove it: the site brings the words. Or, with the right to them, write "ship": "text".',
    })),
  ];
}

/** Facts about an instrument, in the kit's words: its name, and the period it asks about. */
const KEPT: ReadonlySet<string> = new Set(['title', 'recall']);

interface Place {
  readonly path: readonly PropertyKey[];
  readonly words: Words;
}

/** Every text that a participant may read. */
function texts({ instructions, items, optionSets, recall, stem, title }: Instrument): Place[] {
  const at = (path: readonly PropertyKey[], words: Words | undefined): Place[] =>
    words === undefined ? [] : [{ path, words }];
  return [
    ...at(['title'], title),
    ...at(['recall'], recall),
    ...at(['stem'], stem),
    ...at(['instructions'], instructions),
    ...Object.entries(optionSets).flatMap(([id, options]) =>
      options.flatMap(({ text }, index) => at(['optionSets', id, index, 'text'], text)),
    ),
    ...items.flatMap(({ anchors, text }, index) => [
      ...at(['items', index, 'text'], text),
      ...at(['items', index, 'anchors', 'lowest'], anchors?.lowest),
      ...at(['items', index, 'anchors', 'highest'], anchors?.highest),
    ]),
  ];
}

function lintWords(path: readonly PropertyKey[], words: Words, languages: readonly string[]): Finding[] {
  return [
    ...languages
      .filter((language) => !Object.hasOwn(words, language))
      .map((language) => ({
        path: [...path, language],
        message: 'is missing.',
        fix: `Add the published translation, or take ${show(language)} out of "languages": nothing is translated here.`,
      })),
    ...Object.keys(words)
      .filter((language) => !languages.includes(language))
      .map((language) => ({
        path: [...path, language],
        message: 'is in a language that the file does not claim.',
        fix: `Add ${show(language)} to "languages", with every text, or remove it.`,
      })),
  ];
}
