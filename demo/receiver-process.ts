import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { DemoError } from './demo-error.ts';

/**
 * The demo's receiver: the real one, `steady serve`, as a process of its own, so that stopping it is what a power cut or
 * a restart is to the pages, and not a pretence inside the page server.
 */
export interface ReceiverProcess {
  /** Where it listens; `undefined` while it is stopped. */
  readonly url: string | undefined;
  /** Where it listens, and listens again after every start; `undefined` before the first. */
  readonly address: string | undefined;
  /** Starts it and resolves when it takes requests. Does nothing when it runs. Throws `DemoError` when it will not start. */
  start(): Promise<void>;
  /** Asks it to finish and resolves when it has ended; one that will not is killed. Does nothing when it is stopped. */
  stop(): Promise<void>;
  /** Ends it at once and without a goodbye (SIGKILL), as a crash would. */
  kill(): Promise<void>;
}

export interface ReceiverOptions {
  studyFiles: readonly string[];
  databaseFile: string;
  keysDir: string;
  mode?: 'test' | 'live';
  /** Pages of other origins that may use a study, as `--origin` takes them. Asked at every start. */
  origins?: () => readonly string[];
  /** Words that sites have brought, as `--items` takes them: `STUDY=FILE`. */
  items?: readonly string[];
  /** Called when it ends although nobody asked it to, with its last words. */
  onLost?: (reason: string) => void;
  /** How long it may take to finish when asked to, in milliseconds. 5,000 unless told otherwise. */
  patience?: number;
  /** How to start `steady`: the program and what stands before `serve`. */
  command?: readonly [string, ...string[]];
}

const READY = /listening on (https?:\/\/\S+)/;
const LAST_WORDS = 20;
const steady: readonly [string, ...string[]] = [
  process.execPath,
  ...['--import', new URL('./end-with-parent.ts', import.meta.url).href],
  fileURLToPath(new URL('../src/cli/steady.ts', import.meta.url)),
];

export function receiverProcess(options: ReceiverOptions): ReceiverProcess {
  const { studyFiles, databaseFile, keysDir, mode = 'test', onLost, patience = 5_000, command = steady } = options;
  const [program, ...before] = command;
  const args = () => [
    ...before,
    'serve',
    ...studyFiles.flatMap((file) => ['--study', file]),
    ...(options.items ?? []).flatMap((brought) => ['--items', brought]),
    ...['--data', databaseFile, '--keys', keysDir, '--mode', mode],
    ...['--host', '127.0.0.1', '--port', address === undefined ? '0' : new URL(address).port, '--trust-proxy'],
    ...(options.origins?.() ?? []).flatMap((origin) => ['--origin', origin]),
  ];
  let child: ChildProcess | undefined;
  let url: string | undefined;
  let address: string | undefined;

  async function start(): Promise<void> {
    if (child !== undefined) return;
    const started = spawn(program, args(), { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child = started;
    const words: string[] = [];
    const heard = (line: string) => {
      words.push(line);
      words.splice(0, words.length - LAST_WORDS);
    };

    const ready = new Promise<string>((resolve, reject) => {
      eachLine(started.stderr, heard);
      eachLine(started.stdout, (line) => {
        heard(line);
        const address = READY.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
      started.once('error', reject);
      started.once('close', (code) => reject(new Error(`it ended with ${code ?? 'a signal'}`)));
    });
    started.once('close', () => {
      if (child !== started) return;
      const wasReady = url !== undefined;
      child = undefined;
      url = undefined;
      if (wasReady) onLost?.(words.join('\n'));
    });
    try {
      url = await ready;
      address = url;
    } catch (cause) {
      child = undefined;
      throw new DemoError('receiver-not-started', ['The receiver did not start.', ...words].join('\n'), { cause });
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = child;
    if (ending === undefined) return;
    child = undefined;
    url = undefined;
    const ended = once(ending, 'close');
    ending.kill(signal);
    const impatience = setTimeout(() => ending.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(impatience);
  }

  return {
    get url() {
      return url;
    },
    get address() {
      return address;
    },
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function eachLine(stream: Readable | null, listener: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', listener);
}
