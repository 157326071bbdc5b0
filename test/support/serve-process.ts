/** `steady serve` as a process of its own, to be talked to and killed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const STEADY = fileURLToPath(new URL('../../src/cli/steady.ts', import.meta.url));

export interface Served {
  readonly url: string;
  /** What it wrote to standard error so far. */
  errors(): string;
  /** What it wrote to standard output, once a line of it matches. */
  untilSaid(pattern: RegExp): Promise<string>;
  /** Sends the signal and waits until it is gone; nothing where it is gone already. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts it on a free port.
 *
 * @param env beside that of this process
 * @throws AssertionError where it ends instead, with what it said
 */
export async function serveProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const child = spawn(process.execPath, [STEADY, 'serve', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const closed = once(child, 'close');
  const untilSaid = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const line = lines.find((one) => pattern.test(one));
      if (line !== undefined) return line;
      await Promise.race([once(reader, 'line'), closed.then(() => assert.fail(`it ended: ${errors}`))]);
    }
  };
  const listening = await untilSaid(/^steady receiver listening on /);
  return {
    url: listening.split(' ').at(-1) ?? '',
    errors: () => errors,
    untilSaid,
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      await closed;
    },
  };
}
