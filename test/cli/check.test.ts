import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/cli/check.ts';
import { UsageError } from '../../src/cli/io.ts';
import { runCommand, withFiles } from '../support/command-io.ts';
import { exampleWithSchedule } from '../support/schedule-study.ts';
import { changedStudy, exampleStudy } from '../support/studies.ts';

const good = JSON.stringify(exampleStudy());
const check = (...args: string[]) => runCommand(run, args);

describe('steady check', () => {
  it('says of a good file that it is', async () => {
    await withFiles({ 'calm.study.json': good }, async (pathOf) => {
      const file = pathOf('calm.study.json');
      assert.deepEqual(await check(file), { code: 0, stdout: `${file}: ok (calm-ward 1.2.0, en, es)\n`, stderr: '' });
    });
  });

  for (const name of ['keck', 'mgh']) {
    it(`accepts ${name}`, async () => {
      const file = fileURLToPath(new URL(`../../demo/studies/${name}.study.json`, import.meta.url));
      const { code, stderr } = await check(file);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    });
  }

  it('names each problem on a line of its own, with file, place and fix', async () => {
    const bad = changedStudy({ id: 'Calm', 'screening.criteria[0].kind': 'included' });
    await withFiles({ 'bad.study.json': JSON.stringify(bad) }, async (pathOf) => {
      const file = pathOf('bad.study.json');
      assert.deepEqual(await check(file), {
        code: 1,
        stdout: '',
        stderr: [
          `${file}: id: is "Calm". Use lower-case letters, digits and hyphens, starting with a letter or digit, 63 at most: "baseline-2".\n`,
          `${file}: screening.criteria[0].kind: is "included". Use "inclusion" or "exclusion".\n`,
        ].join(''),
      });
    });
  });

  it('opens the forms, and names the place of what cannot be opened, once for all languages', async () => {
    const bad = changedStudy({ 'screening.form.pages[0].elements[2].visibleIf': "{role} = 'nurse" });
    await withFiles({ 'bad.study.json': JSON.stringify(bad) }, async (pathOf) => {
      const file = pathOf('bad.study.json');
      const { code, stdout, stderr } = await check(file);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
      assert.ok(stderr.startsWith(`${file}: screening.form.pages[0].elements[2].visibleIf: `), stderr);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  });

  it('opens the forms of assessments, and looks their instruments up', async () => {
    const FORM = 'assessments[0].forms.work.elements[0]';
    const broken = exampleWithSchedule({ [`${FORM}.visibleIf`]: '{role' });
    const unknown = exampleWithSchedule({ 'assessments[1].instruments[0]': 'phq88' });
    const files = { 'broken.json': JSON.stringify(broken), 'unknown.json': JSON.stringify(unknown) };
    await withFiles(files, async (pathOf) => {
      const { code, stderr } = await check(pathOf('broken.json'), pathOf('unknown.json'));
      assert.equal(code, 1);
      const [first = '', second = ''] = stderr.split('\n');
      assert.ok(first.startsWith(`${pathOf('broken.json')}: ${FORM}.visibleIf: `), first);
      assert.equal(
        second,
        `${pathOf('unknown.json')}: assessments[1].instruments[0]: is "phq88", which the library does not have. Did you mean "phq8"?`,
      );
    });
  });

  it('checks every file that it is given, the good ones after the bad ones too', async () => {
    await withFiles({ 'a.json': '{', 'b.json': good, 'c.json': '' }, async (pathOf) => {
      const { code, stdout, stderr } = await check(pathOf('a.json'), pathOf('b.json'), pathOf('c.json'));
      assert.equal(code, 1);
      assert.equal(stdout, `${pathOf('b.json')}: ok (calm-ward 1.2.0, en, es)\n`);
      const [first = '', second = ''] = stderr.split('\n');
      assert.ok(first.startsWith(`${pathOf('a.json')}: is not JSON. The parser stopped here: `));
      assert.equal(second, `${pathOf('c.json')}: is not JSON. It is empty: did the upload fail?`);
    });
  });

  const unreadable: readonly (readonly [name: string, pick: (file: string) => string, said: string])[] = [
    ['a missing file', (file) => `${file}.gone`, 'does not exist. Check the name and the folder.'],
    ['a file in a file', (file) => `${file}/x.json`, 'does not exist. Check the name and the folder.'],
    ['a directory', dirname, 'is a directory. Name the file in it.'],
  ];
  for (const [name, pick, said] of unreadable) {
    it(`${name}: says so`, async () => {
      await withFiles({ 'calm.study.json': good }, async (pathOf) => {
        const file = pick(pathOf('calm.study.json'));
        assert.deepEqual(await check(file), { code: 1, stdout: '', stderr: `${file}: ${said}\n` });
      });
    });
  }

  it('5 MB: says so before it reads them', async () => {
    await withFiles({ 'large.json': Buffer.alloc(5 << 20, ' ') }, async (pathOf) => {
      const file = pathOf('large.json');
      const said = 'has 5 MB; at most 1 MB are read. Is this the right file?';
      assert.deepEqual(await check(file), { code: 1, stdout: '', stderr: `${file}: ${said}\n` });
    });
  });

  it('not UTF-8: says so', async () => {
    await withFiles(
      { 'latin.json': Buffer.from(good.replace('tranquila', 'tranqu\u00edla'), 'latin1') },
      async (pathOf) => {
        const file = pathOf('latin.json');
        const said = 'is not UTF-8 text. Save it again with the encoding UTF-8.';
        assert.deepEqual(await check(file), { code: 1, stdout: '', stderr: `${file}: ${said}\n` });
      },
    );
  });

  it('needs a file', async () => {
    await assert.rejects(check(), UsageError);
  });

  it('explains itself', async () => {
    const { code, stdout } = await check('--help');
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: steady check FILE/);
  });
});

describe('steady check --public', () => {
  it('prints the part that anyone may read, as it was written', async () => {
    await withFiles({ 'calm.study.json': `\uFEFF${good}` }, async (pathOf) => {
      const { code, stdout, stderr } = await check('--public', pathOf('calm.study.json'));
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      const { $schema: _, contacts, ...rest } = exampleStudy();
      assert.ok(Array.isArray(contacts));
      assert.deepEqual(JSON.parse(stdout), { ...rest, contacts: contacts.slice(0, 1) });
    });
  });

  it('prints nothing of a file that is not good', async () => {
    await withFiles({ 'bad.study.json': JSON.stringify(changedStudy({ version: '1' })) }, async (pathOf) => {
      const file = pathOf('bad.study.json');
      assert.deepEqual(await check('--public', file), {
        code: 1,
        stdout: '',
        stderr: `${file}: version: is "1". Use three numbers: "1.0.0".\n`,
      });
    });
  });

  it('takes one file', async () => {
    await assert.rejects(check('--public'), UsageError);
    await assert.rejects(check('--public', 'a.json', 'b.json'), UsageError);
  });
});
