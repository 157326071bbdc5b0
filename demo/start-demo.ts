import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { DemoError } from './demo-error.ts';
import { ISOLATED_STUDY, pagesApp } from './pages-app.ts';
import { type ReceiverOptions, type ReceiverProcess, receiverProcess } from './receiver-process.ts';

/** The whole demo in one call, for `npm run demo` and for tests: the pages' server and a real receiver behind it. */

export interface DemoOptions {
  /** Where the pages are served. 0, the default: any free port. */
  port?: number;
  /** How many ports to try, counting up from `port`, when one is taken. */
  portsToTry?: number;
  /** The address to listen on: this computer alone unless told otherwise. */
  host?: string;
  /** Holds the database and the receiver's keys; made if missing. */
  dataDir: string;
  pagesDir?: string;
  embedDir?: string;
  studyFiles?: readonly string[];
  /** The receiver, where it is not to be a process of its own. */
  openReceiver?: (options: ReceiverOptions) => ReceiverProcess;
  /** Called when the receiver ends although nobody asked it to. */
  onReceiverLost?: (reason: string) => void;
}

export interface Demo {
  /** The address of the list of pages, without a slash at its end. */
  readonly url: string;
  readonly receiver: Pick<ReceiverProcess, 'start' | 'stop' | 'kill' | 'url' | 'address'> & {
    readonly databaseFile: string;
    readonly keysDir: string;
  };
  close(): Promise<void>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { dataDir, port = 0, portsToTry = 1, host = '127.0.0.1', openReceiver = receiverProcess } = options;
  const databaseFile = join(dataDir, 'steady.sqlite');
  const keysDir = join(dataDir, 'keys');
  await mkdir(dataDir, { recursive: true });

  let pagesOrigins: readonly string[] = [];
  const receiver = openReceiver({
    studyFiles: options.studyFiles ?? [here('studies/keck.study.json'), here('studies/mgh.study.json')],
    items: options.studyFiles ? [] : [`mgh-resilience=${here('studies/ces.instrument.json')}`],
    databaseFile,
    keysDir,
    // The isolated page asks the receiver itself, on its own origin.
    origins: () => pagesOrigins.map((origin) => `${ISOLATED_STUDY}=${origin}`),
    ...(options.onReceiverLost && { onLost: options.onReceiverLost }),
  });
  const app = pagesApp({
    pagesDir: options.pagesDir ?? here('pages'),
    embedDir: options.embedDir ?? here('../dist/embed'),
    receiverUrl: () => receiver.url,
    receiverAddress: () => receiver.address,
  });

  const server = await listen(app.fetch, host, port, portsToTry);
  const { port: taken } = server.address() as AddressInfo;
  pagesOrigins = options.studyFiles ? [] : [`http://localhost:${taken}`, `http://127.0.0.1:${taken}`];
  try {
    await receiver.start();
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    url: `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${taken}`,
    receiver: Object.assign(receiver, { databaseFile, keysDir }),
    async close() {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await Promise.all([closed, receiver.stop()]);
    },
  };
}

type Server = ReturnType<typeof createAdaptorServer>;
type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

async function listen(fetch: Fetch, host: string, port: number, tries: number): Promise<Server> {
  const server = createAdaptorServer({ fetch });
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return server;
  } catch (cause) {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (taken && tries > 1) return listen(fetch, host, port + 1, tries - 1);
    throw new DemoError('port-not-free', `The demo cannot listen on ${host}:${port}. Choose another with --port.`, {
      cause,
    });
  }
}
