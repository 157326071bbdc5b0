/**
 * Whether the time of a refusal tells how near a token was: `GET /me` with tokens that are wrong altogether, and with
 * tokens whose hash agrees with a participant's in its first 16 and in its first 63 of 64 characters; beside them the right
 * one, which does more. The last two take a database made for it: nobody can find such a token by trying.
 */
import { v7 } from 'uuid';
import { createKey } from '../src/receiver/keys.ts';
import { prefixOf } from '../src/receiver/participants/hashes.ts';
import { createReceiver } from '../src/receiver/receiver.ts';
import { readStudy } from '../src/receiver/served-study.ts';
import { openSqliteStore } from '../src/receiver/store/sqlite.ts';
import type { StoreTransaction } from '../src/receiver/store/store.ts';
import { hashSecret, newToken } from '../src/submission/secrets.ts';
import { newRecordKeys, studyJson } from '../test/support/receiver.ts';
import { quartiles } from './support/quartiles.ts';

const PARTICIPANTS = 5_000;
const ROUNDS = 4_000;
const WARM_UP = 500;
const STUDY = 'ward';

const kinds = ['wrong altogether', 'the first 16 right', 'the first 63 right', 'right'] as const;
type Kind = (typeof kinds)[number];

const store = await openSqliteStore(':memory:');
const key = createKey(new Uint8Array(32).fill(1));
const receiver = await createReceiver({
  recordKeys: await newRecordKeys(),
  studies: [await readStudy(JSON.stringify(studyJson()), 'ward.study.json')],
  store,
  keys: { current: key, all: [key] },
  limits: { wrongSecrets: Number.MAX_SAFE_INTEGER, perCaller: Number.MAX_SAFE_INTEGER },
});

async function add(tx: StoreTransaction, hash: string): Promise<void> {
  const [participant, at] = [v7(), new Date().toISOString()];
  const counting = { site: null, enrolledAt: at, screeningIdHash: null, contact: null };
  await tx.addParticipant({ study: STUDY, id: participant, mode: 'test', ...counting });
  const times = { createdAt: at, usedAt: at, replacedAt: null, endsAt: null };
  await tx.addCredential({ study: STUDY, hash, hashPrefix: prefixOf(hash), kind: 'token', participant, ...times });
}

/** The hash with another character at a place. */
function changed(hash: string, place: number): string {
  return `${hash.slice(0, place)}${hash[place] === '0' ? '1' : '0'}${hash.slice(place + 1)}`;
}

const tokens: Record<Kind, string> = {
  'wrong altogether': newToken(),
  'the first 16 right': newToken(),
  'the first 63 right': newToken(),
  right: newToken(),
};
await store.transaction(async (tx) => {
  for (let count = 0; count < PARTICIPANTS; count += 1) await add(tx, await hashSecret(newToken()));
  await add(tx, changed(await hashSecret(tokens['the first 16 right']), 16));
  await add(tx, changed(await hashSecret(tokens['the first 63 right']), 63));
  await add(tx, await hashSecret(tokens.right));
});

async function timeOf(kind: Kind): Promise<number> {
  const headers = { Authorization: `Bearer ${tokens[kind]}` };
  const request = new Request('http://receiver.test/studies/ward/me', { headers });
  const start = performance.now();
  const { status } = await receiver.fetch(request);
  const time = performance.now() - start;
  if (status !== (kind === 'right' ? 200 : 401)) throw new Error(`${kind}: ${status}`);
  return time;
}

const times = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  // In another order each time: whoever comes first in a round would always follow the same one.
  for (const kind of kinds.toSorted(() => Math.random() - 0.5)) {
    const time = await timeOf(kind);
    if (round >= 0) times.get(kind)?.push(time);
  }
}
await receiver.close();

const [, wrong] = quartiles(times.get('wrong altogether') ?? []);
console.log(`\nToken checks: GET /me, ${PARTICIPANTS} participants, ${ROUNDS} of each in turn; microseconds\n`);
console.log('| the token’s hash is | quarter | median | three quarters | median beside a wrong one’s |');
console.log('|---|---:|---:|---:|---:|');
for (const kind of kinds) {
  const [quarter, median, three] = quartiles(times.get(kind) ?? []);
  const ratio = (median / wrong).toFixed(3);
  console.log(`| ${kind} | ${quarter} | ${median} | ${three} | ${ratio} |`);
}
