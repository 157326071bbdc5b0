import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Outcome } from './check.ts';
import { packageCheck } from './package.ts';
import { withRepository } from './temporary-repository.ts';

const manifest = {
  name: 'a-kit',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  exports: { '.': { types: './dist/lib/components/index.d.ts', default: './dist/lib/components/index.js' } },
  bin: { steady: 'dist/lib/src/cli/steady.js' },
  files: ['dist'],
};

const files = {
  'README.md': '# A kit',
  LICENSE: 'MIT',
  'dist/lib/components/index.js': 'export const a = 1;',
  'dist/lib/components/index.d.ts': 'export declare const a = 1;',
  'dist/lib/src/cli/steady.js': "#!/usr/bin/env node\nconsole.log('a');",
  'dist/embed/steady.js': 'export {};',
  'dist/embed/THIRD-PARTY-LICENSES.txt': 'None',
};

async function check(changed: object, changedFiles: Record<string, string> = {}, without = ''): Promise<Outcome> {
  const all = { 'package.json': JSON.stringify({ ...manifest, ...changed }), ...files, ...changedFiles };
  const kept = Object.fromEntries(Object.entries(all).filter(([path]) => path !== without));
  return await withRepository(kept, (root) => packageCheck.run(root));
}

describe('package', () => {
  test('a package that is whole and resolves is accepted', async () => {
    assert.deepEqual(await check({}), { checked: 8, problems: [] });
  });

  test('an export that leads nowhere is refused by publint', async () => {
    const { problems } = await check({
      exports: { ...manifest.exports, './define': './dist/lib/components/define.js' },
    });
    assert.match(problems.join('\n'), /publint found something to mend[\s\S]*define\.js/);
  });

  test('types that do not resolve are refused by attw', async () => {
    const { problems } = await check({}, { 'dist/lib/components/index.d.ts': "export * from './gone.js';" });
    assert.match(problems.join('\n'), /attw found something to mend/);
  });

  test('a source, a test or anything else that does not belong is refused', async () => {
    const { problems } = await check({}, { 'dist/lib/src/form/form.ts': '', 'dist/.tsbuild/a.tsbuildinfo': '' });
    assert.deepEqual(problems, [
      'package: dist/.tsbuild/a.tsbuildinfo does not belong in it',
      'package: dist/lib/src/form/form.ts does not belong in it',
    ]);
  });

  test('a missing licence is refused', async () => {
    const { problems } = await check({}, {}, 'LICENSE');
    assert.deepEqual(problems, ['package: LICENSE is not in it']);
  });

  test('a program without its first line is refused', async () => {
    const { problems } = await check({}, { 'dist/lib/src/cli/steady.js': "console.log('a');" });
    assert.match(problems.join('\n'), /steady\.js does not begin with/);
  });

  test('an instrument under a licence of its own is refused without it, in the embed too', async () => {
    const instrument = { 'dist/lib/src/instruments/library/a.json': '{ "licence": { "file": "a.LICENSE.txt" } }' };
    const embedded = { ...instrument, 'dist/embed/chunks/a-12345678.js': 'export {};' };
    assert.deepEqual((await check({}, embedded)).problems, [
      'package: dist/lib/src/instruments/library/a.LICENSE.txt is not in it',
      'package: dist/embed/a.LICENSE.txt is not in it',
    ]);
    const licence = { 'dist/lib/src/instruments/library/a.LICENSE.txt': 'Its own' };
    assert.deepEqual((await check({}, { ...instrument, ...licence })).problems, []);
  });
});
