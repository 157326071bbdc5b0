import type { Hono } from 'hono';
import { createApp, type ReceiverEnv } from './app.ts';
import type { Connection } from './client-address.ts';
import { type Gate, notSignedIn } from './gate.ts';
import type { KeyRing } from './keys.ts';
import { type Logger, SILENT } from './log.ts';
import type { Mode } from './mode.ts';
import { pageRoutes } from './pages/routes.ts';
import { createRateLimits, type RateLimitOptions, USUAL_LIMITS } from './rate-limits.ts';
import { createIntake } from './receive.ts';
import { createRoutes } from './routes.ts';
import { type KnownStudy, keepStudy, refusePlaceholders, type ServedStudy, ServeError } from './served-study.ts';
import { staffRoutes } from './staff/routes.ts';
import { createStaffGate } from './staff/staff-gate.ts';
import type { Store } from './store/store.ts';

export interface ReceiverOptions {
  /** As `readStudy` reads them. */
  readonly studies: readonly ServedStudy[];
  readonly store: Store;
  readonly keys: KeyRing;
  /** What every row is marked with. Default: `test`. */
  readonly mode?: Mode;
  /** Origins whose pages may use a study, by study id. The receiver's own origin needs no entry. */
  readonly origins?: Readonly<Record<string, readonly string[]>>;
  /** The built kit, `dist/embed`, for the hosted page and the isolated frames. Without it there are none. */
  readonly embedDir?: string;
  /** A proxy stands in front, and its last `X-Forwarded-For` entry is true. Default: false. */
  readonly trustProxy?: boolean;
  readonly limits?: Partial<RateLimitOptions>;
  readonly logger?: Logger;
  readonly now?: () => Date;
}

/** The reference endpoint: a function from Request to Response, without a socket of its own. */
export interface Receiver {
  readonly app: Hono<ReceiverEnv>;
  /** @param connection what the server knows of the connection: node-server's bindings fit */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** Closes the store. Requests that are still running must have been waited for. */
  close(): Promise<void>;
}

/**
 * Keeps the study files it is given and serves them.
 *
 * @throws ServeError for what it cannot be started with; StoreError
 */
export async function createReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { store, keys, mode = 'test', trustProxy = false, logger = SILENT, now = () => new Date() } = options;
  const origins = allowed(options);
  if (mode === 'live') for (const study of options.studies) refusePlaceholders(study);

  const studies = new Map<string, KnownStudy>();
  for (const served of options.studies) {
    const { id } = served.study;
    if (studies.has(id)) {
      throw new ServeError('study-twice', `${served.file}: id: "${id}" is served from another file already.`);
    }
    const unreadable = (version: string) => logger.warn({ study: id, version }, 'kept study file cannot be read');
    studies.set(id, await keepStudy(served, { store, keys, mode, now, unreadable }));
  }

  const limits = createRateLimits({ ...USUAL_LIMITS, ...options.limits });
  const intake = createIntake({ store, keys, mode, now });
  const pages = options.embedDir === undefined ? [] : pageRoutes({ studies, origins, embedDir: options.embedDir });
  const staff = staffRoutes({ store, keys, mode, now });
  const routes = createRoutes({ studies, mode, store, intake, limits, trustProxy, pages, staff });
  // Nobody is known yet.
  const gate: Gate = {
    participant: () => Promise.reject(notSignedIn()),
    staff: createStaffGate({ studies, store, limits, trustProxy, now }),
  };
  const app = createApp(routes, gate, origins, logger);
  return { app, fetch: async (request, connection = {}) => app.fetch(request, connection), close: () => store.close() };
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
