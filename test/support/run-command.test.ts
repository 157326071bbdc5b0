import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { runCommand } from './run-command.ts';

const options = { cwd: '.', env: process.env };

describe('runCommand', () => {
  test('keeps what is written to both streams, and the exit code', async () => {
    const ended = await runCommand('echo out; echo err >&2; exit 3', options);
    assert.equal(ended.code, 3);
    assert.deepEqual(ended.output.trim().split('\n').sort(), ['err', 'out']);
    assert.equal(ended.isStopped, false);
  });

  test('ends a command by force when told to, with what it has started', async () => {
    // A grandchild that holds a connection: it closes when the grandchild is gone.
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const stop = new AbortController();
    const connected = once(server, 'connection');
    const script = `require('node:net').connect(${port}, '127.0.0.1')`;
    const running = runCommand(`"${process.execPath}" -e "${script}" & wait`, { ...options, stop: stop.signal });
    const [socket] = await connected;
    stop.abort();
    socket.on('error', () => undefined).resume();
    const [ended] = await Promise.all([running, once(socket, 'close')]);
    assert.equal(ended.isStopped, true);
    assert.equal(ended.code, null);
    server.close();
  });
});
