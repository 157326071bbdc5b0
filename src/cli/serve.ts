import { openRecordKeys } from '../receiver/consent/record-keys.ts';
import { openKeys } from '../receiver/keys.ts';
import { createLogger, type Logger } from '../receiver/log.ts';
import type { ItemFile, ItemFiles } from '../receiver/questionnaires/item-files.ts';
import { createReceiver, type ReceiverOptions } from '../receiver/receiver.ts';
import { serve } from '../receiver/serve.ts';
import { readStudy, type ServedStudy } from '../receiver/served-study.ts';
import { openStore } from '../receiver/store/open-store.ts';
import { LARGEST_STUDY_FILE } from '../study/read.ts';
import { byStudy } from './by-study.ts';
import { findEmbed } from './find-embed.ts';
import { type Io, UsageError } from './io.ts';
import { keysDirectoryOf } from './open-database.ts';
import { parseOptions } from './parse-options.ts';
import { readTextFile } from './read-text.ts';
import { readReauthentication } from './reauthentication.ts';
import { openWebhooks, webhookAddresses } from './webhooks.ts';

/** `steady serve`: the reference receiver, until it is told to stop. */

const USAGE = `Usage: steady serve --study FILE... --data DATABASE [options]

  --study FILE           a study file; repeat for several
  --data DATABASE        a SQLite file, made when it is not there; or postgres://USER@HOST/NAME
  --port N               default 8787; 0 takes one that is free
  --host HOST            default 127.0.0.1, this machine alone
  --mode test|live       default test; live refuses studies with placeholders
  --keys DIR             the receiver's secret keys; default FILE.keys, needed with PostgreSQL
  --origin STUDY=ORIGIN  lets pages of another origin use a study; repeat for several
  --trust-proxy          a proxy stands in front and sets X-Forwarded-For
  --webhook STUDY=URL    where a study's events are sent, signed
  --page STUDY=URL       the participants' page, for the links in events
  --items STUDY=FILE     an instrument whose words the site brings; repeat for several
  --reauthentication STUDY=FILE
                         how whoever signs a consent shows again who they are
  --checkpoints DIR      where the ends of the audit's chains are written, signed, at once and daily
`;

const OPTIONS = {
  study: { type: 'string', multiple: true },
  data: { type: 'string' },
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  mode: { type: 'string', default: 'test' },
  keys: { type: 'string' },
  origin: { type: 'string', multiple: true },
  'trust-proxy': { type: 'boolean', default: false },
  webhook: { type: 'string', multiple: true },
  page: { type: 'string', multiple: true },
  items: { type: 'string', multiple: true },
  reauthentication: { type: 'string', multiple: true },
  checkpoints: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const ORIGIN = { name: '--origin', value: 'ORIGIN', example: 'https://example.org' };
const ITEMS = { name: '--items', value: 'FILE', example: 'ces.instrument.json' };

/** Where the signals to stop come from. */
type Signals = Pick<NodeJS.Process, 'once' | 'off'>;

/**
 * Serves until SIGTERM or SIGINT, then lets what is in flight finish. A second signal ends it at once.
 *
 * @throws UsageError, SteadyError
 */
export async function run(args: string[], io: Io, signals: Signals = process): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, USAGE);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const { study: files = [], data, mode } = values;
  if (positionals.length > 0)
    throw new UsageError(`Name each study file with --study: "${positionals.join(' ')}" has none.`);
  if (files.length === 0) throw new UsageError('Name a study file with --study.');
  if (data === undefined || data === '') throw new UsageError('Name the database with --data.');
  if (mode !== 'test' && mode !== 'live') throw new UsageError(`--mode is test or live, not "${mode}".`);
  const keysDirectory = keysDirectoryOf(data, values.keys);
  const port = portOf(values.port);
  const origins = Object.fromEntries(byStudy(ORIGIN, values.origin));
  const addresses = webhookAddresses(values.webhook, values.page);
  const reauthentication = await readReauthentication(values.reauthentication);
  const items = await readItems(values.items);

  const logger = createLogger(io.stderr);
  const studies = await Promise.all(files.map(readStudyFile));
  const embedDir = findEmbed();
  const ids = studies.map(({ study }) => study.id);
  const { webhooks, paths } = await openWebhooks(addresses, keysDirectory, ids);
  const receiver = await start(data, keysDirectory, {
    studies,
    mode,
    origins,
    logger,
    trustProxy: values['trust-proxy'],
    webhooks,
    reauthentication,
    items,
    ...(embedDir !== undefined && { embedDir }),
    ...(values.checkpoints !== undefined && { checkpoints: { folder: values.checkpoints } }),
  });
  let serving: Awaited<ReturnType<typeof serve>>;
  try {
    serving = await serve(receiver, { port, host: values.host });
  } catch (error) {
    await receiver.close();
    throw error;
  }
  const stopped = untilStopped(signals);
  io.stdout.write(`steady receiver listening on ${serving.url}\n`);
  for (const { study } of embedDir === undefined ? [] : studies) {
    io.stdout.write(`${study.id}: participants' page at ${serving.url}/p/${study.id}\n`);
  }
  if (embedDir === undefined)
    io.stdout.write('The kit is not built: there is no page for participants and no frame.\n');
  for (const [study, path] of paths) io.stdout.write(`${study}: events are signed with the secret in ${path}\n`);
  await stopped;
  await serving.close();
  return 0;
}

async function start(
  data: string,
  keysDirectory: string,
  options: Omit<ReceiverOptions, 'store' | 'keys' | 'recordKeys'> & { readonly logger: Logger },
) {
  // The code alone: a message may tell what was sent.
  const onLost = (error: Error) =>
    options.logger.warn({ code: 'code' in error ? error.code : undefined }, 'connection to the database lost');
  const store = await openStore(data, { onLost });
  try {
    const keys = await openKeys(keysDirectory, await store.transaction((tx) => tx.keyIds()));
    const recordKeys = await openRecordKeys(keysDirectory, await store.transaction((tx) => tx.recordKeyIds()));
    return await createReceiver({ ...options, store, keys, recordKeys });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** @throws UsageError, FileError */
async function readItems(entries: readonly string[] | undefined): Promise<ItemFiles> {
  const read = [...byStudy(ITEMS, entries)].map(async ([study, files]): Promise<[string, readonly ItemFile[]]> => {
    const texts = files.map(async (file) => ({ file, text: await readTextFile(file, LARGEST_STUDY_FILE) }));
    return [study, await Promise.all(texts)];
  });
  return Object.fromEntries(await Promise.all(read));
}

async function readStudyFile(file: string): Promise<ServedStudy> {
  return readStudy(await readTextFile(file, LARGEST_STUDY_FILE), file);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port is a number up to 65535, not "${text}".`);
  return port;
}

function untilStopped(signals: Signals): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      signals.off('SIGTERM', stop);
      signals.off('SIGINT', stop);
      resolve();
    };
    signals.once('SIGTERM', stop);
    signals.once('SIGINT', stop);
  });
}
