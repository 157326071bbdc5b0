/**
 * What must not stand in any file of the repository: places of one machine, switched-off tests, switched-off checks, and
 * files that have grown beyond one idea. Biome sees to the code itself (`any`, non-null assertions): that it cannot be
 * told to look away is seen to here.
 */
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { type Check, fromRoot, type Outcome, runWhenMain } from './check.ts';
import { isTypeScript, writtenFiles } from './source-files.ts';

type Rule = {
  readonly about: string;
  readonly pattern: RegExp;
  /** Which files the rule is for; all texts where it is left out. */
  readonly applies?: (path: string) => boolean;
};

/** More lines than this are more than one idea. Tests are let be: a table of cases may be long. */
const longestFile = 400;

const isCode = (path: string): boolean => /\.[cm]?[jt]s$/.test(path);
const isOurs = (path: string): boolean => /^(src|components|demo)\//.test(path);
const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.startsWith('test/suites/');
const isLock = (path: string): boolean => basename(path) === 'package-lock.json';
/** This check and its tests name what they look for. */
const isThisCheck = (path: string): boolean => path.startsWith('test/checks/hygiene.');

const rules: readonly Rule[] = [
  {
    about: 'an address of a registry in the lock file',
    pattern: /"resolved"|registry\.|:\/\/[^"]*\.tgz/,
    applies: isLock,
  },
  { about: 'a path of one machine', pattern: /(?<![\w.@-])\/(?:work|root|home\/\w+|Users\/\w+|tmp\/bash_jobs)\b[./]/ },
  { about: 'a path out of the repository', pattern: /(?<![\w.])\.\.\/shared\// },
  {
    about: 'a test that is switched off, or switches the others off',
    pattern:
      /\b(?:it|test|describe|suite)\.(?:skip|only|todo)\b|\b(?:xit|xdescribe|fit|fdescribe)\(|\b(?:skip|only|todo): true\b/,
    applies: (path) => isCode(path) && isTest(path),
  },
  {
    about: 'a switched-off check',
    pattern: /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|eslint-disable/,
    applies: isCode,
  },
  { about: 'unfinished work', pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/, applies: isCode },
  {
    about: 'CSS outside of a *.styles.ts file, where the floor check would not see it',
    pattern: /\bcss`/,
    applies: (path) => isCode(path) && path.startsWith('components/') && !path.endsWith('.styles.ts'),
  },
];

const texts = new Set([
  '.ts',
  '.js',
  '.mjs',
  '.cjs',
  '.json',
  '.jsonc',
  '.md',
  '.html',
  '.css',
  '.txt',
  '.yml',
  '.yaml',
  '',
]);

export const hygieneCheck: Check = { name: 'hygiene', run: checkHygiene };

function checkHygiene(root: string): Outcome {
  const paths = writtenFiles(root).filter((path) => texts.has(extname(path)));
  const problems = paths.flatMap((path) => judgeFile(fromRoot(root, path), readFileSync(path, 'utf8')));
  return { checked: paths.length, problems };
}

function judgeFile(path: string, text: string): string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const tooLong =
    isOurs(path) && isTypeScript(path) && lines.length > longestFile
      ? [`${path}: ${lines.length} lines, more than ${longestFile}: it holds more than one idea`]
      : [];
  if (isThisCheck(path)) return tooLong;
  const applying = rules.filter((rule) => rule.applies?.(path) ?? !isLock(path));
  const found = applying.flatMap((rule) =>
    lines.flatMap((line, index) =>
      rule.pattern.test(line) ? [`${path}:${index + 1}: ${rule.about}: ${line.trim().slice(0, 100)}`] : [],
    ),
  );
  return [...tooLong, ...found];
}

await runWhenMain(hygieneCheck, import.meta.url);
