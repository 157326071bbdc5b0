/** Runs a command line, keeps what it writes, and ends it with everything it has started when told to. */
import { spawn } from 'node:child_process';

export type CommandOptions = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the command by force. */
  readonly stop?: AbortSignal;
};

export type Ended = { readonly code: number | null; readonly output: string; readonly isStopped: boolean };

const interruptions = ['SIGINT', 'SIGTERM'] as const;

export function runCommand(command: string, { cwd, env, stop }: CommandOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // A process group of its own can be ended as a whole.
    const child = spawn(command, { cwd, env, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const end = (): void => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
    };
    // The group does not hear of an interruption at the keyboard by itself.
    const interrupt = (): void => {
      end();
      process.exit(130);
    };
    stop?.addEventListener('abort', end);
    const settle = (): void => {
      stop?.removeEventListener('abort', end);
      for (const signal of interruptions) process.off(signal, interrupt);
    };
    for (const signal of interruptions) process.on(signal, interrupt);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code) => {
      settle();
      resolve({ code, output, isStopped: stop?.aborted === true });
    });
  });
}
