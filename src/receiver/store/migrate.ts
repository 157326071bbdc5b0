import type { Kysely, Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as foundation from './migrations/0001-foundation.ts';
import * as participants from './migrations/0002-participants.ts';
import * as staffAndWebhooks from './migrations/0003-staff-and-webhooks.ts';
import * as consent from './migrations/0004-consent.ts';
import * as questionnaires from './migrations/0005-questionnaires.ts';
import * as allocation from './migrations/0006-allocation.ts';
import * as sessions from './migrations/0007-sessions.ts';
import * as links from './migrations/0008-links.ts';
import { type Engine, runAgain } from './run-again.ts';
import { StoreError } from './store.ts';

/** Every migration by name, in the order of the names. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-participants': participants,
  '0003-staff-and-webhooks': staffAndWebhooks,
  '0004-consent': consent,
  '0005-questionnaires': questionnaires,
  '0006-allocation': allocation,
  '0007-sessions': sessions,
  '0008-links': links,
};

/**
 * Brings a database to this release's tables, in one transaction. The engine's dialect must take a lock that lasts to the end
 * of that, so that two receivers started at once do not both migrate.
 *
 * @throws StoreError `migration-failed`, also for a database that a newer release has already changed; `busy`, `unreachable`
 */
export async function migrate<Schema>(db: Kysely<Schema>, engine: Engine, migrations = MIGRATIONS): Promise<void> {
  try {
    await runAgain(engine, () => db.transaction().execute((trx) => migrateIn(trx, migrations)));
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const fix = /previously executed migration .* is missing/.test(reason)
      ? 'A newer release of steady-kit has changed this database: start that release.'
      : 'Nothing was changed. Mend the cause and start again.';
    throw new StoreError('migration-failed', `The database cannot be brought up to date: ${reason}. ${fix}`, { cause });
  }
}

async function migrateIn<Schema>(trx: Transaction<Schema>, migrations: typeof MIGRATIONS): Promise<void> {
  const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
