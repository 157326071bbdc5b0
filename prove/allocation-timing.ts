/**
 * Whether the time that allocating takes tells the arm: the transaction that records a baseline, by the arm that it drew
 * and by whether it opened a block, beside one that allocates nobody.
 */
import { v7 } from 'uuid';
import { createKey } from '../src/receiver/keys.ts';
import { openSqliteStore } from '../src/receiver/store/sqlite.ts';
import { handIn, knownStudy } from '../test/support/allocation/hand-in.ts';
import { studyByParticipant } from '../test/support/allocation-office.ts';
import { NOW } from '../test/support/receiver.ts';
import { quartiles } from './support/quartiles.ts';

const PARTICIPANTS = 6_000;
const WARM_UP = 500;

const store = await openSqliteStore(':memory:');
const current = createKey(new Uint8Array(32).fill(1));
const desk = { store, keys: { current, all: [current] }, mode: 'test' } as const;
const known = await knownStudy({ store, keys: desk.keys, now: NOW }, studyByParticipant());
const ids = Array.from({ length: PARTICIPANTS }, () => v7());
await store.transaction(async (tx) => {
  const usual = { study: 'ward', mode: 'test', site: null, enrolledAt: NOW } as const;
  for (const id of ids) await tx.addParticipant({ ...usual, id, screeningIdHash: null, contact: null });
});

const times = new Map<string, number[]>();
for (const [count, id] of ids.entries()) {
  // Every fourth sends another assessment, after which nobody is allocated.
  const assessment = count % 4 === 0 ? 'month-3' : 'baseline';
  const start = performance.now();
  await handIn(desk, known, id, { assessment });
  const time = performance.now() - start;
  if (count < WARM_UP) continue;
  const row = await store.transaction((tx) => tx.allocation('ward', id));
  const kinds = row === undefined ? ['nobody'] : [row.arm, row.place === 1 ? 'first of a block' : 'later in a block'];
  for (const kind of kinds) times.set(kind, [...(times.get(kind) ?? []), time]);
}
await store.close();

console.log(`\nTime to allocate: ${PARTICIPANTS - WARM_UP} participants, SQLite in memory; microseconds\n`);
console.log('| allocated | how many | quarter | median | three quarters |');
console.log('|---|---:|---:|---:|---:|');
for (const [kind, of] of [...times].sort(([one], [other]) => (one < other ? -1 : 1))) {
  console.log(`| ${kind} | ${of.length} | ${quartiles(of).join(' | ')} |`);
}
