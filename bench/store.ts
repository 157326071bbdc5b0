/**
 * How many submissions a receiver takes in each second, each on disk before it is answered, on SQLite and on PostgreSQL:
 * without a network, in one process, on one machine, in one run. Rounds alternate, so that both engines see the same weather.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresStore } from '../src/receiver/store/postgres.ts';
import { openSqliteStore } from '../src/receiver/store/sqlite.ts';
import type { Store } from '../src/receiver/store/store.ts';
import { databasesOn } from '../test/support/postgres/databases.ts';
import { startPostgres } from '../test/support/postgres/server.ts';
import { type Office, openOffice, screening } from '../test/support/receiver.ts';
import { quantile } from './support/quantile.ts';

const ROUNDS = 5;
const SECONDS = 2;

interface Case {
  readonly name: string;
  readonly senders: number;
  /** An audit chain for each, as participants have it, or one that all queue for. */
  readonly chains: 'own' | 'one';
}

const CASES: readonly Case[] = [
  { name: '1 sender', senders: 1, chains: 'own' },
  { name: '16 senders', senders: 16, chains: 'own' },
  { name: '16 senders, one audit chain', senders: 16, chains: 'one' },
];

/** What was seen: submissions per second, one number a round; milliseconds that each took. */
interface Seen {
  readonly rates: number[];
  readonly times: number[];
}

/** @throws Error where one is not taken in */
async function round(office: Office, { senders, chains }: Case, { rates, times }: Seen): Promise<void> {
  const begun = performance.now();
  const end = begun + SECONDS * 1000;
  let taken = 0;
  const send = async (sender: number): Promise<void> => {
    while (performance.now() < end) {
      const since = performance.now();
      const answer = await office.post(screening({ source: chains === 'one' ? 'poster' : `poster-${sender}` }));
      if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.body}`);
      times.push(performance.now() - since);
      taken += 1;
    }
  };
  await Promise.all(Array.from({ length: senders }, (_, sender) => send(sender)));
  rates.push(taken / ((performance.now() - begun) / 1000));
}

function line(caption: string, { rates, times }: Seen): string {
  const rate = quantile(rates, 0.5).toFixed(0);
  const range = `${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)}`;
  const [median, late] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(1));
  const done = `  ${caption.padEnd(44)}${rate.padStart(6)}  (${range})`;
  return `${done.padEnd(72)}${median} ms, p99 ${late}`;
}

async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'steady-bench-'));
  const server = await startPostgres({ isDurable: true });
  const limits = { perAddress: Number.MAX_SAFE_INTEGER, perSource: Number.MAX_SAFE_INTEGER };
  const database = await databasesOn(server).create();
  const stores: Readonly<Record<string, () => Promise<Store>>> = {
    SQLite: () => openSqliteStore(join(directory, 'data.sqlite')),
    PostgreSQL: () => openPostgresStore(database.address),
  };
  const offices: [string, Office][] = [];
  try {
    for (const [engine, open] of Object.entries(stores)) {
      offices.push([engine, await openOffice({ store: await open(), limits })]);
    }
    console.log(`\nSubmissions taken in, per second, each on disk before it is answered (in ${tmpdir()})`);
    console.log(`median of ${ROUNDS} rounds of ${SECONDS} s (lowest to highest), then the time of one`);
    for (const one of CASES) {
      const seen = offices.map((): Seen => ({ rates: [], times: [] }));
      for (let count = 0; count < ROUNDS; count += 1) {
        for (const [index, [, office]] of offices.entries()) {
          const into = seen[index];
          if (into !== undefined) await round(office, one, into);
        }
      }
      for (const [index, [engine]] of offices.entries()) {
        const found = seen[index];
        if (found !== undefined) console.log(line(`${engine}, ${one.name}`, found));
      }
    }
  } finally {
    for (const [, office] of offices) await office.receiver.close();
    await server.stop();
    await rm(directory, { recursive: true });
  }
}

await run();
