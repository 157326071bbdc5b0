/**
 * `npm run prove`: every prove/*.ts in turn. What is claimed and is not in `npm test`: because it is a figure, printed for
 * people to judge, in one run on one machine; or because it takes too long.
 */
import { globSync } from 'node:fs';
import { basename } from 'node:path';

for (const file of globSync('*.ts', { cwd: import.meta.dirname }).sort()) {
  if (file !== basename(import.meta.filename)) await import(`./${file}`);
}
