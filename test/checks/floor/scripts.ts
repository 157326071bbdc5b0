/**
 * What a built script uses that the floor lacks: syntax (whatever ES2022 does not know), globals, static members, and
 * members by a name that nothing on the floor has. A member whose name is also that of something older cannot be told
 * apart here: the browsers' own tests are for those.
 */
import { type MemberExpression, type Node, type Program, parse } from 'acorn';
import { full } from 'acorn-walk';
import { compatibilityData, compatNode, compatOf, isLacked, type Lack, lackedBy, lacking } from './compatibility.ts';

/** All of ES2022 is on the floor; of what came later nothing in syntax is, but the hashbang. */
const syntaxVersion = 2022;

/** Objects that stand ready under a name of their own, and what they are instances of. */
const singletons: Readonly<Record<string, string>> = {
  navigator: 'Navigator',
  document: 'Document',
  location: 'Location',
  history: 'History',
  screen: 'Screen',
  crypto: 'Crypto',
  performance: 'Performance',
  localStorage: 'Storage',
  sessionStorage: 'Storage',
  indexedDB: 'IDBFactory',
  caches: 'CacheStorage',
  customElements: 'CustomElementRegistry',
  trustedTypes: 'TrustedTypePolicyFactory',
  'navigator.storage': 'StorageManager',
  'navigator.locks': 'LockManager',
  'navigator.clipboard': 'Clipboard',
  'crypto.subtle': 'SubtleCrypto',
  'document.fonts': 'FontFaceSet',
};

/** Interfaces whose newer attributes are looked for where they are only read. */
const commonInterfaces =
  /^(?:Node|Event|EventTarget|Element|HTMLElement|Document|DocumentFragment|ShadowRoot|ElementInternals|Window|Navigator|KeyboardEvent|PointerEvent|InputEvent|Request|Response|Headers|AbortSignal|AbortController|URL|URLSearchParams|CSSStyleSheet|HTMLDialogElement|HTMLFormElement|HTMLTemplateElement|HTMLSlotElement)$/;

/**
 * Interfaces whose newer methods are looked for where they are called. Of all the others, of sensors, payments and the
 * like, a page of this kit meets nothing but the names: `.fallback()` is no counter style's.
 */
const callableInterfaces =
  /^(?:Animation|Blob|Broadcast\w+|CSSRule|CSSStyle(?:Declaration|Sheet)|Clipboard|Crypto|CustomElementRegistry|DataTransfer|File\w*|Form\w+|HTML\w*Element|IDB\w+|IntersectionObserver|Lock\w*|MediaQueryList|Message\w+|MutationObserver|Notification|Permissions|Range|ReadableStream\w*|ResizeObserver|SVG\w*Element|Selection|Storage\w*|SubtleCrypto|Text\w*|TransformStream|TrustedType\w+|ViewTransition|Worker|WritableStream)$/;

const globalObjects = new Set(['globalThis', 'window', 'self']);

/** Reads the syntax alone: for other people's code that is fetched by itself. */
export function findSyntaxLacks(place: string, text: string): Lack[] {
  const program = parseOnFloor(place, text);
  return Array.isArray(program) ? program : findPatternLacks(place, text, program);
}

/** @param defined names of members that the code defines itself: calling those needs nothing of the browser */
export function findScriptLacks(place: string, text: string, defined: ReadonlySet<string>): Lack[] {
  const program = parseOnFloor(place, text);
  if (Array.isArray(program)) return program;
  const lacks = new Map<string, Lack>();
  const add = (path: readonly string[], detail: string): void => {
    const compat = compatOf(...path);
    const browsers = compat === undefined ? [] : lackedBy(compat);
    const feature = path.join('.');
    if (browsers.length > 0) lacks.set(feature, { feature, place, detail: `${detail}: ${lacking(browsers)}` });
  };
  const local = declaredNames(program);
  const isGlobal = (name: string): boolean => !local.has(name);
  const called = calledMembers(program);
  full(program, (node) => {
    if (isIdentifier(node) && isGlobal(node.name)) for (const path of globalPaths(node.name)) add(path, node.name);
    if (!isMember(node)) return;
    const name = memberName(node);
    if (name === undefined) return;
    const owner = qualifiedName(node.object);
    const root = owner?.split('.')[0];
    const ownerPaths =
      owner === undefined || root === undefined || !isGlobal(root) ? undefined : memberPaths(owner, name);
    if (ownerPaths !== undefined) for (const path of ownerPaths) add(path, `${owner}.${name}`);
    else if (!defined.has(name)) {
      const lack = onlyNewer(name).find((place) => isMeant(place, called.has(node)));
      if (lack !== undefined) add(lack, `.${name}`);
    }
  });
  return [...lacks.values(), ...findPatternLacks(place, text, program)];
}

const isMeant = ([kind, owner = '']: string[], isCalled: boolean): boolean =>
  kind === 'javascript' || commonInterfaces.test(owner) || (isCalled && callableInterfaces.test(owner));

function calledMembers(program: Program): Set<Node> {
  const called = new Set<Node>();
  full(program, (node) => {
    if (node.type === 'CallExpression') called.add((node as Node & { callee: Node }).callee);
  });
  return called;
}

/** The names of all members that the code defines: keys of objects, members of classes, assigned properties. */
export function definedMembers(text: string): Set<string> {
  const names = new Set<string>();
  const add = (key: Node): void => {
    if (isIdentifier(key)) names.add(key.name);
    else if (isText(key)) names.add(key.value);
  };
  full(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    const [type, parts] = [node.type, node as Node & { key?: Node; left?: Node; kind?: string }];
    if ((type === 'Property' || type === 'MethodDefinition' || type === 'PropertyDefinition') && parts.key)
      add(parts.key);
    if (type === 'AssignmentExpression' && parts.left && isMember(parts.left)) add(parts.left.property);
  });
  return names;
}

function parseOnFloor(place: string, text: string): Program | Lack[] {
  try {
    return parse(text, { ecmaVersion: syntaxVersion, sourceType: 'module', allowHashBang: true });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
    const excerpt = text.slice(Math.max(0, at - 20), at + 40).replace(/\s+/g, ' ');
    return [{ feature: 'syntax', place, detail: `${error.message}, at: ${excerpt}` }];
  }
}

/** A pattern that is handed to RegExp as a text escapes the parser: it is read here as if it stood in slashes. */
function findPatternLacks(place: string, text: string, program: Program): Lack[] {
  const lacks: Lack[] = [];
  full(program, (node) => {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return;
    const { arguments: given, callee } = node as Node & { arguments: Node[]; callee: Node };
    const [pattern, flags] = given;
    if (!isIdentifier(callee) || callee.name !== 'RegExp' || pattern === undefined) return;
    const source = isText(pattern) ? pattern.value : '';
    const flagText = flags !== undefined && isText(flags) ? flags.value : '';
    try {
      parse(`/${source.replace(/(?<!\\)\//g, '\\/') || '(?:)'}/${flagText}`, { ecmaVersion: syntaxVersion });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      lacks.push({
        feature: 'syntax',
        place,
        detail: `${error.message}, in: ${text.slice(node.start, node.end).slice(0, 80)}`,
      });
    }
  });
  return lacks;
}

/** Every name that the script itself declares anywhere: one that a global shares is then not taken for the global. */
function declaredNames(program: Program): Set<string> {
  const names = new Set<string>();
  const addPattern = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const part = node as Record<string, unknown> & { type?: string };
    switch (part.type) {
      case 'Identifier':
        if (typeof part.name === 'string') names.add(part.name);
        break;
      case 'ObjectPattern':
        for (const property of part.properties as Record<string, unknown>[])
          addPattern(property.value ?? property.argument);
        break;
      case 'ArrayPattern':
        for (const element of part.elements as unknown[]) addPattern(element);
        break;
      case 'AssignmentPattern':
        addPattern(part.left);
        break;
      case 'RestElement':
        addPattern(part.argument);
        break;
    }
  };
  full(program, (node) => {
    const part = node as Node & { id?: unknown; params?: unknown[]; param?: unknown; local?: unknown };
    // The local name of an export is a use, not a declaration.
    if (part.type !== 'ExportSpecifier') addPattern(part.local);
    addPattern(part.id);
    addPattern(part.param);
    for (const param of part.params ?? []) addPattern(param);
  });
  return names;
}

const isIdentifier = (node: Node): node is Node & { name: string } => node.type === 'Identifier';
const isMember = (node: Node): node is MemberExpression => node.type === 'MemberExpression';
const isText = (node: Node): node is Node & { value: string } =>
  node.type === 'Literal' && typeof (node as Node & { value?: unknown }).value === 'string';

/** The name of the member where it stands in the code: `a.b` and `a['b']`, not `a[b]`. */
function memberName({ computed, property }: MemberExpression): string | undefined {
  if (computed) return isText(property) ? property.value : undefined;
  return isIdentifier(property) ? property.name : undefined;
}

/** `navigator.storage` of navigator.storage, window.navigator.storage and globalThis['navigator'].storage. */
function qualifiedName(node: Node): string | undefined {
  if (isIdentifier(node)) return node.name;
  if (node.type === 'ChainExpression') return qualifiedName((node as Node & { expression: Node }).expression);
  if (!isMember(node)) return undefined;
  const [owner, name] = [qualifiedName(node.object), memberName(node)];
  if (owner === undefined || name === undefined) return undefined;
  return globalObjects.has(owner) ? name : `${owner}.${name}`;
}

const existing = (paths: string[][]): string[][] => paths.filter((path) => compatOf(...path) !== undefined).slice(0, 1);

const globalPaths = (name: string): string[][] =>
  existing([
    ['javascript', 'builtins', name],
    ['api', name],
    ['api', 'Window', name],
  ]);

/** Where the data has a member of something that stands under a global name; undefined where the owner is unknown. */
function memberPaths(owner: string, name: string): string[][] | undefined {
  if (globalObjects.has(owner)) return globalPaths(name);
  const single = singletons[owner];
  if (single !== undefined) return membersOf(single, name);
  const builtin = ['javascript', 'builtins', ...owner.split('.')];
  if (compatNode(builtin) !== undefined) return existing([[...builtin, name]]);
  return compatNode(['api', owner]) === undefined ? undefined : existing([['api', owner, `${name}_static`]]);
}

/** The member of an interface, or of one of those it may inherit from. */
const membersOf = (api: string, name: string): string[][] =>
  existing([api, 'Node', 'EventTarget', 'Element'].map((owner) => ['api', owner, name]));

/** By the name of a member all its places in the data. */
const placesByName = collectMembers();

function collectMembers(): ReadonlyMap<string, string[][]> {
  const places = new Map<string, string[][]>();
  const addAll = (path: string[], owner: object): void => {
    for (const name of Object.keys(owner)) {
      if (!/^[a-z]\w*$/.test(name) || /_(?:static|event)$/.test(name)) continue;
      places.set(name, [...(places.get(name) ?? []), [...path, name]]);
    }
  };
  for (const [name, owner] of Object.entries(compatibilityData.api)) addAll(['api', name], owner);
  for (const [name, owner] of Object.entries(compatibilityData.javascript.builtins ?? {})) {
    addAll(['javascript', 'builtins', name], owner);
    if (name !== 'Intl') continue;
    for (const [inner, innerOwner] of Object.entries(owner))
      if (/^[A-Z]/.test(inner)) addAll(['javascript', 'builtins', 'Intl', inner], innerOwner);
  }
  return places;
}

/** The places of a member that exists under this name only in what the floor lacks. */
function onlyNewer(name: string): string[][] {
  const places = placesByName.get(name) ?? [];
  return places.every(isLacked) ? places : [];
}
