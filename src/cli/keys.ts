import { openRecordKeys, rotateRecordKeys } from '../receiver/consent/record-keys.ts';
import { type Io, UsageError } from './io.ts';
import { keysDirectoryOf } from './open-database.ts';
import { parseOptions } from './parse-options.ts';

/** `steady keys`: what consent records are signed with, and verified by. */

const USAGE = `Usage: steady keys show --data DATABASE
       steady keys rotate --data DATABASE

show prints the public keys that consent records are verified by, as a JSON Web Key Set: the one that signs first, retired
ones after it. Keep a copy where the receiver's operator cannot change it.
rotate makes a new key to sign with. Of those before it the public keys stay, and the private ones are deleted. Start the
receiver again: until then it signs with the old one.

  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @throws UsageError, KeyError */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [action, ...extra] = positionals;
  if (action !== 'show' && action !== 'rotate') {
    throw new UsageError(`Say show or rotate${action === undefined ? '' : `, not "${action}"`}.`);
  }
  if (extra.length > 0) throw new UsageError(`steady keys ${action} does not take "${extra.join(' ')}".`);
  const { data = '', keys = '' } = values;
  if (data === '' && keys === '') throw new UsageError('Name the database with --data, or the directory with --keys.');
  const directory = keysDirectoryOf(data, keys);

  if (action === 'show') {
    const { published } = await openRecordKeys(directory, [], 'none');
    io.stdout.write(`${JSON.stringify({ keys: published }, null, 2)}\n`);
    return 0;
  }
  const { current, retired } = await rotateRecordKeys(directory);
  io.stdout.write(`${current} signs from now on.\n`);
  for (const id of retired) io.stdout.write(`${id} is retired: its public key stays, its private one is gone.\n`);
  io.stderr.write('Start the receiver again: until then it signs with the key that it has.\n');
  return 0;
}
