import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Command } from '../../src/cli/io.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, on streams of its own. */
export async function runCommand(command: Command, args: string[], stdin: string | Buffer = ''): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const into = (stream: keyof typeof printed) => ({
    write(chunk: unknown) {
      printed[stream] += String(chunk);
      return true;
    },
  });
  const code = await command(args, { stdin: Readable.from([stdin]), stdout: into('stdout'), stderr: into('stderr') });
  return { code, ...printed };
}

/** Files in a directory of their own, for as long as `work` takes. */
export async function withFiles(
  files: Readonly<Record<string, string | Buffer>>,
  work: (pathOf: (name: string) => string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'steady-files-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    await work((name) => join(directory, name));
  } finally {
    await rm(directory, { recursive: true });
  }
}
