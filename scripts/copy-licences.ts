/**
 * Puts the licence of an instrument whose words are not under the kit's beside each built copy of them: in the npm
 * package's files, and in the embed where an element brings them.
 */
import { copyFileSync, globSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const licence of globSync('src/instruments/library/*.LICENSE.txt', { cwd: root })) {
  const instrument = basename(licence, '.LICENSE.txt');
  const isEmbedded = globSync(`dist/embed/chunks/${instrument}-*.js`, { cwd: root }).length > 0;
  for (const target of [join('dist/lib', licence), ...(isEmbedded ? [join('dist/embed', basename(licence))] : [])]) {
    mkdirSync(dirname(join(root, target)), { recursive: true });
    copyFileSync(join(root, licence), join(root, target));
  }
}
