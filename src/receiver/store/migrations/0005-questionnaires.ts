import { type Kysely, sql } from 'kysely';

/**
 * Questionnaires that were handed in, what they score and by which rule, what staff decided of those that are kept apart,
 * and what participants were reminded of; more kinds of flags. A migration that has been released is never changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mode = sql`mode in ('live', 'test')`;

  await db.schema
    .createTable('instruments')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('instrument', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('first_served_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('instruments_key', ['study', 'instrument', 'version'])
    .execute();

  await db.schema
    .createTable('questionnaires')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('participant', 'text')
    .addColumn('assessment', 'text')
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(mode))
    .addColumn('study_version', 'text', (column) => column.notNull())
    .addColumn('judged_by', 'text', (column) => column.notNull())
    .addColumn('apart', 'text')
    .addColumn('counted', 'integer')
    .addColumn('deviations', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('questionnaires_key', ['study', 'id'])
    .addUniqueConstraint('questionnaires_submission', ['study', 'submission'])
    .addUniqueConstraint('questionnaires_order', ['study', 'participant', 'seq'])
    .addForeignKeyConstraint('questionnaires_body', ['study', 'submission'], 'submissions', ['study', 'id'])
    .addForeignKeyConstraint('questionnaires_participant', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();

  await db.schema
    .createTable('questionnaire_rulings')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('ruling', 'text', (column) => column.notNull().check(sql`ruling in ('release', 'keep-out')`))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('staff', 'text', (column) => column.notNull())
    .addColumn('ruled_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('questionnaire_rulings_key', ['study', 'submission', 'seq'])
    .addForeignKeyConstraint('questionnaire_rulings_of', ['study', 'submission'], 'questionnaires', [
      'study',
      'submission',
    ])
    .execute();

  await db.schema
    .createTable('scores')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('instrument', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('subscale', 'text', (column) => column.notNull())
    .addColumn('instrument_version', 'text', (column) => column.notNull())
    .addColumn('participant', 'text')
    .addColumn('assessment', 'text')
    // A number of JSON: how engines keep fractions differs.
    .addColumn('score', 'text')
    .addColumn('scored_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('scores_key', ['study', 'submission', 'instrument', 'rule', 'subscale'])
    .addForeignKeyConstraint('scores_of', ['study', 'submission'], 'questionnaires', ['study', 'submission'])
    .execute();
  await db.schema.createIndex('scores_by_participant').on('scores').columns(['study', 'participant']).execute();

  await db.schema
    .createTable('assessment_notices')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('participant', 'text', (column) => column.notNull())
    .addColumn('assessment', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('due', 'overdue')`))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('noticed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('assessment_notices_key', ['study', 'participant', 'assessment', 'kind'])
    .addForeignKeyConstraint('assessment_notices_of', ['study', 'participant'], 'participants', ['study', 'id'])
    .execute();

  await widenFlags(db);
}

/**
 * There are more kinds of flags now, and the table took two alone. What a column is checked by cannot be changed on every
 * engine, so the rows move to a table that leaves the kinds to the application.
 */
async function widenFlags(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('flags_moved')
    .addColumn('study', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(sql`mode in ('live', 'test')`))
    .addColumn('subjects', 'text', (column) => column.notNull())
    .addColumn('raised_at', 'text', (column) => column.notNull())
    .addColumn('resolved_at', 'text')
    .addColumn('resolved_by', 'text')
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('flags_moved_key', ['study', 'id'])
    .execute();
  const columns = sql`study, id, kind, mode, subjects, raised_at, resolved_at, resolved_by, note`;
  await sql`insert into flags_moved (${columns}) select ${columns} from flags`.execute(db);
  await db.schema.dropTable('flags').execute();
  await db.schema.alterTable('flags_moved').renameTo('flags').execute();
}
