import { correctArm, correctSite, correctSiteArm, recordMove } from '../receiver/allocation/corrections.ts';
import { type AllocationFault, verifyAllocation } from '../receiver/allocation/verify-allocation.ts';
import { type Io, UsageError } from './io.ts';
import { oneLine } from './one-line.ts';
import { type OpenDatabase, withDatabase } from './open-database.ts';
import { parseOptions } from './parse-options.ts';

/** `steady allocation`: whether what was drawn is what stands, and what has to be put right beside it. */

const USAGE = `Usage: steady allocation verify STUDY --data DATABASE [options]
       steady allocation correct STUDY --participant ID --arm ARM --reason TEXT --data DATABASE [options]
       steady allocation correct STUDY --site SITE --arm ARM --reason TEXT --data DATABASE [options]
       steady allocation correct STUDY --participant ID --site SITE --reason TEXT --data DATABASE [options]
       steady allocation move STUDY --participant ID --site SITE --reason TEXT --data DATABASE [options]

verify draws everything again from the random bytes that were kept, and compares it with what stands and with the audit.
correct adds what holds from now on, with its reason; what was drawn stays. Of a participant: their arm, or, where sites
are allocated, which site they are counted with. move says that a participant works at another site now: their arm stays.

  --participant ID  whom it is about
  --site SITE       which site
  --arm ARM         the arm that holds
  --reason TEXT     why, in a line; nobody's name belongs in it
  --data DATABASE   what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR        the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  participant: { type: 'string' },
  site: { type: 'string' },
  arm: { type: 'string' },
  reason: { type: 'string' },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const LONGEST_REASON = 500;
const NO_REASON = 'Say why with --reason, as in --reason "Told the other arm by mistake".';

/** @throws UsageError, SteadyError */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const [action, study, ...others] = positionals;
  if (action !== 'verify' && action !== 'correct' && action !== 'move') {
    throw new UsageError(`Say verify, correct or move${action === undefined ? '' : `, not "${action}"`}.`);
  }
  if (study === undefined) throw new UsageError('Name the study by its id, as its file has it.');
  if (others.length > 0) throw new UsageError(`Name one study, not "${others.join(' ')}" too.`);
  const { data, keys, ...change } = values;
  if (action === 'verify') {
    const stray = (['participant', 'site', 'arm', 'reason'] as const).find((name) => change[name] !== undefined);
    if (stray !== undefined) throw new UsageError(`--${stray} goes with correct and move.`);
  }
  const work = action === 'verify' ? undefined : changeOf(action, study, change);
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  if (work === undefined) return withDatabase(data, keys, (open) => verify(open, study, io));
  await withDatabase(data, keys, work.make);
  io.stdout.write(`${work.said}\n`);
  return 0;
}

interface Change {
  make(open: OpenDatabase): Promise<void>;
  /** What is told once it is made. It names no arm: it may stand in a terminal that others see. */
  readonly said: string;
}

function changeOf(
  action: 'correct' | 'move',
  study: string,
  { participant, site, arm, reason: text }: Partial<Record<'participant' | 'site' | 'arm' | 'reason', string>>,
): Change {
  const reason = oneLine(text, '--reason', LONGEST_REASON, NO_REASON);
  if (action === 'move') {
    if (participant === undefined || site === undefined || arm !== undefined) {
      throw new UsageError('move takes --participant and --site.');
    }
    return {
      make: (open) => recordMove(open, { study, participant, site, reason }),
      said: `Participant ${participant} is at the site ${site} from now on. Their arm stays.`,
    };
  }
  if (participant !== undefined && site === undefined && arm !== undefined) {
    return {
      make: (open) => correctArm(open, { study, participant, arm, reason }),
      said: `The arm of participant ${participant} was corrected. What was drawn stays beside it.`,
    };
  }
  if (participant === undefined && site !== undefined && arm !== undefined) {
    return {
      make: (open) => correctSiteArm(open, { study, site, arm, reason }),
      said: `The arm of the site ${site} was corrected. What was drawn stays beside it.`,
    };
  }
  if (participant !== undefined && site !== undefined && arm === undefined) {
    return {
      make: (open) => correctSite(open, { study, participant, site, reason }),
      said: `Participant ${participant} is counted with the site ${site}. What was settled before stays beside it.`,
    };
  }
  throw new UsageError('correct takes two of --participant, --site and --arm: whom it is about, and what holds.');
}

const WORDS: Readonly<Record<AllocationFault, string>> = {
  'draw-differs': 'does not stand as its random bytes draw it.',
  'draws-missing': 'lacks something that was drawn, or has it twice.',
  'plan-differs': 'was not drawn by what the study file that it names says.',
  'row-differs': 'is not as the audit knows that it was written.',
  'not-in-audit': 'is not known to the audit.',
  'row-missing': 'has an event in the audit of a row that is not there.',
  'audit-broken': 'is a chain of the audit that is not whole.',
};

/** @returns 0 where all is well, else 1 */
async function verify(open: OpenDatabase, study: string, io: Io): Promise<number> {
  const { allocations, sites, corrections, moves, findings } = await verifyAllocation(open, study);
  for (const { what, where } of findings) io.stderr.write(`${study}: ${where}: ${WORDS[what]}\n`);
  if (findings.length > 0) return 1;
  const counts = Object.entries({ participants: allocations, sites, corrections, 'sites of participants': moves });
  io.stdout.write(`${study}: good (${counts.map(([of, count]) => `${of} ${count}`).join(', ')})\n`);
  return 0;
}
