import type { ConsentDocument, DocumentSection } from './document.ts';

/** What differs between two documents in the same language, section by section and paragraph by paragraph. */

export interface Paragraph {
  readonly type: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface DocumentChange {
  readonly type: 'added' | 'removed' | 'changed';
  readonly what: 'section' | 'check' | 'choice' | 'contacts' | 'meaning';
  /** Of the section, check or choice. */
  readonly id?: string;
  readonly title: string;
  /** The whole of it, old and new, in reading order. */
  readonly paragraphs: readonly Paragraph[];
}

interface Piece {
  readonly what: DocumentChange['what'];
  readonly id?: string;
  readonly title: string;
  readonly lines: readonly string[];
}

export function changesBetween(before: ConsentDocument, after: ConsentDocument): readonly DocumentChange[] {
  const old = new Map(piecesOf(before).map((piece) => [keyOf(piece), piece]));
  const now = piecesOf(after);
  const kept = new Set(now.map(keyOf));
  return [
    ...now.flatMap((piece) => changeOf(old.get(keyOf(piece)), piece)),
    ...[...old.values()].filter((piece) => !kept.has(keyOf(piece))).flatMap((piece) => changeOf(piece, undefined)),
  ];
}

/** The ids of the sections whose words differ, or that one document lacks. */
export function changedSections(before: ConsentDocument, after: ConsentDocument): ReadonlySet<string> {
  const changes = changesBetween(before, after);
  return new Set(changes.flatMap(({ what, id }) => (what === 'section' && id !== undefined ? [id] : [])));
}

function changeOf(before: Piece | undefined, after: Piece | undefined): DocumentChange[] {
  const piece = after ?? before;
  if (piece === undefined) return [];
  const paragraphs = compare(before?.lines ?? [], after?.lines ?? []);
  if (paragraphs.every(({ type }) => type === 'same')) return [];
  const type = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const { what, id, title } = piece;
  return [{ type, what, ...(id !== undefined && { id }), title, paragraphs }];
}

const keyOf = ({ what, id }: Piece): string => `${what} ${id ?? ''}`;

function piecesOf({ sections, checks, choices, contacts, meaning }: ConsentDocument): readonly Piece[] {
  const optionLines = (options: readonly { readonly text: string }[]): string[] => options.map(({ text }) => text);
  return [
    ...sections.map(
      (section): Piece => ({ what: 'section', id: section.id, title: section.title, lines: linesOf(section) }),
    ),
    ...checks.map(
      ({ id, question, options, explanation }): Piece => ({
        ...{ what: 'check', id, title: question },
        lines: [question, ...optionLines(options), explanation],
      }),
    ),
    ...choices.map(
      ({ id, question, options }): Piece => ({
        ...{ what: 'choice', id, title: question },
        lines: [question, ...optionLines(options)],
      }),
    ),
    {
      ...{ what: 'contacts', title: '' },
      lines: contacts.map(({ role, name, phone = '', email = '' }) => [role, name, phone, email].join(' ').trim()),
    },
    { what: 'meaning', title: '', lines: [meaning] },
  ];
}

function linesOf({ title, body, parts, statement }: DocumentSection): readonly string[] {
  const texts = [title, body, ...parts.flatMap((part) => [part.title, part.body]), statement];
  return texts.flatMap((text) => (text === undefined ? [] : text.split(/\n{2,}/)));
}

/** The longest common subsequence of paragraphs stays; what is not in it was removed or added. */
function compare(before: readonly string[], after: readonly string[]): Paragraph[] {
  const lengths = common(before, after);
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const paragraphs: Paragraph[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      paragraphs.push({ type: 'same', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      paragraphs.push({ type: 'removed', text: old });
      i += 1;
    } else {
      paragraphs.push({ type: 'added', text: now ?? '' });
      j += 1;
    }
  }
  return paragraphs;
}

/** At `[i][j]`: how long the longest common subsequence of what follows `before[i]` and `after[j]` is. */
function common(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i];
      const [below, right, diagonal] = [lengths[i + 1]?.[j] ?? 0, row?.[j + 1] ?? 0, lengths[i + 1]?.[j + 1] ?? 0];
      if (row) row[j] = before[i] === after[j] ? diagonal + 1 : Math.max(below, right);
    }
  }
  return lengths;
}
