import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { verifyAllocation } from '../../src/receiver/allocation/verify-allocation.ts';
import type { KnownStudy } from '../../src/receiver/served-study.ts';
import type { AllocationRow } from '../../src/receiver/store/allocation-store.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import type { Task } from '../support/allocation/allocate-process.ts';
import { handIn, knownStudy } from '../support/allocation/hand-in.ts';
import { openStore, type Reach } from '../support/allocation/reach.ts';
import { untilFree } from '../support/allocation/until-free.ts';
import { studyByParticipant } from '../support/allocation-office.ts';
import { NOW, ring } from '../support/receiver.ts';

const PROGRAM = fileURLToPath(new URL('../support/allocation/allocate-process.ts', import.meta.url));
/** A database that other processes can open too. */
export interface SharedBench {
  readonly reach: Reach;
  /** Takes the database away, once its stores are closed. */
  remove(): Promise<void>;
}

/**
 * What every store must keep when several draw from one list at once, and when one of them is killed.
 *
 * @param kills how often
 */
export function allocationProcessesSuite(name: string, createBench: () => Promise<SharedBench>, kills: number): void {
  describe(`${name}, drawn from by many at once`, () => {
    const keys = ring(1);
    /** What the processes compile once for all of them: they are many. */
    let cache: string;
    before(async () => {
      cache = await mkdtemp(join(tmpdir(), 'steady-compiled-'));
    });
    after(() => rm(cache, { recursive: true }));
    let bench: SharedBench;
    let store: Store;
    let known: KnownStudy;
    beforeEach(async () => {
      bench = await createBench();
      store = await openStore(bench.reach);
      known = await knownStudy({ store, keys, now: NOW }, studyByParticipant());
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    const enrol = async (count: number): Promise<string[]> => {
      const ids = Array.from({ length: count }, () => v7());
      const usual = { study: 'ward', mode: 'test', site: null, enrolledAt: NOW } as const;
      await store.transaction(async (tx) => {
        for (const id of ids) await tx.addParticipant({ ...usual, id, screeningIdHash: null, contact: null });
      });
      return ids;
    };
    const allocate = (ids: readonly string[]) =>
      Promise.all(ids.map((id) => untilFree(() => handIn({ store, keys, mode: 'test' }, known, id))));
    const placesNow = () => untilFree(() => store.transaction((tx) => tx.allAllocations('ward', 'test')));
    const findings = async () => (await untilFree(() => verifyAllocation({ store, keys }, 'ward'))).findings;
    const distinct = (rows: readonly AllocationRow[]) => new Set(rows.map(({ block, place }) => `${block}/${place}`));

    it('gives fifty who come at once fifty places', async () => {
      const ids = await enrol(50);
      assert.deepEqual([...new Set(await allocate(ids))], ['allocated']);
      const rows = await placesNow();
      assert.deepEqual([rows.length, distinct(rows).size], [50, 50]);
      assert.deepEqual(rows.map(({ participant }) => participant).sort(), ids.toSorted());
      assert.deepEqual(await findings(), []);
    });

    it('gives one who comes fifty times at once one place', async () => {
      const [id = ''] = await enrol(1);
      const outcomes = await allocate(Array.from({ length: 50 }, () => id));
      assert.equal(outcomes.filter((outcome) => outcome === 'allocated').length, 1);
      assert.equal((await placesNow()).length, 1);
      assert.deepEqual(await findings(), []);
    });

    it('gives fifty who come at once through two processes fifty places', async () => {
      const ids = await enrol(50);
      const other = await start(bench.reach, cache);
      other.allocate(ids.slice(25));
      const [outcomes] = await Promise.all([allocate(ids.slice(0, 25)), other.ended]);
      assert.deepEqual([...new Set(outcomes)], ['allocated']);
      assert.deepEqual(
        other.told().sort(),
        ids
          .slice(25)
          .map((id) => `${id} allocated`)
          .sort(),
      );
      const rows = await placesNow();
      assert.deepEqual([rows.length, distinct(rows).size], [50, 50]);
      assert.deepEqual(await findings(), []);
    });

    it(`keeps what was acknowledged, and no half of anything, when it is killed ${kills} times`, async () => {
      const [each, rounds] = [12, kills];
      const ids = await enrol(each * rounds);
      const acknowledged = new Set<string>();
      let next = start(bench.reach, cache);
      for (let round = 0; round < rounds; round += 1) {
        const running = await next;
        if (round + 1 < rounds) next = start(bench.reach, cache);
        running.allocate(ids.slice(round * each, (round + 1) * each));
        await running.untilTold(round % 6);
        await running.kill();
        for (const line of running.told()) acknowledged.add(line.split(' ')[0] ?? '');
      }
      const rows = await placesNow();
      const allocated = new Set(rows.map(({ participant }) => participant));
      assert.ok(acknowledged.size > 0);
      assert.deepEqual(
        [...acknowledged].filter((id) => !allocated.has(id)),
        [],
      );
      assert.equal(distinct(rows).size, rows.length);
      assert.deepEqual(await findings(), []);
      // Whoever was lost comes again, as a browser does that was not answered.
      await allocate(ids);
      assert.equal((await placesNow()).length, ids.length);
      assert.deepEqual(await findings(), []);
    });
  });
}

interface Running {
  /** Has it allocate them, all at once. */
  allocate(ids: readonly string[]): void;
  /** The lines it has written, one for each that it has committed. */
  told(): string[];
  /** Once it has told of so many, or has ended. */
  untilTold(count: number): Promise<void>;
  readonly ended: Promise<unknown>;
  kill(): Promise<void>;
}

async function start(reach: Reach, cache: string): Promise<Running> {
  const task: Task = { reach, study: studyByParticipant(), key: 1 };
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(task)], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const ended = once(child, 'close');
  const untilTold = async (count: number) => {
    while (lines.length < count + 1 && child.exitCode === null) await Promise.race([once(reader, 'line'), ended]);
  };
  await untilTold(0);
  assert.equal(lines[0], 'ready');
  return {
    allocate: (ids) => child.stdin.end(`${JSON.stringify(ids)}\n`),
    told: () => lines.slice(1),
    untilTold,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
