/** `npm run bench`: every bench/*.ts in turn. Figures are printed for people to read; nothing here passes or fails. */
import { globSync } from 'node:fs';
import { basename } from 'node:path';

for (const file of globSync('*.ts', { cwd: import.meta.dirname }).sort()) {
  if (file !== basename(import.meta.filename)) await import(`./${file}`);
}
