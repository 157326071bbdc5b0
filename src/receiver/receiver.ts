import type { Hono } from 'hono';
import { v7 } from 'uuid';
import { createApp, type ReceiverEnv } from './app.ts';
import { createCheckpointer } from './checkpoints/checkpointer.ts';
import type { Connection } from './client-address.ts';
import {
  createProofCheck,
  type ProofCheck,
  type Reauthentication,
  ReauthenticationError,
} from './consent/reauthentication.ts';
import type { RecordKeys } from './consent/record-keys.ts';
import { refuseRemovedConsent } from './consent/removed-versions.ts';
import { consentRoutes } from './consent/routes.ts';
import { TOKEN_IDLE_DAYS } from './days.ts';
import type { Desk } from './desk.ts';
import type { Gate } from './gate.ts';
import type { KeyRing } from './keys.ts';
import { linkRoutes } from './links/routes.ts';
import { type Logger, SILENT } from './log.ts';
import type { Mode } from './mode.ts';
import { pageRoutes } from './pages/routes.ts';
import { forgetOldDrafts } from './participants/drafts.ts';
import { createParticipantGate } from './participants/participant-gate.ts';
import { participantRoutes } from './participants/routes.ts';
import { type ItemFiles, itemsFor, refuseStrayItems } from './questionnaires/item-files.ts';
import { questionnaireRoutes } from './questionnaires/routes.ts';
import { createSweeper } from './questionnaires/sweep.ts';
import { createRateLimits, type RateLimitOptions, USUAL_LIMITS } from './rate-limits.ts';
import { createIntake } from './receive.ts';
import { createRoutes } from './routes.ts';
import { ServeError } from './serve-error.ts';
import { type KnownStudy, keepStudy, refusePlaceholders, type ServedStudy } from './served-study.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { createStaffGate } from './staff/staff-gate.ts';
import type { Store } from './store/store.ts';
import { checkWebhooks, type Webhook } from './webhooks/webhook.ts';
import { createWebhookSenders } from './webhooks/webhook-senders.ts';

export interface ReceiverOptions {
  /** As `readStudy` reads them. */
  readonly studies: readonly ServedStudy[];
  readonly store: Store;
  readonly keys: KeyRing;
  /** What consent records are signed with, as `openRecordKeys` opens them. */
  readonly recordKeys: RecordKeys;
  /** What every row is marked with. Default: `test`. */
  readonly mode?: Mode;
  /** Origins whose pages may use a study, by study id. The receiver's own origin needs no entry. */
  readonly origins?: Readonly<Record<string, readonly string[]>>;
  /** The built kit, `dist/embed`, for the hosted page and the isolated frames. Without it there are none. */
  readonly embedDir?: string;
  /** A proxy stands in front, and its last `X-Forwarded-For` entry is true. Default: false. */
  readonly trustProxy?: boolean;
  /** Days without use after which a participant’s token opens nothing. Default: 180. */
  readonly tokenIdleDays?: number;
  /** How whoever signs a consent shows again who they are, by study id. */
  readonly reauthentication?: Readonly<Record<string, Reauthentication>>;
  readonly limits?: Partial<RateLimitOptions>;
  /** Where a study's events go, by study id. They are sent from now on, until the receiver is closed. */
  readonly webhooks?: Readonly<Record<string, Webhook>>;
  /** Files that a site brings for the instruments whose words the kit has no right to, by study id. */
  readonly items?: ItemFiles;
  /** How often it is looked who is due, for the webhooks, in milliseconds. Default: a quarter of an hour. */
  readonly sweepEvery?: number;
  /** Where checkpoints of the audit are written to, at once and from then on; and how often, in milliseconds. Default: daily. */
  readonly checkpoints?: { readonly folder: string; readonly every?: number };
  readonly logger?: Logger;
  readonly now?: () => Date;
}

/** The reference endpoint: a function from Request to Response, without a socket of its own. */
export interface Receiver {
  readonly app: Hono<ReceiverEnv>;
  /** @param connection what the server knows of the connection: node-server's bindings fit */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** Stops looking who is due and sending events, and closes the store. Requests that are still running must have been waited for. */
  close(): Promise<void>;
}

/**
 * Keeps the study files it is given and serves them.
 *
 * @throws ServeError, StudyError, InstrumentError, WebhookError and ReauthenticationError for what it cannot be started with;
 *   StoreError
 */
export async function createReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { store, keys, recordKeys, mode = 'test', trustProxy = false, logger = SILENT } = options;
  const { now = () => new Date(), items = {} } = options;
  const origins = allowed(options);
  refuseStrayItems(
    items,
    options.studies.map(({ study }) => study.id),
  );
  if (mode === 'live') for (const study of options.studies) refusePlaceholders(study);

  const studies = new Map<string, KnownStudy>();
  for (const served of options.studies) {
    const { id } = served.study;
    if (studies.has(id)) {
      throw new ServeError('study-twice', `${served.file}: id: "${id}" is served from another file already.`);
    }
    const unreadable = (version: string) => logger.warn({ study: id, version }, 'kept study file cannot be read');
    const missed = (instruments: readonly string[]) =>
      logger.warn({ study: id, instruments }, 'instruments that nobody has brought');
    const brought = await itemsFor(served, items, { mode, missed });
    // Before the file is kept: what is mended may have the same version.
    await store.transaction((tx) => refuseRemovedConsent(tx, served));
    studies.set(id, await keepStudy(served, { store, keys, mode, now, unreadable, brought }));
    await store.transaction((tx) => forgetOldDrafts(tx, id, now().toISOString()));
  }

  const webhooks = new Map(Object.entries(options.webhooks ?? {}));
  checkWebhooks(webhooks, [...studies.keys()]);
  const senders = createWebhookSenders(webhooks, { store, logger, now });

  const limits = createRateLimits({ ...USUAL_LIMITS, ...options.limits });
  const proofs = await proofChecks(options);
  const { queueEvent } = senders;
  const desk: Desk = { store, keys, recordKeys, proofs, mode, now, newId: v7, queueEvent };
  const intake = createIntake(desk);
  const pages =
    options.embedDir === undefined ? [] : pageRoutes({ studies, origins, desk, embedDir: options.embedDir });
  const staff = staffRoutes({ ...desk, studies });
  const participants = [
    ...participantRoutes({ desk, studies, limits, trustProxy }),
    ...consentRoutes({ desk, studies }),
    ...questionnaireRoutes({ desk, studies }),
    ...sessionRoutes({ desk, studies, limits, trustProxy }),
    ...linkRoutes({ desk, studies, limits, trustProxy }),
  ];
  const routes = createRoutes({ studies, mode, store, intake, limits, trustProxy, pages, participants, staff });
  const { tokenIdleDays = TOKEN_IDLE_DAYS } = options;
  const gate: Gate = {
    participant: createParticipantGate({ studies, store, limits, trustProxy, tokenIdleDays, now }),
    staff: createStaffGate({ studies, store, limits, trustProxy, now }),
  };
  const app = createApp(routes, gate, origins, logger);
  const sweeper = createSweeper({
    studies: [...studies.values()].filter(({ current }) => webhooks.has(current.study.id)),
    ...{ desk, logger, every: options.sweepEvery ?? USUAL_SWEEP, watch: () => senders.watch() },
  });
  const checkpointer =
    options.checkpoints &&
    createCheckpointer({
      studies: [...studies.keys()],
      ...{ desk, logger, every: USUAL_CHECKPOINT, ...options.checkpoints },
    });
  senders.start();
  sweeper.start();
  checkpointer?.start();
  return {
    app,
    async fetch(request, connection = {}) {
      const ended = senders.watch();
      try {
        return await app.fetch(request, connection);
      } finally {
        ended();
      }
    },
    async close() {
      await checkpointer?.stop();
      await sweeper.stop();
      await senders.stop();
      await store.close();
    },
  };
}

/** Days begin and end at midnight: a quarter of an hour after it is early enough. */
const USUAL_SWEEP = 15 * 60_000;
const USUAL_CHECKPOINT = 24 * 60 * 60_000;

/** @throws ReauthenticationError */
async function proofChecks({
  studies,
  reauthentication = {},
}: ReceiverOptions): Promise<ReadonlyMap<string, ProofCheck>> {
  const checks = new Map<string, ProofCheck>();
  for (const [id, config] of Object.entries(reauthentication)) {
    if (!studies.some(({ study }) => study.id === id && study.consent !== undefined)) {
      throw new ReauthenticationError(
        'reauthentication-without-consent',
        `There is no study "${id}" with a consent to sign. Leave its re-authentication out, or name another study.`,
      );
    }
    checks.set(id, await createProofCheck(id, config));
  }
  return checks;
}

/** @throws ServeError `origin-without-study`, `bad-origin` */
function allowed({ studies, origins = {} }: ReceiverOptions): ReadonlyMap<string, readonly string[]> {
  const ids = studies.map(({ study }) => study.id);
  for (const [id, list] of Object.entries(origins)) {
    if (!ids.includes(id)) {
      throw new ServeError('origin-without-study', `There is no study "${id}" to allow ${list.join(', ')} for.`);
    }
    for (const origin of list.filter((one) => !isOrigin(one))) {
      const fix = 'Write scheme, host and port alone, as in https://hospital.example.org.';
      throw new ServeError('bad-origin', `"${origin}" is not an origin. ${fix}`);
    }
  }
  const listed = new Map(Object.entries(origins));
  return new Map(ids.map((id) => [id, listed.get(id) ?? []]));
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
