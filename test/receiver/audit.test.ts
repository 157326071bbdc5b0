import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ChainFinding, recordEvent, verifyChain } from '../../src/receiver/audit.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import type { AuditRow, ChainHead } from '../../src/receiver/store/store.ts';
import { contact, INELIGIBLE, NOW, type Office, openOffice, ring, screening } from '../support/receiver.ts';

const keys = ring(1);

/** A chain of five rows, as the store gives it back, with its head. */
async function chainOfFive(): Promise<{ rows: AuditRow[]; head: ChainHead }> {
  const store = await openSqliteStore(':memory:');
  for (let index = 1; index <= 5; index += 1) {
    const event = { study: 'ward', chain: 'c', event: 'screening-received', at: NOW, mode: 'test' } as const;
    await store.transaction((tx) => recordEvent(tx, keys.current, { ...event, subjects: [`s${index}`] }));
  }
  const rows = await store.transaction((tx) => tx.auditRows('ward', 'c'));
  const [head] = await store.transaction((tx) => tx.auditHeads('ward'));
  await store.close();
  assert(head);
  return { rows, head };
}

const named = (findings: ChainFinding[]) =>
  findings.map((finding) =>
    'from' in finding ? `${finding.what} ${finding.from}-${finding.to}` : `${finding.what} ${finding.seq}`,
  );

describe('verifyChain', () => {
  it('finds nothing in a chain as it was written', async () => {
    const { rows, head } = await chainOfFive();
    assert.deepEqual(verifyChain(rows, head, keys), []);
    assert.deepEqual(verifyChain([], { seq: 0, mac: '' }, keys), []);
  });

  it('names a row in which anything was changed', async () => {
    const { rows, head } = await chainOfFive();
    const changes: Partial<AuditRow>[] = [
      { study: 'home' },
      { chain: 'd' },
      { id: crypto.randomUUID() },
      { event: 'contact-received' },
      { subjects: ['s9'] },
      { subjects: [] },
      { at: '2026-03-10' },
      { mode: 'live' },
      { mac: '0'.repeat(64) },
    ];
    for (const change of changes) {
      const changed = rows.map((row) => (row.seq === 3 ? { ...row, ...change } : row));
      const [first] = verifyChain(changed, head, keys);
      assert.deepEqual(first, { what: 'altered', seq: 3, id: changed[2]?.id }, JSON.stringify(change));
    }
  });

  it('names what was removed, wherever it stood', async () => {
    const { rows, head } = await chainOfFive();
    const without = (...gone: number[]) =>
      named(
        verifyChain(
          rows.filter(({ seq }) => !gone.includes(seq)),
          head,
          keys,
        ),
      );
    assert.deepEqual(without(1), ['missing 1-1']);
    assert.deepEqual(without(2, 3), ['missing 2-3']);
    assert.deepEqual(without(5), ['missing 5-5']);
    assert.deepEqual(without(2, 4), ['missing 2-2', 'missing 4-4']);
    assert.deepEqual(without(1, 2, 3, 4, 5), ['missing 1-5']);
  });

  it('names what was removed and closed up', async () => {
    const { rows, head } = await chainOfFive();
    const closed = rows.filter(({ seq }) => seq !== 2).map((row, index) => ({ ...row, seq: index + 1 }));
    assert.deepEqual(named(verifyChain(closed, head, keys)), ['altered 2', 'altered 3', 'altered 4', 'missing 5-5']);
  });

  it('names what changed places', async () => {
    const { rows, head } = await chainOfFive();
    const [one, two, three, four, five] = rows as [AuditRow, AuditRow, AuditRow, AuditRow, AuditRow];
    const moved = named(verifyChain([one, three, two, four, five], head, keys));
    assert.ok(moved.includes('out-of-order 2'), moved.join());
    const renumbered = [one, { ...three, seq: 2 }, { ...two, seq: 3 }, four, five];
    const found = named(verifyChain(renumbered, head, keys));
    assert.ok(found.includes('altered 2') && found.includes('altered 3'), found.join());
  });

  it('names what was written twice', async () => {
    const { rows, head } = await chainOfFive();
    const [one, ...others] = rows as [AuditRow, ...AuditRow[]];
    assert.deepEqual(named(verifyChain([one, one, ...others], head, keys)), ['out-of-order 1']);
  });

  it('names a row that fits its own hash and not the row before', async () => {
    const { rows, head } = await chainOfFive();
    const other = await chainOfFive();
    const mixed = rows.map((row) => (row.seq === 4 ? (other.rows[3] ?? row) : row));
    assert.deepEqual(named(verifyChain(mixed, head, keys)), ['altered 4', 'altered 5']);
  });

  it('sees a tail that was cut off together with its head, by a head that was kept elsewhere', async () => {
    const { rows, head } = await chainOfFive();
    const tail = rows.slice(0, 3);
    const last = tail[2];
    assert(last);
    assert.deepEqual(verifyChain(tail, { seq: 3, mac: last.mac }, keys), [], 'the database alone cannot know');
    assert.deepEqual(named(verifyChain(tail, head, keys)), ['missing 4-5']);
  });

  it('sees a head that is not the last row', async () => {
    const { rows, head } = await chainOfFive();
    assert.deepEqual(named(verifyChain(rows, { ...head, mac: 'x' }, keys)), ['head-differs 5']);
    assert.deepEqual(named(verifyChain(rows, { seq: 4, mac: rows[3]?.mac ?? '' }, keys)), ['head-differs 4']);
  });

  it('says which key is not at hand, and takes older keys', async () => {
    const { rows, head } = await chainOfFive();
    assert.deepEqual(verifyChain(rows, head, ring(2, 1)), []);
    const findings = verifyChain(rows, head, ring(2));
    assert.equal(findings.length, 5);
    assert.deepEqual(findings[0], { what: 'unknown-key', seq: 1, id: rows[0]?.id, keyId: keys.current.id });
  });
});

describe('the audit of a receiver', () => {
  const heads = (office: Office) => office.store.transaction((tx) => tx.auditHeads('ward'));
  const rowsOf = (office: Office, chain: string) => office.store.transaction((tx) => tx.auditRows('ward', chain));

  it('is a chain for each source and day of anonymous screenings, one for each person, one for the study', async () => {
    const office = await openOffice();
    const screened = screening({ source: 'poster' });
    await office.post(screened);
    await office.post(screening({ source: 'poster' }));
    await office.post(screening());
    office.clock.now = '2026-03-10T00:00:00.000Z';
    await office.post(screening({ source: 'poster' }));
    await office.post(contact(screened));
    await office.post(contact(screened));
    assert.deepEqual(
      (await heads(office)).map(({ chain, seq }) => `${chain} ${seq}`).toSorted(),
      [
        `participant:${screened.id} 2`,
        'screening:2026-03-09: 1',
        'screening:2026-03-09:poster 2',
        'screening:2026-03-10:poster 1',
        'study 1',
      ].toSorted(),
    );
    for (const head of await heads(office)) {
      assert.deepEqual(verifyChain(await rowsOf(office, head.chain), head, office.keys), []);
    }
  });

  it('has its head in the receipt', async () => {
    const office = await openOffice();
    const first = (await office.post(screening())).receipt();
    const second = (await office.post(screening())).receipt();
    const rows = await rowsOf(office, 'screening:2026-03-09:');
    assert.deepEqual(
      rows.map(({ mac }) => mac),
      [first.auditHead, second.auditHead],
    );
  });

  it('holds ids and events, never what was answered nor when an anonymous person answered', async () => {
    const office = await openOffice();
    const eligible = screening({ answers: { role: 'nurse', age: 41, note: 'my-own-words' } });
    const ineligible = screening({ answers: INELIGIBLE });
    await office.post(eligible);
    await office.post(ineligible);
    const rows = await rowsOf(office, 'screening:2026-03-09:');
    assert.deepEqual(rows[0]?.subjects, [eligible.id]);
    assert.deepEqual(
      rows.map(({ at }) => at),
      ['2026-03-09', '2026-03-09'],
    );
    // A version 7 id would carry the time.
    for (const { id } of rows) assert.equal(id[14], '4', id);
    assert.doesNotMatch(JSON.stringify(rows), /my-own-words|nurse|clerk|eligible/);
    assert.ok(!JSON.stringify(rows).includes(ineligible.id));
  });

  it('is not extended by a replay or a refusal', async () => {
    const office = await openOffice();
    const given = screening();
    await office.post(given);
    const before = await heads(office);
    await office.post(given);
    await office.post({ ...given, answers: INELIGIBLE });
    await office.post(screening({ answers: { role: 'pilot' } }));
    assert.deepEqual(await heads(office), before);
  });
});
