import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type ChainHead,
  type IntakeRow,
  type ScreeningRow,
  type Store,
  StoreError,
  type StudyFileRow,
} from '../../src/receiver/store/store.ts';
import { AT, contact, intake, row, screening, studyFile, submission } from '../support/store-rows.ts';

/** A database that a test has to itself. */
export interface Bench {
  /** Opens the store over it; again and again over the same data. */
  open(): Promise<Store>;
  /** Takes the database away, once its stores are closed. */
  remove(): Promise<void>;
}

/** What every store must do, whatever engine stands behind it. */
export function storeSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store`, () => {
    let bench: Bench;
    let store: Store;
    beforeEach(async () => {
      bench = await createBench();
      store = await bench.open();
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    describe('a transaction', () => {
      it('returns what its work returned, and what it wrote stays', async () => {
        assert.equal(await store.transaction((tx) => tx.addIntake(intake('a'))), true);
        assert.deepEqual(await store.transaction((tx) => tx.intake('ward', ['a'])), intake('a'));
      });

      it('leaves nothing behind when its work throws, and passes the error on', async () => {
        const failure = new RangeError('no');
        const failing = store.transaction(async (tx) => {
          await tx.addIntake(intake('a'));
          await tx.extendChain('ward', 'c', row);
          throw failure;
        });
        await assert.rejects(failing, (error) => error === failure);
        assert.equal(await store.transaction((tx) => tx.intake('ward', ['a'])), undefined);
        assert.deepEqual(await store.transaction((tx) => tx.auditHeads('ward')), []);
      });

      it('is undone as a whole when its work hides that something in it failed', async () => {
        await store.transaction((tx) => tx.addSubmission(submission('s1')));
        const hiding = store.transaction(async (tx) => {
          await tx.addIntake(intake('a'));
          await tx.addSubmission(submission('s1')).catch(() => undefined);
          return 'done';
        });
        await assert.rejects(hiding);
        assert.equal(await store.transaction((tx) => tx.intake('ward', ['a'])), undefined);
      });

      it('is run again from the start when its work asks for it', async () => {
        let runs = 0;
        const added = await store.transaction(async (tx) => {
          runs += 1;
          const fresh = await tx.addIntake(intake('a'));
          if (runs < 3) throw new StoreError('run-again', 'once more');
          return fresh;
        });
        assert.equal(runs, 3);
        assert.equal(added, true, 'nothing of the runs before is left');
      });

      it('gives up as busy when it is asked for again and again', async () => {
        const asking = store.transaction(async () => {
          throw new StoreError('run-again', 'once more');
        });
        await assert.rejects(asking, (error) => error instanceof StoreError && error.code === 'busy');
      });

      it('decides by what stands when it is committed, however many decide at once', async () => {
        const other = await bench.open();
        try {
          const keepIfFew = (one: Store, keyId: string) =>
            one.transaction(async (tx) => {
              if ((await tx.keyIds()).length < 3) await tx.keepKeyId({ study: 'ward', keyId, firstUsedAt: AT });
            });
          const deciders = Array.from({ length: 20 }, (_, index) =>
            keepIfFew(index % 2 === 0 ? store : other, `k${index}`),
          );
          await Promise.all(deciders);
          assert.equal((await store.transaction((tx) => tx.keyIds())).length, 3);
        } finally {
          await other.close();
        }
      });

      it('is closed to a text with a NUL, which not every engine can keep', async () => {
        const wrong = { ...intake('a'), auditHead: 'he\0ad' };
        await assert.rejects(store.transaction((tx) => tx.addIntake(wrong)));
        await assert.rejects(store.transaction((tx) => tx.submission('ward', 's\0')));
        assert.equal(await store.transaction((tx) => tx.intake('ward', ['a'])), undefined);
      });

      it('is closed to a row that a rule of the tables forbids', async () => {
        const wrong = { ...intake('a'), mode: 'production' } as unknown as IntakeRow;
        await assert.rejects(store.transaction((tx) => tx.addIntake(wrong)));
        assert.equal(await store.transaction((tx) => tx.intake('ward', ['a'])), undefined);
      });
    });

    describe('a snapshot', () => {
      it('reads what stood when it began, while others write and wait for nothing', async () => {
        await store.transaction((tx) => tx.addIntake(intake('a')));
        const seen = await store.snapshot(async (tx) => {
          const before = await tx.intake('ward', ['a', 'b']);
          await store.transaction((other) => other.addIntake(intake('b')));
          return [before?.idHash, (await tx.intake('ward', ['b']))?.idHash];
        });
        assert.deepEqual(seen, ['a', undefined]);
        assert.equal((await store.snapshot((tx) => tx.intake('ward', ['b'])))?.idHash, 'b');
      });

      it('writes nothing', async () => {
        await assert.rejects(
          store.snapshot(async (tx) => {
            await tx.intake('ward', ['a']);
            await tx.addIntake(intake('a'));
          }),
        );
        assert.equal(await store.transaction((tx) => tx.intake('ward', ['a'])), undefined);
      });

      it('passes on what its work throws', async () => {
        const failure = new RangeError('no');
        await assert.rejects(
          store.snapshot(() => Promise.reject(failure)),
          (error) => error === failure,
        );
        assert.equal(await store.snapshot(async () => 1), 1);
      });
    });

    describe('intake', () => {
      it('takes an id in once for each study', async () => {
        const add = (changes: Partial<IntakeRow>) =>
          store.transaction((tx) => tx.addIntake({ ...intake('a'), ...changes }));
        assert.equal(await add({}), true);
        assert.equal(await add({ contentHash: 'another' }), false);
        assert.equal(await add({ study: 'other' }), true);
        assert.deepEqual(await store.transaction((tx) => tx.intake('ward', ['a'])), intake('a'), 'unchanged');
      });

      it('is won by one of many at once', async () => {
        const attempts = Array.from({ length: 20 }, (_, index) =>
          store.transaction((tx) => tx.addIntake({ ...intake('a'), contentHash: `c${index}` })),
        );
        const won = (await Promise.all(attempts)).filter(Boolean);
        assert.equal(won.length, 1);
      });

      it('is found by any of the hashes it may be kept under', async () => {
        await store.transaction((tx) => tx.addIntake(intake('old-key')));
        const found = await store.transaction((tx) => tx.intake('ward', ['new-key', 'old-key']));
        assert.equal(found?.idHash, 'old-key');
        assert.equal(await store.transaction((tx) => tx.intake('other', ['old-key'])), undefined);
      });

      it('gives back what it was given, whatever the text', async () => {
        const text = fc.string({ unit: 'grapheme' }).filter((one) => one.isWellFormed() && !one.includes('\0'));
        const rows = fc.record({ auditHead: text, next: fc.option(text), deviations: fc.array(text) });
        let count = 0;
        await fc.assert(
          fc.asyncProperty(rows, async (changes) => {
            const given = { ...intake(`p${count++}`), ...changes };
            await store.transaction((tx) => tx.addIntake(given));
            assert.deepEqual(await store.transaction((tx) => tx.intake('ward', [given.idHash])), given);
          }),
          { numRuns: 50 },
        );
      });
    });

    describe('submissions', () => {
      it('keep the very text', async () => {
        const body = `{ "id" : "s1",\n\t"note": "\\u0000 é 😀 \\ud83d\\ude00 ' -- ${'x'.repeat(256 * 1024)}" }`;
        await store.transaction((tx) => tx.addSubmission({ ...submission('s1'), body }));
        assert.equal((await store.transaction((tx) => tx.submission('ward', 's1')))?.body, body);
      });

      it('are never written over', async () => {
        await store.transaction((tx) => tx.addSubmission(submission('s1')));
        await assert.rejects(store.transaction((tx) => tx.addSubmission({ ...submission('s1'), body: '{}' })));
        assert.deepEqual(await store.transaction((tx) => tx.submission('ward', 's1')), submission('s1'));
      });

      it('belong to one study', async () => {
        await store.transaction((tx) => tx.addSubmission(submission('s1')));
        assert.equal(await store.transaction((tx) => tx.submission('other', 's1')), undefined);
      });
    });

    describe('screenings', () => {
      it('keep many without an id, and none twice', async () => {
        const bare = (idHash: string): ScreeningRow => ({
          ...screening(idHash),
          id: null,
          receivedAt: null,
          source: null,
        });
        await store.transaction(async (tx) => {
          await tx.addScreening(bare('h1'));
          await tx.addScreening(bare('h2'));
        });
        await assert.rejects(store.transaction((tx) => tx.addScreening(bare('h1'))));
        await assert.rejects(
          store.transaction(async (tx) => {
            await tx.addScreening({ ...screening('h3'), id: 'same' });
            await tx.addScreening({ ...screening('h4'), id: 'same' });
          }),
        );
        assert.deepEqual(await store.transaction((tx) => tx.screenings('ward')), [bare('h1'), bare('h2')]);
      });

      it('are found by any of the hashes they may be kept under', async () => {
        await store.transaction((tx) => tx.addScreening(screening('h1')));
        assert.deepEqual(await store.transaction((tx) => tx.screening('ward', ['h0', 'h1'])), screening('h1'));
        assert.equal(await store.transaction((tx) => tx.screening('other', ['h1'])), undefined);
      });
    });

    describe('contacts', () => {
      it('belong to a screening that is there', async () => {
        await assert.rejects(store.transaction((tx) => tx.addContact(contact('c1', 'h1'))));
        await store.transaction((tx) => tx.addScreening(screening('h1')));
        await store.transaction((tx) => tx.addContact(contact('c1', 'h1')));
        assert.deepEqual(await store.transaction((tx) => tx.contacts('ward')), [contact('c1', 'h1')]);
      });

      it('are counted one by one, however many come at once', async () => {
        await store.transaction((tx) => tx.addScreening(screening('h1')));
        const counts = await Promise.all(
          Array.from({ length: 10 }, () => store.transaction((tx) => tx.countContact('ward', 'h1'))),
        );
        assert.deepEqual(
          counts.toSorted((a, b) => a - b),
          [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        );
      });
    });

    describe('audit chains', () => {
      it('start from nothing and go on from their head', async () => {
        const heads: ChainHead[] = [];
        for (let index = 0; index < 3; index += 1) {
          await store.transaction((tx) =>
            tx.extendChain('ward', 'c', (head) => {
              heads.push(head);
              return row(head);
            }),
          );
        }
        const rows = await store.transaction((tx) => tx.auditRows('ward', 'c'));
        assert.deepEqual(heads, [
          { chain: 'c', seq: 0, mac: '' },
          { chain: 'c', seq: 1, mac: rows[0]?.mac },
          { chain: 'c', seq: 2, mac: rows[1]?.mac },
        ]);
        const [, , last] = rows;
        assert.deepEqual(await store.transaction((tx) => tx.auditHeads('ward')), [
          { chain: 'c', seq: 3, mac: last?.mac },
        ]);
      });

      it('have no gap and no fork, however many write at once', async () => {
        await Promise.all(
          Array.from({ length: 20 }, () => store.transaction((tx) => tx.extendChain('ward', 'c', row))),
        );
        const rows = await store.transaction((tx) => tx.auditRows('ward', 'c'));
        assert.deepEqual(
          rows.map(({ seq }) => seq),
          Array.from({ length: 20 }, (_, index) => index + 1),
        );
        assert.deepEqual(
          rows.map(({ previous }) => previous),
          ['', ...rows.slice(0, -1).map(({ mac }) => mac)],
        );
      });

      it('do not know of each other', async () => {
        for (const [study, chain] of [
          ['ward', 'a'],
          ['ward', 'b'],
          ['other', 'a'],
        ] as const) {
          await store.transaction((tx) => tx.extendChain(study, chain, (head) => ({ ...row(head), study })));
        }
        const heads = await store.transaction((tx) => tx.auditHeads('ward'));
        assert.deepEqual(
          heads.map(({ chain, seq }) => [chain, seq]),
          [
            ['a', 1],
            ['b', 1],
          ],
        );
      });
    });

    describe('studies and keys', () => {
      it('keep each version as it was first served', async () => {
        const keep = (file: StudyFileRow) => store.transaction((tx) => tx.keepStudyFile(file));
        const first = studyFile('1.0.0', 'first');
        assert.deepEqual(await keep(first), { kept: first, added: true });
        assert.deepEqual(await keep(studyFile('1.0.0', 'changed')), { kept: first, added: false });
        const second = { ...studyFile('0.9.0', 'second'), firstServedAt: '2026-03-02T00:00:00.000Z' };
        assert.deepEqual(await keep(second), { kept: second, added: true });
        assert.deepEqual(await store.transaction((tx) => tx.studyFiles('ward')), [first, second]);
        assert.deepEqual(await store.transaction((tx) => tx.studyFiles('other')), []);
      });

      it('remember every key that was used, once', async () => {
        for (const [study, keyId] of [
          ['ward', 'k2'],
          ['ward', 'k1'],
          ['other', 'k1'],
          ['ward', 'k1'],
        ] as const) {
          await store.transaction((tx) => tx.keepKeyId({ study, keyId, firstUsedAt: '2026-03-01T00:00:00.000Z' }));
        }
        assert.deepEqual(await store.transaction((tx) => tx.keyIds()), ['k1', 'k2']);
      });
    });

    it('has after it was closed and opened what it had before', async () => {
      await store.transaction(async (tx) => {
        await tx.addIntake(intake('a'));
        await tx.addSubmission(submission('s1'));
        await tx.extendChain('ward', 'c', row);
      });
      await store.close();
      store = await bench.open();
      await store.transaction(async (tx) => {
        assert.deepEqual(await tx.intake('ward', ['a']), intake('a'));
        assert.deepEqual(await tx.submission('ward', 's1'), submission('s1'));
        assert.equal((await tx.auditRows('ward', 'c')).length, 1);
      });
    });

    it('is one database for two that have it open', async () => {
      const other = await bench.open();
      try {
        const from = (one: Store) => one.transaction((tx) => tx.extendChain('ward', 'c', row));
        await Promise.all([from(store), from(other), from(store), from(other)]);
        assert.equal((await store.transaction((tx) => tx.auditRows('ward', 'c'))).length, 4);
      } finally {
        await other.close();
      }
    });
  });
}
