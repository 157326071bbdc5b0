/** People who take part in one of the demo's trials, each with answers of their own: all of it by the receiver's own routes. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { run as attendance } from '../../src/cli/attendance.ts';
import { armOf } from '../../src/receiver/allocation/arm-of.ts';
import { drawPhases, startPhase } from '../../src/receiver/allocation/site-draws.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { addStaff } from '../../src/receiver/staff/staff-tokens.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import { HOMEWORK_TASKS } from '../../src/study/homework.ts';
import type { Study } from '../../src/study/schema.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import { runCommand } from '../../test/support/command-io.ts';
import { readDemoStudy } from '../../test/support/consent-office.ts';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import { passDays } from '../../test/support/participants.ts';
import {
  answered,
  cesFile,
  formPart,
  handedIn,
  type Joined,
  type QuestionnaireOffice,
  questionnaireOfficeFor,
  sentNow,
} from '../../test/support/questionnaire-office.ts';
import { type SessionOffice, sessionOffice } from '../../test/support/session-office.ts';
import { instrumentsOf, type Trial } from '../../test/support/trial-answers.ts';

/** How many come at the same time: while one is enrolled, another's secrets are made. */
const AT_ONCE = 4;
/** Lines of a table of attendance. */
const LINES = 1_000;

export interface Entered {
  readonly study: string;
  /** A file with the token of a coordinator. */
  readonly token: string;
  /** By the office's clock, UTC. */
  readonly now: string;
  readonly seconds: { readonly people: number; readonly sessions: number };
}

export interface EnterOptions {
  readonly trial: Trial;
  readonly participants: number;
  /** The database's file. */
  readonly data: string;
}

export async function enterTrial({ trial, participants, data }: EnterOptions): Promise<Entered> {
  const json = readDemoStudy(trial);
  const study = String(json.id);
  const office = await sessionOffice(
    await questionnaireOfficeFor(json, {
      ...{ store: await openSqliteStore(data), keys: await openKeys(`${data}.keys`, []) },
      ...(trial === 'mgh' && { items: { [study]: [cesFile()] } }),
    }),
  );
  const sites = (json.sites ?? []) as NonNullable<Study['sites']>;
  const desk = { store: office.store, keys: office.keys, now: () => new Date(office.clock.now) };
  if (sites.length > 0) {
    const place = ({ id, organisation, size }: (typeof sites)[number]) => ({
      site: id,
      stratum: `${organisation} ${size}`,
    });
    await drawPhases(desk, study, ({ sites: all }) => all.map(place));
    for (const phase of [1, 2, 3]) await startPhase(desk, { study, phase, startsOn: office.clock.now.slice(0, 10) });
  }
  const start = performance.now();
  const people = await joinAll(office, participants, (index) => sites[index % sites.length]?.id, trial);
  const joined = performance.now();
  await comeToSessions(office, people, { arms: (json.arms ?? []) as Arms, data });
  const seconds = { people: (joined - start) / 1000, sessions: (performance.now() - joined) / 1000 };
  const token = `${data}.token`;
  const coordinator = { study, name: 'c', role: 'coordinator', sites: [], series: [], days: 9_000 } as const;
  await writeFile(token, (await addStaff(desk, coordinator)).token);
  await office.receiver.close();
  return { study, token, now: office.clock.now, seconds };
}

async function joinAll(
  office: QuestionnaireOffice,
  participants: number,
  siteOf: (index: number) => string | undefined,
  trial: Trial,
): Promise<readonly Joined[]> {
  const { version } = office;
  const study = office.source.id;
  const instruments = await instrumentsOf(trial);
  const people: Joined[] = [];
  const takesPart = async (index: number) => {
    const person = await office.join('en', siteOf(index));
    const parts = partsFor(instruments, index);
    await handedIn(office, person, sentNow(office, { study, studyVersion: version, parts }));
    people[index] = person;
  };
  let next = 0;
  const lane = async () => {
    while (next < participants) await takesPart(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return people;
}

type Instruments = Awaited<ReturnType<typeof instrumentsOf>>;

/** Each participant's own answers, so that no two are taken for each other. */
function partsFor(instruments: Instruments, index: number): QuestionnaireSubmission['parts'] {
  let spread = index;
  const parts = instruments.map(({ id, version, items, optionSets }) => {
    const answers = items.map(({ id: item, options }): [string, number] => {
      const values = (optionSets[options] ?? []).map(({ value }) => value);
      const value = values[spread % values.length] ?? 0;
      spread = Math.floor(spread / values.length) + index;
      return [item, value];
    });
    // One in seven leaves an item out.
    return answered(id, Object.fromEntries(index % 7 === 0 ? answers.slice(1) : answers), version);
  });
  return [...parts, formPart('work-and-absence', { job: 'same' })];
}

type Arms = NonNullable<Study['arms']>;

/** Five weeks later: what a facilitator's table and what participants say of the first session of their series, and the second. */
async function comeToSessions(
  office: SessionOffice,
  people: readonly Joined[],
  { arms, data }: { readonly arms: Arms; readonly data: string },
): Promise<void> {
  passDays(office, 35);
  const attending: {
    readonly person: Joined;
    readonly index: number;
    readonly series: Arms[number]['series'][number];
  }[] = [];
  for (const [index, person] of people.entries()) {
    const id = await armIn(office.store, office.study, person.id);
    const series = arms.find((arm) => arm.id === id)?.series[0];
    if (series !== undefined) attending.push({ person, index, series });
  }
  const lines = attending.flatMap(({ person: { id }, index, series: { id: series } }) => [
    ...(index % 4 === 0 ? [`${id},${series}-1,attended,,`, `${id},${series}-2,missed,"=ill, again",`] : []),
    ...(index % 4 === 1 ? [`${id},${series}-1,missed,On call,yes`] : []),
    ...(index % 4 === 2 ? [`${id},${series}-1,partial,,`] : []),
  ]);
  for (let from = 0; from < lines.length; from += LINES) {
    const file = `${data}.attendance.csv`;
    const table = ['participant,session,attendance,reason,excused', ...lines.slice(from, from + LINES)].join('\n');
    await writeFile(file, `${table}\n`);
    const clock = () => new Date(office.clock.now);
    const command = [office.study, '--file', file, '--data', data];
    const { code, stderr } = await runCommand((args, io) => attendance(args, io, clock), command);
    assert.equal(code, 0, stderr);
  }
  // Later than what staff said of the same.
  office.clock.now = new Date(Date.parse(office.clock.now) + 3_600_000).toISOString();
  for (const { person, index, series } of attending) {
    const session = `${series.id}-1`;
    if (index % 8 === 0 || index % 8 === 3)
      await office.said(person, { type: 'missed', session, reason: `On call: ${index}.` });
    if (index % 8 === 1) await office.said(person, { type: 'recording-viewed', session });
    if (index % 8 === 5 && series.homework !== undefined) {
      const text = HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? '';
      await office.said(person, { type: 'homework', session, task: HOMEWORK_TASKS[series.homework.kind][0], text });
    }
    if (index % 16 === 7) await office.said(person, { type: 'left-intervention' });
  }
}

async function armIn(store: Store, study: string, id: string): Promise<string | undefined> {
  return store.transaction(async (tx) => {
    const participant = await tx.participant(study, id);
    return participant && (await armOf(tx, participant))?.arm;
  });
}
