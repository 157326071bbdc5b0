import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
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
      assert.match(stderr, new RegExp(`"${name}"`));
      assert.match(stderr, /Usage/);
    });
  }

  it('tells of serve what it takes', async () => {
    const { code, stdout } = await steady('serve', '--help');
    assert.equal(code, 0);
    for (const option of ['study', 'data', 'port', 'host', 'mode', 'keys', 'origin', 'trust-proxy']) {
      assert.match(stdout, new RegExp(`--${option}\\b`));
    }
  });
});
