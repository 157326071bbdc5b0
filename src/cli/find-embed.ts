import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The built kit of the package that this file belongs to, in a checkout as in an installed package: `dist/embed` beside its
 * package.json. Nothing where it is not built.
 */
export function findEmbed(from: string = fileURLToPath(import.meta.url)): string | undefined {
  const folder = dirname(from);
  if (folder === from) return undefined;
  if (!existsSync(join(folder, 'package.json'))) return findEmbed(folder);
  const embed = join(folder, 'dist', 'embed');
  return existsSync(join(embed, 'page.js')) ? embed : undefined;
}
