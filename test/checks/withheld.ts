/**
 * The words of instruments that the kit has no right to stand nowhere: not in the repository, and not in the package as it
 * is packed. What is looked for is known by digests of four words in a row alone, so that this check holds none of them
 * either. English only, and a few phrases of each: a site's file that was committed by mistake is found, a paraphrase not.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Check, fromRoot, type Outcome, runWhenMain } from './check.ts';
import { writtenFiles } from './source-files.ts';

export type Digests = Readonly<Record<string, readonly string[]>>;

/** By instrument: the digests of phrases of its items. */
const withheld: Digests = {
  mbi_hss_mp: [
    'aadf6b0ad9e871c6',
    'a50ec84a2522f715',
    '20d6890549f041e2',
    '648e479ea2b45ccf',
    'e762694be96908dc',
    'fb135cfa65468218',
  ],
  olbi: ['d1323298f6c15b4e', '487f279afbcbbc79', '624071d61d7def65', 'ac449aff0c619d4f'],
  bat12: ['77dce8b231dcab28', '7968ef0a0401019d', 'ba29a7147f26145c', '8f8f2502805faf7c'],
  brcs: ['f94c13b5982aae5b', '01efc234064ebb76', '2d2c41798bf8461b'],
  miniz2: ['b1f2065736481a4f', '2df66397331dba41', 'c30da132995e0150'],
  pfi: ['ecf6d062bf0506ac', '4ca6d082cf3b6669', '42e12fba674dce84'],
  pss: ['b36ae6ed1a1d9ced', '9179c453ae64b7f6', '4af264fc4522f72c', '47e08ed4b9f531cd'],
  uwes: ['22c4cf1b22ab981a', 'bf897f4de0731925', 'b50d1981a2d2eb55', '5accac798fbe3cce'],
};

const length = 4;

/** The digest of four words, however they are capitalised and whatever stands between them. */
export function digestOf(phrase: string): string {
  return createHash('sha256').update(wordsIn(phrase).join(' ')).digest('hex').slice(0, 16);
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** The instruments of which a text holds a phrase. */
export function withheldIn(text: string, digests: Digests = withheld): string[] {
  const owners = new Map(Object.entries(digests).flatMap(([id, each]) => each.map((digest) => [digest, id] as const)));
  const words = wordsIn(text);
  const found = new Set<string>();
  for (let at = 0; at + length <= words.length; at++) {
    const owner = owners.get(digestOf(words.slice(at, at + length).join(' ')));
    if (owner !== undefined) found.add(owner);
  }
  return [...found];
}

const texts = new Set(['.ts', '.js', '.mjs', '.cjs', '.json', '.jsonc', '.md', '.html', '.css', '.txt', '.yml', '']);

/** Whether a file is one that people, or a build, write words in. */
export const isText = (path: string): boolean => texts.has(extname(path)) && !path.endsWith('package-lock.json');

export const withheldCheck: Check = { name: 'withheld', run: checkWithheld };

function checkWithheld(root: string): Outcome {
  const paths = writtenFiles(root).filter(isText);
  const problems = paths.flatMap((path) =>
    withheldIn(readFileSync(path, 'utf8')).map(
      (id) => `${fromRoot(root, path)}: has words of ${id}, which the kit has no right to`,
    ),
  );
  return { checked: paths.length, problems };
}

await runWhenMain(withheldCheck, import.meta.url);
