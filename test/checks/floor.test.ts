import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definedMembers, findScriptLacks, findSyntaxLacks } from './floor/scripts.ts';
import { findStyleLacks } from './floor/styles.ts';
import { checkFloor } from './floor.ts';
import { withRepository } from './temporary-repository.ts';

const scriptLacks = (text: string): string[] =>
  findScriptLacks('a.js', text, definedMembers(text)).map(({ feature }) => feature);
const styleLacks = (css: string): string[] => findStyleLacks('a.styles.ts', css).map(({ feature }) => feature);

describe('floor, scripts', () => {
  const syntax: string[] = [
    'using x = open();',
    'await using x = open();',
    "import a from './a.json' with { type: 'json' };",
    "const a = import('./a.json', { with: { type: 'json' } });",
    'const a = /[\\p{L}--[a-z]]/v;',
    'const a = /(?i:a)b/;',
    'const a = /(?<y>a)|(?<y>b)/;',
    "const a = new RegExp('[\\\\p{L}--[a-z]]', 'v');",
    "const a = new RegExp('(?i:a)b');",
    '@decorated class A {}',
    'class A { accessor b = 1; }',
    'import defer * as a from "./a.js";',
  ];
  for (const text of syntax)
    test(`syntax: ${text}`, () =>
      assert.deepEqual(
        findSyntaxLacks('a.js', text).map(({ feature }) => feature),
        ['syntax'],
      ));

  const refused: [text: string, feature: string][] = [
    ['Promise.withResolvers();', 'javascript.builtins.Promise.withResolvers'],
    ['Promise.try(f);', 'javascript.builtins.Promise.try'],
    ['Object.groupBy(a, b);', 'javascript.builtins.Object.groupBy'],
    ["globalThis.Object['groupBy'](a, b);", 'javascript.builtins.Object.groupBy'],
    ['Map.groupBy(a, b);', 'javascript.builtins.Map.groupBy'],
    ['Array.fromAsync(a);', 'javascript.builtins.Array.fromAsync'],
    ['const { href } = URL.parse(a);', 'api.URL.parse_static'],
    ['AbortSignal.any([a, b]);', 'api.AbortSignal.any_static'],
    ['new Intl.DurationFormat("en");', 'javascript.builtins.Intl.DurationFormat'],
    ['Iterator.from(a);', 'javascript.builtins.Iterator.from'],
    ['Temporal.Now.instant();', 'javascript.builtins.Temporal'],
    ['RegExp.escape(a);', 'javascript.builtins.RegExp.escape'],
    ['a.union(b);', 'javascript.builtins.Set.union'],
    ['a?.isSubsetOf?.(b);', 'javascript.builtins.Set.isSubsetOf'],
    ['a.togglePopover();', 'api.HTMLElement.togglePopover'],
    ['a.setHTMLUnsafe(b);', 'api.Element.setHTMLUnsafe'],
    ['a.moveBefore(b, null);', 'api.Document.moveBefore'],
    ['const a = b.activeViewTransition;', 'api.Document.activeViewTransition'],
    ['document.startViewTransition(f);', 'api.Document.startViewTransition'],
    ['window.navigation.navigate(a);', 'api.Window.navigation'],
    ['scheduler.yield();', 'api.scheduler'],
    ['requestIdleCallback(f);', 'api.Window.requestIdleCallback'],
    ['class A extends HTMLElement { x = new CloseWatcher(); }', 'api.CloseWatcher'],
  ];
  for (const [text, feature] of refused)
    test(`refused: ${text}`, () => {
      const found = scriptLacks(text);
      assert.ok(found.includes(feature), found.join(', ') || 'nothing was found');
    });

  const accepted: string[] = [
    'const a = b.at(-1); const c = structuredClone(a); crypto.randomUUID(); crypto.subtle.digest("SHA-256", c);',
    'navigator.locks.request("a", f); navigator.storage.persist(); AbortSignal.timeout(3); indexedDB.open("a");',
    'class A { static #b = 1; static { A.c = 1; } #d() { return #b in this; } }',
    'const a = /(?<=b)c/du; b?.c ?? d; e ||= 1;',
    '[1].toSorted(); [1].findLast(f); Object.hasOwn(a, b); new Error("a", { cause: b });',
    'customElements.define("a-b", A); a.attachShadow({ mode: "open" }); new CSSStyleSheet().replaceSync("");',
    // Names that the code declares or defines itself.
    'const Iterator = f(); Iterator.from(a);',
    'class A { union() {} } a.union(b);',
    'const o = { drop() {} }; o.drop(); import { Temporal } from "./t.js"; Temporal.Now;',
    'function f(scheduler, { navigation: [CloseWatcher] }) { scheduler.postTask; new CloseWatcher(); }',
    // Of interfaces that no page of the kit meets.
    'a.fallback(b); const c = d.capture + e.token;',
    'new RegExp("a/b", "u"); RegExp(source, flags);',
    '"Promise.withResolvers()"; // Promise.withResolvers()',
  ];
  for (const text of accepted) test(`accepted: ${text}`, () => assert.deepEqual(scriptLacks(text), []));
});

describe('floor, styles', () => {
  const refused: [css: string, feature: string][] = [
    ['a { color: light-dark(#000, #fff) }', 'css.types.color.light-dark'],
    [':host { --paper: light-dark(#000, #fff) }', 'css.types.color.light-dark'],
    ['a { & b { margin: 0 } }', 'css.selectors.nesting'],
    ['a { @media print { margin: 0 } }', 'css.selectors.nesting'],
    ['@media print { a { > b { margin: 0 } } }', 'css.syntax'],
    ['a:dir(rtl) { margin: 0 }', 'css.selectors.dir'],
    ['a:state(open) { margin: 0 }', 'css.selectors.state'],
    ['a:user-invalid { margin: 0 }', 'css.selectors.user-invalid'],
    ['a::details-content { margin: 0 }', 'css.selectors.details-content'],
    ['a:hover:popover-open { margin: 0 }', 'css.selectors.popover-open'],
    ['a { text-wrap: balance }', 'css.properties.text-wrap'],
    ['a { field-sizing: content }', 'css.properties.field-sizing'],
    ['a { color: rgb(from red r g b / 50%) }', 'css.types.color.rgb.relative_syntax'],
    ['a { width: calc-size(auto, size) }', 'css.types.calc-size'],
    ['a { width: stretch }', 'css.properties.width.stretch'],
    [
      'a { align-content: normal; transition: display 1s allow-discrete }',
      'css.properties.transition-behavior.allow-discrete',
    ],
    ['a { user-select: none }', 'css.properties.user-select'],
    ['a { animation-timing-function: linear(0, 1) }', 'css.types.easing-function.linear-function'],
    ['a { margin: 1rcap }', 'css.types.length.rcap'],
    ['a { display: inline flex }', 'css.properties.display.multi-keyword_values'],
    ['@starting-style { a { margin: 0 } }', 'css.at-rules.starting-style'],
    ['@scope (a) { b { margin: 0 } }', 'css.at-rules.scope'],
    ['@container style(--a: 1) { a { margin: 0 } }', 'css.at-rules.container.style_queries_for_custom_properties'],
    ['@media (prefers-reduced-transparency) { a { margin: 0 } }', 'css.at-rules.media.prefers-reduced-transparency'],
    ['a { colour: red }', 'css.properties.colour'],
    ['a { width: colc(1px) }', 'css.types.colc'],
    ['a:hoover { margin: 0 }', 'css.selectors.hoover'],
    ['a { margin 0 }', 'css.syntax'],
  ];
  for (const [css, feature] of refused)
    test(`refused: ${css}`, () => {
      const found = styleLacks(css);
      assert.ok(found.includes(feature), found.join(', ') || 'nothing was found');
    });

  const accepted: string[] = [
    ':host { all: initial; display: block; color-scheme: light dark; container-type: inline-size }',
    ':host([hidden]), :host(:focus-visible), ::slotted(p), .a::part(b) { display: none !important }',
    'a { inset-inline: 0; margin-block: calc(1px + 2%); width: min(100%, 30em); height: 100dvh; padding: 1cqi 1lh }',
    'a:is(b, c):not(d):has(e):where(f), a:nth-child(2n + 1)::before { content: "" }',
    'a { color: color-mix(in srgb, red 20%, CanvasText); background: oklch(60% 0.1 200); accent-color: auto }',
    '@media (width >= 400px) and (forced-colors: active) { a { border: 1px solid Highlight; outline: revert } }',
    '@media (prefers-reduced-motion: reduce) { a { animation: none; transition: none } }',
    '@container (min-width: 300px) { a { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)) } }',
    '@supports (color: light-dark(red, blue)) { a { margin: 0 } }',
    '@keyframes a { from { transform: translate(0) rotate(3deg) } to { opacity: 1 } }',
    '@layer a { @media print { b { text-align: start } } }',
    'a { -webkit-user-select: none; user-select: none }',
    'input::placeholder { color: GrayText; font: 16px/1.5 system-ui, sans-serif }',
  ];
  for (const css of accepted) test(`accepted: ${css}`, () => assert.deepEqual(styleLacks(css), []));
});

describe('floor, of a repository', () => {
  const files = {
    'dist/embed/steady.js': 'export const a = 1;',
    'components/a.styles.ts': "export const a = { cssText: 'a { margin: 0 }' };",
  };
  const check = (more: Record<string, string>, allowed: { feature: string; why: string }[] = []) =>
    withRepository({ 'package.json': '{ "type": "module" }', ...files, ...more }, (root) => checkFloor(root, allowed));

  test('scripts and styles are both read, in lists too', async () => {
    assert.deepEqual(await check({}), { checked: 2, problems: [] });
    const { problems } = await check({
      'dist/embed/chunks/b-12345678.js': 'Object.groupBy(a, b);',
      'components/b/b.styles.ts': "export const list = [[{ cssText: 'a:dir(rtl) { margin: 0 }' }]];",
    });
    assert.equal(problems.length, 2, problems.join('\n'));
    assert.match(
      problems[0] ?? '',
      /^dist\/embed\/chunks\/b-12345678\.js: Object\.groupBy: not in chrome 111, .*safari 16\.4/,
    );
    assert.match(problems[1] ?? '', /^components\/b\/b\.styles\.ts: :dir\(rtl\): not in chrome 111/);
  });

  test('of survey-core the syntax alone is read, and a member that another chunk defines is taken for ours', async () => {
    const foreign = { 'dist/embed/chunks/survey-core-12345678.js': 'Object.groupBy(a, b);' };
    assert.deepEqual((await check(foreign)).problems, []);
    const newer = { 'dist/embed/chunks/survey-core-12345678.js': 'using a = b();' };
    assert.match((await check(newer)).problems.join('\n'), /survey-core.*\(syntax\)/);
    const ours = {
      'dist/embed/chunks/b-12345678.js': 'a.union(b);',
      'dist/embed/chunks/c-12345678.js': 'export const c = { union() {} };',
    };
    assert.deepEqual((await check(ours)).problems, []);
  });

  test('an exception covers its feature, or all values of a property, and is reported once nothing uses it', async () => {
    const styles = { 'components/b.styles.ts': "export const b = { cssText: 'a { cursor: pointer }' };" };
    assert.equal((await check(styles)).problems.length, 1);
    assert.deepEqual((await check(styles, [{ feature: 'css.properties.cursor.*', why: '' }])).problems, []);
    assert.deepEqual((await check(styles, [{ feature: 'css.properties.cursor.pointer', why: '' }])).problems, []);
    const unused = await check({}, [{ feature: 'css.properties.cursor.*', why: '' }]);
    assert.match(unused.problems.join('\n'), /allows css\.properties\.cursor\.\*, which nothing uses/);
  });

  test('no scripts, no styles, or a styles file without styles is a problem', async () => {
    const only = (file: keyof typeof files) => withRepository({ [file]: files[file] }, (root) => checkFloor(root, []));
    assert.equal((await only('dist/embed/steady.js')).checked, 0);
    assert.equal((await only('components/a.styles.ts')).checked, 0);
    const empty = await check({ 'components/b.styles.ts': 'export const b = 1;' });
    assert.deepEqual(empty.problems, ['components/b.styles.ts: exports no styles']);
  });
});
