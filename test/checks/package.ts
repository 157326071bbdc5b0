/**
 * The npm package as it would be published: packed, then read by publint and by attw (do its types resolve for everyone
 * who imports it?), and held against what it is meant to contain.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check, type Outcome, repositoryRoot, runWhenMain } from './check.ts';
import { isText, withheldIn } from './withheld.ts';

type Run = { readonly code: number | null; readonly output: string };

/** What the package is: built files, schema, manifest, licence, words for the reader. Anything else got in by mistake. */
const expected =
  /^(?:package\.json|README\.md|LICENSE|dist\/lib\/(?:components|src)\/.+\.(?:js|d\.ts|json)|dist\/lib\/src\/instruments\/library\/\w+\.LICENSE\.txt|dist\/embed\/.+\.(?:js|css|txt)|dist\/(?:study\.schema|custom-elements)\.json)$/;

/** Files without which the package is none. */
const needed = ['package.json', 'README.md', 'LICENSE', 'dist/embed/steady.js', 'dist/embed/THIRD-PARTY-LICENSES.txt'];

export const packageCheck: Check = { name: 'package', run: checkPackage };

function checkPackage(root: string): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'steady-pack-'));
  try {
    // Without scripts: it is the build that stands here that is judged.
    const packed = run(root, 'npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]);
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    if (packed.code !== 0 || file === undefined) return { checked: 0, problems: [`npm pack: ${packed.output}`] };
    const archive = join(folder, file);
    const paths = contents(archive);
    const problems = [
      ...needed.filter((path) => !paths.includes(path)).map((path) => `package: ${path} is not in it`),
      ...paths.filter((path) => !expected.test(path)).map((path) => `package: ${path} does not belong in it`),
      ...judgeProgram(root),
      ...judgeInstruments(archive, folder, paths),
      ...judgeTool('publint', run(root, tool('publint'), ['--strict', archive])),
      ...judgeTool(
        'attw',
        run(root, tool('attw'), [archive, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji']),
      ),
    ];
    return { checked: paths.length, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The tools of this repository, also for a package that lies elsewhere. */
const tool = (name: string): string => join(repositoryRoot, 'node_modules', '.bin', name);

function run(cwd: string, command: string, parameters: readonly string[]): Run {
  const { error, status, stderr, stdout } = spawnSync(command, parameters, { cwd, encoding: 'utf8' });
  return { code: status, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** The paths in an npm archive; npm puts them under `package/`. */
function contents(archive: string): string[] {
  const { output } = run(tmpdir(), 'tar', ['-tzf', archive]);
  return output
    .split('\n')
    .filter((line) => line.startsWith('package/'))
    .map((line) => line.slice('package/'.length))
    .sort();
}

/** A program without its first line is a text that a shell tries to run. */
function judgeProgram(root: string): string[] {
  const { bin = {} }: { bin?: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.values(bin).flatMap((path) => {
    const [line = ''] = readFileSync(join(root, path), 'utf8').split('\n');
    return line === '#!/usr/bin/env node' ? [] : [`package: ${path} does not begin with #!/usr/bin/env node`];
  });
}

/** Words under a licence of their own come with it, and those that the kit has no right to do not come at all. */
function judgeInstruments(archive: string, folder: string, paths: readonly string[]): string[] {
  run(folder, 'tar', ['-xzf', archive]);
  const textOf = (path: string): string => readFileSync(join(folder, 'package', path), 'utf8');
  const licences = paths.flatMap((path) => {
    const [, library, name] = /^(dist\/lib\/src\/instruments\/library\/)(\w+)\.json$/.exec(path) ?? [];
    if (library === undefined || name === undefined) return [];
    const { licence = {} }: { licence?: { file?: string } } = JSON.parse(textOf(path));
    if (licence.file === undefined) return [];
    const isEmbedded = paths.some((one) => one.startsWith(`dist/embed/chunks/${name}-`));
    return [`${library}${licence.file}`, ...(isEmbedded ? [`dist/embed/${licence.file}`] : [])];
  });
  return [
    ...licences.filter((path) => !paths.includes(path)).map((path) => `package: ${path} is not in it`),
    ...paths
      .filter(isText)
      .flatMap((path) =>
        withheldIn(textOf(path)).map((id) => `package: ${path} has words of ${id}, which the kit has no right to`),
      ),
  ];
}

function judgeTool(name: string, { code, output }: Run): string[] {
  if (code === 0) return [];
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return [`package: ${name} found something to mend`, ...lines.map((line) => `  ${line}`)];
}

await runWhenMain(packageCheck, import.meta.url);
