import * as v from 'valibot';
import { type Reauthentication, reauthenticationSchema } from '../receiver/consent/reauthentication.ts';
import { issuesOf } from '../study/issues.ts';
import { pathText } from '../study/path.ts';
import { jsonOf } from '../study/read.ts';
import { oneByStudy } from './by-study.ts';
import { FileError, readTextFile } from './read-text.ts';

/** How whoever signs a consent shows again who they are: what was said of it to `steady serve`. */

const LARGEST_FILE = 262_144;

/** @throws UsageError, FileError */
export async function readReauthentication(
  entries: readonly string[] | undefined,
): Promise<Readonly<Record<string, Reauthentication>>> {
  const files = oneByStudy({ name: '--reauthentication', value: 'FILE', example: 'keck-identity.json' }, entries);
  const read = [...files].map(
    async ([study, file]): Promise<[string, Reauthentication]> => [study, await readFile(file)],
  );
  return Object.fromEntries(await Promise.all(read));
}

async function readFile(file: string): Promise<Reauthentication> {
  const json = jsonOf(await readTextFile(file, LARGEST_FILE));
  if (v.is(reauthenticationSchema, json)) return json;
  const places = issuesOf(reauthenticationSchema, json).map(({ path }) => pathText(path) || 'the whole of it');
  throw new FileError(
    `${file}: cannot be used at ${[...new Set(places)].join(', ')}. Write { "issuer", "audience", "required", "jwks": { "keys": [...] } }, as docs/consent.md shows.`,
  );
}
