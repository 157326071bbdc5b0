import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const MARK = '?later';

/**
 * A second copy of a library that is one file. A bundler puts such a file into one chunk, with all of it that anything
 * uses: what only later pages use would be fetched before the first. So the files that a first page reads get a copy with
 * what they use alone, and all others another.
 *
 * @param library its bare name
 * @param isFirst whether a file is read before the first page
 */
export function laterCopy(library: string, isFirst: (file: string) => boolean): Plugin {
  return {
    name: 'later-copy',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (source !== library || importer === undefined || isFirst(importer)) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      return resolved && { id: `${resolved.id}${MARK}`, moduleSideEffects: false };
    },
    load: (id) => (id.endsWith(MARK) ? readFile(id.slice(0, -MARK.length), 'utf8') : null),
  };
}
