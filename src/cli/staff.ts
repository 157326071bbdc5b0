import { STAFF_ROLES, type StaffRole } from '../receiver/staff/role.ts';
import { addStaff, listStaff, revokeStaff, staffState, USUAL_DAYS } from '../receiver/staff/staff-tokens.ts';
import type { StaffRow } from '../receiver/store/staff-store.ts';
import { daysOf } from './days.ts';
import { type Io, UsageError } from './io.ts';
import { oneLine } from './one-line.ts';
import { withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';

/** `steady staff`: who on a study's staff may ask the receiver what. */

const USAGE = `Usage: steady staff add STUDY --role ROLE --name NAME --data DATABASE [options]
       steady staff list STUDY --data DATABASE
       steady staff revoke STUDY ID --data DATABASE

add prints a token, once: only its hash is kept. Each is for one study and one role.

  --role ROLE      ${STAFF_ROLES.join(', ')}
  --name NAME      whom it is for, in your words
  --site ID        only this site; repeat for several
  --series ID      only this series of sessions; repeat for several
  --expires P180D  when it ends, in days; default P${USUAL_DAYS}D
  --data DATABASE  what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR       the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  role: { type: 'string' },
  name: { type: 'string' },
  site: { type: 'string', multiple: true },
  series: { type: 'string', multiple: true },
  expires: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What only `add` takes. */
const FOR_ADD = ['role', 'name', 'site', 'series', 'expires'] as const;
const LONGEST_NAME = 100;
const NO_NAME = 'Say with --name whom it is for, as in --name "Ana Ruiz, site north".';

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [action, study, id, ...rest] = positionals;
  if (action !== 'add' && action !== 'list' && action !== 'revoke') {
    throw new UsageError(`Say add, list or revoke${action === undefined ? '' : `, not "${action}"`}.`);
  }
  if (study === undefined) throw new UsageError('Name the study by its id, as its file has it.');
  if (action === 'revoke' && id === undefined) throw new UsageError('Name the token by its id: steady staff list.');
  const extra = action === 'revoke' ? rest : [id, ...rest].filter((one) => one !== undefined);
  if (extra.length > 0) throw new UsageError(`steady staff ${action} does not take "${extra.join(' ')}".`);
  const misplaced = FOR_ADD.find((name) => action !== 'add' && values[name] !== undefined);
  if (misplaced !== undefined) throw new UsageError(`--${misplaced} goes with steady staff add.`);
  const { data, keys } = values;
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');

  if (action === 'list') {
    const rows = await withDatabase(data, keys, (open) => listStaff(open, study));
    const now = new Date();
    io.stdout.write(rows.map((row) => `${lineOf(row, now)}\n`).join(''));
    return 0;
  }
  if (action === 'revoke' && id !== undefined) {
    const row = await withDatabase(data, keys, (open) => revokeStaff(open, study, id));
    io.stdout.write(`revoked ${lineOf(row, new Date())}\n`);
    return 0;
  }
  const { site: sites = [], series = [] } = values;
  const role = roleOf(values.role);
  // One line, so that the list is a line each.
  const name = oneLine(values.name, '--name', LONGEST_NAME, NO_NAME);
  const days = values.expires === undefined ? USUAL_DAYS : daysOf(values.expires, '--expires');
  const { token, row } = await withDatabase(data, keys, (open) =>
    addStaff(open, { study, role, name, sites, series, days }),
  );
  // The token alone on standard output, so that it can be piped to where it is kept.
  io.stderr.write(`${lineOf(row, new Date())}\nIts token is shown this once:\n`);
  io.stdout.write(`${token}\n`);
  return 0;
}

function roleOf(text: string | undefined): StaffRole {
  const role = STAFF_ROLES.find((one) => one === text);
  if (role === undefined) {
    const given = text === undefined ? '' : `, not "${text}"`;
    throw new UsageError(`--role is ${STAFF_ROLES.slice(0, -1).join(', ')} or ${STAFF_ROLES.at(-1)}${given}.`);
  }
  return role;
}

function lineOf(row: StaffRow, now: Date): string {
  const { id, role, name, sites, series, expiresAt } = row;
  const only = [
    ...(sites === null ? [] : [`sites ${sites.join(' ')}`]),
    ...(series === null ? [] : [`series ${series.join(' ')}`]),
  ];
  return [id, role, staffState(row, now), `until ${expiresAt.slice(0, 10)}`, only.join(', ') || 'all sites', name].join(
    '  ',
  );
}
