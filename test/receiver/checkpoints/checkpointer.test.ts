import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkpointSchema } from '../../../src/receiver/checkpoints/checkpoint.ts';
import { createCheckpointer } from '../../../src/receiver/checkpoints/checkpointer.ts';
import { createLogger } from '../../../src/receiver/log.ts';
import { readSignedDocument } from '../../../src/receiver/signed-document.ts';
import { openOffice, screening } from '../../support/receiver.ts';

describe('checkpoints of a receiver that runs', () => {
  it('are written at once and after each pause, and say where the chains end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'steady-checkpoints-'));
    const office = await openOffice();
    const desk = { ...office, mode: 'test', now: () => new Date(office.clock.now) } as const;
    const pauses: (() => void)[] = [];
    let paused = Promise.withResolvers<void>();
    const checkpointer = createCheckpointer({
      ...{
        studies: ['ward'],
        desk,
        logger: createLogger({ write: () => {} }),
        folder: join(folder, 'kept'),
        every: 1000,
      },
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          assert.equal(ms, 1000);
          signal.addEventListener('abort', reject);
          pauses.push(() => resolve(undefined));
          paused.resolve();
        }),
    });
    checkpointer.start();
    await paused.promise;
    await office.post(screening({ source: 'poster' }));
    office.clock.now = '2026-03-10T10:15:30.250Z';
    paused = Promise.withResolvers<void>();
    pauses[0]?.();
    await paused.promise;
    await checkpointer.stop();
    const names = (await readdir(join(folder, 'kept'))).toSorted();
    assert.deepEqual(names, [
      'ward-2026-03-09T101530-250Z.checkpoint.json',
      'ward-2026-03-10T101530-250Z.checkpoint.json',
    ]);
    const [first, second] = await Promise.all(
      names.map(async (name) =>
        readSignedDocument(
          await readFile(join(folder, 'kept', name), 'utf8'),
          checkpointSchema,
          office.recordKeys.trusted,
        ),
      ),
    );
    assert(first && second && 'document' in first && 'document' in second);
    assert.deepEqual(
      first.document.heads.map(({ chain }) => chain),
      ['study'],
    );
    const heads = await office.store.transaction((tx) => tx.auditHeads('ward'));
    assert.deepEqual(
      second.document.heads,
      heads.map((head) => ({ ...head })),
    );
    await office.receiver.close();
    await rm(folder, { recursive: true });
  });

  it('that cannot be written are told to the log, and the receiver goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'steady-checkpoints-'));
    await writeFile(join(folder, 'file'), '');
    let log = '';
    const told = Promise.withResolvers<void>();
    const logger = createLogger({
      write(line: string) {
        log += line;
        if (line.includes('checkpoint')) told.resolve();
      },
    });
    const office = await openOffice({ logger, checkpoints: { folder: join(folder, 'file', 'in-it') } });
    await told.promise;
    assert.match(log, /"study":"ward","code":"ENOTDIR"/);
    assert.equal((await office.post(screening())).status, 201);
    await office.receiver.close();
    await rm(folder, { recursive: true });
  });
});
