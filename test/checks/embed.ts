/** What the build wrote to dist/embed: its files, what each imports, and their sizes as a server with brotli sends them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fromRoot } from './check.ts';
import { moduleRequests } from './module-requests.ts';
import { writtenFiles } from './source-files.ts';

export type EmbedFile = {
  /** From dist/embed, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Bytes after brotli at its highest quality. */
  readonly brotli: number;
  /** Files that are fetched with this one. */
  readonly needs: readonly string[];
  /** Files that it may fetch while it runs. */
  readonly mayFetch: readonly string[];
};

export type Embed = {
  readonly files: ReadonlyMap<string, EmbedFile>;
  /** Imports that lead nowhere: the folder could not be copied anywhere as it is. */
  readonly problems: readonly string[];
};

const chunkFolder = 'chunks/';

export function readEmbed(root: string): Embed {
  const folder = join(root, 'dist', 'embed');
  const files = new Map<string, EmbedFile>();
  const problems: string[] = [];
  const scripts = existsSync(folder) ? writtenFiles(folder).filter((path) => path.endsWith('.js')) : [];
  for (const absolute of scripts) {
    const path = fromRoot(folder, absolute);
    const text = readFileSync(absolute, 'utf8');
    const requests = moduleRequests(absolute, text);
    for (const { specifier } of requests)
      if (!specifier?.startsWith('.') || !existsSync(join(dirname(absolute), specifier)))
        problems.push(`dist/embed/${path}: imports '${specifier}', which is not among the files beside it`);
    const targets = (kind: string): string[] =>
      requests
        .filter((request) => request.kind === kind)
        .map(({ specifier = '' }) => fromRoot(folder, join(dirname(absolute), specifier)));
    const brotli = brotliCompressSync(text).byteLength;
    files.set(path, { path, text, brotli, needs: targets('static'), mayFetch: targets('late') });
  }
  return { files, problems };
}

/** The files that are fetched with the given ones, themselves included. */
export function withNeeds(embed: Embed, paths: Iterable<string>): Set<string> {
  return follow(paths, (path) => embed.files.get(path)?.needs ?? []);
}

/** Every file that the given ones may ever fetch. */
export function everReached(embed: Embed, paths: Iterable<string>): Set<string> {
  return follow(paths, (path) => [...(embed.files.get(path)?.needs ?? []), ...(embed.files.get(path)?.mayFetch ?? [])]);
}

function follow(paths: Iterable<string>, next: (path: string) => readonly string[]): Set<string> {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const other of next(path)) visit(other);
  };
  for (const path of paths) visit(path);
  return reached;
}

export const brotliOf = (embed: Embed, paths: Iterable<string>): number =>
  [...paths].reduce((sum, path) => sum + (embed.files.get(path)?.brotli ?? 0), 0);

/** The name a chunk has in the source: `en` of chunks/en-BZP476D0.js; an entry's own name otherwise. */
export function chunkName(path: string): string {
  const name = path.replace(/\.js$/, '');
  return name.startsWith(chunkFolder) ? name.slice(chunkFolder.length).replace(/-[\w-]{8}$/, '') : name;
}
