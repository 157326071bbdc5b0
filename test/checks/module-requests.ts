/**
 * What a TypeScript file asks for from elsewhere, in every form the language has: imports, type imports, re-exports,
 * `import()`, `import('x').Type`, `import x = require()`, `require()`, and addresses made from `import.meta`. Parsed, not
 * searched: a comment or a text that looks like an import is none.
 */
import { parseSync, Visitor } from 'vite';

export type ModuleRequest = {
  /** As written; of a template the part before the first hole; undefined where it is made while running. */
  readonly specifier: string | undefined;
  readonly line: number;
  /** `late`: fetched while running (import(), an address); all else is needed before the file can run. */
  readonly kind: 'static' | 'type' | 'late';
};

/** Narrow views of the ESTree nodes that matter here. */
type Node = { readonly type: string; readonly start: number };

/**
 * @param path chooses the grammar by its extension
 * @throws Error where the file cannot be parsed
 */
export function moduleRequests(path: string, text: string): ModuleRequest[] {
  const { program, errors } = parseSync(path, text);
  const failure = errors.find((error) => error.severity === 'Error');
  if (failure !== undefined) throw new Error(`cannot be parsed: ${failure.message}`);
  const requests: ModuleRequest[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const add = (source: Node, kind: ModuleRequest['kind']): void => {
    requests.push({ specifier: readText(source), kind, line: lineOf(source.start) });
  };
  const kindOf = (kind: string | undefined): ModuleRequest['kind'] => (kind === 'type' ? 'type' : 'static');

  new Visitor({
    ImportDeclaration: (node) => add(node.source, kindOf(node.importKind)),
    ExportAllDeclaration: (node) => add(node.source, kindOf(node.exportKind)),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source, kindOf(node.exportKind));
    },
    ImportExpression: (node) => add(node.source, 'late'),
    TSImportType: (node) => add(node.source, 'type'),
    TSExternalModuleReference: (node) => add(node.expression, 'static'),
    NewExpression: (node) => {
      const [address, base] = node.arguments;
      if (address === undefined || base === undefined || !isNamed(node.callee, 'URL') || !isImportMetaUrl(base)) return;
      // An address that is made while running leads outside what can be read; a folder of our own always reads.
      if (readText(address) !== undefined) add(address, 'late');
    },
    CallExpression: (node) => {
      const [address] = node.arguments;
      if (address === undefined) return;
      if (isNamed(node.callee, 'require')) add(address, 'static');
      else if (isImportMetaResolve(node.callee)) add(address, 'late');
    },
  }).visit(program);
  return requests;
}

function readText(node: Node): string | undefined {
  if ('value' in node && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral' || !('quasis' in node) || !Array.isArray(node.quasis)) return undefined;
  const start: unknown = node.quasis[0]?.value?.cooked;
  return typeof start === 'string' && start !== '' ? start : undefined;
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
