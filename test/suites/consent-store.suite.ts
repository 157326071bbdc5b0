import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { DecisionRow, RecordRow, SignerRow } from '../../src/receiver/store/consent-store.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import type { Bench } from './store.suite.ts';

const AT = '2026-03-01T00:00:00.000Z';

/** What every store must do for what participants decide, their records, and who signs for whom. */
export function consentStoreSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store of consents`, () => {
    let bench: Bench;
    let store: Store;
    beforeEach(async () => {
      bench = await createBench();
      store = await bench.open();
      await store.transaction(async (tx) => {
        for (const [study, id, site] of [
          ['ward', 'p1', 'north'],
          ['ward', 'p2', 'south'],
          ['ward', 'p3', null],
          ['other', 'p1', 'north'],
        ] as const) {
          const nothing = { screeningIdHash: null, contact: null };
          await tx.addParticipant({ study, id, mode: 'test', site, enrolledAt: AT, ...nothing });
        }
      });
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    describe('decisions', () => {
      it('are kept as they came, and found in their study alone', async () => {
        const withdrawn: DecisionRow = {
          ...decision('d2', 'p1', 2),
          ...{ outcome: 'withdrawn', version: null, language: null, documentDigest: null },
          ...{ scope: 'authorization', erase: true, deviations: ['late', 'mode'], body: '{"naïve":"😀"}' },
        };
        await store.transaction(async (tx) => {
          await tx.addDecision(decision('d1', 'p1', 1));
          await tx.addDecision(withdrawn);
          await tx.addDecision({ ...decision('d1', 'p1', 1), study: 'other', erase: false });
        });
        await store.transaction(async (tx) => {
          assert.deepEqual({ ...(await tx.decision('ward', 's-d1')) }, decision('d1', 'p1', 1));
          assert.deepEqual({ ...(await tx.decision('ward', 's-d2')) }, withdrawn);
          assert.equal((await tx.decision('other', 's-d1'))?.erase, false);
          assert.equal(await tx.decision('other', 's-d2'), undefined);
        });
      });

      it('are a participant’s in the order of their sequence, whatever their ids, without what was sent', async () => {
        await store.transaction(async (tx) => {
          for (const [id, seq] of [
            ['d9', 3],
            ['d1', 12],
            ['d5', 4],
          ] as const)
            await tx.addDecision(decision(id, 'p1', seq));
          await tx.addDecision(decision('d0', 'p2', 1));
          const rows = await tx.decisions('ward', 'p1');
          assert.deepEqual(
            rows.map(({ id, seq }) => `${id} ${seq}`),
            ['d9 3', 'd5 4', 'd1 12'],
          );
          assert.ok(rows.every((row) => !('body' in row)));
          assert.deepEqual(await tx.decisions('other', 'p1'), []);
        });
      });

      it('are one for a submission, and one for a place in the sequence', async () => {
        await store.transaction((tx) => tx.addDecision(decision('d1', 'p1', 1)));
        for (const second of [
          { ...decision('d2', 'p1', 2), submission: 's-d1' },
          decision('d2', 'p1', 1),
          { ...decision('d1', 'p2', 1), submission: 's-d2' },
          decision('d2', 'nobody', 1),
        ]) {
          await assert.rejects(store.transaction((tx) => tx.addDecision(second)));
        }
        await store.transaction((tx) => tx.addDecision(decision('d2', 'p2', 1)));
      });

      it('are listed page by page, the newest first, of some sites alone, with the site', async () => {
        await store.transaction(async (tx) => {
          for (const [index, of] of ['p1', 'p2', 'p3', 'p1'].entries()) {
            await tx.addDecision(decision(`d${index}`, of, index + 1));
          }
          await tx.addDecision({ ...decision('d9', 'p1', 1), study: 'other' });
        });
        const page = (after: string | undefined, limit: number, sites?: readonly string[]) =>
          store.transaction(async (tx) =>
            (await tx.decisionPage('ward', { after, limit, sites })).map(({ id, site }) => `${id} ${site}`).join(),
          );
        assert.equal(await page(undefined, 3), 'd3 north,d2 null,d1 south');
        assert.equal(await page('d1', 3), 'd0 north');
        assert.equal(await page(undefined, 9, ['north', 'west']), 'd3 north,d0 north');
        assert.equal(await page(undefined, 9, []), '');
      });

      it('tell which versions were signed', async () => {
        await store.transaction(async (tx) => {
          await tx.addDecision(decision('d1', 'p1', 1));
          await tx.addDecision({ ...decision('d2', 'p1', 2), version: '2.0' });
          await tx.addDecision(decision('d3', 'p2', 1));
          await tx.addDecision({ ...decision('d4', 'p3', 1), outcome: 'declined', version: '9.0' });
          assert.deepEqual((await tx.signedVersions('ward')).sort(), ['1.0', '2.0']);
          assert.deepEqual(await tx.signedVersions('other'), []);
        });
      });
    });

    describe('records', () => {
      beforeEach(() =>
        store.transaction(async (tx) => {
          await tx.addDecision(decision('d1', 'p1', 1));
          await tx.addDecision({ ...decision('d1', 'p1', 1), study: 'other' });
        }),
      );

      it('are kept to the letter, one for a signature that is there', async () => {
        await store.transaction(async (tx) => {
          await tx.addRecord(record('s-d1'));
          assert.deepEqual(await tx.record('ward', 's-d1'), record('s-d1'));
          assert.equal(await tx.record('other', 's-d1'), undefined);
        });
        for (const second of [record('s-d1'), record('s-d2')]) {
          await assert.rejects(store.transaction((tx) => tx.addRecord(second)));
        }
      });

      it('tell which keys have signed any', async () => {
        await store.transaction(async (tx) => {
          assert.deepEqual(await tx.recordKeyIds(), []);
          await tx.addRecord({ ...record('s-d1'), keyId: 'k2' });
          await tx.addRecord({ ...record('s-d1'), study: 'other', keyId: 'k1' });
          assert.deepEqual(await tx.recordKeyIds(), ['k1', 'k2']);
        });
      });
    });

    it('binds who signs to one participant, and a participant to one who signs', async () => {
      await store.transaction(async (tx) => {
        assert.equal(await tx.bindSigner(signer('h1', 'p1')), true);
        assert.equal(await tx.bindSigner(signer('h1', 'p2')), false, 'the same for another');
        assert.equal(await tx.bindSigner(signer('h2', 'p1')), false, 'another for the same');
        assert.equal(await tx.bindSigner({ ...signer('h1', 'p1'), study: 'other' }), true);
        assert.deepEqual(await tx.signers('ward', ['h0', 'h1', 'h2']), [signer('h1', 'p1')]);
        assert.deepEqual(await tx.signers('ward', ['h2']), []);
        assert.deepEqual({ ...(await tx.signerOf('ward', 'p1')) }, signer('h1', 'p1'));
        assert.equal(await tx.signerOf('ward', 'p2'), undefined);
      });
    });
  });
}

function decision(id: string, participant: string, seq: number): DecisionRow {
  return {
    study: 'ward',
    id,
    submission: `s-${id}`,
    participant,
    seq,
    mode: 'test',
    studyVersion: '1.0.0',
    outcome: 'signed',
    version: '1.0',
    language: 'en',
    documentDigest: 'digest',
    scope: null,
    erase: null,
    deviations: [],
    receivedAt: AT,
    body: '{}',
    bodySha256: 'hash',
  };
}

function record(submission: string): RecordRow {
  return { study: 'ward', submission, participant: 'p1', keyId: 'k1', record: '{"naïve":"😀"}' };
}

function signer(subjectHash: string, participant: string): SignerRow {
  return { study: 'ward', subjectHash, keyId: 'k1', participant, boundAt: AT };
}
