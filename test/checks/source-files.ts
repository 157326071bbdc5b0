/** Which files of the repository the checks read. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const generated = new Set(['node_modules', 'dist', 'coverage', 'test-results', '.git', '.demo', '.tsbuild']);

/** Every file under the folder that is written by hand, as absolute paths in a stable order. */
export function writtenFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !generated.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return writtenFiles(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

export const isTypeScript = (path: string): boolean => path.endsWith('.ts') && !path.endsWith('.d.ts');
