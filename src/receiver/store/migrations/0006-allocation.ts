import { type Kysely, sql } from 'kysely';

/**
 * Allocation: the lists and blocks that participants are drawn from, the phases and arms that sites were drawn into, and
 * what was corrected. No table has a place for a draw that is still to come. A migration that has been released is never
 * changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;
  const list = ['study', 'mode', 'stratum'] as const;

  await db.schema
    .createTable('allocation_lists')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('stratum', 'text', (column) => column.notNull())
    .addColumn('draws', 'integer', (column) => column.notNull())
    .addColumn('block', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('allocation_lists_key', [...list])
    .execute();

  await db.schema
    .createTable('allocation_blocks')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('stratum', 'text', (column) => column.notNull())
    .addColumn('block', 'integer', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull())
    .addColumn('block_size', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'text', (column) => column.notNull())
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('block_opened_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('allocation_blocks_key', [...list, 'block'])
    .addForeignKeyConstraint('allocation_blocks_list', [...list], 'allocation_lists', [...list])
    .execute();

  await db.schema
    .createTable('allocations')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('stratum', 'text', (column) => column.notNull())
    .addColumn('block', 'integer', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('arm', 'text', (column) => column.notNull())
    .addColumn('bytes', 'text', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('allocated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('allocations_key', ['study', 'participant'])
    .addUniqueConstraint('allocations_place', [...list, 'block', 'place'])
    .addForeignKeyConstraint('allocations_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .addForeignKeyConstraint('allocations_block', [...list, 'block'], 'allocation_blocks', [...list, 'block'])
    .execute();

  await db.schema
    .createTable('allocation_corrections')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull().check(sql`unit in ('participant', 'site')`))
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('arm', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('corrected_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('allocation_corrections_key', ['study', 'mode', 'unit', 'subject', 'seq'])
    .execute();

  await db.schema
    .createTable('site_draws')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('phase', 'integer', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('shares', 'text', (column) => column.notNull())
    .addColumn('bytes', 'text', (column) => column.notNull())
    .addColumn('starts_on', 'text')
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('drawn_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('site_draws_key', ['study', 'mode', 'phase'])
    .execute();

  await db.schema
    .createTable('site_phases')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('stratum', 'text', (column) => column.notNull())
    .addColumn('phase', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('site_phases_key', ['study', 'mode', 'site'])
    .execute();

  await db.schema
    .createTable('site_arms')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('phase', 'integer', (column) => column.notNull())
    .addColumn('arm', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('site_arms_key', ['study', 'mode', 'site'])
    .addForeignKeyConstraint('site_arms_draw', ['study', 'mode', 'phase'], 'site_draws', ['study', 'mode', 'phase'])
    .addForeignKeyConstraint('site_arms_site', ['study', 'mode', 'site'], 'site_phases', ['study', 'mode', 'site'])
    .execute();

  await db.schema
    .createTable('participant_sites')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('baseline', 'move', 'correction')`))
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('participant_sites_key', ['study', 'participant', 'seq'])
    .addForeignKeyConstraint('participant_sites_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();
}
