import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { verifyChain } from '../../../src/receiver/audit.ts';
import { openKeys } from '../../../src/receiver/keys.ts';
import type { Store } from '../../../src/receiver/store/store.ts';
import type { ScreeningSubmission } from '../../../src/submission/submission.ts';
import { type Asked, read, screening, studyJson } from '../../support/receiver.ts';
import { type Served, serveProcess } from '../../support/serve-process.ts';
import type { Bench } from '../store.suite.ts';

/** A database for processes: `data` is what `--data` is given. */
export interface ProcessBench extends Bench {
  readonly data: string;
}

/** What `steady serve` does, twice, in two processes on one database. */
export function serveSuite(name: string, createBench: () => Promise<ProcessBench>): void {
  describe(`two processes of steady serve on ${name}`, () => {
    let bench: ProcessBench;
    let directory: string;
    let keys: string;
    let one: Served;
    let two: Served;
    before(async () => {
      bench = await createBench();
      directory = await mkdtemp(join(tmpdir(), 'steady-processes-'));
      keys = join(directory, 'keys');
      const study = join(directory, 'ward.study.json');
      await writeFile(study, JSON.stringify(studyJson()));
      const args = ['--study', study, '--data', bench.data, '--keys', keys];
      [one, two] = await Promise.all([serveProcess(args), serveProcess(args)]);
    });
    after(async () => {
      await Promise.all([one.end('SIGKILL'), two.end('SIGKILL')]);
      await bench.remove();
      await rm(directory, { recursive: true });
    });

    async function looked<T>(look: (store: Store) => Promise<T>): Promise<T> {
      const store = await bench.open();
      return look(store).finally(() => store.close());
    }
    /** How many rows there are of these submissions. */
    const kept = (given: readonly ScreeningSubmission[]): Promise<number> =>
      looked(async (store) => {
        const ids = new Set(given.map(({ id }) => id));
        const rows = await store.transaction((tx) => tx.screenings('ward'));
        return rows.filter(({ id }) => id !== null && ids.has(id)).length;
      });

    it('take in once what comes to both at once', async () => {
      const given = Array.from({ length: 20 }, () => screening());
      const pairs = await Promise.all(
        given.map((each) => Promise.all([acknowledged(one, each), acknowledged(two, each)])),
      );
      for (const [here, there] of pairs) {
        assert.deepEqual([here.status, there.status].toSorted(), [200, 201]);
        assert.equal(here.body, there.body);
      }
      assert.equal(await kept(given), 20);
    });

    it('keep an audit chain whole that both write to, fifty at a time', async () => {
      const given = Array.from({ length: 50 }, () => screening({ source: 'poster' }));
      const answers = await Promise.all(given.map((each, index) => acknowledged(index % 2 === 0 ? one : two, each)));
      assert.equal(new Set(answers.map((answer) => answer.receipt().auditHead)).size, 50);
      await looked(async (store) => {
        const ring = await openKeys(keys, await store.transaction((tx) => tx.keyIds()));
        await store.transaction(async (tx) => {
          const heads = await tx.auditHeads('ward');
          const head = heads.find(({ chain }) => chain.startsWith('screening:') && chain.endsWith(':poster'));
          assert.equal(head?.seq, 50);
          for (const each of heads) {
            assert.deepEqual(verifyChain(await tx.auditRows('ward', each.chain), each, ring), [], each.chain);
          }
        });
      });
    });

    it('lose nothing that was acknowledged when one of them, at last, is killed in the middle of many', async () => {
      // A source each: they all come from one address.
      const given = Array.from({ length: 200 }, (_, index) => screening({ source: `source-${index}` }));
      const queue = [...given];
      const receipts = new Map<string, Asked>();
      const enough = 60;
      let death: Promise<void> | undefined;
      /** Sends to the one that will be killed, until it has been. */
      const sender = async () => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
          const answer = await post(one, next).catch(() => undefined);
          if (answer === undefined) return;
          if (answer.status === 201) receipts.set(next.id, answer);
          if (receipts.size >= enough) death ??= one.end('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: 8 }, sender));
      await death;
      assert.ok(death !== undefined && queue.length > 0, 'it died in the middle');

      for (const each of given) {
        const before = receipts.get(each.id);
        const again = await acknowledged(two, each);
        // What was stored and not acknowledged before the end is as good.
        assert.ok(again.status === 200 || before === undefined, `${again.status}`);
        if (before !== undefined) assert.equal(again.body, before.body);
      }
      assert.equal(await kept(given), given.length, 'and none twice');
    });
  });
}

async function post({ url }: Served, given: ScreeningSubmission): Promise<Asked> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': given.id };
  return read(await fetch(`${url}/studies/ward/submissions`, { method: 'POST', headers, body: JSON.stringify(given) }));
}

/** As a browser does: what the receiver asks to be sent again is sent again. */
async function acknowledged(served: Served, given: ScreeningSubmission): Promise<Asked> {
  for (let count = 1; ; count += 1) {
    const answer = await post(served, given);
    if (answer.status !== 503) return answer;
    assert.ok(count < 10, 'it stays busy');
  }
}
