import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { MIGRATIONS, migrate } from '../../../src/receiver/store/migrate.ts';
import type { Engine } from '../../../src/receiver/store/run-again.ts';
import { StoreError, type StoreErrorCode } from '../../../src/receiver/store/store.ts';
import type { Bench } from '../store.suite.ts';

/** A database without tables, and ways into it that the store does not have. */
export interface MigrationBench extends Bench {
  /** The tables as they are named there. */
  readonly db: Kysely<Record<string, Record<string, unknown>>>;
  readonly engine: Engine;
  /** What the engine needs before the first migration. */
  prepare(): Promise<void>;
}

/** What every engine must do with a database of an earlier release, and with the rows in it. */
export function migrationsSuite(name: string, createBench: () => Promise<MigrationBench>): void {
  describe(`${name} from release to release`, () => {
    let bench: MigrationBench;
    beforeEach(async () => {
      bench = await createBench();
    });
    afterEach(() => bench.remove());

    /** Brings the database to the release whose last migration this is. */
    async function migrateTo(last: string, more: Record<string, Migration> = {}): Promise<void> {
      const released = Object.entries(MIGRATIONS).filter(([one]) => one <= last);
      await bench.prepare();
      await migrate(bench.db, bench.engine, { ...Object.fromEntries(released), ...more });
    }

    async function fill(last: string): Promise<void> {
      for (const [release, tables] of Object.entries(ROWS)) {
        if (release > last) continue;
        for (const [table, row] of Object.entries(tables)) await bench.db.insertInto(table).values(row).execute();
      }
    }

    /** Every row that `fill` has put in, as it was, and nothing in the columns that have come since. */
    async function assertKept(last: string): Promise<void> {
      for (const [release, tables] of Object.entries(ROWS)) {
        if (release > last) continue;
        for (const [table, row] of Object.entries(tables)) {
          const [found, ...more] = await bench.db.selectFrom(table).selectAll().execute();
          const since = Object.keys(found ?? {}).filter((column) => !(column in row));
          const empty = Object.fromEntries(since.map((column) => [column, null]));
          assert.deepEqual({ ...found }, { ...row, ...empty }, table);
          assert.deepEqual(more, []);
        }
      }
    }

    for (const release of Object.keys(ROWS)) {
      it(`goes on from ${release} with every row as it was`, async () => {
        await migrateTo(release);
        await fill(release);
        const store = await bench.open();
        await assertKept(release);
        await store.transaction(async (tx) => {
          assert.equal((await tx.contacts('ward'))[0]?.participant, null);
          assert.deepEqual(await tx.auditHeads('ward'), [{ chain: 'study', seq: 1, mac: 'mac' }]);
        });
        await store.close();
      });
    }

    it('takes flags of kinds that 0002-participants did not know, beside those that it has', async () => {
      await migrateTo('0004-consent');
      await fill('0004-consent');
      const store = await bench.open();
      const open = { resolvedAt: null, resolvedBy: null, note: null };
      const flag = { study: 'ward', id: 'f2', kind: 'safety', mode: 'test', subjects: ['p1'], raisedAt: AT } as const;
      await store.transaction((tx) => tx.addFlag({ ...flag, ...open }));
      const flags = await store.transaction((tx) => tx.flags('ward', { limit: 9 }));
      assert.deepEqual(
        flags.map(({ id, kind }) => [id, kind]),
        [
          ['f2', 'safety'],
          ['f1', 'repeat-contact'],
        ],
      );
      await assert.rejects(
        store.transaction((tx) => tx.addFlag({ ...flag, ...open })),
        'one of an id',
      );
      await store.close();
    });

    it('leaves everything as it was when a migration fails half way', async () => {
      const [last = ''] = Object.keys(MIGRATIONS).slice(-1);
      await migrateTo(last);
      await fill(last);
      const failing: Migration = {
        async up(db) {
          await db.schema.alterTable('contacts').addColumn('half', 'text').execute();
          await sql`update contacts set half = id`.execute(db);
          await sql`delete from audit`.execute(db);
          throw new RangeError('out of luck');
        },
      };
      await assert.rejects(
        migrateTo(last, { '9998-failing': failing }),
        code('migration-failed', /out of luck.*Nothing/),
      );
      await assertKept(last);
      assert.ok(!('half' in ((await bench.db.selectFrom('contacts').selectAll().execute())[0] ?? {})));
      await (await bench.open()).close();
    });

    it('refuses a database that a newer release has changed', async () => {
      const [last = ''] = Object.keys(MIGRATIONS).slice(-1);
      await migrateTo(last, { '9999-later': { up: async () => {} } });
      await assert.rejects(bench.open(), code('migration-failed', /newer release/));
    });

    it('is one change, however many start at once where there is nothing yet', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => bench.open()));
      for (const store of stores) {
        assert.deepEqual(await store.transaction((tx) => tx.keyIds()), []);
        await store.close();
      }
      const done = await bench.db.selectFrom('kysely_migration').select('name').orderBy('name').execute();
      assert.deepEqual(
        done.map((row) => row.name),
        Object.keys(MIGRATIONS),
      );
    });
  });
}

const code = (wanted: StoreErrorCode, says: RegExp) => (error: unknown) =>
  error instanceof StoreError && error.code === wanted && says.test(error.message);

const AT = '2026-03-01T00:00:00.000Z';
const kept = { study: 'ward', mode: 'test', study_version: '1.0.0', received_at: AT } as const;
const list = JSON.stringify(['one', 'two']);

/** A row in each table as its release has it, in an order that foreign keys allow. */
const ROWS: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  '0001-foundation': {
    study_files: {
      study: 'ward',
      version: '1.0.0',
      digest: 'd',
      content: '{"é":"😀"}',
      mode: 'test',
      first_served_at: AT,
    },
    study_keys: { study: 'ward', key_id: 'k1', first_used_at: AT },
    intake: {
      study: 'ward',
      id_hash: 'h1',
      content_hash: 'c',
      key_id: 'k1',
      kind: 'screening',
      mode: 'test',
      received_at: AT,
      audit_head: 'mac',
      deviations: list,
      next: 'contact',
    },
    submissions: { ...kept, id: 's1', kind: 'screening', body: '{ "a" : 1 }', body_sha256: 'x' },
    screenings: {
      ...kept,
      id_hash: 'h1',
      id: 's1',
      judged_by: '1.0.0',
      verdict: 'eligible',
      failed: '[]',
      unknown: list,
      source: null,
      day: '2026-03-01',
      deviations: '[]',
      contacts: 1,
    },
    contacts: {
      ...kept,
      id: 'c1',
      screening: 's1',
      screening_id_hash: 'h1',
      body: '{}',
      body_sha256: 'x',
      token_hash: null,
      write_hash: null,
      return_hash: null,
      deviations: list,
    },
    audit: {
      study: 'ward',
      chain: 'study',
      seq: 1,
      id: 'a1',
      event: 'study-kept',
      subjects: list,
      at: AT,
      mode: 'test',
      key_id: 'k1',
      previous: '',
      mac: 'mac',
    },
    audit_heads: { study: 'ward', chain: 'study', seq: 1, mac: 'mac' },
  },
  '0002-participants': {
    participants: {
      study: 'ward',
      id: 'p1',
      mode: 'test',
      site: 'north',
      enrolled_at: AT,
      screening_id_hash: 'h1',
      contact: 'c1',
    },
    credentials: {
      study: 'ward',
      hash: 'aa',
      hash_prefix: 'a',
      kind: 'token',
      participant: 'p1',
      created_at: AT,
      used_at: AT,
      replaced_at: null,
      ends_at: null,
    },
    invitations: {
      study: 'ward',
      id: 'i1',
      kind: 'first',
      mode: 'test',
      participant: 'p1',
      site: null,
      code_hash: 'bb',
      hash_prefix: 'b',
      check_hash: null,
      check_key_id: null,
      wrong_checks: 2,
      created_at: AT,
      expires_at: AT,
      ended_at: null,
      spent_at: AT,
      spent_by: 'aa',
    },
    drafts: { study: 'ward', participant: 'p1', key: 'screener', etag: 'e', body: '{}', written_at: AT },
    flags: {
      study: 'ward',
      id: 'f1',
      kind: 'repeat-contact',
      mode: 'test',
      subjects: list,
      raised_at: AT,
      resolved_at: null,
      resolved_by: null,
      note: null,
    },
    contact_fingerprints: { study: 'ward', fingerprint: 'fp', contact: 'c1', screening_id_hash: 'h1' },
  },
  '0003-staff-and-webhooks': {
    staff: {
      study: 'ward',
      id: 't1',
      mode: 'test',
      name: 'Ana Ruiz',
      role: 'coordinator',
      sites: null,
      series: list,
      hash_prefix: 'c',
      token_hash: 'cc',
      created_at: AT,
      expires_at: AT,
      revoked_at: null,
    },
    webhook_events: {
      study: 'ward',
      id: 'e1',
      type: 'enrolled',
      mode: 'test',
      site: null,
      body: '{}',
      created_at: AT,
      due_at: AT,
      attempts: 3,
      last_status: 503,
      last_failure: null,
      delivered_at: null,
      gave_up_at: null,
    },
  },
  '0004-consent': {
    consent_decisions: {
      study: 'ward',
      id: 'd1',
      submission: 's2',
      participant: 'p1',
      seq: 2,
      mode: 'test',
      study_version: '1.0.0',
      outcome: 'signed',
      version: '1.0',
      language: 'en',
      document_digest: 'd',
      scope: null,
      erase: null,
      deviations: list,
      received_at: AT,
      body: '{}',
      body_sha256: 'x',
    },
    consent_records: { study: 'ward', submission: 's2', participant: 'p1', key_id: 'r1', record: '{"é":1}' },
    consent_signers: { study: 'ward', subject_hash: 'sh', key_id: 'k1', participant: 'p1', bound_at: AT },
  },
  '0005-questionnaires': {
    instruments: {
      study: 'ward',
      instrument: 'phq9',
      version: '1.0.0',
      digest: 'd',
      content: '{"é":1}',
      first_served_at: AT,
    },
    questionnaires: {
      study: 'ward',
      id: 'q1',
      submission: 's1',
      participant: 'p1',
      assessment: 'baseline',
      seq: 3,
      mode: 'test',
      study_version: '1.0.0',
      judged_by: '1.0.0',
      apart: 'no-consent',
      counted: 4,
      deviations: list,
      received_at: AT,
    },
    questionnaire_rulings: {
      study: 'ward',
      submission: 's1',
      seq: 1,
      ruling: 'release',
      reason: 'Signed on paper.',
      staff: 't1',
      ruled_at: AT,
    },
    scores: {
      study: 'ward',
      submission: 's1',
      instrument: 'phq9',
      rule: 'phq9@1.0.0/1',
      subscale: 'total',
      instrument_version: '1.0.0',
      participant: 'p1',
      assessment: 'baseline',
      score: '0.3333333333333333',
      scored_at: AT,
    },
    assessment_notices: {
      study: 'ward',
      participant: 'p1',
      assessment: 'baseline',
      kind: 'due',
      day: '2026-03-01',
      noticed_at: AT,
    },
  },
  '0006-allocation': {
    allocation_lists: { study: 'ward', mode: 'test', stratum: '[]', draws: 1, block: 1 },
    allocation_blocks: {
      study: 'ward',
      mode: 'test',
      stratum: '[]',
      block: 1,
      plan: '{}',
      block_size: 4,
      bytes: 'ff',
      study_version: '1.0.0',
      block_opened_at: AT,
    },
    allocations: {
      study: 'ward',
      participant: 'p1',
      id: 'l1',
      mode: 'test',
      stratum: '[]',
      block: 1,
      place: 1,
      arm: 'calls',
      bytes: 'ff',
      submission: 's1',
      study_version: '1.0.0',
      allocated_at: AT,
    },
    allocation_corrections: {
      study: 'ward',
      unit: 'participant',
      subject: 'p1',
      mode: 'test',
      seq: 1,
      id: 'x1',
      arm: 'groups',
      reason: 'Typed wrong.',
      corrected_at: AT,
    },
    site_draws: {
      study: 'ward',
      mode: 'test',
      phase: 1,
      id: 'w1',
      shares: '{}',
      bytes: 'ff',
      starts_on: null,
      study_version: '1.0.0',
      drawn_at: AT,
    },
    site_phases: { study: 'ward', mode: 'test', site: 'north', stratum: '[]', phase: 1 },
    site_arms: { study: 'ward', mode: 'test', site: 'north', phase: 1, arm: 'calls' },
    participant_sites: {
      study: 'ward',
      participant: 'p1',
      seq: 1,
      id: 'm1',
      mode: 'test',
      kind: 'move',
      site: 'south',
      reason: null,
      at: AT,
    },
  },
  '0007-sessions': {
    session_events: {
      study: 'ward',
      id: 'v1',
      participant: 'p1',
      seq: 5,
      mode: 'test',
      submission: 's1',
      staff: null,
      session: 'calls-1',
      event: '{"é":1}',
      task: null,
      homework: null,
      slot: null,
      apart: null,
      deviations: list,
      received_at: AT,
    },
    session_postings: {
      study: 'ward',
      id: 'o1',
      mode: 'test',
      kind: 'slot',
      audience: 'series',
      target: 'calls',
      series: 'calls',
      session: null,
      starts_at: AT,
      minutes: 30,
      place: 'Room 3',
      link: null,
      leader: null,
      reason: null,
      seats: 2,
      taken: 1,
      staff: 't1',
      posted_at: AT,
      ended_at: null,
    },
    session_groups: {
      study: 'ward',
      participant: 'p1',
      seq: 1,
      mode: 'test',
      name: 'tuesdays',
      staff: null,
      since: AT,
    },
    calendar_feeds: {
      study: 'ward',
      hash: 'ff',
      hash_prefix: 'f',
      participant: 'p1',
      language: 'es',
      made_at: AT,
      ended_at: null,
    },
  },
  '0008-links': {
    links: {
      study: 'ward',
      code: '0000000P',
      id: 'l1',
      mode: 'test',
      site: 'north',
      channel: 'poster',
      language: 'en',
      source: 'north-poster',
      created_by: 't1',
      created_at: AT,
      expires_at: null,
    },
    link_openings: { study: 'ward', code: '0000000P', day: '2026-03-01', opened: 2 },
    recruitment: { study: 'ward', site: '', state: 'paused', changed_by: 't1', changed_at: AT },
    erasures: {
      study: 'ward',
      participant: 'p1',
      id: 'e1',
      staff: 't1',
      reason: 'Asked by letter.',
      key_id: 'r1',
      certificate: '{}',
      erased_at: AT,
    },
  },
};
