/**
 * The Markdown subset of a study's texts: paragraphs, headings, lists, *emphasis*, **strong** and links to https, mailto
 * and tel. Parsed to data, so that each side draws it in its own way and nobody ever makes HTML from a string. Whatever
 * is not in the subset, markup included, stays text.
 */
export type Block =
  | { readonly type: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly parts: readonly Inline[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'emphasis' | 'strong'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string };

export function parseMarkdown(source: string): readonly Block[] {
  return source
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .flatMap((chunk) => blocksOf(chunk.trim()));
}

const BULLET = /^[-*]\s+/;
const NUMBER = /^\d+[.)]\s+/;

/** One chunk between blank lines: a heading line may stand right above its text, a list right below it. */
function blocksOf(chunk: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let list: { ordered: boolean; items: string[] } | undefined;
  const close = () => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', parts: parseInline(paragraph.join(' ')) });
    if (list) blocks.push({ type: 'list', ordered: list.ordered, items: list.items.map(parseInline) });
    paragraph = [];
    list = undefined;
  };
  for (const line of chunk.split('\n').map((text) => text.trim())) {
    const heading = /^(#{1,3})\s+(.+?)\s*#*$/.exec(line);
    const marker = BULLET.test(line) ? BULLET : NUMBER.test(line) ? NUMBER : undefined;
    if (heading?.[1] && heading[2]) {
      close();
      blocks.push({
        type: 'heading',
        level: Math.min(heading[1].length, 3) as 1 | 2 | 3,
        parts: parseInline(heading[2]),
      });
    } else if (marker) {
      const ordered = marker === NUMBER;
      if (list?.ordered !== ordered) close();
      list ??= { ordered, items: [] };
      list.items.push(line.replace(marker, ''));
    } else if (list && line !== '') {
      list.items.push(`${list.items.pop() ?? ''} ${line}`);
    } else if (line !== '') {
      paragraph.push(line);
    }
  }
  close();
  return blocks;
}

const INLINE = /\[([^\]]+)\]\(([^()\s]+)\)|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

export function parseInline(source: string): readonly Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(INLINE)) {
    const [whole, label, address, strong, emphasis] = match;
    const href = address === undefined ? undefined : safeHref(address);
    if (label !== undefined && href === undefined) continue;
    if (match.index > end) parts.push({ type: 'text', text: source.slice(end, match.index) });
    if (label !== undefined && href !== undefined) parts.push({ type: 'link', text: label, href });
    else if (strong !== undefined) parts.push({ type: 'strong', text: strong });
    else if (emphasis !== undefined) parts.push({ type: 'emphasis', text: emphasis });
    end = match.index + whole.length;
  }
  if (end < source.length) parts.push({ type: 'text', text: source.slice(end) });
  return parts;
}

/** An address that a study's text may lead to; undefined for any other, which then stays text. */
export function safeHref(address: string): string | undefined {
  return /^(https:\/\/[^\s]+|mailto:[^\s]+|tel:[+\d().\s-]+)$/i.test(address) ? address : undefined;
}
