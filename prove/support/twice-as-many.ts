/** A database with everybody once more under other ids: for a figure that is about the number of rows alone. */
import { cp } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';

/** What an export reads of somebody, and which columns say whose it is. */
const TABLES = {
  participants: ['id', 'screening_id_hash'],
  submissions: ['id', 'participant'],
  questionnaires: ['id', 'submission', 'participant'],
  scores: ['submission', 'participant'],
  consent_decisions: ['id', 'submission', 'participant'],
  allocations: ['id', 'participant'],
  participant_sites: ['id', 'participant'],
  session_events: ['id', 'participant', 'submission'],
} as const;

/** Where the same again would be two in one place. */
const PLACES = { allocations: { place: 'place + 1000' } } as const;

export async function twiceAsMany(data: string, into: string): Promise<void> {
  await cp(data, into);
  await cp(`${data}.keys`, `${into}.keys`, { recursive: true });
  const database = new DatabaseSync(into, { enableForeignKeyConstraints: false });
  database.exec('begin');
  for (const [table, ids] of Object.entries(TABLES)) {
    const names = database
      .prepare(`pragma table_info(${table})`)
      .all()
      .map(({ name }) => String(name));
    const places: Readonly<Record<string, string>> = table in PLACES ? PLACES.allocations : {};
    const values = names.map((name) =>
      ids.some((id) => id === name) ? `'again-' || ${name}` : (places[name] ?? name),
    );
    database.exec(`insert into ${table} (${names.join()}) select ${values.join()} from ${table}`);
  }
  database.exec('commit');
  database.close();
}
