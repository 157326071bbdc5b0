/** The receiver's SQLite file, looked into from outside and read only, while the receiver runs or is gone. */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export interface ScreeningFound {
  readonly id: string | null;
  readonly source: string | null;
  readonly study: string;
  readonly mode: string;
  readonly verdict: string;
  readonly failed: readonly string[];
  readonly deviations: readonly string[];
  readonly contacts: number;
  /** The answers as they were sent; undefined where none are kept. */
  readonly answers: unknown;
}

export interface ContactFound {
  readonly id: string;
  readonly screening: string;
  readonly mode: string;
  readonly answers: unknown;
}

export interface DecisionFound {
  readonly outcome: string;
  readonly deviations: readonly string[];
  /** As it was sent. */
  readonly body: string;
}

type Row = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => String(value);

export class Database {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** The screenings of one source, in no order. */
  screenings(source: string): ScreeningFound[] {
    return this.#screenings('s.source', source);
  }

  /** Those that came by a recruiter's link. */
  screeningsBy(link: string): ScreeningFound[] {
    return this.#screenings('s.link', link);
  }

  /** Those left for screenings of one source. */
  contacts(source: string): ContactFound[] {
    const sql = `select c.* from contacts c join screenings s on s.study = c.study and s.id_hash = c.screening_id_hash
      where s.source = ?`;
    return this.#all(sql, source).map((row) => ({
      id: text(row.id),
      screening: text(row.screening),
      mode: text(row.mode),
      answers: JSON.parse(text(row.body)).answers,
    }));
  }

  /** Whoever has answered a screening of this source and takes part. @throws Error if nobody does */
  participantOf(source: string): string {
    const [row] = this.#all(
      `select p.id from participants p join screenings s
        on s.study = p.study and (s.participant = p.id or s.id_hash = p.screening_id_hash) where s.source = ?`,
      source,
    );
    if (row === undefined) throw new Error(`Nobody takes part from ${source}.`);
    return text(row.id);
  }

  /** What the participant of this source has decided about consent, in order. */
  decisions(source: string): DecisionFound[] {
    const sql = 'select * from consent_decisions where participant = ? order by seq';
    return this.#all(sql, this.participantOf(source)).map((row) => ({
      outcome: text(row.outcome),
      deviations: JSON.parse(text(row.deviations)),
      body: text(row.body),
    }));
  }

  /** The scores of the participant of this source, as `cbi work`, and what they have handed in. */
  scores(source: string): Readonly<Record<string, number | null>> {
    const rows = this.#all('select * from scores where participant = ?', this.participantOf(source));
    return Object.fromEntries(
      rows.map(({ instrument, score, subscale }) => [`${instrument} ${subscale}`, JSON.parse(text(score))]),
    );
  }

  /** What the participant of this source has answered in questionnaires, as it was sent, in order. */
  sittings(
    source: string,
  ): { readonly assessment: string; readonly deviations: readonly string[]; readonly body: string }[] {
    const sql = `select q.*, b.body from questionnaires q join submissions b on b.study = q.study and b.id = q.submission
      where q.participant = ? order by q.seq`;
    return this.#all(sql, this.participantOf(source)).map((row) => ({
      assessment: text(row.assessment),
      deviations: JSON.parse(text(row.deviations)),
      body: text(row.body),
    }));
  }

  /** The arm that the participant of this source was drawn into. */
  armOf(source: string): string | undefined {
    const [row] = this.#all('select arm from allocations where participant = ?', this.participantOf(source));
    return row && text(row.arm);
  }

  /** What was said of the sessions of the participant of this source, and counts, in order: by whom, what, of which. */
  said(source: string): string[] {
    const sql = 'select * from session_events where participant = ? and apart is null order by seq';
    return this.#all(sql, this.participantOf(source)).map(({ event, homework, session, task }) => {
      if (event === null) return `participant writes ${task} of ${session}: ${homework}`;
      const said = JSON.parse(text(event));
      return [said.by, said.event, said.session ?? said.series].join(' ');
    });
  }

  /** Waits until a screening of this source is there. A database tells nobody, so it is asked. @throws Error after a minute */
  async untilArrived(source: string): Promise<void> {
    const end = performance.now() + 60_000;
    while (this.screenings(source).length === 0) {
      if (performance.now() > end) throw new Error(`Nothing has arrived from ${source}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Everything in every table but the study files, as text: to find what must not be there. */
  dump(): Readonly<Record<string, string>> {
    const tables = this.#all(`select name from sqlite_schema where type = 'table' and name <> 'study_files'`);
    return Object.fromEntries(
      tables.map(({ name }) => [text(name), JSON.stringify(this.#all(`select * from "${name}"`))]),
    );
  }

  /** Whether the file, or what is still to be written into it, has these bytes anywhere: deleted rows leave traces. */
  hasTraceOf(words: string): boolean {
    return ['', '-wal'].some((suffix) => {
      try {
        return readFileSync(this.#file + suffix).includes(words);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
        throw error;
      }
    });
  }

  #screenings(column: 's.source' | 's.link', value: string): ScreeningFound[] {
    const sql = `select s.*, b.body from screenings s left join submissions b on b.study = s.study and b.id = s.id
      where ${column} = ?`;
    return this.#all(sql, value).map((row) => ({
      id: row.id === null ? null : text(row.id),
      source: row.source === null ? null : text(row.source),
      study: text(row.study),
      mode: text(row.mode),
      verdict: text(row.verdict),
      failed: JSON.parse(text(row.failed)),
      deviations: JSON.parse(text(row.deviations)),
      contacts: Number(row.contacts),
      answers: row.body === null ? undefined : JSON.parse(text(row.body)).answers,
    }));
  }

  #all(sql: string, ...values: string[]): Row[] {
    const database = new DatabaseSync(this.#file, { readOnly: true, timeout: 5_000 });
    try {
      return database.prepare(sql).all(...values);
    } finally {
      database.close();
    }
  }
}
