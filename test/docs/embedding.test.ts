import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { STRICT_POLICY } from '../../demo/pages-app.ts';
import { repositoryRoot } from '../checks/check.ts';
import { codeIn, fencesIn, namesIn, readDocument, rowsOf, sectionOf } from '../support/documents.ts';

const embedding = readDocument('docs/embedding.md');
const readme = readDocument('README.md');
const source = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);
const element = source('components/element/steady-element.ts');
const defined = globSync('components/*/*.define.ts', { cwd: repositoryRoot }).toSorted();
const elements = defined.map((path) => source(path.replace('.define', ''))).join('\n');
const tags = sorted(all(elements, /@tagname ([\w-]+)/g));

/** What the classes' comments declare: the same that the elements' manifest is made of. */
const declared = {
  parts: sorted(all(elements, /@csspart ([\w-]+)/g)),
  tokens: sorted(all(elements, /@cssproperty (--[\w-]+)/g)),
  events: sorted(all(elements, /@fires \{\w+\} ([\w-]+)/g)),
  attributes: sorted(
    all(/static override readonly properties = \{([\s\S]*?)\n {2}\};/.exec(element)?.[1] ?? '', /(\w+): \{/g).map(
      (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    ),
  ),
};

/** The first table below the paragraph that holds these words. */
function tableAfter(words: string): string {
  const at = embedding.indexOf(words);
  assert.ok(at >= 0, words);
  return embedding.slice(at);
}

describe('docs/embedding.md', () => {
  test('names every element', () => {
    assert.equal(tags.length, defined.length);
    assert.deepEqual(sorted(namesIn(sectionOf(embedding, 'The elements'))), tags);
  });

  test('names every attribute, event, part and token, and no other', () => {
    assert.deepEqual(sorted(namesIn(sectionOf(embedding, 'The tag'))), declared.attributes);
    assert.deepEqual(sorted(namesIn(sectionOf(embedding, 'Events'))), declared.events);
    assert.deepEqual(sorted(namesIn(tableAfter('| token |'))), declared.tokens);
    assert.deepEqual(sorted(namesIn(tableAfter('| part |'))), declared.parts);
    for (const names of Object.values(declared)) assert.ok(names.length > 2);
  });

  test('names every entry of the build', () => {
    const config = source('vite.config.ts');
    const [, entries = ''] = /entry: \{([\s\S]*?)\n {6}\}/.exec(config) ?? [];
    const own = all(entries, /^ {8}'?([\w-]+)'?: here/gm);
    const named = namesIn(sectionOf(embedding, 'The files')).filter((name) => name.endsWith('.js'));
    assert.deepEqual(
      sorted(named),
      sorted([...own, ...defined.map((path) => basename(path, '.define.ts'))].map((name) => `${name}.js`)),
    );
  });

  test('names every state', () => {
    const [, type = ''] = /ElementState = ([^;]+);/.exec(source('components/element/element-state.ts')) ?? [];
    const states = all(type, /'(\w+)'/g);
    const row = rowsOf(sectionOf(embedding, 'Events')).find(([name]) => name === '`steady-state-changed`');
    assert.ok(states.length > 3);
    for (const state of states) assert.ok(codeIn(row?.[2] ?? '').includes(state), state);
  });

  test('names every code that a study can fail to load with, and none that there is not', () => {
    const loading = source('components/element/load-study.ts');
    const [, type = ''] = /StudyLoadCode =([^;]+);/.exec(loading) ?? [];
    const [, framed = ''] = /IsolationCode =([^;]+);/.exec(source('components/isolated/frame-address.ts')) ?? [];
    const named = namesIn(tableAfter('| code |'));
    for (const code of all(type + framed, /'([\w-]+)'/g)) assert.ok(named.includes(code), code);
    const sources = ['src/study/study-error.ts', 'src/study/steady-error.ts', 'src/form/form-error.ts'].map(source);
    const isolated = source('components/isolated/frame-address.ts');
    const screens = ['eligibility-screener/screen.ts', 'burnout-questionnaire/screen.ts'];
    const further = [...screens, 'burnout-questionnaire/which-questionnaire.ts'].map((path) =>
      source(`components/${path}`),
    );
    const instruments = source('src/instruments/instrument-error.ts');
    const text = [loading, isolated, elements, instruments, ...further, ...sources].join('\n');
    for (const code of named) assert.ok(text.includes(`'${code}'`), code);
  });

  test('names modules that the package exports', () => {
    const { exports }: { exports: Record<string, unknown> } = JSON.parse(readDocument('package.json'));
    const imports = [embedding, readme].flatMap((text) => all(text, /(?:import|from) '(steady-kit[^']*)'/g));
    assert.ok(imports.includes('steady-kit/define'));
    for (const name of [...imports, 'steady-kit/study.schema.json']) {
      assert.ok(Object.hasOwn(exports, name.replace('steady-kit', '.')), name);
    }
    for (const path of defined) {
      const name = basename(path, '.define.ts');
      for (const entry of [`./${name}`, `./${name}/define`]) assert.ok(Object.hasOwn(exports, entry), entry);
    }
  });
});

describe('the README', () => {
  test('has the snippet to paste between its marks, alone', () => {
    const [, marked = ''] = /<!-- embed -->\n([\s\S]*?)<!-- \/embed -->/.exec(readme) ?? [];
    const [snippet, ...others] = fencesIn(marked);
    assert.equal(others.length, 0);
    assert.equal(snippet?.language, 'html');
    const [script, open, fallback = '', close, ...rest] = snippet?.text.trimEnd().split('\n') ?? [];
    assert.equal(script, '<script type="module" src="/steady/steady.js"></script>');
    assert.equal(open, '<steady-eligibility-screener study="keck-thrive" endpoint="/receiver">');
    assert.match(fallback, /^ {2}<p>.*\(\d{3}\) 555-01\d\d\.<\/p>$/);
    assert.equal(close, '</steady-eligibility-screener>');
    assert.deepEqual(rest, []);
  });

  test('names the same parts, events and attributes', () => {
    const row = (name: string) => codeIn(rowsOf(readme).find(([cell]) => cell === name)?.[1] ?? '');
    assert.deepEqual(sorted(row('parts')), declared.parts);
    assert.deepEqual(sorted(row('events')), declared.events);
    assert.deepEqual(sorted(row('attributes')), sorted([...declared.attributes, 'lang']));
    assert.ok(readme.includes(`${declared.tokens.length} custom properties`));
  });

  test('gives the policy that the demo pages are served under, as the other document does', () => {
    for (const text of [readme, embedding]) {
      const [policy] = fencesIn(text, 'text').filter((fence) => fence.text.includes('default-src'));
      assert.equal(policy?.text.trim(), STRICT_POLICY);
    }
  });
});
