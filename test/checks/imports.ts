/** The one-way imports of the house: every import of every file against the plan in rooms.ts. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { type Check, fromRoot, type Outcome, runWhenMain } from './check.ts';
import { type ModuleRequest, moduleRequests } from './module-requests.ts';
import { keptApart, type Room, roomOf, rooms } from './rooms.ts';
import { isTypeScript, writtenFiles } from './source-files.ts';

const folders = ['src', 'components', 'demo', 'test', 'bench', 'prove', 'scripts'];

type SourceFile = { readonly path: string; readonly room: string; readonly requests: readonly ModuleRequest[] };

export const importCheck: Check = { name: 'imports', run: checkImports };

function checkImports(root: string): Outcome {
  const problems: string[] = [];
  const files: SourceFile[] = [];
  for (const absolute of sources(root)) {
    const path = fromRoot(root, absolute);
    const room = roomOf(path);
    if (room === undefined) {
      problems.push(`${path}: stands in no room of the plan (test/checks/rooms.ts)`);
      continue;
    }
    try {
      files.push({ path, room, requests: moduleRequests(absolute, readFileSync(absolute, 'utf8')) });
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const declared = declaredDependencies(root);
  for (const file of files) {
    for (const request of file.requests) {
      const problem = judge(root, file, request, declared);
      if (problem !== undefined) problems.push(`${file.path}:${request.line}: ${problem}`);
    }
  }
  problems.push(...cycles(files).map((cycle) => `${cycle[0]}: imports itself in a circle: ${cycle.join(' -> ')}`));
  return { checked: files.length, problems };
}

function sources(root: string): string[] {
  return folders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => writtenFiles(folder).filter(isTypeScript));
}

function judge(
  root: string,
  file: SourceFile,
  request: ModuleRequest,
  declared: ReadonlySet<string>,
): string | undefined {
  const { specifier } = request;
  if (specifier === undefined)
    return roomFor(file.room).rooms.includes('*') ? undefined : 'an import() of something that is not a text';
  return specifier.startsWith('.')
    ? judgeRelative(root, file, request.kind, specifier)
    : judgePackage(file, specifier, declared);
}

/** The file that a relative import leads to, from the root. */
const targetOf = (file: SourceFile, specifier: string): string =>
  normalize(join(dirname(file.path), specifier)).replaceAll('\\', '/');

function judgeRelative(
  root: string,
  file: SourceFile,
  kind: ModuleRequest['kind'],
  specifier: string,
): string | undefined {
  const target = targetOf(file, specifier);
  if (target.startsWith('..')) return `'${specifier}' leads out of the repository`;
  // Of an address made while running only its folder is known, and it need not exist before the build (dist/).
  if (kind !== 'late' && !leadsToFile(root, target)) return `'${specifier}' is not there`;
  const from = roomFor(file.room);
  const to = roomOf(target);
  if (to === undefined || to === file.room || from.rooms.includes('*') || from.rooms.includes(to)) {
    // Only tests and the demo reach what is no room at all: the build's output, the repository itself.
    return to === undefined && !from.rooms.includes('*') ? `'${specifier}' leads to no room of the plan` : undefined;
  }
  const allowed = from.rooms.length === 0 ? 'no other room' : from.rooms.join(', ');
  return `'${specifier}' is in ${to}, but ${file.room} may import ${allowed}`;
}

/** Whether the file is there under exactly this name: a wrong capital works on some machines and fails on others. */
function leadsToFile(root: string, target: string): boolean {
  const path = resolve(root, target);
  return existsSync(path) && realpathSync.native(path).endsWith(normalize(target));
}

function judgePackage(file: SourceFile, specifier: string, declared: ReadonlySet<string>): string | undefined {
  const room = roomFor(file.room);
  const keeper = Object.entries(keptApart).find(([name]) => isUnder(specifier, name));
  if (keeper !== undefined && !room.packages.includes('*')) {
    return keeper[1].includes(file.path) ? undefined : `only ${keeper[1].join(' and ')} may import ${keeper[0]}`;
  }
  if (room.packages.includes('*')) return undefined;
  const isAllowed = room.packages.some((name) =>
    name === 'node:*' ? specifier.startsWith('node:') : isUnder(specifier, name),
  );
  if (!isAllowed) return `${file.room} may not import '${specifier}' (allowed: ${room.packages.join(', ')})`;
  if (!room.published || specifier.startsWith('node:') || declared.has(packageName(specifier))) return undefined;
  return `'${specifier}' is not among the dependencies in package.json`;
}

const isUnder = (specifier: string, name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function roomFor(name: string): Room {
  const room = rooms[name];
  if (room === undefined) throw new Error(`rooms.ts has no room ${name}`);
  return room;
}

function declaredDependencies(root: string): ReadonlySet<string> {
  const manifest: { dependencies?: object; peerDependencies?: object } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return new Set([...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.peerDependencies ?? {})]);
}

/** Circles of files that need each other before they can run; those through import() or types alone are none. */
function cycles(files: readonly SourceFile[]): string[][] {
  const needs = new Map(
    files.map((file) => [
      file.path,
      file.requests
        .filter(({ kind, specifier }) => kind === 'static' && specifier?.startsWith('.'))
        .map(({ specifier = '' }) => targetOf(file, specifier)),
    ]),
  );
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) found.push([...way.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    for (const next of needs.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of needs.keys()) visit(path, []);
  return found;
}

await runWhenMain(importCheck, import.meta.url);
