import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.ts';
import { type Demo, startDemo } from './start-demo.ts';

/** `npm run demo`: what a person types, and what they read. The demo itself is `start-demo.ts`. */

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = 'npm run demo -- [--port N] [--host ADDRESS] [--data DIR]';

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: `${root}.demo` },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new DemoError('bad-option', `--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  if (!existsSync(`${root}dist/embed/steady.js`)) {
    console.log('The kit is not built yet, so the pages will show what they say without it: run npm run build.');
  }
  const demo = await startDemo({
    port,
    portsToTry: 20,
    host: values.host,
    dataDir: values.data,
    onReceiverLost: (reason) => console.log(`The receiver has ended by itself.\n${reason}`),
  });
  const toggle = toggling(demo);
  const quit = quitting(demo);
  process.on('SIGINT', quit).on('SIGTERM', quit);
  if (process.platform !== 'win32') process.on('SIGUSR2', toggle);
  readKeys({ r: toggle, q: quit });

  console.log(`
  Steady demo      ${demo.url}/
  Test mode: drafts of two studies, fictional pages, nothing here reaches anybody.

  Receiver         ${demo.receiver.url} (the pages reach it at /receiver)
  Its own page     ${demo.receiver.url}/p/keck-thrive (and /p/mgh-resilience)
  Answers          ${demo.receiver.databaseFile} (commands take --data ${demo.receiver.databaseFile} --keys ${demo.receiver.keysDir})
  r + Enter        stops the receiver, and starts it again${process.platform === 'win32' ? '' : ` (or: kill -USR2 ${process.pid})`}
  q + Enter        quits
`);
}

/** Stop and start in turn; a second wish while the first is under way waits for it. */
function toggling(demo: Demo): () => void {
  let before = Promise.resolve();
  return () => {
    before = before.then(async () => {
      try {
        const running = demo.receiver.url !== undefined;
        await (running ? demo.receiver.stop() : demo.receiver.start());
        console.log(running ? 'The receiver is stopped. What is sent now waits in the browser.' : 'The receiver runs.');
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    });
  };
}

function quitting(demo: Demo): () => void {
  let leaving = false;
  return () => {
    if (leaving) return;
    leaving = true;
    // process.exit, because a terminal's stdin would keep the process waiting for another key.
    demo.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
}

/** Keys by line. Without a terminal, or when input ends, the demo simply goes on: the signals remain. */
function readKeys(actions: Readonly<Record<string, () => void>>): void {
  // Reading from a terminal in the background would stop the whole process.
  process.on('SIGTTIN', () => {});
  process.stdin.on('error', () => {});
  createInterface({ input: process.stdin }).on('line', (line) => actions[line.trim().toLowerCase()]?.());
}

run().catch((error: unknown) => {
  if (error instanceof DemoError) console.error(error.message);
  else console.error(isBadOption(error) ? `${error.message}\n${usage}` : error);
  if (error instanceof DemoError && error.code === 'receiver-not-started') {
    console.error('To start with an empty demo, delete its folder (.demo) or name another with --data.');
  }
  process.exit(1);
});

function isBadOption(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
