import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { blindedCheck, secretsIn } from './blinded.ts';
import { repositoryRoot } from './check.ts';
import { withRepository } from './temporary-repository.ts';

const study = {
  id: 'ward',
  title: 'Ward study: Groups or calls',
  arms: [
    { id: 'groups', title: 'Groups' },
    { id: 'calls', title: 'Calls' },
  ],
  allocation: { unit: 'participant', ratio: { groups: 1, calls: 1 }, blocks: [2, 4], basis: 'Ours.' },
};
const file = { 'demo/studies/ward.study.json': JSON.stringify(study) };

describe('what is served of arms', () => {
  test('is found by their ids, by the ratio and by what it is based on', () => {
    assert.deepEqual(secretsIn("const arm = 'groups';", study), ['the arm "groups"']);
    assert.deepEqual(secretsIn('{ "x": { "groups": 1,\n "calls": 1 } }', study), [
      'the arm "groups"',
      'the arm "calls"',
      'the ratio',
    ]);
    assert.deepEqual(secretsIn('<p>Ours.</p>', study), ['the basis of the allocation']);
    assert.deepEqual(secretsIn('Groups and calls, by chance', study), []);
  });

  test('is named with its file, wherever it stands', async () => {
    const files = {
      ...file,
      'dist/embed/steady.js': 'export const arms = ["groups"]',
      'dist/lib/a.js': '',
      'demo/pages/index.html': '<p data-arm="calls">',
      'src/a.ts': "'groups'",
    };
    assert.deepEqual(await withRepository(files, (root) => blindedCheck.run(root)), {
      checked: 4,
      problems: [
        'dist/embed/steady.js: has the arm "groups" of ward.study.json',
        'demo/pages/index.html: has the arm "calls" of ward.study.json',
      ],
    });
  });

  test('is not in the part of a study that anybody may read', async () => {
    assert.deepEqual(await withRepository(file, (root) => blindedCheck.run(root)), { checked: 1, problems: [] });
    const { problems } = await blindedCheck.run(repositoryRoot);
    assert.deepEqual(problems, []);
  });

  test('means nothing where there is no study to look for', async () => {
    assert.equal((await withRepository({ 'dist/a.js': '' }, (root) => blindedCheck.run(root))).checked, 0);
  });
});
