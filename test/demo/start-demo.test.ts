import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DemoError } from '../../demo/demo-error.ts';
import { startDemo } from '../../demo/start-demo.ts';

/** The demo as a whole, with the real receiver as a process of its own. */

let dataDir: string;

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'steady-demo-'));
});
after(() => rm(dataDir, { recursive: true }));

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.status;
}

describe('startDemo', () => {
  it('serves both studies through the pages’ own origin, in test mode, and keeps the answers in a file', async (t) => {
    const demo = await startDemo({ dataDir });
    t.after(() => demo.close());
    for (const id of ['keck-thrive', 'mgh-resilience']) {
      const study = (await (await fetch(`${demo.url}/receiver/studies/${id}`)).json()) as { id: string; mode: string };
      assert.deepEqual([study.id, study.mode], [id, 'test']);
    }
    assert.equal(existsSync(demo.receiver.databaseFile), true);
  });

  it('lets its own pages, and no others, show the receiver’s frame', async (t) => {
    const demo = await startDemo({ dataDir });
    t.after(() => demo.close());
    const frame = await fetch(`${demo.receiver.url}/studies/keck-thrive/frame/eligibility-screener`);
    await frame.body?.cancel();
    const { port } = new URL(demo.url);
    const policy = frame.headers.get('content-security-policy') ?? '';
    assert.ok(policy.endsWith(`frame-ancestors 'self' http://localhost:${port} http://127.0.0.1:${port}`), policy);
  });

  it('stops and starts the receiver under pages that stay', async (t) => {
    const lost: string[] = [];
    const demo = await startDemo({ dataDir, onReceiverLost: (reason) => lost.push(reason) });
    t.after(() => demo.close());
    const study = `${demo.url}/receiver/studies/keck-thrive`;
    const { address } = demo.receiver;
    assert.equal(address, demo.receiver.url);
    for (const end of [demo.receiver.stop, demo.receiver.kill]) {
      await end();
      await end();
      assert.equal(demo.receiver.url, undefined);
      assert.equal(await statusOf(study), 502);
      assert.equal(await statusOf(`${demo.url}/intranet/`), 200);
      await demo.receiver.start();
      await demo.receiver.start();
      assert.equal(await statusOf(study), 200);
      assert.equal(demo.receiver.url, address, 'where the isolated page looks for it');
    }
    assert.deepEqual(lost, [], 'what was asked for is not a loss');
  });

  it('says why the receiver did not start, and lets go of its port', async () => {
    const broken = join(dataDir, 'broken.study.json');
    await writeFile(broken, '{}');
    const taken = await freePort();
    const start = startDemo({ dataDir, port: taken, studyFiles: [broken] });
    await assert.rejects(start, (error) => {
      assert.ok(error instanceof DemoError);
      assert.equal(error.code, 'receiver-not-started');
      assert.match(error.message, /broken\.study\.json/);
      return true;
    });
    await (await listen(taken)).close();
  });

  it('takes the next port when its own is taken, or says that it is', async (t) => {
    const port = await freePort();
    const other = await listen(port);
    t.after(() => other.close());
    await assert.rejects(startDemo({ dataDir, port }), { code: 'port-not-free' });
    const demo = await startDemo({ dataDir, port, portsToTry: 5 });
    t.after(() => demo.close());
    assert.ok(Number(new URL(demo.url).port) > port);
  });
});

describe('npm run demo', () => {
  const serve = fileURLToPath(new URL('../../demo/serve.ts', import.meta.url));

  async function run(
    stdin: 'ignore' | 'pipe',
  ): Promise<{ demo: ChildProcess; url: string; said: (words: RegExp) => Promise<string> }> {
    const demo = spawn(process.execPath, [serve, '--port', '0', '--data', dataDir], {
      stdio: [stdin, 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    const waiting = new Set<() => void>();
    assert.ok(demo.stdout);
    createInterface({ input: demo.stdout }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
    const said = (words: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => words.test(line));
          if (found !== undefined) resolve(found);
        };
        waiting.add(look);
        demo.once('close', () => reject(new Error(`It ended without saying ${words}: ${lines.join('\n')}`)));
        look();
      });
    const url = /(http\S+)\//.exec(await said(/Steady demo/))?.[1] ?? '';
    return { demo, url, said };
  }

  it('runs without an input, toggles the receiver by signal, and ends by SIGTERM', async () => {
    const { demo, url, said } = await run('ignore');
    assert.equal(await statusOf(`${url}/receiver/studies/keck-thrive`), 200);
    demo.kill('SIGUSR2');
    await said(/is stopped/);
    assert.equal(await statusOf(`${url}/receiver/studies/keck-thrive`), 502);
    demo.kill('SIGTERM');
    assert.deepEqual(await once(demo, 'close'), [0, null]);
  });

  it('leaves no receiver behind when it is killed', async () => {
    const { demo, said } = await run('ignore');
    const receiver = /http\S+/.exec(await said(/Receiver /))?.[0] ?? '';
    assert.equal(await statusOf(`${receiver}/healthz`), 200);
    const watch = await connectTo(receiver);
    demo.kill('SIGKILL');
    await once(watch, 'close');
    await assert.rejects(fetch(`${receiver}/healthz`), 'it takes no more requests');
  });

  it('toggles by r and quits by q', async () => {
    const { demo, url, said } = await run('pipe');
    demo.stdin?.write('r\n');
    await said(/is stopped/);
    demo.stdin?.write('something else\nR\n');
    await said(/The receiver runs/);
    assert.equal(await statusOf(`${url}/receiver/studies/mgh-resilience`), 200);
    demo.stdin?.write('q\n');
    assert.deepEqual(await once(demo, 'close'), [0, null]);
  });
});

/** A connection that has had its answer and is kept: it ends when the other side does. */
async function connectTo(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(`GET /healthz HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  await once(socket, 'data');
  return socket;
}

async function listen(port: number) {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}

async function freePort(): Promise<number> {
  const server = await listen(0);
  await server.close();
  return server.port;
}
