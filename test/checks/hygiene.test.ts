import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runCheck } from './check.ts';
import { hygieneCheck } from './hygiene.ts';
import { withRepository } from './temporary-repository.ts';

async function problemsOf(path: string, text: string): Promise<readonly string[]> {
  return await withRepository({ [path]: text }, async (root) => (await runCheck(hygieneCheck, root)).problems);
}

// Put together, so that no other tool takes the table itself for what it describes.
const marker = (...parts: string[]): string => parts.join('');

describe('hygiene', () => {
  const refused: [path: string, line: string][] = [
    ['package-lock.json', '{ "resolved": "https://registry.npmjs.org/lit/-/lit-3.3.3.tgz" }'],
    ['package-lock.json', '{ "version": "https://example.org/lit.tgz" }'],
    ['README.md', 'See /work/main/README.md'],
    ['demo/serve.ts', "const log = '/root/log.txt';"],
    ['scripts/a.ts', "const home = '/home/ada/steady';"],
    ['.ci/run', 'node ../shared/tools/complete-lock.mjs'],
    ['test/a.test.ts', marker('it.', "skip('later', () => {});")],
    ['test/a.test.ts', marker('describe.', "only('this', () => {});")],
    ['test/a.test.ts', marker("test('x', { sk", 'ip: true }, () => {});')],
    ['test/a.test.ts', marker('xi', "t('x', () => {});")],
    ['src/study/a.ts', marker('// @ts-', 'ignore')],
    ['components/a.ts', marker('// biome-', 'ignore lint: because')],
    ['src/study/a.ts', marker('// TO', 'DO: finish')],
    ['components/a/a.ts', marker('static styles = cs', 's`:host { display: block }`;')],
  ];
  for (const [path, line] of refused) {
    test(`refused in ${path}: ${line}`, async () => {
      const problems = await problemsOf(path, `first line\n${line}\n`);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.ok(problems[0]?.startsWith(`${path}:2: `), problems[0]);
    });
  }

  const accepted: [path: string, line: string][] = [
    ['package-lock.json', '{ "url": "https://github.com/sponsors/ctavan" }'],
    ['src/a.ts', "import '../../work/hours.ts';"],
    ['README.md', 'https://example.org/work/at/home'],
    ['test/a.test.ts', "test('x', { skip: reason }, () => {});"],
    ['components/a/a.styles.ts', marker('export const styles = cs', 's`:host { display: block }`;')],
  ];
  for (const [path, line] of accepted)
    test(`accepted in ${path}: ${line}`, async () => assert.deepEqual(await problemsOf(path, line), []));

  test('a file of ours above 400 lines is refused, a test or a text is not', async () => {
    const long = 'export {};\n'.repeat(401);
    assert.match((await problemsOf('src/study/a.ts', long))[0] ?? '', /401 lines/);
    assert.deepEqual(await problemsOf('src/study/a.ts', 'export {};\n'.repeat(400)), []);
    assert.deepEqual(await problemsOf('test/a.test.ts', long), []);
    assert.deepEqual(await problemsOf('README.md', long), []);
  });

  test('what is generated or installed is not looked at', async () => {
    const { checked } = await withRepository({ 'dist/a.js': '', 'node_modules/a/b.js': '', 'a.ts': '' }, (root) =>
      runCheck(hygieneCheck, root),
    );
    assert.equal(checked, 1);
  });
});
