import { html, nothing, type TemplateResult } from 'lit';
import { type Block, type Inline, parseInline, parseMarkdown } from '../../src/study/markdown.ts';

/** Draws the Markdown subset as Lit templates. The highest heading becomes one of `level`, right under the page's own. */
export function markdown(source: string, level: 3 | 4 = 3): readonly TemplateResult[] {
  const blocks = parseMarkdown(source);
  const highest = level === 4 ? 0 : Math.min(...blocks.map((block) => (block.type === 'heading' ? block.level : 3)));
  return blocks.map((block) => drawBlock(block, highest));
}

/** The inline part of the subset alone, for a line inside another element. */
export function inlineMarkdown(source: string): readonly (TemplateResult | string)[] {
  return drawInline(parseInline(source));
}

/** @param highest the level, as written, of the headings that become an h3 */
function drawBlock(block: Block, highest: number): TemplateResult {
  if (block.type === 'paragraph') return html`<p>${drawInline(block.parts)}</p>`;
  if (block.type === 'heading') {
    return block.level === highest
      ? html`<h3>${drawInline(block.parts)}</h3>`
      : html`<h4>${drawInline(block.parts)}</h4>`;
  }
  const items = block.items.map((item) => html`<li>${drawInline(item)}</li>`);
  return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
}

function drawInline(parts: readonly Inline[]): readonly (TemplateResult | string)[] {
  return parts.map((part) => {
    if (part.type === 'text') return part.text;
    if (part.type !== 'link')
      return part.type === 'emphasis' ? html`<em>${part.text}</em>` : html`<strong>${part.text}</strong>`;
    const outside = part.href.startsWith('https:');
    return html`<a href=${part.href} target=${outside ? '_blank' : nothing} rel=${outside ? 'noopener noreferrer' : nothing}>${part.text}</a>`;
  });
}
