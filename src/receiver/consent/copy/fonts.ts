import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create } from 'fontkit';
import { openTypeOf } from './woff.ts';

/**
 * Which font shows which letters: Noto Sans (SIL Open Font License), which comes as a file for each script. A text is cut
 * where the file changes, and what no file has is replaced by a sign that can be seen, never left out.
 */

export type FontStyle = 'regular' | 'bold' | 'italic';

/** A piece of text that one file can show. */
export interface Fragment {
  /** The font's file. */
  readonly font: string;
  readonly text: string;
}

/** What stands for a letter that cannot be shown: U+FFFD, the replacement character. */
export const REPLACEMENT = '\uFFFD';

/** In the order in which they are tried. */
const SCRIPTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'devanagari'];
const directory = dirname(fileURLToPath(import.meta.resolve('@fontsource/noto-sans/package.json')));
const filesOf = (cut: string): readonly string[] =>
  SCRIPTS.map((script) => join(directory, 'files', `noto-sans-${script}-${cut}.woff`));
const FILES: Readonly<Record<FontStyle, readonly string[]>> = {
  regular: filesOf('400-normal'),
  bold: filesOf('700-normal'),
  italic: filesOf('400-italic'),
};

interface OpenFont {
  /** OpenType, as it is embedded. */
  readonly data: Buffer;
  /** The code points that it has. */
  readonly letters: ReadonlySet<number>;
}

/** By file: reading one takes a moment, and every copy asks for the same. */
const open = new Map<string, OpenFont>();

/** Cuts a text where its font changes. */
export function fragmentsOf(text: string, style: FontStyle): readonly Fragment[] {
  const files = FILES[style];
  const fragments: { font: string; text: string }[] = [];
  for (const { segment } of LETTERS.segment(text.normalize('NFC'))) {
    const last = fragments.at(-1);
    // The font of the letter before, where it has this one too: spaces do not cut a script that has its own.
    const isSame = last !== undefined && !isHidden(segment) && covers(last.font, segment);
    if (isSame) {
      last.text += segment;
      continue;
    }
    const font = isHidden(segment) ? undefined : files.find((file) => covers(file, segment));
    const shown = font === undefined ? REPLACEMENT : segment;
    const file = font ?? files[0] ?? '';
    if (last?.font === file) last.text += shown;
    else fragments.push({ font: file, text: shown });
  }
  return fragments;
}

const STYLES: readonly FontStyle[] = ['regular', 'bold', 'italic'];

/** Whether every letter of a text can be shown as it is, in whichever style. */
export function isShown(text: string): boolean {
  const given = text.normalize('NFC');
  const shownIn = (style: FontStyle): string =>
    fragmentsOf(given, style)
      .map((fragment) => fragment.text)
      .join('');
  return STYLES.every((style) => shownIn(style) === given);
}

/** What a reader sees as one letter, with all its marks. */
const LETTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Line feeds, and what turns the direction of a text: nothing that a name could hide behind is drawn unseen. */
function isHidden(segment: string): boolean {
  return /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(segment);
}

function covers(file: string, segment: string): boolean {
  const { letters } = openFont(file);
  for (const letter of segment) if (!letters.has(letter.codePointAt(0) ?? 0)) return false;
  return true;
}

/**
 * How a file's letters are set, so that a program that reads them aloud or copies them gets what was written: letters with
 * a dot below are not taken apart, or their dot would be a letter without a name.
 *
 * @returns options of the writer; anew each time, for it writes into them
 */
export function settingOf(file: string): object {
  return /-(latin-ext|vietnamese)-/.test(file) ? { features: { ccmp: false } } : {};
}

/** Whether a file's signs are joined and change places, so that they say their text only if it is given beside them. */
export function isJoined(file: string): boolean {
  return file.includes('-devanagari-');
}

/** @param file a fragment's font */
export function fontData(file: string): Buffer {
  return openFont(file).data;
}

function openFont(file: string): OpenFont {
  const before = open.get(file);
  if (before !== undefined) return before;
  const data = openTypeOf(readFileSync(file));
  const font = create(data);
  if (!('characterSet' in font)) throw new TypeError(`${file} is several fonts.`);
  const opened = { data, letters: new Set(font.characterSet) };
  open.set(file, opened);
  return opened;
}
