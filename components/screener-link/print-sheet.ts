import { type CSSResult, render, type TemplateResult } from 'lit';

export interface PrintedSheet {
  readonly content: TemplateResult;
  readonly styles: readonly CSSResult[];
  /** What browsers suggest as a file's name, and print at the edge. */
  readonly title: string;
  readonly language: string;
}

type SheetWindow = Window & typeof globalThis;

/**
 * Prints something by itself, without the page it stands on: in a frame of the page's own origin inside the element, which
 * fetches nothing and goes when it is printed. Under the strictest policy, because its styles are constructed ones.
 *
 * @param root where the frame stands meanwhile
 * @param print asks the browser to print a window
 */
export function printSheet(
  { content, styles, title, language }: PrintedSheet,
  root: HTMLElement | DocumentFragment,
  print: (window: SheetWindow) => void = (window) => window.print(),
): void {
  root.querySelector('iframe.paper')?.remove();
  const frame = document.createElement('iframe');
  frame.className = 'paper';
  frame.tabIndex = -1;
  frame.ariaHidden = 'true';
  // Some browsers put another document into an empty frame when it has loaded.
  const loaded = (): void => {
    const window = frame.contentWindow as SheetWindow | null;
    if (window === null) return;
    const { document: sheet } = window;
    sheet.documentElement.lang = language;
    sheet.title = title;
    sheet.adoptedStyleSheets = styles.map(({ cssText }) => {
      // A document takes style sheets of its own window alone.
      const own = new window.CSSStyleSheet();
      own.replaceSync(cssText);
      return own;
    });
    render(content, sheet.body);
    window.addEventListener('afterprint', () => frame.remove(), { once: true });
    window.focus();
    print(window);
  };
  frame.addEventListener('load', loaded, { once: true });
  root.append(frame);
}
