import PDFDocument from 'pdfkit';
import { KIT } from '../../../submission/kit.ts';
import { type FontStyle, fontData, fragmentsOf, isJoined, settingOf } from './fonts.ts';
import { type Inked, linesOf } from './lines.ts';
import type { Run } from './pieces.ts';

/**
 * A tagged PDF (ISO 32000-1, 14.8) as it is written: lines set one under the other, over as many pages as it takes, each
 * within its structure element, so that a screen reader gets the text in order and with its meaning.
 */

export type Sheet = ReturnType<typeof openSheet>;
type Element = PDFKit.PDFStructureElement;

export interface SheetOptions {
  readonly title: string;
  readonly language: string;
  readonly createdAt: Date;
}

export interface Setting {
  readonly size: number;
  readonly style: FontStyle;
  /** From the left margin, in points. */
  readonly indent?: number;
  readonly language?: string | undefined;
}

/** PDF/UA-1 (ISO 14289-1), which the library's types do not know. */
const ACCESSIBLE: object = { subset: 'PDF/UA' };
const MARGIN = 64;
const LEADING = 1.4;
const INK = '#1a1a1a';
const LINK = '#0b4f8a';

export function openSheet({ title, language, createdAt }: SheetOptions) {
  const doc = new PDFDocument({
    ...ACCESSIBLE,
    ...{ pdfVersion: '1.7', tagged: true, displayTitle: true, lang: language },
    ...{ size: 'LETTER', margin: MARGIN, bufferPages: true, font: '' },
    info: { Title: title, CreationDate: createdAt, Producer: KIT, Creator: KIT },
  });
  escapeMetadata(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const bottom = doc.page.height - MARGIN;
  const width = doc.page.width - 2 * MARGIN;
  const pen = penOf(doc);
  let y = MARGIN;

  const turn = (): void => {
    doc.continueOnNewPage();
    y = MARGIN;
  };

  /** Sets lines into an element, each link within one of its own. */
  function set(element: Element, runs: readonly Run[], { size, style, indent = 0 }: Setting): void {
    const height = size * LEADING;
    const lines = linesOf(runs, style, width - indent, (text, font) =>
      pen(font, size).widthOfString(text, settingOf(font)),
    );
    let x = MARGIN + indent;
    const ink = ({ text, font, width: wide, href }: Inked, link?: Element): void => {
      pen(font, size).fillColor(link === undefined ? INK : LINK);
      if (isJoined(font)) doc.markContent('Span', { actual: text });
      doc.text(text, x, y, { ...settingOf(font), lineBreak: false, underline: link !== undefined });
      if (isJoined(font)) doc.endMarkedContent();
      // What is said of it aloud is where it leads. A bare string would be written as a name.
      const spoken: object = { structParent: link, Contents: Object(href) };
      if (link && href) doc.link(x, y, wide, height, href, spoken);
      x += wide;
    };
    for (const [index, line] of lines.entries()) {
      for (const [place, inked] of line.entries()) {
        const draw = (link?: Element): void => {
          if (index > 0 && place === 0) {
            y += height;
            x = MARGIN + indent;
            if (y + height > bottom) turn();
          }
          ink(inked, link);
        };
        if (inked.href === undefined) element.add(() => draw());
        else {
          const link = doc.struct('Link');
          element.add(link);
          link.add(() => draw(link)).end();
        }
      }
    }
    y += height;
  }

  return {
    root,
    /** Begins a new page where this much does not fit any more, in points. */
    room(height: number): void {
      if (y + height > bottom) turn();
    },
    space(height: number): void {
      if (y > MARGIN) y += height;
    },
    /** An element of text: a heading, a paragraph, a list item's body. */
    text(parent: Element, type: string, runs: readonly Run[], setting: Setting): void {
      const { language: own } = setting;
      const element = doc.struct(type, own === undefined ? {} : { lang: own });
      parent.add(element);
      set(element, runs, setting);
      element.end();
    },
    /** A label that stands before the text that comes next, on its line. */
    label(parent: Element, text: string, setting: Setting): void {
      const before = y;
      this.text(parent, 'Lbl', [{ text }], setting);
      y = before;
    },
    /** An element that holds others. */
    group(parent: Element, type: string, fill: (element: Element) => void): void {
      const element = doc.struct(type);
      parent.add(element);
      fill(element);
      element.end();
    },
    /** Strokes as x, y, x, y …, in the unit of an extent that is drawn as large as fits. */
    figure(
      strokes: readonly (readonly number[])[],
      { width: wide, height: high, most, alt }: { width: number; height: number; most: [number, number]; alt: string },
    ): void {
      const scale = Math.min(most[0] / wide, most[1] / high);
      this.room(high * scale);
      const [left, top] = [MARGIN, y];
      const box: object = { bbox: [left, top, left + wide * scale, top + high * scale] };
      const draw = (): void => {
        doc.lineWidth(1.2).lineCap('round').lineJoin('round').strokeColor(INK);
        for (const stroke of strokes) {
          for (let at = 0; at + 1 < stroke.length; at += 2) {
            const [x = 0, down = 0] = [stroke[at], stroke[at + 1]];
            const point = [left + x * scale, top + down * scale] as const;
            if (at === 0) doc.moveTo(...point).lineTo(...point);
            else doc.lineTo(...point);
          }
          if (stroke.length > 0) doc.stroke();
        }
      };
      root.add(doc.struct('Figure', { alt, ...box }, draw));
      y += high * scale;
    },
    /** What stands on every page and is no part of the text: left aside by screen readers. */
    onEveryPage({ footer, watermark }: { footer: (page: number, of: number) => string; watermark?: string }): void {
      const { start, count } = doc.bufferedPageRange();
      for (let page = start; page < start + count; page += 1) {
        doc.switchToPage(page);
        doc.markContent('Artifact', { type: 'Pagination' });
        aside(doc, pen, footer(page - start + 1, count), bottom + 24);
        if (watermark !== undefined) across(doc, pen, watermark);
        doc.endMarkedContent();
      }
    },
    async close(): Promise<Uint8Array<ArrayBuffer>> {
      root.end();
      doc.end();
      const chunks: Uint8Array[] = [];
      for await (const chunk of doc) chunks.push(chunk);
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}

/** Takes a font up at a size. Each is embedded in a document once, with the letters that it needs. */
type Pen = (font: string, size: number) => PDFKit.PDFDocument;

function penOf(doc: PDFKit.PDFDocument): Pen {
  const held = new Set<string>();
  return (font, size) => {
    if (!held.has(font)) doc.registerFont(font, fontData(font));
    held.add(font);
    return doc.font(font).fontSize(size);
  };
}

/** One small line that is no part of the text. */
function aside(doc: PDFKit.PDFDocument, pen: Pen, text: string, y: number): void {
  let x = MARGIN;
  for (const { font, text: shown } of fragmentsOf(text, 'regular')) {
    pen(font, 8).fillColor(INK).text(shown, x, y, { lineBreak: false });
    x += doc.widthOfString(shown);
  }
}

/** From corner to corner, so pale that the text can be read through it. */
function across(doc: PDFKit.PDFDocument, pen: Pen, text: string): void {
  const { width, height } = doc.page;
  const [{ font = '' } = {}] = fragmentsOf(text, 'bold');
  const wide = pen(font, 100).widthOfString(text);
  const size = (Math.hypot(width, height) * 0.75 * 100) / wide;
  const origin: [number, number] = [width / 2, height / 2];
  doc.save().rotate((-Math.atan2(height, width) * 180) / Math.PI, { origin });
  pen(font, size).fillColor(INK).fillOpacity(0.12);
  doc.text(text, width / 2 - (wide * size) / 200, height / 2 - size / 2, { lineBreak: false });
  doc.restore();
}

/** pdfkit writes the title into the XML of the metadata as it stands: `&` and `<` would break it. */
function escapeMetadata(doc: PDFKit.PDFDocument): void {
  const endMetadata = doc.endMetadata.bind(doc);
  doc.endMetadata = () => {
    const { Title = '' } = doc.info;
    doc.info.Title = Title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    endMetadata();
  };
}
