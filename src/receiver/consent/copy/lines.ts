import { type FontStyle, fragmentsOf } from './fonts.ts';
import type { Run } from './pieces.ts';

/** Lines of a paragraph: its runs cut into what one font shows, and broken at spaces. */

export interface Inked {
  readonly font: string;
  readonly text: string;
  readonly width: number;
  readonly href?: string | undefined;
}

export type Line = readonly Inked[];

/** How wide a text is in a font, in points. */
export type Measure = (text: string, font: string) => number;

/**
 * @param width of a line, in points; a word that is longer is cut
 * @returns at least one line
 */
export function linesOf(runs: readonly Run[], style: FontStyle, width: number, measure: Measure): readonly Line[] {
  const lines: Inked[][] = [[]];
  let left = width;
  for (const word of wordsOf(runs, style, measure)) {
    const wide = widthOf(trimmed(word, measure));
    if (wide > left && left < width) {
      lines.push([]);
      left = width;
    }
    for (const part of wide > width ? word.flatMap((inked) => cut(inked, width, measure)) : word) {
      const needed = widthOf(trimmed([part], measure));
      if (wide > width && needed > left) {
        lines.push([]);
        left = width;
      }
      append(lines.at(-1) ?? [], part);
      left -= part.width;
    }
  }
  return lines;
}

/** What stays together: the letters up to a space, with it. */
function* wordsOf(runs: readonly Run[], style: FontStyle, measure: Measure): Generator<Inked[]> {
  let word: Inked[] = [];
  for (const { text, style: own = style, href } of runs) {
    for (const { font, text: shown } of fragmentsOf(text, own)) {
      for (const part of shown.match(/[^ ]* ?/g) ?? []) {
        if (part === '') continue;
        word.push({ font, text: part, width: measure(part, font), href });
        if (!part.endsWith(' ')) continue;
        yield word;
        word = [];
      }
    }
  }
  if (word.length > 0) yield word;
}

/** A space at the end of a line may stand over it. */
function trimmed(word: readonly Inked[], measure: Measure): readonly Inked[] {
  const last = word.at(-1);
  if (!last?.text.endsWith(' ')) return word;
  const text = last.text.trimEnd();
  return [...word.slice(0, -1), { ...last, text, width: measure(text, last.font) }];
}

/** A word that no line holds, letter by letter. */
function cut({ text, ...rest }: Inked, width: number, measure: Measure): Inked[] {
  const parts: Inked[] = [];
  let part = '';
  for (const letter of text) {
    if (part !== '' && measure(part + letter, rest.font) > width) {
      parts.push({ ...rest, text: part, width: measure(part, rest.font) });
      part = '';
    }
    part += letter;
  }
  return [...parts, { ...rest, text: part, width: measure(part, rest.font) }];
}

function append(line: Inked[], part: Inked): void {
  const last = line.at(-1);
  if (last?.font !== part.font || last.href !== part.href) line.push(part);
  else line[line.length - 1] = { ...last, text: last.text + part.text, width: last.width + part.width };
}

function widthOf(word: readonly Inked[]): number {
  return word.reduce((sum, { width }) => sum + width, 0);
}
