import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { repositoryRoot } from '../checks/check.ts';
import { documents, fencesIn, readDocument } from '../support/documents.ts';

/** What a `console` block shows: what is typed after `$ `, and what then appears. */
function sessionsIn(block: string): { readonly command: string; readonly output: string }[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n').trim() };
    });
}

const steady = `steady() { '${process.execPath}' '${join(repositoryRoot, 'src/cli/steady.ts')}' "$@"; }`;

/** Runs a line as a reader would, in a shell that knows `steady`. Resolves to all that it wrote. */
function type(command: string, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const shell = spawn('/bin/sh', ['-c', `${steady}\n{ ${command}\n} 2>&1`], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    shell.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    shell.on('error', reject);
    shell.on('close', () => resolve(output.trim()));
  });
}

describe('what the documents show of a terminal', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-docs-'));
    for (const part of ['docs', 'demo']) await symlink(join(repositoryRoot, part), join(folder, part));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const name of documents) {
    for (const { command, output } of fencesIn(readDocument(name), 'console').flatMap(({ text }) => sessionsIn(text))) {
      test(`${name}: ${command}`, async () => assert.equal(await type(command, folder), output));
    }
  }
});

describe('what the documents tell to type', () => {
  const typed = documents.flatMap((name) => fencesIn(readDocument(name), 'sh').map(({ text }) => text)).join('\n');
  const inProse = documents.map(readDocument).join('\n');

  test('npm runs scripts that the package has', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(readDocument('package.json'));
    const named = [...inProse.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script);
    assert.ok(named.includes('demo') && named.includes('build'));
    for (const script of ['test', ...named]) assert.ok(Object.hasOwn(scripts, script), script);
  });

  test('steady has the commands and options', async () => {
    const lines = [...typed.matchAll(/^steady (\w+) (.*)$/gm)];
    assert.ok(lines.length > 0);
    const helps = new Map<string, Promise<string>>();
    const helpOn = (command: string): Promise<string> => {
      const help = helps.get(command) ?? type(`steady ${command} --help`, repositoryRoot);
      helps.set(command, help);
      return help;
    };
    for (const [line, command = '', rest = ''] of lines) {
      const help = await helpOn(command);
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) assert.ok(help.includes(option), line);
      for (const [file] of rest.matchAll(/\S+\.json\b/g)) {
        if (file.includes('/')) assert.ok(existsSync(join(repositoryRoot, file)), line);
      }
    }
    const serve = await helpOn('serve');
    for (const [option] of inProse.matchAll(/`(--(?:mode|origin|trust-proxy|keys|host)\b)/g)) {
      assert.ok(serve.includes(option.slice(1)), option);
    }
  });
});
