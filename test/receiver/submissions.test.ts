import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { v4, v7 } from 'uuid';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { type Store, StoreError } from '../../src/receiver/store/store.ts';
import { digestOf } from '../../src/submission/digest.ts';
import {
  contact,
  ELIGIBLE,
  INELIGIBLE,
  NOW,
  openOffice,
  screening,
  screeningJson,
  studyJson,
} from '../support/receiver.ts';

describe('POST a submission', () => {
  it('answers 201 with a receipt of what it has stored', async () => {
    const office = await openOffice();
    const given = screening({ source: 'poster-3' });
    const answer = await office.post(given);
    assert.equal(answer.status, 201);
    const { auditHead, ...receipt } = answer.receipt();
    assert.deepEqual(receipt, {
      id: given.id,
      receivedAt: NOW,
      digest: await digestOf(given),
      deviations: [],
      next: 'contact',
    });
    assert.match(auditHead ?? '', /^[0-9a-f]{64}$/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');

    const [row] = await office.store.transaction((tx) => tx.screenings('ward'));
    assert.equal(row?.verdict, 'eligible');
    assert.equal(row?.source, 'poster-3');
    assert.equal(row?.mode, 'test');
  });

  it('keeps the exact bytes, with their hash', async () => {
    const office = await openOffice();
    const given = screening({ answers: { ...ELIGIBLE, note: 'naïve 😀 \u2028' } });
    const body = ` ${JSON.stringify(given, null, 3).replace('naïve', 'na\\u00efve')}\n`;
    assert.equal((await office.postText(body, { 'Idempotency-Key': given.id })).status, 201);
    const kept = await office.store.transaction((tx) => tx.submission('ward', given.id));
    assert.equal(kept?.body, body);
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
    assert.equal(kept?.bodySha256, Buffer.from(hash).toString('hex'));
  });

  describe('again', () => {
    it('answers 200 with the same receipt', async () => {
      const office = await openOffice();
      const given = screening();
      const first = await office.post(given);
      office.clock.now = '2026-07-01T00:00:00.000Z';
      const again = await office.post(given);
      assert.equal(again.status, 200);
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
      assert.equal(first.headers.get('idempotency-replayed'), null);
      assert.equal(again.body, first.body);
      assert.equal((await office.store.transaction((tx) => tx.screenings('ward'))).length, 1);
    });

    it('knows the same content in other bytes', async () => {
      const office = await openOffice();
      const given = screening();
      await office.post(given);
      const turned = Object.fromEntries(Object.entries(given).toReversed());
      const again = await office.postText(JSON.stringify(turned, null, 2), { 'Idempotency-Key': given.id });
      assert.equal(again.status, 200);
    });

    for (const [name, answers] of Object.entries({ eligible: ELIGIBLE, ineligible: INELIGIBLE })) {
      it(`refuses another content under the id of an ${name} screening`, async () => {
        const office = await openOffice();
        const given = screening({ answers });
        await office.post(given);
        const changed = await office.post({ ...given, answers: { ...answers, age: 42 } });
        assert.equal(changed.status, 422);
        assert.equal(changed.problem(), 'content-differs');
        const asContact = await office.post(contact({ id: v7() }, { id: given.id }));
        assert.equal(asContact.problem(), 'content-differs');
        assert.equal((await office.store.transaction((tx) => tx.screenings('ward'))).length, 1);
      });
    }

    it('is one row, however many come at once', async () => {
      const office = await openOffice();
      const given = screening();
      const answers = await Promise.all(Array.from({ length: 20 }, () => office.post(given)));
      const created = answers.filter(({ status }) => status === 201);
      const refused = answers.filter(({ status }) => status === 409);
      assert.equal(created.length, 1);
      assert.equal(refused.length, 19);
      for (const one of refused) {
        assert.equal(one.problem(), 'in-flight');
        assert.ok(Number(one.headers.get('retry-after')) > 0);
      }
      assert.equal((await office.store.transaction((tx) => tx.screenings('ward'))).length, 1);
      assert.equal((await office.post(given)).status, 200, 'nothing is in flight any more');
    });

    it('is one row for two receivers on one database', async () => {
      const office = await openOffice();
      const second = await openOffice({ store: office.store, keys: office.keys });
      const given = screening();
      const answers = await Promise.all([office.post(given), second.post(given)]);
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 201]);
      assert.equal(answers[0].body, answers[1].body);
      assert.equal((await office.store.transaction((tx) => tx.screenings('ward'))).length, 1);
    });

    it('is free again after a refusal', async () => {
      const office = await openOffice();
      const given = screening({ answers: { role: 'pilot' } });
      assert.equal((await office.post(given)).status, 422);
      assert.equal((await office.post({ ...given, answers: ELIGIBLE })).status, 201);
    });
  });

  describe('is refused', () => {
    it('404 for a study that is not served', async () => {
      const office = await openOffice();
      const answer = await office.post(screening({ study: 'another' }));
      assert.equal(answer.status, 404);
      assert.equal(answer.problem(), 'unknown-study');
    });

    it('422 for another study than that of the address', async () => {
      const office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home' })] });
      const given = screening({ study: 'home' });
      const answer = await office.postText(JSON.stringify(given), { 'Idempotency-Key': given.id });
      assert.equal(answer.status, 422);
      assert.equal(answer.problem(), 'wrong-study');
    });

    it('400 without the id as its Idempotency-Key', async () => {
      const office = await openOffice();
      const body = JSON.stringify(screening());
      const missing = await office.postText(body, { 'Idempotency-Key': '' });
      assert.equal(missing.status, 400);
      assert.equal(missing.problem(), 'key-missing');
      const other = await office.postText(body, { 'Idempotency-Key': v7() });
      assert.equal(other.status, 400);
      assert.equal(other.problem(), 'key-mismatch');
    });

    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json-seq', 'text/json']) {
      it(`415 as ${type}`, async () => {
        const office = await openOffice();
        const answer = await office.post(screening(), { 'Content-Type': type });
        assert.equal(answer.status, 415);
        assert.equal(answer.problem(), 'wrong-content-type');
      });
    }

    it('not as JSON with a charset', async () => {
      const office = await openOffice();
      const answer = await office.post(screening(), { 'Content-Type': 'application/json; charset=utf-8' });
      assert.equal(answer.status, 201);
    });

    it('413 over 256 KB, whether the length is told or not', async () => {
      const office = await openOffice();
      const told = await office.postText('x'.repeat(256 * 1024 + 1));
      assert.equal(told.status, 413);
      assert.equal(told.problem(), 'too-large');

      let asked = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          asked += 1;
          controller.enqueue(new Uint8Array(64 * 1024));
        },
      });
      const untold = await office.postText(endless);
      assert.equal(untold.status, 413);
      assert.ok(asked < 10, 'the rest is not read');

      const lying = await office.postText('x'.repeat(256 * 1024 + 1), { 'Content-Length': '10' });
      assert.equal(lying.status, 413);
    });

    it('not with exactly 256 KB', async () => {
      const office = await openOffice();
      const given = screening();
      const body = JSON.stringify(given).padEnd(256 * 1024, ' ');
      assert.equal((await office.postText(body, { 'Idempotency-Key': given.id })).status, 201);
    });

    it('408 when it breaks off', async () => {
      const office = await openOffice();
      const cut = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"id":'));
          controller.error(new Error('gone'));
        },
      });
      const answer = await office.postText(cut);
      assert.equal(answer.status, 408);
      assert.equal(answer.problem(), 'cut-off');
    });

    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const bodies: [string, string | Uint8Array<ArrayBuffer>, string][] = [
      ['nothing', '', 'not-json'],
      ['half of it', '{"id":"x"', 'not-json'],
      ['a byte order mark before it', `\uFEFF${JSON.stringify(screening())}`, 'not-json'],
      ['a page of HTML', '<!doctype html><title>Sign in</title>', 'not-json'],
      ['a name twice', JSON.stringify(screening()).replace('{', '{"mode":"live",'), 'ambiguous-json'],
      ['a name twice, once escaped', '{"answers":{"age":1,"\\u0061ge":2}}', 'ambiguous-json'],
      ['__proto__', '{"answers":{"__proto__":{"role":"md"}}}', 'ambiguous-json'],
      ['__proto__, escaped', '{"\\u005f_proto__":null}', 'ambiguous-json'],
      ['a number out of range', '{"answers":{"age":1e999}}', 'ambiguous-json'],
      ['half a surrogate pair', '{"answers":{"note":"\\ud800"}}', 'ambiguous-json'],
      ['too much nesting', `{"answers":${'['.repeat(40)}${']'.repeat(40)}}`, 'too-deep'],
      ['nesting without end', deep, 'too-deep'],
      ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'not-utf-8'],
    ];
    for (const [what, body, problem] of bodies) {
      it(`400 with ${what}`, async () => {
        const office = await openOffice();
        const answer = await office.postText(body);
        assert.equal(answer.problem(), problem);
        assert.equal(answer.status, 400);
      });
    }

    const wrong: [string, Record<string, unknown>, string][] = [
      ['an id of another version', { id: v4() }, 'id'],
      ['a kind that is not offered', { kind: 'poem' }, 'kind'],
      ['a member that is not known', { passphrase: 'geheim' }, 'passphrase'],
      ['a date that is none', { submittedAt: '2026-02-31T99:00:00Z' }, 'submittedAt'],
      ['a version that is none', { studyVersion: 'latest' }, 'studyVersion'],
      ['answers that are none', { answers: 'all' }, 'answers'],
    ];
    for (const [what, changes, path] of wrong) {
      it(`422 with ${what}, naming the place and repeating no value`, async () => {
        const office = await openOffice();
        const answer = await office.post({ ...screening(), ...changes } as ReturnType<typeof screening>);
        assert.equal(answer.status, 422);
        assert.equal(answer.problem(), 'not-a-submission');
        assert.ok(
          answer.faults().some((fault) => fault.startsWith(path)),
          answer.body,
        );
        assert.doesNotMatch(answer.body, /geheim|poem|latest/);
      });
    }

    it('422 for a study that has no screening', async () => {
      const office = await openOffice({ studies: [studyJson({ screening: undefined })] });
      const answer = await office.post(screening());
      assert.equal(answer.status, 422);
      assert.equal(answer.problem(), 'not-offered');
    });
  });

  describe('when the database fails', () => {
    /** A store whose next commit ends as said. */
    async function failing(outcome: 'after' | 'before' | 'busy'): Promise<{ store: Store; fail(): void }> {
      const real = await openSqliteStore(':memory:');
      let due = false;
      const store: Store = {
        close: () => real.close(),
        snapshot: (work) => real.snapshot(work),
        async transaction(work) {
          // Only a transaction that takes something in.
          let taking = false;
          if (outcome === 'after') {
            const value = await real.transaction((tx) =>
              work({ ...tx, addIntake: (row) => tx.addIntake(row).finally(() => (taking = true)) }),
            );
            if (taking && due) throw new StoreError('commit-unknown', 'gone');
            return value;
          }
          return real.transaction((tx) =>
            work({
              ...tx,
              async addIntake(row) {
                if (due) throw new StoreError(outcome === 'busy' ? 'busy' : 'commit-unknown', 'gone');
                return tx.addIntake(row);
              },
            }),
          );
        },
      };
      return {
        store,
        fail: () => {
          due = true;
        },
      };
    }

    it('reads back what became of a commit, and says it is stored when it is', async () => {
      const { store, fail } = await failing('after');
      const office = await openOffice({ store });
      fail();
      const given = screening();
      const answer = await office.post(given);
      assert.equal(answer.status, 201);
      assert.equal(answer.receipt().id, given.id);
      assert.equal((await store.transaction((tx) => tx.screenings('ward'))).length, 1);
    });

    for (const outcome of ['before', 'busy'] as const) {
      it(`answers 503 and stores nothing when nothing was committed (${outcome})`, async () => {
        const { store, fail } = await failing(outcome);
        const office = await openOffice({ store });
        fail();
        const answer = await office.post(screening());
        assert.equal(answer.status, 503);
        assert.equal(answer.problem(), 'store-busy');
        assert.ok(Number(answer.headers.get('retry-after')) > 0);
        assert.deepEqual(await store.transaction((tx) => tx.screenings('ward')), []);
      });
    }

    it('answers 500 without a word of why when it is closed', async () => {
      const office = await openOffice();
      await office.store.close();
      const answer = await office.post(screening());
      assert.equal(answer.status, 500);
      assert.equal(answer.problem(), 'internal');
      assert.doesNotMatch(answer.body, /driver|database|sqlite/i);
    });
  });

  it('lets a study of one receiver know nothing of another', async () => {
    const office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home', screening: screeningJson() })] });
    const given = screening();
    assert.equal((await office.post(given)).status, 201);
    assert.equal((await office.post({ ...given, study: 'home' })).status, 201, 'the same id, another study');
    assert.equal((await office.store.transaction((tx) => tx.screenings('home'))).length, 1);
  });
});
