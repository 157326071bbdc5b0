import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { UsageError } from '../../src/cli/io.ts';
import { parseOptions } from '../../src/cli/parse-options.ts';
import { run } from '../../src/cli/steady.ts';

/** Runs the command and returns what it said and how it ended. */
async function steady(...args: string[]) {
  const said = { stdout: '', stderr: '' };
  const into = (stream: keyof typeof said) => ({
    write(text: string) {
      said[stream] += text;
      return true;
    },
  });
  const io = { stdin: Readable.from([]), stdout: into('stdout'), stderr: into('stderr') };
  return { code: await run(args, io), ...said };
}

describe('steady', () => {
  for (const help of ['--help', '-h', 'help']) {
    it(`tells its commands by ${help}`, async () => {
      const { code, stdout, stderr } = await steady(help);
      assert.equal(code, 0);
      for (const command of ['check', 'screen', 'serve']) assert.match(stdout, new RegExp(`steady ${command}`));
      assert.equal(stderr, '');
    });
  }

  it('asks which command, when there is none', async () => {
    const { code, stderr, stdout } = await steady();
    assert.equal(code, 2);
    assert.match(stderr, /which command/);
    assert.equal(stdout, '');
  });

  for (const name of ['sreve', 'constructor', '--version-of-nothing']) {
    it(`knows no command "${name}"`, async () => {
      const { code, stderr } = await steady(name);
      assert.equal(code, 2);
      const meant = name === 'sreve' ? ' Did you mean serve?' : '';
      assert.equal(stderr, `steady: there is no command "${name}".${meant} steady --help lists them all.\n`);
    });
  }

  it('tells of serve what it takes', async () => {
    const { code, stdout } = await steady('serve', '--help');
    assert.equal(code, 0);
    for (const option of ['study', 'data', 'port', 'host', 'mode', 'keys', 'origin', 'trust-proxy']) {
      assert.match(stdout, new RegExp(`--${option}\\b`));
    }
  });

  it('tells of every option of every command what it takes, where its value is not there', async () => {
    const { stdout: commands } = await steady('--help');
    const names = new Set([...commands.matchAll(/^ {2}steady ([a-z]+)/gm)].map(([, name = '']) => name));
    let tried = 0;
    for (const name of names) {
      const { stdout: usage } = await steady(name, '--help');
      // What takes no value is shown with nothing but spaces before its explanation.
      for (const [, option = ''] of usage.matchAll(/^ {2}--([a-z-]+) \S/gm)) {
        tried += 1;
        const { code, stderr } = await steady(name, `--${option}`);
        assert.equal(code, 2);
        const [first = ''] = stderr.split('\n');
        const said = `steady ${name}: --${option} takes a value, and none is there: write --${option} `;
        assert.ok(first.startsWith(said), `${name} --${option}: ${first}`);
        assert.match(first.slice(said.length), /^[A-Za-z0-9|=]+\.$/);
      }
    }
    assert.ok(tried > 60, String(tried));
  });
});

describe('a mistake in the options of a command', () => {
  const mistakes: Readonly<Record<string, readonly [args: readonly string[], says: string]>> = {
    'a misspelt option': [['plan', '--formta', 'table'], 'plan: has no option --formta. Did you mean --format?'],
    'a misspelt option with its value': [
      ['plan', '--Start=2026-01-05'],
      'plan: has no option --Start. Did you mean --start?',
    ],
    'an option with a hyphen too few': [
      ['plan', '-format', 'table'],
      'plan: has no option -format. Did you mean --format?',
    ],
    'an option that is like no other': [['check', '--constructor'], 'check: has no option --constructor.'],
    'an option where a value should be': [
      ['verify', '--audit', '--data', 'x.sqlite'],
      'verify: --audit takes a value, and none is there: write --audit STUDY.',
    ],
    'a value that begins as an option does': [
      ['plan', '--arm', '-x'],
      'plan: --arm takes a value, and -x looks like an option: write --arm ID, or --arm=-x if that is the value.',
    ],
    'an empty value': [
      ['due', 'ward', '--data', ''],
      'due: --data takes a value, and none is there: write --data DATABASE.',
    ],
    'a value that is not taken': [['check', '--public=yes'], 'check: --public takes no value. Write it alone.'],
    'a study file without its option': [
      ['serve', 'a.study.json'],
      'serve: Name each study file with --study: "a.study.json" has none.',
    ],
  };
  for (const [name, [args, says]] of Object.entries(mistakes)) {
    it(`is told: ${name}`, async () => {
      const { code, stdout, stderr } = await steady(...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.equal(stderr, `steady ${says}\nSee steady ${args[0]} --help.\n`);
    });
  }

  it('is never told in other words than ours, whatever is typed', async () => {
    const word = fc.oneof(
      fc.constantFrom('--', '-', '--format', '--format=', '-h=', '--no-arm', '--__proto__'),
      fc.string(),
    );
    const options = {
      arm: { type: 'string' },
      public: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    fc.assert(
      fc.property(fc.array(word), (args) => {
        try {
          parseOptions(args, options, '');
        } catch (error) {
          assert.ok(error instanceof UsageError, String(error));
        }
      }),
    );
  });
});
