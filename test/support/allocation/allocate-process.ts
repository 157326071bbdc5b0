/**
 * Allocates participants from a process of its own, to run beside others and to be killed. Its argument says how the
 * database is opened, and which study it is; says `ready`, reads from a line of standard input whom to allocate, and tells
 * of each once it is committed. It imports no more than it needs: it is started many times.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createKey } from '../../../src/receiver/keys.ts';
import { handIn, knownStudy } from './hand-in.ts';
import { openStore, type Reach } from './reach.ts';
import { untilFree } from './until-free.ts';

export interface Task {
  readonly reach: Reach;
  readonly study: object;
  /** Which key writes, as `ring` makes it. */
  readonly key: number;
}

const { reach, study, key }: Task = JSON.parse(process.argv[2] ?? '');
const store = await openStore(reach);
const current = createKey(new Uint8Array(32).fill(key));
const keys = { current, all: [current] };
const known = await untilFree(() => knownStudy({ store, keys, now: new Date().toISOString() }, study));
const input = createInterface({ input: process.stdin });
console.log('ready');

const [line] = await once(input, 'line');
const ids: readonly string[] = JSON.parse(line);
await Promise.all(
  ids.map(async (id) => {
    const outcome = await untilFree(() => handIn({ store, keys, mode: 'test' }, known, id));
    console.log(`${id} ${outcome}`);
  }),
);
await store.close();
