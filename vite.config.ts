// The self-contained embed, dist/embed: files a web team copies to any address and loads with one script tag. The npm
// package is not made here: `tsc -b` writes it, unbundled, to dist/lib.
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `eligibility-screener` for components/eligibility-screener/eligibility-screener.define.ts, and so for each element. */
const elements = globSync('components/*/*.define.ts', { cwd: here('.') }).map((path) => [
  basename(path, '.define.ts'),
  here(path),
]);

export default defineConfig({
  // Every address in the output is relative to the file it stands in, so that the folder may lie anywhere.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: 'dist/embed',
    target: ['safari16.4', 'chrome111', 'firefox140'],
    // A chunk is fetched when it is imported and not before: survey-core must not be, for a form without logic.
    modulePreload: false,
    reportCompressedSize: false,
    license: { fileName: 'THIRD-PARTY-LICENSES.txt' },
    rolldownOptions: {
      input: {
        steady: here('components/loader.ts'),
        'steady-all': here('components/define.ts'),
        ...Object.fromEntries(elements),
      },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        codeSplitting: { groups: [{ name: 'survey-core', test: /node_modules[\\/]survey-core[\\/]/ }] },
      },
    },
  },
});
