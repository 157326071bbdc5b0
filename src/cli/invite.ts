import { INVITATION_DAYS } from '../receiver/days.ts';
import { keptStudy } from '../receiver/kept-study.ts';
import { type Invited, invite, inviteAgain } from '../receiver/participants/invitations.ts';
import { groupCode, INVITE_FRAGMENT } from '../submission/secrets.ts';
import { csvLine } from './csv.ts';
import { daysOf } from './days.ts';
import { inviteesFrom, type LabelledInvitee } from './invitees.ts';
import { type Io, UsageError } from './io.ts';
import { type OpenDatabase, withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';
import { readTextFile } from './read-text.ts';

/** `steady invite`: codes and links that bring people into a study, or back into it on another device. */

const USAGE = `Usage: steady invite STUDY --count N --data DATABASE [options]
       steady invite STUDY --csv FILE --data DATABASE [options]
       steady invite STUDY --again PARTICIPANT [--lost] --data DATABASE [options]

Prints a table with commas: id, site, label, link (or code), expires. Each code is good once. It is shown here and nowhere
else: the database keeps its hash. The id stays the participant's own; who that is, your table alone knows.

  --count N            this many invitations
  --site ID            for people of this site
  --csv FILE           one for each line; columns label, site and check, in any order, none required. A check is what the
                       person has to give beside the code, such as a year of birth
  --again PARTICIPANT  another one for somebody invited before, by id; codes from before are good no more. Once it is
                       spent, their old device can only deliver what waits on it, for 30 days
  --lost               their device is in other hands: it can do nothing any more, from now on
  --url PAGE           makes links to this page, such as the hosted page that steady serve names; without it, codes
  --expires P30D       how long they are good, in days; default P${INVITATION_DAYS}D
  --data DATABASE      what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR           the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  count: { type: 'string' },
  site: { type: 'string' },
  csv: { type: 'string' },
  again: { type: 'string' },
  lost: { type: 'boolean', default: false },
  url: { type: 'string' },
  expires: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const MOST = 10_000;
/** As many are made in one go: the receiver beside it waits no longer than that takes. */
const BATCH = 100;
const LARGEST_TABLE = 4 * 1024 * 1024;

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [study, ...others] = positionals;
  if (study === undefined) throw new UsageError('Name the study by its id, as its file has it.');
  if (others.length > 0) throw new UsageError(`Name one study, not "${others.join(' ')}" too.`);
  const { count, csv, again, site, lost, data, keys } = values;
  if ([count, csv, again].filter((one) => one !== undefined).length !== 1) {
    throw new UsageError('Say one of --count, --csv and --again.');
  }
  if (lost && again === undefined) throw new UsageError('--lost goes with --again.');
  if (site !== undefined && count === undefined) {
    throw new UsageError(
      csv === undefined ? '--site goes with --count.' : 'With --csv, write sites in its column "site".',
    );
  }
  const number = count === undefined ? 0 : countOf(count);
  const days = values.expires === undefined ? INVITATION_DAYS : daysOf(values.expires, '--expires');
  const print = printer(io, values.url === undefined ? undefined : pageOf(values.url));
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  const table = csv === undefined ? undefined : await readTextFile(csv, LARGEST_TABLE);

  await withDatabase(data, keys, async (open) => {
    if (again !== undefined) {
      print([{ ...(await inviteAgain(open, { study, participant: again, lost, days })), label: '' }]);
      return;
    }
    const { sites } = await open.store.transaction((tx) => keptStudy(tx, study));
    const one = { label: '', ...(site !== undefined && { site }) };
    const people =
      table === undefined || csv === undefined
        ? Array.from({ length: number }, () => one)
        : inviteesFrom(table, csv, sites);
    await inviteAll(open, { study, people, days }, print);
  });
  return 0;
}

type Labelled = Invited & { readonly label: string };

/** Each batch is printed once it is in the database: what was printed is good, also when the next one fails. */
async function inviteAll(
  open: OpenDatabase,
  { study, people, days }: { study: string; people: readonly LabelledInvitee[]; days: number },
  print: (invited: readonly Labelled[]) => void,
): Promise<void> {
  for (let start = 0; start < people.length; start += BATCH) {
    const batch = people.slice(start, start + BATCH);
    const invited = await invite(open, { study, invitees: batch, days });
    print(invited.map((one, index) => ({ ...one, label: batch[index]?.label ?? '' })));
  }
}

function printer(io: Io, page: string | undefined): (invited: readonly Labelled[]) => void {
  let head = csvLine(['id', 'site', 'label', page === undefined ? 'code' : 'link', 'expires']);
  return (invited) => {
    const lines = invited.map(({ participant, site, label, code, expiresAt }) => {
      const way = page === undefined ? groupCode(code) : `${page}#${INVITE_FRAGMENT}${code}`;
      return csvLine([participant, site ?? '', label, way, expiresAt]);
    });
    io.stdout.write(`${head}${lines.join('')}`);
    head = '';
  };
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST) return count;
  throw new UsageError(`--count is a number from 1 to ${MOST}, not "${text}".`);
}

/** A code in a link is a secret: it travels over https, or stays on this machine. */
function pageOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname));
  if (url === undefined || !isSafe) {
    throw new UsageError(`--url is a page’s whole address, starting with https://, not "${text}".`);
  }
  if (text.includes('#')) throw new UsageError('--url has a # already, and the code comes behind one. Leave it out.');
  return text;
}
