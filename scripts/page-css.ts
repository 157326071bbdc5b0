import { transform } from 'lightningcss';
import type { Plugin } from 'vite';
import { pageStyles } from '../components/isolated/page.styles.ts';
import { tokens } from '../components/styles/tokens.styles.ts';

/**
 * Writes page.css, the hosted page's style sheet: a file, because the page must look right before any script has run.
 * There the dark tokens follow the reader's preference.
 */
export function pageCss(): Plugin {
  return {
    name: 'steady:page-css',
    apply: 'build',
    generateBundle() {
      const [light = '', dark = ''] = tokens.cssText.split(".root[data-theme='dark']");
      if (dark === '') throw new Error('tokens.styles.ts has no dark set where scripts/page-css.ts looks for it.');
      const sheet = `:root { color-scheme: light dark }${light}@media (prefers-color-scheme: dark) { .root ${dark} }${pageStyles.cssText}`;
      const code = new TextEncoder().encode(sheet);
      const source = transform({ filename: 'page.css', code, minify: true }).code;
      this.emitFile({ type: 'asset', fileName: 'page.css', source });
    },
  };
}
