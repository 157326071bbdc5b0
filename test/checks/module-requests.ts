/**
 * What a TypeScript file asks for from elsewhere, in every form the language has: imports, type imports, re-exports,
 * `import()`, `import('x').Type`, `import x = require()`, `require()`, and addresses made from `import.meta`. Parsed, not
 * searched: a comment or a text that looks like an import is none.
 */
import { parseSync, Visitor } from 'vite';

export type ModuleRequest = {
  /** As written; of an `import()` of a template the part before the first hole. */
  readonly specifier: string;
  readonly line: number;
  /** `late`: fetched while running (import(), an address); all else is needed before the file can run. */
  readonly kind: 'static' | 'type' | 'late';
  /** The specifier is only the beginning of one that is made while running. */
  readonly isPrefix: boolean;
};

/** Narrow views of the ESTree nodes that matter here. */
type Node = { readonly type: string; readonly start: number };

/**
 * @param path chooses the grammar by its extension
 * @throws Error where the file cannot be parsed, or where an import() names nothing that can be read
 */
export function moduleRequests(path: string, text: string): ModuleRequest[] {
  const { program, errors } = parseSync(path, text);
  const failure = errors.find((error) => error.severity === 'Error');
  if (failure !== undefined) throw new Error(`cannot be parsed: ${failure.message}`);
  const requests: ModuleRequest[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const add = (source: Node, kind: ModuleRequest['kind'], what: string): void => {
    const read = readText(source);
    if (read === undefined) throw new Error(`line ${lineOf(source.start)}: ${what} of something that is not a text`);
    requests.push({ ...read, kind, line: lineOf(source.start) });
  };
  const kindOf = (kind: string | undefined): ModuleRequest['kind'] => (kind === 'type' ? 'type' : 'static');

  new Visitor({
    ImportDeclaration: (node) => add(node.source, kindOf(node.importKind), 'import'),
    ExportAllDeclaration: (node) => add(node.source, kindOf(node.exportKind), 'export'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source, kindOf(node.exportKind), 'export');
    },
    ImportExpression: (node) => add(node.source, 'late', 'import()'),
    TSImportType: (node) => add(node.source, 'type', 'import type'),
    TSExternalModuleReference: (node) => add(node.expression, 'static', 'require'),
    NewExpression: (node) => {
      const [address, base] = node.arguments;
      if (address === undefined || base === undefined || !isNamed(node.callee, 'URL') || !isImportMetaUrl(base)) return;
      // An address that is made while running leads outside what can be read; a folder of our own always reads.
      if (readText(address) !== undefined) add(address, 'late', 'new URL');
    },
    CallExpression: (node) => {
      const [address] = node.arguments;
      if (address === undefined) return;
      if (isNamed(node.callee, 'require')) add(address, 'static', 'require');
      else if (isImportMetaResolve(node.callee)) add(address, 'late', 'import.meta.resolve');
    },
  }).visit(program);
  return requests;
}

function readText(node: Node): { specifier: string; isPrefix: boolean } | undefined {
  if ('value' in node && typeof node.value === 'string') return { specifier: node.value, isPrefix: false };
  if (node.type !== 'TemplateLiteral' || !('quasis' in node) || !Array.isArray(node.quasis)) return undefined;
  const start: unknown = node.quasis[0]?.value?.cooked;
  return typeof start === 'string' && start !== '' ? { specifier: start, isPrefix: node.quasis.length > 1 } : undefined;
}

const isNamed = (node: Node, name: string): boolean =>
  node.type === 'Identifier' && 'name' in node && node.name === name;

const isImportMeta = (node: unknown): boolean =>
  typeof node === 'object' && node !== null && 'type' in node && node.type === 'MetaProperty';

const isImportMetaUrl = (node: Node): boolean => isMemberOfImportMeta(node, 'url');
const isImportMetaResolve = (node: Node): boolean => isMemberOfImportMeta(node, 'resolve');

function isMemberOfImportMeta(node: Node, name: string): boolean {
  if (node.type !== 'MemberExpression' || !('object' in node) || !('property' in node)) return false;
  return isImportMeta(node.object) && isNamed(node.property as Node, name);
}
