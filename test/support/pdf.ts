/** A PDF read back as a reader's program reads it: its words in order, its structure, and what is drawn. */
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfRead {
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
  readonly pages: readonly PdfPage[];
  /** What a screen reader says from the first page to the last: without what is only drawn around it. */
  readonly words: string;
  /** XMP, as it stands in the file. */
  readonly metadata: string;
}

export interface PdfPage {
  /** All that can be seen, in the order in which it is drawn. */
  readonly text: string;
  /** The elements of its structure tree, outermost first, depth first. */
  readonly elements: readonly PdfElement[];
  /** How many lines are drawn. */
  readonly paths: number;
  /** Where its links lead. */
  readonly links: readonly string[];
}

export interface PdfElement {
  readonly role: string;
  readonly language: string | undefined;
  readonly alt: string | undefined;
  /** What it says, with all that it holds. */
  readonly text: string;
}

interface Node {
  readonly role?: string;
  readonly lang?: string;
  readonly alt?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Node[];
}

export async function readPdf(bytes: Uint8Array): Promise<PdfRead> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { info, metadata } = await pdf.getMetadata();
  const { Title = '', Language = '' } = info as { Title?: string; Language?: string };
  const pages: PdfPage[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { text, byId } = await textOf(page);
    const { fnArray } = await page.getOperatorList();
    const tree = (await page.getStructTree()) as Node | null;
    const links = (await page.getAnnotations()) as { url?: string; unsafeUrl?: string }[];
    pages.push({
      text,
      elements: tree === null ? [] : elementsOf(tree, byId),
      paths: fnArray.filter((operation) => operation === OPS.constructPath).length,
      links: links.flatMap(({ url, unsafeUrl }) => unsafeUrl ?? url ?? []),
    });
  }
  const marks = await pdf.getMarkInfo();
  const read: PdfRead = {
    title: Title,
    language: Language,
    isTagged: Boolean(marks?.Marked),
    pages,
    words: pages.map(({ elements: [root] }) => root?.text ?? '').join(' '),
    metadata: String(metadata?.getRaw() ?? ''),
  };
  await pdf.loadingTask.destroy();
  return read;
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>;

/** The page's words, and those of each piece of marked content. */
async function textOf(page: Page): Promise<{ text: string; byId: ReadonlyMap<string, string> }> {
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const byId = new Map<string, string>();
  const open: (string | undefined)[] = [];
  let text = '';
  for (const item of items) {
    if ('str' in item) {
      const said = item.str + (item.hasEOL ? ' ' : '');
      text += said;
      const id = open.findLast((one) => one !== undefined);
      if (id !== undefined) byId.set(id, (byId.get(id) ?? '') + said);
    } else if (item.type === 'endMarkedContent') open.pop();
    // What only says its text in other words is no element of its own.
    else open.push(item.id ?? undefined);
  }
  return { text: text.replaceAll(/\s+/g, ' '), byId };
}

function elementsOf(node: Node, byId: ReadonlyMap<string, string>): PdfElement[] {
  const { role, lang: language, alt, children = [] } = node;
  const inner = children.flatMap((child) => elementsOf(child, byId));
  if (role === undefined) return inner;
  const text = saidIn(node, byId).replaceAll(/\s+/g, ' ').trim();
  return [{ role, language, alt, text }, ...inner];
}

function saidIn({ id, children = [] }: Node, byId: ReadonlyMap<string, string>): string {
  return (id === undefined ? '' : (byId.get(id) ?? '')) + children.map((child) => saidIn(child, byId)).join('');
}
