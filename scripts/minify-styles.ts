import { transform } from 'lightningcss';
import type { Plugin } from 'vite';

/**
 * Minifies the css`…` of *.styles.ts in the build: comments and indentation would otherwise travel to every phone. A
 * style sheet without expressions is taken as it stands; one with is left alone.
 */
export function minifyStyles(): Plugin {
  return {
    name: 'steady:minify-styles',
    apply: 'build',
    transform: {
      filter: { id: /\.styles\.ts$/ },
      handler: (code) => code.replace(/\bcss`([^`$\\]*)`/g, (_, sheet: string) => `css\`${minify(sheet)}\``),
    },
  };
}

function minify(sheet: string): string {
  const { code } = transform({ filename: 'styles.css', code: new TextEncoder().encode(sheet), minify: true });
  return new TextDecoder().decode(code).replaceAll('\\', '\\\\');
}
