// The self-contained embed, dist/embed: files a web team copies to any address and loads with one script tag. The npm
// package is not made here: `tsc -b` writes it, unbundled, to dist/lib.
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { laterCopy } from './scripts/later-copy.ts';
import { minifyStyles } from './scripts/minify-styles.ts';
import { pageCss } from './scripts/page-css.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `eligibility-screener` for components/eligibility-screener/eligibility-screener.define.ts, and so for each element. */
const elements = globSync('components/*/*.define.ts', { cwd: here('.') }).map((path) => [
  basename(path, '.define.ts'),
  here(path),
]);

/** Files whose schemas an element reads its part of a study by, or the plan that its page gives it. */
const readsTheStudy =
  /src[\\/](study[\\/](answers|assessments-part|condition|consent-part|day|duration|form-definition|read|read-questionnaires|record|schema|screening-part|session-id|text|tracker-part)|submission[\\/](given-plan|my-assessment|my-sessions|submission-id-schema|times))\.ts$/;

/** Libraries, and what all elements share until their first page is drawn: nothing that is fetched later. */
const startsEveryElement =
  /node_modules[\\/](lit|@lit|lit-html|lit-element|valibot)[\\/](?!async-directive|directives[\\/]ref)[^?]*$|components[\\/](element[\\/](?!open-outbox|one-at-a-time|heading-heir|leave-guard|delivery|qr|envelope|calls|resources|session[\\/]|drafts[\\/](?!storage)|save-file|load-words|problem-summary)|events[\\/](?!assessment|submission)|styles[\\/](?!further|notice|line|problems)|locales[\\/](load-)?catalogue)|src[\\/]study[\\/](answers|condition|markdown|path|pattern|read|record|schema|steady-error|study-error|text)\.ts/;

/** What elements that ask questions share besides: how a page of a form is drawn. */
const drawsEveryForm =
  /components[\\/]form-view[\\/](field|form-view|form-on-screen|progress|fields[\\/]fields)\.ts|src[\\/]form[\\/]questions\.ts/;

/** And how a form that a study has written is read and answered. */
const answersEveryForm =
  /src[\\/]study[\\/](choice-values|expand-sites|form-definition|form-walk|screening-part)\.ts|src[\\/]form[\\/](defaults|describe|form-base|form-error|lens|logic|meant|open-form|parse-answer|plain-form|preview)\.ts/;

export default defineConfig({
  // Every address in the output is relative to the file it stands in, so that the folder may lie anywhere.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [laterCopy('valibot', (file) => readsTheStudy.test(file)), minifyStyles(), pageCss()],
  build: {
    outDir: 'dist/embed',
    target: ['safari16.4', 'chrome111', 'firefox140'],
    // Library mode leaves import() alone: without it each one is wrapped in vite's preloader, which writes to the host
    // page's head and would fetch survey-core before a form asks for it.
    lib: {
      entry: {
        steady: here('components/loader.ts'),
        'steady-all': here('components/define.ts'),
        // Where a page adds a language of its own to the kit's words.
        languages: here('components/locales/load-catalogue.ts'),
        // The scripts of the endpoint's own pages.
        frame: here('components/isolated/frame.ts'),
        page: here('components/isolated/page.ts'),
        ...Object.fromEntries(elements),
      },
      formats: ['es'],
    },
    license: { fileName: 'THIRD-PARTY-LICENSES.txt' },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // What cannot be compressed on any first page is the files' hashes: these take the least.
        hashCharacters: 'hex',
        // Library mode would keep white space for a bundler that comes after. None does.
        minify: true,
        // Nor does one need to be told which calls have no effects: that would cost every first page a fifth of a kilobyte.
        comments: { annotation: false },
        codeSplitting: {
          groups: [
            { name: 'survey-core', test: /node_modules[\\/]survey-core[\\/]/ },
            // What every element starts with, in one file: it compresses better than in ten.
            { name: 'base', test: startsEveryElement },
            { name: 'form-view', test: drawsEveryForm },
            { name: 'form', test: answersEveryForm },
          ],
        },
      },
    },
  },
});
