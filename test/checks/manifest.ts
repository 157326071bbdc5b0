/**
 * The class comment of an element carries its whole public face: dist/custom-elements.json, made from it, is held
 * against what the element's sources really have. A missing tag, a part without a word, a property that is used but not
 * named: each is a problem.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Check, fromRoot, type Outcome, runWhenMain } from './check.ts';
import { isTypeScript, writtenFiles } from './source-files.ts';

type Named = { readonly name?: string; readonly description?: string };

type Declaration = Named & {
  readonly tagName?: string;
  readonly customElement?: boolean;
  readonly summary?: string;
  readonly superclass?: Named;
  readonly members?: readonly (Named & { readonly kind: string })[];
  readonly attributes?: readonly Named[];
  readonly events?: readonly (Named & { readonly type?: { readonly text: string } })[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
};

type Manifest = { readonly modules: readonly { readonly declarations?: readonly Declaration[] }[] };

/** What the sources have, all elements together: they share fields, controllers and styles. */
type Sources = {
  readonly tags: ReadonlyMap<string, string>;
  readonly events: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
  readonly mapped: ReadonlySet<string>;
  readonly hasSlot: boolean;
};

export const manifestCheck: Check = { name: 'manifest', run: checkManifest };

function checkManifest(root: string): Outcome {
  const path = join(root, 'dist', 'custom-elements.json');
  if (!existsSync(path)) return { checked: 0, problems: ['dist/custom-elements.json is missing: npm run build'] };
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'));
  const elements = manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ customElement, tagName }) => customElement === true && tagName !== undefined);
  const sources = readSources(root);
  const problems = [
    ...[...sources.tags].flatMap(([tag, file]) =>
      elements.some(({ tagName }) => tagName === tag) ? [] : [`${file}: no class comment says @tagname ${tag}`],
    ),
    ...elements.flatMap((element) => judgeElement(element, sources)),
    ...judgeShared(elements, sources),
  ];
  return { checked: elements.length, problems };
}

function judgeElement(element: Declaration, sources: Sources): string[] {
  const tag = `<${element.tagName}>`;
  const problems: string[] = [];
  const need = (isThere: boolean, problem: string): void => {
    if (!isThere) problems.push(`${tag}: ${problem}`);
  };
  need(sources.tags.has(element.tagName ?? ''), 'is registered by no *.define.ts of that name');
  need(sources.mapped.has(element.tagName ?? ''), 'is missing in HTMLElementTagNameMap');
  need(isFilled(element.description), 'the class comment does not say what the element does');
  need(isFilled(element.summary), 'the class comment lacks @summary');
  // An element that is none of Lit's draws nothing, and has none of these.
  const draws = element.superclass?.name !== 'HTMLElement';
  const lists: [tag: string, list: readonly Named[]][] = [
    ['@fires', element.events ?? []],
    ['@csspart', element.cssParts ?? []],
    ['@cssproperty', element.cssProperties ?? []],
    ...(sources.hasSlot ? ([['@slot', element.slots ?? []]] as [string, readonly Named[]][]) : []),
  ];
  for (const [name, list] of lists) {
    need(list.length > 0 || (!draws && name !== '@slot'), `the class comment lacks ${name}`);
    for (const item of list) need(isFilled(item.description), `${name} ${item.name || '-'} is not described`);
  }
  for (const { name = '', type } of element.events ?? []) {
    need(sources.events.has(name), `@fires ${name}: no class in components/events has that eventName`);
    need(isFilled(type?.text) && type?.text !== 'Event', `@fires ${name} does not say its type`);
  }
  for (const member of element.members ?? [])
    need(isFilled(member.description), `the public ${member.kind} ${member.name} is not described`);
  for (const attribute of element.attributes ?? [])
    need(isFilled(attribute.description), `the attribute ${attribute.name} is not described`);
  for (const { name = '' } of element.cssParts ?? [])
    need(sources.parts.has(name), `@csspart ${name}: nothing has that part`);
  for (const { name = '' } of element.cssProperties ?? [])
    need(sources.properties.has(name), `@cssproperty ${name}: no style uses it`);
  return problems;
}

/** What the sources have must stand in some class comment. */
function judgeShared(elements: readonly Declaration[], sources: Sources): string[] {
  const named = (pick: (element: Declaration) => readonly Named[] | undefined): Set<string> =>
    new Set(elements.flatMap((element) => (pick(element) ?? []).map(({ name = '' }) => name)));
  const events = named(({ events }) => events);
  const parts = named(({ cssParts }) => cssParts);
  const properties = named(({ cssProperties }) => cssProperties);
  const isNamed = (property: string): boolean =>
    properties.has(property) || properties.has(property.replace(/^--steady-dark-/, '--steady-'));
  const missing = (kind: string, names: Iterable<string>, isThere: (name: string) => boolean): string[] =>
    [...names].filter((name) => !isThere(name)).map((name) => `components: no class comment names ${kind} ${name}`);
  return [
    ...missing('@fires', sources.events, (name) => events.has(name)),
    ...missing('@csspart', sources.parts, (name) => parts.has(name)),
    ...missing('@cssproperty', sources.properties, isNamed),
  ];
}

const isFilled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

function readSources(root: string): Sources {
  const folder = join(root, 'components');
  const paths = existsSync(folder) ? writtenFiles(folder).filter(isTypeScript) : [];
  const text = paths.map((path) => withoutComments(readFileSync(path, 'utf8'))).join('\n');
  const all = (pattern: RegExp): Set<string> => new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
  const registering = paths.filter((path) => path.endsWith('.define.ts'));
  return {
    tags: new Map(registering.map((path) => [`steady-${basename(path, '.define.ts')}`, fromRoot(root, path)])),
    events: all(/\beventName = '([\w-]+)'/g),
    parts: new Set([...all(/\bpart="([\w\s-]+)"/g)].flatMap((names) => names.split(/\s+/))),
    properties: all(/\bvar\(\s*(--steady-[\w-]+)/g),
    mapped: all(/^\s*'(steady-[\w-]+)': \w+;/gm),
    hasSlot: /<slot\b/.test(text),
  };
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '');

await runWhenMain(manifestCheck, import.meta.url);
