import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Outcome } from './check.ts';
import { checkSizes, type Plan, writeReadme } from './sizes.ts';
import { withRepository } from './temporary-repository.ts';

/** Text that brotli cannot shorten much: what an element of that many bytes weighs. */
function weight(bytes: number): string {
  let state = 1;
  const next = (): string => {
    state = (state * 48271) % 2147483647;
    return state.toString(36).slice(-1);
  };
  // One digit of base 36 holds 5.2 bits of the 8 it takes.
  return `export const w = '${Array.from({ length: Math.round((bytes * 8) / 5.2) }, next).join('')}';`;
}

const plan: Plan = {
  'a.js': { languages: { English: ['en'], Spanish: ['es'] }, atStart: [], later: ['survey-form'] },
};

const embed = {
  'dist/embed/steady.js': "const load = () => import('./a.js'); export { load };",
  'dist/embed/steady-all.js': "import './a.js';",
  'dist/embed/a.js':
    "import './chunks/lit-12345678.js'; import('./chunks/en-12345678.js'); import('./chunks/es-12345678.js'); import('./chunks/survey-form-12345678.js');",
  'dist/embed/chunks/lit-12345678.js': weight(6_000),
  'dist/embed/chunks/en-12345678.js': weight(2_000),
  'dist/embed/chunks/es-12345678.js': weight(4_000),
  'dist/embed/chunks/survey-form-12345678.js': "import './survey-core-12345678.js';",
  'dist/embed/chunks/survey-core-12345678.js': weight(100_000),
  'README.md': '# Title\n\n<!-- sizes -->\n<!-- /sizes -->\n\nEnd.\n',
};

/** The check on these files once the README holds their figures, changed by `change` if given. */
function check(files: Record<string, string> = {}, change = (readme: string): string => readme): Promise<Outcome> {
  return withRepository({ ...embed, ...files }, (root) => {
    writeReadme(root, checkSizes(root, plan).notes ?? []);
    const readme = change(readFileSync(join(root, 'README.md'), 'utf8'));
    return withRepository({ ...embed, ...files, 'README.md': readme }, (again) => checkSizes(again, plan));
  });
}

describe('sizes', () => {
  test('what is fetched at start counts, what is fetched later does not', async () => {
    const { problems, notes = [] } = await check();
    assert.deepEqual(problems, []);
    const size = (what: string): number =>
      Number(/\| ([\d.]+) KB/.exec(notes.find((line) => line.includes(what)) ?? '')?.[1]);
    assert.ok(Math.abs(size('in English') - 8.2) < 0.5, notes.join('\n'));
    assert.ok(Math.abs(size('in Spanish') - 10.2) < 0.5, notes.join('\n'));
    assert.ok(size('steady.js') < 0.2, notes.join('\n'));
    assert.ok(size('engine') > 90, notes.join('\n'));
  });

  test('a loader above 3 KB is refused', async () => {
    const { problems } = await check({ 'dist/embed/steady.js': `import './a.js'; ${weight(100)}` });
    assert.match(problems.join('\n'), /the loader.*more than 3000/);
  });

  test('an element above 30 KB is refused', async () => {
    const { problems } = await check({ 'dist/embed/chunks/lit-12345678.js': weight(29_000) });
    assert.match(problems.join('\n'), /<steady-a>.*more than 30000/);
  });

  test('the engine before the first page is refused', async () => {
    const { problems } = await check({ 'dist/embed/chunks/en-12345678.js': "import './survey-core-12345678.js';" });
    assert.match(problems.join('\n'), /a\.js fetches chunks\/survey-core-12345678\.js before its first page/);
  });

  test('an element, or a chunk, that the plan does not know is refused', async () => {
    const unknown = await check({ 'dist/embed/b.js': 'export {};' });
    assert.match(unknown.problems.join('\n'), /b\.js: .*does not say what it fetches/);
    const more = {
      'dist/embed/chunks/en-12345678.js': "import('./x-12345678.js');",
      'dist/embed/chunks/x-12345678.js': '',
    };
    assert.match((await check(more)).problems.join('\n'), /does not say when x is fetched/);
    const less = await check({
      'dist/embed/a.js': "import('./chunks/en-12345678.js'); import('./chunks/es-12345678.js');",
    });
    assert.match(less.problems.join('\n'), /names survey-form, which is never fetched/);
  });

  test('a loader, or a bundle of all elements, that lacks one of them is refused', async () => {
    const lost = await check({ 'dist/embed/steady-all.js': 'export {};' });
    assert.match(lost.problems.join('\n'), /steady-all\.js does not bring <steady-a>/);
    const blind = await check({ 'dist/embed/steady.js': 'export {};' });
    assert.match(blind.problems.join('\n'), /steady\.js does not bring <steady-a>/);
    const shared = await check({ 'dist/embed/steady-all.js': "import './chunks/lit-12345678.js';" });
    assert.deepEqual(shared.problems, []);
  });

  test('an import that leads out of the folder is refused', async () => {
    const { problems } = await check({ 'dist/embed/steady-all.js': "import 'lit'; import './gone.js';" });
    assert.match(problems.join('\n'), /imports 'lit'[\s\S]*imports '\.\/gone\.js'/);
  });

  test('a missing build or loader is refused', async () => {
    const { checked } = await withRepository({ 'README.md': '' }, (root) => checkSizes(root, plan));
    assert.equal(checked, 0);
    const { 'dist/embed/steady.js': _, ...without } = embed;
    const { problems } = await withRepository(without, (root) => checkSizes(root, plan));
    assert.match(problems.join('\n'), /steady\.js is missing/);
  });
});

describe('sizes in the README', () => {
  test('a figure that is off by more than 5 % is refused, with the command that mends it', async () => {
    const change = (by: number) => (readme: string) =>
      readme.replace(
        /(<steady-a>.*?\| )([\d.]+)/,
        (_, before: string, figure: string) => before + (Number(figure) * by).toFixed(1),
      );
    assert.match((await check({}, change(1.07))).problems.join('\n'), /npm run sizes -- --write/);
    assert.match((await check({}, change(0.93))).problems.join('\n'), /npm run sizes -- --write/);
    assert.deepEqual((await check({}, change(1.03))).problems, []);
  });

  test('a missing or surplus line, and a README without the place for it, are refused', async () => {
    assert.match(
      (await check({}, (readme) => readme.replace(/.*<steady-a>.*\n/, ''))).problems.join('\n'),
      /does not give/,
    );
    const doubled = await check({}, (readme) => readme.replace(/(.*<steady-)a(>.*\n)/, '$&$1b$2'));
    assert.match(doubled.problems.join('\n'), /1 sizes too many/);
    assert.match((await check({}, () => '# Title')).problems.join('\n'), /has no place for the sizes/);
  });

  test('writing leaves everything outside of the markers alone', async () => {
    await withRepository(embed, (root) => {
      writeReadme(root, ['| a |']);
      assert.equal(
        readFileSync(join(root, 'README.md'), 'utf8'),
        '# Title\n\n<!-- sizes -->\n| a |\n<!-- /sizes -->\n\nEnd.\n',
      );
    });
  });
});
