/**
 * How many bytes a page fetches, against what the house allows: the loader at most 3 KB, any element at most 30 KB until
 * its first page can be answered. 1 KB is 1,000 bytes, each file compressed by itself with brotli, as servers send them.
 * `npm run sizes -- --write` puts the figures into the README.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instrumentIds, licensedIds } from '../../src/instruments/library.ts';
import { type Check, type Outcome, repositoryRoot, runWhenMain } from './check.ts';
import { brotliOf, chunkName, type Embed, everReached, readEmbed, withNeeds } from './embed.ts';

const loader = 'steady.js';
const everything = 'steady-all.js';
/** No element: where a page adds a language of its own. */
const languages = 'languages.js';
const engine = 'survey-core';
/** Scripts of the endpoint's own pages: each draws an element there. */
const ownPages = ['frame.js', 'page.js'];
/** Draws nothing: it says to others where they belong. */
const provider = 'study.js';

const loaderLimit = 3_000;
const elementLimit = 30_000;
/** What there is to do on an element's first page. */
const firstPage: Readonly<Record<string, string>> = {
  'burnout-questionnaire.js': 'first item can be answered, beside the instrument',
  'consent-form.js': 'first section can be read',
  'screener-link.js': 'form can be filled in',
  'session-tracker.js': 'first words can be read',
};

/** How far the README may be off before it misleads. */
const tolerance = 0.05;

/**
 * When the chunks that an element fetches by import() are fetched, by their names: each stands in one of the two lists,
 * so that none is forgotten.
 */
type Fetches = {
  /** By language, the words that a page fetches before its first page. */
  readonly languages: Readonly<Record<string, readonly string[]>>;
  /** Before the first page can be answered, in any language. */
  readonly atStart: readonly string[];
  /** On a later page, when asked for. */
  readonly later: readonly string[];
  /** What comes besides before the first page where the element is used otherwise, by how: chunks that are `later` else. */
  readonly otherwise?: Readonly<Record<string, readonly string[]>>;
};

export type Plan = Readonly<Record<string, Fetches>>;

export const plan: Plan = {
  'eligibility-screener.js': {
    // As every first page in the demo's studies has them; each other field weighs less than 1.5 KB.
    atStart: ['single-choice-field'],
    languages: { English: ['en'], Spanish: ['es'] },
    later: [
      ...[
        'en-later',
        'es-later',
        'multiple-choice-field',
        'text-field',
        'text.styles',
        'select-field',
        'combobox-field',
        'matrix-field',
        'about-controller',
      ],
      // While the first page is being read.
      ...[
        'check-answer',
        'page-problems',
        'conclusion',
        'after-first-page',
        'open-outbox',
        'delivery-controller',
        'survey-form',
        'survey-core',
      ],
      // A draft was left, a form says how SurveyJS should look, a study cannot be read, the page is on plain http.
      ...['draft', 'study-file', 'explain', 'load-words', 'sha2', 'hmac'],
      // Before the first page where a participant is known or invited, else while it is being read.
      ...['session-view', 'save-file'],
      // The endpoint draws it in a frame.
      ...['isolated-frame', 'messages'],
    ],
  },
  'burnout-questionnaire.js': {
    // As most instruments begin; a single item weighs less.
    atStart: ['matrix-field'],
    languages: { English: ['en', 'en-questionnaire'], Spanish: ['es', 'es-questionnaire'] },
    later: [
      'single-choice-field',
      // While the first page is being read: the study's own forms among it.
      ...['en-later', 'es-later', 'en-questionnaire-later', 'es-questionnaire-later', 'after-first-page', 'study-form'],
      ...[
        'page-problems',
        'check-answer',
        'whole-questionnaires',
        'open-outbox',
        'delivery-controller',
        'sitting-submission',
      ],
      ...[
        'multiple-choice-field',
        'text-field',
        'text.styles',
        'select-field',
        'combobox-field',
        'survey-form',
        'survey-core',
      ],
      // A draft was left, a study cannot be read, the page is on plain http, a participant is known, a frame.
      ...['draft', 'explain', 'load-words', 'sha2', 'hmac', 'session-view', 'save-file', 'isolated-frame', 'messages'],
      // Words that a site has brought.
      'brought-instrument',
      // Each instrument is a file of its own.
      ...[...instrumentIds, ...licensedIds, 'unknown-instrument'],
    ],
  },
  'consent-form.js': {
    atStart: [],
    languages: { English: ['en', 'en-consent'], Spanish: ['es', 'es-consent'] },
    later: [
      // While the first section is being read; the canvas where somebody draws.
      ...['en-later', 'es-later', 'en-consent-later', 'es-consent-later'],
      ...['after-first-section', 'signature-canvas', 'open-outbox', 'delivery-controller', 'statement'],
      // A draft was left, a study cannot be read, the page is on plain http, a participant is known, a frame.
      ...['draft', 'explain', 'load-words', 'sha2', 'hmac', 'session-view', 'save-file', 'isolated-frame', 'messages'],
    ],
  },
  'screener-link.js': {
    // Signing in, or choosing where there is no endpoint.
    atStart: [],
    languages: { English: ['en', 'en-link'], Spanish: ['es', 'es-link'] },
    later: [
      // While that is being looked at.
      ...['en-later', 'es-later', 'en-link-later', 'es-link-later', 'after-first-screen'],
      // A study cannot be read, a frame.
      ...['explain', 'load-words', 'isolated-frame', 'messages'],
      // Named in what all elements start with: this one, which hands nothing in, fetches none of them.
      ...['session-view', 'open-outbox', 'delivery-controller', 'sha2', 'hmac'],
    ],
  },
  'session-tracker.js': {
    // By whom nothing is known of; a participant's session comes before their plan, as for all elements.
    atStart: [],
    languages: { English: ['en', 'en-tracker'], Spanish: ['es', 'es-tracker'] },
    otherwise: { 'by a plan that its page gives': ['given-plan'] },
    later: [
      // While the plan is being looked at.
      ...['en-later', 'es-later', 'en-tracker-later', 'es-tracker-later', 'after-overview'],
      ...['open-outbox', 'delivery-controller'],
      ...['given-plan', 'plan-problem'],
      // A draft was left, a study cannot be read, the page is on plain http, a participant is known, a frame.
      ...['draft', 'explain', 'load-words', 'sha2', 'hmac', 'session-view', 'save-file', 'isolated-frame', 'messages'],
      // A plan is none.
      ...['plan-problem', 'wording'],
    ],
  },
};

type Row = {
  readonly what: string;
  readonly files: ReadonlySet<string>;
  readonly bytes: number;
  readonly limit?: number;
};

export const sizeCheck: Check = { name: 'sizes', run: (root) => checkSizes(root) };

export function checkSizes(root: string, fetches: Plan = plan): Outcome {
  const embed = readEmbed(root);
  const problems = [...embed.problems];
  const rows = measure(embed, fetches, problems);
  for (const { what, files, bytes, limit } of rows)
    if (limit !== undefined && bytes > limit)
      problems.push(`${what}: ${bytes} bytes, more than ${limit}: ${eachOf(embed, files)}`);
  if (embed.files.size > 0) problems.push(...compareReadme(root, rows));
  return { checked: embed.files.size, problems, notes: table(rows) };
}

function measure(embed: Embed, fetches: Plan, problems: string[]): Row[] {
  const row = (what: string, files: ReadonlySet<string>, limit?: number): Row => {
    const bytes = brotliOf(embed, files);
    return limit === undefined ? { what, files, bytes } : { what, files, bytes, limit };
  };
  const rows: Row[] = [];
  if (!embed.files.has(loader)) problems.push(`dist/embed/${loader} is missing`);
  else rows.push(row('the loader, `steady.js`', withNeeds(embed, [loader]), loaderLimit));
  const entries = [...embed.files.keys()].filter((path) => !path.includes('/'));
  for (const entry of entries.filter(
    (path) => ![loader, everything, languages, provider, ...ownPages].includes(path),
  )) {
    const atStart = chunksAtStart(embed, entry, fetches, problems);
    const catalogues = Object.entries(fetches[entry]?.languages ?? {});
    for (const [language, own] of catalogues) {
      const others = catalogues.flatMap(([, names]) => names).filter((name) => !own.includes(name));
      const chunks = atStart.filter((path) => !others.includes(chunkName(path)));
      const fetched = withNeeds(embed, [entry, ...chunks]);
      const tooEarly = [...fetched].filter((path) => chunkName(path) === engine);
      problems.push(...tooEarly.map((path) => `${entry} fetches ${path} before its first page in ${language}`));
      const what = `\`<steady-${chunkName(entry)}>\` until its ${firstPage[entry] ?? 'first page can be answered'}`;
      rows.push(row(`${what}, in ${language}`, fetched, elementLimit));
      for (const [how, names] of Object.entries(fetches[entry]?.otherwise ?? {})) {
        const besides = [...embed.files.keys()].filter((path) => names.includes(chunkName(path)));
        rows.push(row(`${what} ${how}, in ${language}`, withNeeds(embed, [...fetched, ...besides]), elementLimit));
      }
    }
    problems.push(...missingIn(embed, entry));
  }
  if (embed.files.has(everything))
    rows.push(row('all elements at once, `steady-all.js`', withNeeds(embed, [everything])));
  const engineChunk = [...embed.files.keys()].find((path) => chunkName(path) === engine);
  if (engineChunk !== undefined)
    rows.push(row('the engine for forms with logic, only for those', new Set([engineChunk])));
  return rows;
}

/**
 * What the loader and steady-all.js lack of an element: a bundler that takes a registration for free of effects leaves it
 * out, and the figures look splendid.
 */
function missingIn(embed: Embed, entry: string): string[] {
  const parts = embed.files.get(entry)?.needs ?? [];
  return [
    [loader, everReached(embed, [loader])] as const,
    ...(embed.files.has(everything) ? [[everything, withNeeds(embed, [everything])] as const] : []),
  ].flatMap(([path, reached]) =>
    reached.has(entry) || (parts.length > 0 && parts.every((part) => reached.has(part)))
      ? []
      : [`${path} does not bring <steady-${chunkName(entry)}>`],
  );
}

/** `en 1.2 KB, lit 6.0 KB`, the largest first: where to look when it is too much. */
const eachOf = (embed: Embed, files: Iterable<string>): string =>
  [...files]
    .map((path) => ({ path, bytes: brotliOf(embed, [path]) }))
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ path, bytes }) => `${chunkName(path)} ${kilobytes(bytes)}`)
    .join(', ');

/** The files of the chunks that the element fetches at start; what the plan does not know is a problem. */
function chunksAtStart(embed: Embed, entry: string, fetches: Plan, problems: string[]): string[] {
  const known = fetches[entry];
  if (known === undefined) {
    problems.push(`${entry}: test/checks/sizes.ts does not say what it fetches for its first page`);
    return [];
  }
  const late = [...everReached(embed, [entry])].filter((path) => !withNeeds(embed, [entry]).has(path));
  // What comes along with a chunk of the plan needs no line of its own.
  const first = [...Object.values(known.languages).flat(), ...known.atStart];
  const named = late.filter((path) => [...first, ...known.later].includes(chunkName(path)));
  const explained = withNeeds(embed, named);
  for (const path of late.filter((other) => !explained.has(other)))
    problems.push(`${entry}: test/checks/sizes.ts does not say when ${chunkName(path)} is fetched`);
  const names = new Set(named.map(chunkName));
  for (const name of [...first, ...known.later].filter((other) => !names.has(other)))
    problems.push(`${entry}: test/checks/sizes.ts names ${name}, which is never fetched`);
  return named.filter((path) => first.includes(chunkName(path)));
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

function table(rows: readonly Row[]): string[] {
  return [
    '| what a page fetches, compressed | size | at most |',
    '|---|---:|---:|',
    ...rows.map(
      ({ what, bytes, limit }) => `| ${what} | ${kilobytes(bytes)} | ${limit === undefined ? '' : kilobytes(limit)} |`,
    ),
  ];
}

const marked = /(<!-- sizes -->\n)([\s\S]*?)(<!-- \/sizes -->)/;
const mend = 'run `npm run sizes -- --write`';

function compareReadme(root: string, rows: readonly Row[]): string[] {
  const path = join(root, 'README.md');
  const written = existsSync(path) ? marked.exec(readFileSync(path, 'utf8'))?.[2] : undefined;
  if (written === undefined) return ['README.md: has no place for the sizes, <!-- sizes --> to <!-- /sizes -->'];
  const lines = written.split('\n').filter((line) => /\d KB/.test(line));
  const off = rows.flatMap(({ what, bytes }) => {
    const line = lines.find((other) => other.startsWith(`| ${what} |`));
    const figure = /\| ([\d.]+) KB \|/.exec(line ?? '')?.[1];
    if (figure === undefined) return [`README.md: does not give the size of ${what}: ${mend}`];
    // A figure is written with one decimal: what rounding alone makes of it is no error.
    const isNear = Math.abs(Number(figure) * 1000 - bytes) <= Math.max(bytes * tolerance, 50);
    return isNear ? [] : [`README.md: says ${figure} KB for ${what}, which is ${kilobytes(bytes)}: ${mend}`];
  });
  const surplus = lines.length - rows.length;
  return surplus > 0 && off.length === 0 ? [`README.md: gives ${surplus} sizes too many: ${mend}`] : off;
}

/** Puts the table into the README. @throws Error where it has no place for it */
export function writeReadme(root: string, notes: readonly string[]): void {
  const path = join(root, 'README.md');
  const text = readFileSync(path, 'utf8');
  if (!marked.test(text)) throw new Error('README.md has no place for the sizes: <!-- sizes --> and <!-- /sizes -->');
  writeFileSync(
    path,
    text.replace(marked, (_, start: string, __, end: string) => `${start}${notes.join('\n')}\n${end}`),
  );
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--write'))
  writeReadme(repositoryRoot, checkSizes(repositoryRoot).notes ?? []);
await runWhenMain(sizeCheck, import.meta.url);
