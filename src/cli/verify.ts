import { type ConsentRecord, type RecordFault, verifyRecord } from '../consent/record.ts';
import { digestOf } from '../submission/digest.ts';
import { type Io, UsageError } from './io.ts';
import { parseOptions } from './parse-options.ts';
import { readPublicKeys } from './public-keys.ts';
import { readTextFile } from './read-text.ts';
import { runAudit } from './verify-audit.ts';

/**
 * `steady verify`: whether a consent record is what a receiver signed, offline and by the keys it is given alone; with
 * `--audit`, whether a study's audit is what was written.
 */

const USAGE = `Usage: steady verify RECORD --key KEY
       steady verify --audit STUDY [--checkpoints FILE|DIR] --data DATABASE [options]

Says whether RECORD is, byte for byte, what the holder of KEY signed. Nothing is fetched, and no key that stands in the
record is trusted.

  --key KEY   a public key: PEM, a JSON Web Key, or a set of them; can be given again

With --audit, says whether the study's audit is row by row what was written, and names of each chain that is not the first row
that does not fit: changed, removed, put elsewhere, cut off. What was cut off together with the chain's own end shows by
checkpoints alone.

  --audit STUDY           the study, by its id
  --checkpoints FILE|DIR  a checkpoint, or a folder of them; can be given again. They are verified by --key, or by the keys in
                          the receiver's directory
  --data DATABASE         what steady serve was given: a SQLite file, or postgres://USER@HOST/NAME
  --keys DIR              the receiver's secret keys; default FILE.keys, needed with PostgreSQL
`;

const OPTIONS = {
  key: { type: 'string', multiple: true },
  audit: { type: 'string' },
  checkpoints: { type: 'string', multiple: true },
  data: { type: 'string' },
  keys: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** A record holds a whole document and a drawn signature. */
const LARGEST_RECORD = 2_097_152;

const FAULTS: Readonly<Record<RecordFault, string>> = {
  'not-a-record': 'is no consent record.',
  reformatted:
    'is not in the form in which a record is written: something was added, or an editor saved it anew. Take the file as the receiver gave it.',
  'other-key': 'was not signed by the key given.',
  changed: 'was changed after it was signed: its content no longer has the digest that stands in it.',
  'bad-signature':
    'does not carry the signature of the key given: it was changed after it was signed, or made by somebody else.',
};

/** @returns 0 where the record is good, 1 where it is not */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const { audit: study, data, keys: directory, checkpoints = [] } = values;
  if (study !== undefined) {
    if (positionals.length > 0) throw new UsageError(`--audit takes no record: "${positionals.join(' ')}".`);
    return runAudit({ study, data, keys: directory, checkpoints, trusted: values.key ?? [] }, io);
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('Name one record.');
  if (values.key === undefined)
    throw new UsageError('Name the public key with --key: a record vouches for nothing itself.');
  const keys = await readPublicKeys(values.key);
  const verified = await verifyRecord(await readTextFile(file, LARGEST_RECORD, true), keys, digestOf);
  if ('fault' in verified) {
    const { fault, keyId } = verified;
    const wanted = keyId === undefined ? '' : ` It names ${keyId}; given: ${keys.map(({ id }) => id).join(', ')}.`;
    io.stderr.write(`${file}: ${FAULTS[fault]}${wanted}\n`);
    return 1;
  }
  io.stdout.write(describe(file, verified.record));
  return 0;
}

function describe(file: string, record: ConsentRecord): string {
  const { statement, receivedAt, identity, keyId, statementDigest, mode } = record;
  const { document, signature } = statement;
  return [
    `${file}: good`,
    `  document   ${document.study}, consent version ${document.version}, in ${document.language}`,
    `  signed by  ${signature.name} (${signature.role}), known by ${identity}`,
    `  received   ${receivedAt}; by the signer’s clock ${signature.signedAt} (${signature.timeZone})`,
    `  digest     ${statementDigest}`,
    `  key        ${keyId}`,
    ...(mode === 'test' ? ['  TEST MODE: this is nobody’s consent.'] : []),
    '',
  ].join('\n');
}
