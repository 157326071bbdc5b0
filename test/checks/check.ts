/**
 * What a check of the repository is: it looks at files, names what is wrong, and says how much it looked at. test/run.ts
 * runs them all; each module can also be run by itself, `node test/checks/imports.ts`.
 */
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Outcome = {
  /** How many files (or rules, or entries) were looked at. A check that looked at nothing has checked nothing. */
  readonly checked: number;
  /** One line each, beginning with the file and, where it helps, the line. */
  readonly problems: readonly string[];
  /** What a reader of the run should see though nothing is wrong: a table of sizes. */
  readonly notes?: readonly string[];
};

export type Check = {
  readonly name: string;
  /** @param root the repository, an absolute path */
  run(root: string): Outcome | Promise<Outcome>;
};

/** The repository that the checks themselves stand in. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A path as problems name it: from the root, with slashes on every platform. */
export function fromRoot(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** Adds the problem of having looked at nothing, which no check can see by itself. */
export async function runCheck(check: Check, root: string): Promise<Outcome> {
  const outcome = await check.run(root);
  if (outcome.checked > 0) return outcome;
  return { ...outcome, problems: [...outcome.problems, `${check.name}: found nothing to look at`] };
}

/** Runs a check as a program, where its module is the one that node was started with. */
export async function runWhenMain(check: Check, url: string): Promise<void> {
  if (process.argv[1] === undefined || fileURLToPath(url) !== process.argv[1]) return;
  const { checked, notes = [], problems } = await runCheck(check, repositoryRoot);
  for (const line of [...notes, ...problems]) console.log(line);
  console.log(`${check.name}: looked at ${checked}, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
