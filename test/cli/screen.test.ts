import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../src/cli/io.ts';
import { run } from '../../src/cli/screen.ts';
import { runCommand, withFiles } from '../support/command-io.ts';
import { changedStudy, exampleStudy, REMOVED } from '../support/studies.ts';

const GOOD = { role: 'nurse', since: '2020-05-01', adult: true };

/** Judges answers by the example study. */
async function screen(answers: unknown, how: 'file' | 'stdin' = 'stdin') {
  const files = { 'calm.study.json': JSON.stringify(exampleStudy()), 'answers.json': JSON.stringify(answers) };
  let ran = { code: -1, stdout: '', stderr: '' };
  await withFiles(files, async (pathOf) => {
    const args = [pathOf('calm.study.json'), how === 'stdin' ? '-' : pathOf('answers.json')];
    ran = await runCommand(run, args, how === 'stdin' ? JSON.stringify(answers) : '');
    ran = { ...ran, stderr: ran.stderr.replaceAll(`${pathOf('')}/`, '') };
  });
  return ran;
}

const line = (verdict: string, failed: string[] = [], unknown: string[] = []) =>
  `${JSON.stringify({ verdict, failed, unknown })}\n`;

describe('steady screen', () => {
  const verdicts: readonly (readonly [string, object, string])[] = [
    ['all criteria met', GOOD, line('eligible')],
    ['an inclusion not met', { ...GOOD, adult: false }, line('ineligible', ['adult'])],
    ['an exclusion met', { ...GOOD, since: '2026-02-01' }, line('ineligible', ['new-here'])],
    ['a number as it was typed', { ...GOOD, role: 'refused', age: '61,5' }, line('eligible')],
    ['declined', { ...GOOD, role: 'refused' }, line('incomplete', [], ['clinical'])],
    ['nothing answered, though an answer is required', {}, line('incomplete', [], ['adult', 'clinical', 'new-here'])],
    ['excluded, the rest open', { adult: false }, line('ineligible', ['adult'], ['clinical', 'new-here'])],
  ];
  for (const [name, answers, stdout] of verdicts) {
    it(`${name}: ${stdout.trim()}`, async () => {
      for (const how of ['file', 'stdin'] as const) {
        assert.deepEqual(await screen(answers, how), { code: 0, stdout, stderr: '' });
      }
    });
  }

  const misfits: readonly (readonly [string, object, ...string[]])[] = [
    [
      'an unknown answer',
      { ...GOOD, roel: 'nurse' },
      'roel: is not asked by the form. Did you mean "role"? It asks "role", "age", "since", "badge", "home", "shifts", "adult", "stress", "week" and "words".',
    ],
    [
      'not a choice',
      { ...GOOD, role: 'clerk' },
      'role: is "clerk", which is not one of its choices. Use "nurse", "physician", "other" or "refused".',
    ],
    [
      'true as a text',
      { ...GOOD, adult: 'yes' },
      'adult: is "yes", which is not one of its choices. Use true or false.',
    ],
    [
      'a home that is no site',
      { ...GOOD, home: 'east' },
      'home: is "east", which is not one of its choices. Use "north" or "south".',
    ],
    [
      'not a list',
      { ...GOOD, shifts: 'day' },
      'shifts: is "day", which is not how this question is answered. Write a list of "day", "night" or "none", each once.',
    ],
    [
      'not a table',
      { ...GOOD, week: ['yes'] },
      'week: is ["yes"], which is not how this question is answered. Write an object: "tired" and "calm", each "yes" or "no".',
    ],
    ['not a number', { ...GOOD, age: 'old' }, 'age: is "old", which is not a number.'],
    ['too small', { ...GOOD, age: 9 }, 'age: is 9, which is below 10.'],
    ['too large', { ...GOOD, age: 111 }, 'age: is 111, which is above 110.'],
    ['not a date', { ...GOOD, since: 'May' }, 'since: is "May", which is not a date. Write it as "2026-01-31".'],
    ['too late', { ...GOOD, since: '2031-01-01' }, 'since: is "2031-01-01", which is after 2030-01-01.'],
    ['not in form', { ...GOOD, badge: '7' }, 'badge: is "7", which does not have the form that the study asks for.'],
    [
      'several',
      { age: 9, stress: 11, name: 'Ada' },
      'name: is not asked by the form. It asks "role", "age", "since", "badge", "home", "shifts", "adult", "stress", "week" and "words".',
      'age: is 9, which is below 10.',
      'stress: is 11, which is not one of its choices. Use 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or 10.',
    ],
  ];
  for (const [name, answers, ...lines] of misfits) {
    it(`${name}: says so and judges nothing`, async () => {
      assert.deepEqual(await screen(answers), {
        code: 2,
        stdout: '',
        stderr: lines.map((one) => `standard input: ${one}\n`).join(''),
      });
    });
  }

  it('names the file of answers', async () => {
    const { stderr } = await screen({ age: 9 }, 'file');
    assert.equal(stderr, 'answers.json: age: is 9, which is below 10.\n');
  });

  const broken: readonly (readonly [string, string | Buffer, RegExp | string])[] = [
    ['not JSON', 'role=nurse', /^standard input: is not JSON\. Write an object of answers by question name\. /],
    ['nothing', '', /^standard input: is not JSON\. /],
    ['a list', '["nurse"]', /^standard input: is not an answer\. Write an object of answers by question name: /],
    ['null for an answer', '{"role": null}', /^standard input: role: is not an answer\. /],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), /^standard input: is not UTF-8 text\. Save it again/],
    ['too large', ' '.repeat(262_145), 'standard input: has 257 KB; at most 256 KB are read. Is this the right file?'],
  ];
  for (const [name, stdin, message] of broken) {
    it(`answers that are ${name}: says so`, async () => {
      await withFiles({ 'calm.study.json': JSON.stringify(exampleStudy()) }, async (pathOf) => {
        await assert.rejects(runCommand(run, [pathOf('calm.study.json'), '-'], stdin), {
          code: 'file-unreadable',
          message,
        });
      });
    });
  }

  it('answers that are missing: says so', async () => {
    await withFiles({ 'calm.study.json': JSON.stringify(exampleStudy()) }, async (pathOf) => {
      await assert.rejects(runCommand(run, [pathOf('calm.study.json'), pathOf('gone.json')]), {
        message: `${pathOf('gone.json')}: does not exist. Check the name and the folder.`,
      });
    });
  });

  it('a broken study: names file, place and fix', async () => {
    await withFiles({ 'bad.json': JSON.stringify(changedStudy({ version: '1' })) }, async (pathOf) => {
      await assert.rejects(runCommand(run, [pathOf('bad.json'), '-'], '{}'), {
        code: 'bad-study',
        message: `${pathOf('bad.json')}: version: is "1". Use three numbers: "1.0.0".`,
      });
    });
  });

  it('a study without screening: says so', async () => {
    await withFiles({ 'bare.json': JSON.stringify(changedStudy({ screening: REMOVED })) }, async (pathOf) => {
      await assert.rejects(runCommand(run, [pathOf('bare.json'), '-'], '{}'), {
        message: `${pathOf('bare.json')}: has no screening part, so there is nothing to judge. Add "screening".`,
      });
    });
  });

  it('judges by the trials of the demo', async () => {
    const study = fileURLToPath(new URL('../../demo/studies/mgh.study.json', import.meta.url));
    const answers = JSON.stringify({ age: '17', employment: 'permanent', home: 'paper-lantern' });
    const { code, stdout } = await runCommand(run, [study, '-'], answers);
    assert.deepEqual({ code, stdout }, { code: 0, stdout: line('ineligible', ['adult']) });
  });

  it('needs a study and answers, and explains itself', async () => {
    for (const args of [[], ['study.json'], ['study.json', 'answers.json', 'more.json']]) {
      await assert.rejects(runCommand(run, args), UsageError);
    }
    assert.match((await runCommand(run, ['--help'])).stdout, /^Usage: steady screen STUDY ANSWERS/);
  });
});
