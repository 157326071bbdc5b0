/**
 * What no file that is served may hold: the arms of a study by their ids, and how it allocates. Looked into: all that the
 * build writes, the demo's pages, and of each of the demo's studies the part that anybody may read. That groups are told
 * of by name is the consent document's, and no secret.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { publicPart } from '../../src/study/public-part.ts';
import { type Check, fromRoot, type Outcome, runWhenMain } from './check.ts';
import { writtenFiles } from './source-files.ts';
import { isText } from './withheld.ts';

type StudyFile = Readonly<Record<string, unknown>> & {
  readonly arms?: readonly { readonly id: string }[];
  readonly allocation?: { readonly basis?: string; readonly ratio?: object };
};

export const blindedCheck: Check = { name: 'blinded', run: checkBlinded };

function checkBlinded(root: string): Outcome {
  const studies = globSync('demo/studies/*.study.json', { cwd: root }).map((path) => {
    const study: StudyFile = JSON.parse(readFileSync(join(root, path), 'utf8'));
    return { path: path.replaceAll('\\', '/'), study };
  });
  const served = ['dist', 'demo/pages']
    .map((folder) => join(root, folder))
    .flatMap((folder) => (existsSync(folder) ? writtenFiles(folder) : []))
    // Licences of others, in which "control" is a word.
    .filter((path) => isText(path) && !/LICENSES?\.txt$/.test(path))
    .map((path) => ({ name: fromRoot(root, path), text: readFileSync(path, 'utf8') }));
  const parts = studies.map(({ path, study }) => ({
    name: `${path}, the public part`,
    text: JSON.stringify(publicPart(study)),
  }));
  const problems = studies.flatMap(({ path, study }) =>
    [...served, ...parts].flatMap(({ name, text }) =>
      secretsIn(text, study).map((secret) => `${name}: has ${secret} of ${basename(path)}`),
    ),
  );
  return { checked: studies.length === 0 ? 0 : served.length + parts.length, problems };
}

/** What a text tells of a study’s arms and their allocation. */
export function secretsIn(text: string, { arms = [], allocation = {} }: StudyFile): string[] {
  const { basis, ratio } = allocation;
  const found = arms.filter(({ id }) => new RegExp(`["'\`]${id}["'\`]`).test(text)).map(({ id }) => `the arm "${id}"`);
  const plain = text.replaceAll(/\s/g, '');
  if (ratio !== undefined && plain.includes(JSON.stringify(ratio))) found.push('the ratio');
  if (basis !== undefined && text.includes(basis.slice(0, 60))) found.push('the basis of the allocation');
  return found;
}

await runWhenMain(blindedCheck, import.meta.url);
