import { type Inline, parseInline, parseMarkdown } from '../../../study/markdown.ts';

/** What a copy consists of, in reading order: plain data, which a writer sets in type. */

export interface Run {
  readonly text: string;
  readonly style?: 'bold' | 'italic';
  readonly href?: string;
}

export type Piece = {
  /** A BCP 47 tag, where it is not that of the document. */
  readonly language?: string | undefined;
} & (
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Run[])[] }
  /** A signature as it was drawn: strokes in the unit of a pad of this extent. */
  | {
      readonly kind: 'drawing';
      readonly alt: string;
      readonly width: number;
      readonly height: number;
      readonly strokes: readonly (readonly number[])[];
    }
);

/** @param level of its outermost headings */
export function markdownPieces(source: string, level: 3 | 4): Piece[] {
  const blocks = parseMarkdown(source);
  const levels = new Set(blocks.flatMap((block) => (block.type === 'heading' ? [block.level] : [])));
  const ranks = [...levels].sort();
  return blocks.map((block): Piece => {
    if (block.type === 'paragraph') return { kind: 'paragraph', runs: runsOf(block.parts) };
    if (block.type === 'list') return { kind: 'list', ordered: block.ordered, items: block.items.map(runsOf) };
    const isInner = level === 4 || ranks.indexOf(block.level) > 0;
    return { kind: 'heading', level: isInner ? 4 : 3, text: plain(block.parts) };
  });
}

/** A text with emphasis and links, on one line. */
export function inlineRuns(source: string): readonly Run[] {
  return runsOf(parseInline(source));
}

/** A link says on paper too where it leads. */
function runsOf(parts: readonly Inline[]): Run[] {
  return parts.flatMap((part): Run[] => {
    const { text } = part;
    if ('href' in part) return linkRuns(text, part.href);
    if (part.type === 'text') return [{ text }];
    return [{ text, style: part.type === 'strong' ? 'bold' : 'italic' }];
  });
}

function linkRuns(text: string, href: string): Run[] {
  const address = href.replace(/^(mailto|tel):/i, '');
  return [{ text, href }, ...(text.includes(address) ? [] : [{ text: ` (${address})` }])];
}

function plain(parts: readonly Inline[]): string {
  return parts.map(({ text }) => text).join('');
}

/** Everything that a piece shows, for whoever asks what letters it needs. */
export function textOf(piece: Piece): string {
  switch (piece.kind) {
    case 'heading':
      return piece.text;
    case 'paragraph':
      return piece.runs.map(({ text }) => text).join('');
    case 'list':
      return piece.items.flatMap((runs) => runs.map(({ text }) => text)).join(' ');
    case 'drawing':
      return '';
  }
}

/** Makes pieces of the copy's own words, which may be in another language than its document. */
export interface Voice {
  heading(text: string): Piece;
  paragraph(text: string, style?: Run['style']): Piece;
  /** What something is: `Version: 1.0`. */
  field(label: string, value: string | readonly Run[]): Piece;
}

/** @param language undefined where it is that of the document */
export function voiceIn(language: string | undefined): Voice {
  const own = language === undefined ? {} : { language };
  return {
    heading: (text) => ({ kind: 'heading', level: 2, text, ...own }),
    paragraph: (text, style) => ({ kind: 'paragraph', runs: [{ text, ...(style && { style }) }], ...own }),
    field: (label, value) => ({
      kind: 'paragraph',
      runs: [{ text: `${label}: `, style: 'bold' }, ...(typeof value === 'string' ? [{ text: value }] : value)],
      ...own,
    }),
  };
}
