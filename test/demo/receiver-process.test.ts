import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DemoError } from '../../demo/demo-error.ts';
import { receiverProcess } from '../../demo/receiver-process.ts';

/** How the demo treats a receiver that does not behave: programs of one line stand in for it. */

const files = { studyFiles: ['a.study.json'], databaseFile: 'data.sqlite', keysDir: 'keys' };
const program = (code: string): readonly [string, ...string[]] => [process.execPath, '-e', code, '--'];

describe('receiverProcess', () => {
  it('tells when it ends by itself, with its last words, and starts again', async (t) => {
    const lost = Promise.withResolvers<string>();
    const receiver = receiverProcess({
      ...files,
      onLost: lost.resolve,
      command: program(`
        console.log('steady receiver listening on http://127.0.0.1:9');
        console.error('out of paper');
        process.exitCode = 3;`),
    });
    t.after(() => receiver.kill());
    await receiver.start();
    assert.match(await lost.promise, /out of paper/);
    assert.equal(receiver.url, undefined);
    await receiver.start();
  });

  it('throws what it said when it never got ready', async () => {
    const receiver = receiverProcess({
      ...files,
      command: program(`console.error('no such study'); process.exitCode = 2;`),
    });
    await assert.rejects(receiver.start(), (error) => {
      assert.ok(error instanceof DemoError);
      assert.equal(error.code, 'receiver-not-started');
      assert.match(error.message, /no such study/);
      return true;
    });
    assert.equal(receiver.url, undefined);
  });

  it('throws when there is no such program', async () => {
    const receiver = receiverProcess({ ...files, command: ['no-such-program-anywhere'] });
    await assert.rejects(receiver.start(), { code: 'receiver-not-started' });
  });

  it('kills one that does not listen to the polite signal', async () => {
    const receiver = receiverProcess({
      ...files,
      patience: 50,
      command: program(`
        process.on('SIGTERM', () => {});
        setInterval(() => {}, 1000);
        console.log('steady receiver listening on http://127.0.0.1:9');`),
    });
    await receiver.start();
    assert.equal(receiver.url, 'http://127.0.0.1:9');
    await receiver.stop();
    assert.equal(receiver.url, undefined);
  });
});
