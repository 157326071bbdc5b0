/**
 * What everybody has given, as it stands in the database and as it is read back from an export by docs/exports.md alone: an
 * independent parser, and rules of their own for days and attendance. Nothing of the exporter or of the schedule is used.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse';
import type { Study } from '../../src/study/schema.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import { answerOf, numberOf, type ReadRow, textOf } from '../../test/support/csv-inverse.ts';

/** By participant, what they gave: lines that do not say who they are. */
export class Given {
  readonly #lines = new Map<string, string[]>();
  readonly counts: Record<string, number> = {};

  note(who: string, kind: 'answer' | 'score' | 'arm' | 'session' | 'said', ...what: readonly unknown[]): void {
    const lines = this.#lines.get(who) ?? [];
    lines.push(JSON.stringify([kind, ...what]));
    this.#lines.set(who, lines);
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  /** Each participant as one text, in an order of its own: codes and ids are of no order. */
  people(): readonly string[] {
    return [...this.#lines.values()].map((lines) => lines.toSorted().join('\n')).toSorted();
  }
}

type Row = Readonly<Record<string, unknown>>;

export function inDatabase(data: string, study: Pick<Study, 'arms' | 'timeZone'>): Given {
  const database = new DatabaseSync(data, { readOnly: true });
  const given = new Given();
  const all = (sql: string) => database.prepare(sql).iterate() as Iterable<Row>;
  const questionnaires = all(
    'select q.participant, q.assessment, s.body from questionnaires q join submissions s on s.id = q.submission where q.counted is not null',
  );
  for (const { participant, assessment, body } of questionnaires) {
    const { parts }: QuestionnaireSubmission = JSON.parse(String(body));
    for (const part of parts) {
      const name = 'instrument' in part ? part.instrument : part.form;
      for (const [item, value] of Object.entries(part.answers)) {
        given.note(String(participant), 'answer', assessment, name, item, value);
      }
    }
  }
  for (const row of all('select * from scores')) {
    const score = row.score === null ? null : JSON.parse(String(row.score));
    given.note(String(row.participant), 'score', row.assessment, row.instrument, row.subscale, row.rule, score);
  }
  noteSessions(given, all, study);
  database.close();
  return given;
}

/** The last session that is spoken of in what is simulated. */
const SPOKEN_OF = 2;

interface Said {
  readonly event: string;
  readonly session?: string;
  readonly at: string;
  readonly by: string;
  readonly excused?: boolean;
  readonly reason?: string;
}

function noteSessions(
  given: Given,
  all: (sql: string) => Iterable<Row>,
  { arms = [], timeZone }: Pick<Study, 'arms' | 'timeZone'>,
): void {
  const local = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const dayOf = (instant: string) => Date.parse(local.format(new Date(instant))) / 86_400_000;
  const first = new Map<string, number>();
  for (const { participant, at } of all(
    "select participant, min(received_at) as at from consent_decisions where outcome = 'signed' group by participant",
  )) {
    first.set(String(participant), dayOf(String(at)));
  }
  const saidBy = new Map<string, Said[]>();
  for (const row of all('select * from session_events order by participant, seq')) {
    const who = String(row.participant);
    const event: Said =
      row.event === null
        ? { event: 'homework', session: String(row.session), at: String(row.received_at), by: 'participant' }
        : JSON.parse(String(row.event));
    const day = dayOf(event.at) - (first.get(who) ?? Number.NaN);
    const text = row.homework ?? event.reason ?? null;
    given.note(who, 'said', event.event, event.session ?? null, row.task, event.by, day, event.excused === true, text);
    saidBy.set(who, [...(saidBy.get(who) ?? []), event]);
  }
  const drawn = all(
    'select participant, arm from allocations union all select p.participant, a.arm from participant_sites p join site_arms a on a.site = p.site',
  );
  for (const { participant, arm: id } of drawn) {
    const who = String(participant);
    given.note(who, 'arm', id);
    const said = saidBy.get(who) ?? [];
    const arm = arms.find((one) => one.id === id);
    for (const series of arm?.series ?? []) {
      const hasRecording = series.missed?.some((rule) => 'offer' in rule && rule.offer === 'recording') ?? false;
      // Of a series that goes on: those that somebody has spoken of.
      for (let number = 1; number <= (series.count ?? SPOKEN_OF); number += 1) {
        const session = `${series.id}-${number}`;
        if (series.count === undefined && !said.some((one) => one.session === session)) continue;
        given.note(who, 'session', session, ...standing(session, said, hasRecording));
      }
    }
  }
}

/** Default 20, default 8 and default 14 of docs/schedule.md, as far as what was simulated needs them. */
function standing(session: string, said: readonly Said[], hasRecording: boolean): readonly unknown[] {
  const about = said.filter((one) => one.session === session);
  const last = (by: string) =>
    about.findLast((one) => one.by === by && ['attended', 'partial', 'missed'].includes(one.event))?.event ?? null;
  const [theirs, facilitators] = [last('participant'), last('facilitator')];
  const word = facilitators ?? theirs;
  const isSeen = hasRecording && word === 'missed' && about.some(({ event }) => event === 'recording-viewed');
  const hasLeft = said.some(({ event }) => event === 'left');
  const state = isSeen ? 'made-up' : (word ?? (hasLeft ? 'not-completed' : 'scheduled'));
  return [state, word !== null && (word !== 'missed' || isSeen), theirs, facilitators];
}

async function* rowsIn(file: string): AsyncGenerator<ReadRow> {
  yield* createReadStream(file).pipe(parse({ columns: true, bom: true, record_delimiter: '\r\n' }));
}

const cell = (text: string | undefined): string | null => (text === undefined || text === '' ? null : textOf(text));

export async function inExport(folder: string, study: Pick<Study, 'arms'>): Promise<Given> {
  const given = new Given();
  const withCount = new Set(
    (study.arms ?? []).flatMap(({ series }) => series.flatMap(({ id, count }) => (count ? [id] : []))),
  );
  for await (const row of rowsIn(join(folder, 'answers.csv'))) {
    const [occasion, part, item] = [cell(row.occasion), cell(row.part), cell(row.item)];
    if (occasion !== 'screening') given.note(row.participant ?? '', 'answer', occasion, part, item, answerOf(row));
  }
  for await (const { participant = '', occasion, instrument, subscale, rule, score } of rowsIn(
    join(folder, 'scores.csv'),
  )) {
    given.note(participant, 'score', occasion, instrument, subscale, rule, numberOf(score));
  }
  for await (const { participant = '', arm } of rowsIn(join(folder, 'participants.csv'))) {
    given.note(participant, 'arm', cell(arm));
  }
  for await (const row of rowsIn(join(folder, 'sessions.csv'))) {
    const { participant = '', series = '', session, state, received, participant_said, facilitator_said } = row;
    const words = [cell(participant_said), cell(facilitator_said)];
    if (!withCount.has(series) && words.every((word) => word === null)) continue;
    given.note(participant, 'session', session, state, received === '1', ...words);
  }
  for await (const row of rowsIn(join(folder, 'session_events.csv'))) {
    const { participant = '', event, session, task, by, day, excused, text } = row;
    const about = [cell(session), cell(task), by, numberOf(day)];
    given.note(participant, 'said', event, ...about, excused === '1', cell(text));
  }
  return given;
}
