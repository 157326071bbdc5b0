import type { ConsentDocument } from '../../../consent/document.ts';
import type { ConsentRecord } from '../../../consent/record.ts';
import { copyPieces } from './copy-pieces.ts';
import { copyWords } from './copy-words.ts';
import { openSheet, type Setting, type Sheet } from './pdf-sheet.ts';
import type { Piece } from './pieces.ts';

/**
 * A copy of a signed consent to read and print: a tagged PDF with the whole text, made from the record alone. Of the same
 * record the same bytes.
 *
 * @param record verified
 */
export async function consentCopy(record: ConsentRecord): Promise<Uint8Array<ArrayBuffer>> {
  // It was signed by this receiver as a document of this format, and nobody has changed it since.
  const document = record.statement.document as unknown as ConsentDocument;
  const words = copyWords(document.language);
  const pieces = copyPieces(record, document, words);
  const { language, title, study, version } = document;
  const sheet = openSheet({ title: `${title}: ${words.title}`, language, createdAt: new Date(record.receivedAt) });
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'heading') sheet.room(keptTogether(pieces.slice(index)));
    setPiece(sheet, piece);
  }
  sheet.onEveryPage({
    footer: (page, of) => `${study}, ${words.version} ${version}, ${words.page(page, of)}`,
    ...(record.mode === 'test' && { watermark: words.watermark }),
  });
  return sheet.close();
}

const HEADINGS: Readonly<Record<1 | 2 | 3 | 4, Setting & { before: number }>> = {
  1: { size: 20, style: 'bold', before: 0 },
  2: { size: 14, style: 'bold', before: 16 },
  3: { size: 11.5, style: 'bold', before: 10 },
  4: { size: 10.5, style: 'bold', before: 8 },
};
const BODY: Setting = { size: 10.5, style: 'regular' };
const GAP = 5;
const ITEM_INDENT = 18;
/** Headings keep this much of what they stand over with them, in points. */
const UNDER_HEADINGS = 36;
const MOST_OF_A_DRAWING: [number, number] = [240, 90];

/** How much headings that follow each other need with the beginning of what they stand over. */
function keptTogether([piece, ...rest]: readonly Piece[]): number {
  if (piece?.kind !== 'heading') return UNDER_HEADINGS;
  const { before, size } = HEADINGS[piece.level];
  return before + size * 2 + keptTogether(rest);
}

function setPiece(sheet: Sheet, piece: Piece): void {
  const { root } = sheet;
  const { language } = piece;
  switch (piece.kind) {
    case 'heading': {
      const { before, ...setting } = HEADINGS[piece.level];
      sheet.space(before);
      sheet.text(root, `H${piece.level}`, [{ text: piece.text }], { ...setting, language });
      break;
    }
    case 'paragraph':
      sheet.room(BODY.size * 2);
      sheet.text(root, 'P', piece.runs, { ...BODY, language });
      break;
    case 'list':
      sheet.group(root, 'L', (list) => {
        for (const [index, runs] of piece.items.entries()) {
          sheet.room(BODY.size * 2);
          sheet.group(list, 'LI', (item) => {
            sheet.label(item, piece.ordered ? `${index + 1}.` : '•', BODY);
            sheet.text(item, 'LBody', runs, { ...BODY, indent: ITEM_INDENT });
          });
        }
      });
      break;
    case 'drawing': {
      const { strokes, width, height, alt } = piece;
      sheet.figure(strokes, { width, height, alt, most: MOST_OF_A_DRAWING });
      break;
    }
  }
  sheet.space(GAP);
}
