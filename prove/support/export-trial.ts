/**
 * One trial of the demo, exported and read back: `node export-trial.ts TRIAL PARTICIPANTS`. Prints what it saw.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Study } from '../../src/study/schema.ts';
import { readDemoStudy } from '../../test/support/consent-office.ts';
import type { Trial } from '../../test/support/trial-answers.ts';
import { type Entered, enterTrial } from './enter-trial.ts';
import { inDatabase, inExport } from './read-back.ts';
import { twiceAsMany } from './twice-as-many.ts';

const [trial = '', wanted = ''] = process.argv.slice(2);
const participants = Number(wanted);

interface Measured {
  readonly seconds: number;
  readonly inUse: number;
  readonly resident: number;
}

const directory = await mkdtemp(join(tmpdir(), 'steady-prove-'));
const dataOf = (name: string) => join(directory, `${name}.sqlite`);
let exports = 0;

async function exportAlone(
  data: string,
  { study, token, now }: Entered,
  ...flags: readonly string[]
): Promise<Measured & { readonly out: string }> {
  const out = join(directory, `out-${exports++}`);
  const program = join(import.meta.dirname, 'export-alone.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, data, study, out, token, now]);
  return { ...JSON.parse(stdout), out };
}

/** Keeps what V8 sets aside for new objects from growing as far as the machine's memory lets it. */
const SMALL = '--max-semi-space-size=16';

/** Each in a process of its own: looking collects garbage, which would lie there longer else. */
async function told(data: string, count: number, by: Entered): Promise<string> {
  const usual = await exportAlone(data, by);
  const looking = await exportAlone(data, by, '--expose-gc');
  const small = await exportAlone(data, by, SMALL);
  for (const { out } of [usual, looking, small]) await rm(out, { recursive: true });
  const seconds = usual.seconds.toFixed(1);
  const [inUse, resident, little] = [looking.inUse, usual.resident, small.resident].map(
    (one) => `${one.toFixed(0)} MB`,
  );
  return `${count} participants in ${seconds} s; at most ${inUse} in use, ${resident} resident, ${little} with ${SMALL}`;
}

/** Of the first who is in one list alone: what was given by them, and by whoever is nearest to them in the other. */
function difference(read: readonly string[], stands: readonly string[]): readonly string[] {
  const at = read.findIndex((person, index) => person !== stands[index]);
  if (at === -1) return read.length === stands.length ? [] : ['of different lengths'];
  const [one, other] = [read[at], stands[at]].map((person) => person?.split('\n') ?? []);
  const only = (mark: string, lines: readonly string[] = [], others: readonly string[] = []) =>
    lines.filter((line) => !others.includes(line)).map((line) => `${mark} ${line}`);
  return [...only('read back:', one, other), ...only('in the database:', other, one)];
}

const json = readDemoStudy(trial as Trial);
const study = json as unknown as Study;
const say = (line: string) => console.info(`export of ${trial}: ${line}`);
try {
  const tenth = Math.ceil(participants / 10);
  const few = await enterTrial({ trial: trial as Trial, participants: tenth, data: dataOf('tenth') });
  say(await told(dataOf('tenth'), tenth, few));
  const all = await enterTrial({ trial: trial as Trial, participants, data: dataOf('all') });
  say(await told(dataOf('all'), participants, all));
  const { people, sessions } = all.seconds;
  say(`entered in ${people.toFixed(0)} s, their sessions in ${sessions.toFixed(0)} s`);

  const { out } = await exportAlone(dataOf('all'), all);
  const [stands, read] = [inDatabase(dataOf('all'), study), await inExport(out, study)];
  assert.equal(read.people().length, participants);
  assert.deepEqual(difference(read.people(), stands.people()), [], 'what is read back is not what stands');
  assert.deepEqual(read.counts, stands.counts);
  const counts = Object.entries(read.counts).map(([kind, count]) => `${count} ${kind}`);
  say(`read back and the same: ${counts.join(', ')}`);

  await twiceAsMany(dataOf('all'), dataOf('double'));
  say(await told(dataOf('double'), participants * 2, all));
} finally {
  await rm(directory, { recursive: true });
}
