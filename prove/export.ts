/**
 * Exports of both trials with 10,000 participants each, who came by the receiver's own routes: how much memory that takes beside an
 * export of a tenth of them, and that what is read back by docs/exports.md alone is, answer by answer and score by score, what
 * stands in the database. STEADY_PROVE_PARTICIPANTS takes another number.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { parse } from 'csv-parse';
import { loadInstrument } from '../src/instruments/library.ts';
import { openKeys } from '../src/receiver/keys.ts';
import { openSqliteStore } from '../src/receiver/store/sqlite.ts';
import type { QuestionnaireSubmission } from '../src/submission/questionnaire-submission.ts';
import { readDemoStudy } from '../test/support/consent-office.ts';
import { answerOf, numberOf, type ReadRow, textOf } from '../test/support/csv-inverse.ts';
import {
  answered,
  cesFile,
  formPart,
  handedIn,
  type QuestionnaireOffice,
  questionnaireOfficeFor,
  sentNow,
} from '../test/support/questionnaire-office.ts';

const PARTICIPANTS = Number(process.env.STEADY_PROVE_PARTICIPANTS ?? 10_000);
const INSTRUMENTS = ['cbi', 'single_item_burnout', 'brs', 'phq8', 'gad7'];
const TRIALS = [
  { name: 'keck', instruments: [...INSTRUMENTS, 'sus'], site: undefined },
  { name: 'mgh', instruments: [...INSTRUMENTS, 'ces'], site: 'mgh' },
] as const;

type Part = QuestionnaireSubmission['parts'][number];

/** Each participant's own answers, so that no two are taken for each other. */
async function partsFor(instruments: readonly string[], index: number): Promise<Part[]> {
  const parts: Part[] = [];
  let spread = index;
  for (const id of instruments) {
    const items =
      id === 'ces'
        ? Array.from({ length: 23 }, (_, item) => ({ id: `q${item + 1}`, values: [0, 1, 2, 3, 4, 5] }))
        : await itemsOf(id);
    const answers = items.map(({ id: item, values }): [string, number] => {
      const value = values[spread % values.length] ?? 0;
      spread = Math.floor(spread / values.length) + index;
      return [item, value];
    });
    // One in seven leaves an item out.
    parts.push(
      answered(
        id,
        Object.fromEntries(index % 7 === 0 ? answers.slice(1) : answers),
        id === 'ces' ? '1.0.0' : await versionOf(id),
      ),
    );
  }
  return [...parts, formPart('work-and-absence', { job: 'same' })];
}

const versionOf = async (id: string) => (await loadInstrument(id)).version;

async function itemsOf(id: string): Promise<{ id: string; values: number[] }[]> {
  const { items, optionSets } = await loadInstrument(id);
  return items.map((item) => ({ id: item.id, values: (optionSets[item.options] ?? []).map(({ value }) => value) }));
}

/** What somebody gave, as one text that does not depend on who they are. */
type Given = Map<string, string[]>;

function note(given: Given, who: string, what: readonly unknown[]): void {
  const lines = given.get(who) ?? [];
  lines.push(JSON.stringify(what));
  given.set(who, lines);
}

const asSet = (given: Given): string[] => [...given.values()].map((lines) => lines.toSorted().join('\n')).toSorted();

function inDatabase(data: string): Given {
  const database = new DatabaseSync(data, { readOnly: true });
  const given: Given = new Map();
  const rows = database
    .prepare(
      `select q.participant, q.assessment, s.body from questionnaires q join submissions s on s.id = q.submission where q.counted is not null`,
    )
    .iterate();
  for (const { participant, assessment, body } of rows) {
    const { parts }: QuestionnaireSubmission = JSON.parse(String(body));
    for (const part of parts) {
      const name = 'instrument' in part ? part.instrument : part.form;
      for (const [item, value] of Object.entries(part.answers))
        note(given, String(participant), ['answer', assessment, name, item, value]);
    }
  }
  for (const row of database.prepare('select * from scores').iterate()) {
    const score = row.score === null ? null : JSON.parse(String(row.score));
    note(given, String(row.participant), ['score', row.assessment, row.instrument, row.subscale, row.rule, score]);
  }
  database.close();
  return given;
}

async function* rowsIn(file: string): AsyncGenerator<ReadRow> {
  yield* createReadStream(file).pipe(parse({ columns: true, bom: true, record_delimiter: '\r\n' }));
}

async function inExport(folder: string): Promise<Given> {
  const given: Given = new Map();
  for await (const row of rowsIn(join(folder, 'answers.csv'))) {
    const [occasion, part, item] = [row.occasion, row.part, row.item].map((cell) => textOf(cell ?? ''));
    if (occasion !== 'screening') note(given, row.participant ?? '', ['answer', occasion, part, item, answerOf(row)]);
  }
  for await (const { participant = '', occasion, instrument, subscale, rule, score } of rowsIn(
    join(folder, 'scores.csv'),
  )) {
    note(given, participant, ['score', occasion, instrument, subscale, rule, numberOf(score)]);
  }
  return given;
}

interface Measured {
  readonly participants: number;
  readonly seconds: number;
  readonly megabytes: number;
}

async function exportAlone(data: string, study: string, out: string): Promise<Measured> {
  const program = join(import.meta.dirname, 'support/export-alone.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, data, study, out]);
  return JSON.parse(stdout);
}

for (const { name, instruments, site } of TRIALS) {
  const directory = await mkdtemp(join(tmpdir(), 'steady-prove-'));
  const data = join(directory, 'data.sqlite');
  const json = readDemoStudy(name);
  const keys = await openKeys(`${data}.keys`, []);
  const start = performance.now();
  const office: QuestionnaireOffice = await questionnaireOfficeFor(json, {
    ...{ store: await openSqliteStore(data), keys },
    ...(site !== undefined && { items: { [String(json.id)]: [cesFile()] } }),
  });
  const sites = (json.sites ?? []) as { readonly id: string }[];
  const measured: Measured[] = [];
  for (let index = 0; index < PARTICIPANTS; index += 1) {
    const person = await office.join('en', sites.length === 0 ? undefined : sites[index % sites.length]?.id);
    const parts = await partsFor(instruments, index);
    await handedIn(office, person, sentNow(office, { study: String(json.id), studyVersion: office.version, parts }));
    if (index + 1 === Math.ceil(PARTICIPANTS / 10))
      measured.push(await exportAlone(data, String(json.id), join(directory, 'tenth')));
  }
  const entered = (performance.now() - start) / 1000;
  await office.receiver.close();
  const out = join(directory, 'all');
  measured.push(await exportAlone(data, String(json.id), out));
  const [tenth, all] = measured;
  assert(tenth && all);
  assert.equal(all.participants, PARTICIPANTS);
  const [stands, read] = [asSet(inDatabase(data)), asSet(await inExport(out))];
  assert.equal(read.length, PARTICIPANTS);
  assert.deepEqual(read, stands, 'what is read back is not what stands');
  const told = ({ participants, seconds, megabytes }: Measured) =>
    `${participants} participants in ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB at most`;
  console.info(
    `export of ${name}: ${told(tenth)}; ${told(all)}; entered in ${entered.toFixed(0)} s; read back: every answer and score the same`,
  );
  await rm(directory, { recursive: true });
}
