import { type Context, Hono } from 'hono';
import { allowOrigins, type Origins } from './allow-origins.ts';
import type { Connection } from './client-address.ts';
import { admit, type Gate } from './gate.ts';
import type { Logger } from './log.ts';
import { problemResponse, Refusal } from './refusal.ts';
import { honoPath, type Route } from './route.ts';
import { StoreError, type StoreErrorCode } from './store/store.ts';

/** What stands around every route: who may call from a page, headers, problem details, the log. */
export interface ReceiverEnv {
  Bindings: Connection;
  Variables: { problem: string };
}

export type ReceiverContext = Context<ReceiverEnv>;

/** Answers are data: a browser that is led to one must neither run nor embed nor guess anything. Pages have their own. */
const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
};

export function createApp(routes: readonly Route[], gate: Gate, origins: Origins, logger: Logger): Hono<ReceiverEnv> {
  const app = new Hono<ReceiverEnv>();

  app.use(async (context, next) => {
    const start = performance.now();
    await next();
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
    const { method } = context.req;
    if (method !== 'GET' && method !== 'HEAD') context.res.headers.set('Cache-Control', 'no-store');
    // Neither path nor address: one may hold an id, the other is a person's.
    const problem = context.get('problem');
    const ms = Math.round(performance.now() - start);
    logger.info({ method, status: context.res.status, ...(problem && { problem }), ms }, 'request');
  });
  // Nothing has a NUL in its name, and not every database can be asked for one.
  app.use(async (context, next) => {
    if (context.req.url.includes('%00')) throw nothingHere();
    await next();
  });
  const methods = [...new Set(routes.map(({ method }) => method))];
  app.use('/studies/:study/*', allowOrigins(origins, methods));

  for (const route of routes) {
    app.on(route.method, honoPath(route.path), (context) => admit(route, context, gate));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
    app.all(honoPath(path), () => {
      const headers = { Allow: allowed.join(', ') };
      throw new Refusal('method-not-allowed', `Use ${allowed.join(' or ')}.`, { headers });
    });
  }

  app.notFound((context) => {
    context.set('problem', 'not-found');
    return problemResponse(nothingHere());
  });
  app.onError((error, context) => {
    const refusal = error instanceof Refusal ? error : failure(error, logger);
    context.set('problem', refusal.code);
    return problemResponse(refusal);
  });
  return app;
}

function nothingHere(): Refusal {
  return new Refusal('not-found', 'See openapi.json for the addresses that there are.');
}

/** What is over by itself: a database that is held, that restarts, that was lost before it answered. */
const PASSING: ReadonlySet<string> = new Set<StoreErrorCode>(['busy', 'unreachable', 'commit-unknown']);

/** Whatever else is thrown: told to the operator, not to the sender, who is to try again. */
function failure(cause: Error, logger: Logger): Refusal {
  const busy = cause instanceof StoreError && PASSING.has(cause.code);
  logger.error({ ...describe(cause), ...(cause.cause instanceof Error && { cause: describe(cause.cause) }) }, 'failed');
  return busy
    ? new Refusal('store-busy', 'Send it again in a few seconds.', { cause, headers: { 'Retry-After': '5' } })
    : new Refusal('internal', 'Send it again later. The receiver’s log says what failed.', { cause });
}

/** Where it failed, without its message: an engine's message can repeat what was written. */
function describe(error: Error): Record<string, unknown> {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, ...('code' in error && { code: error.code }), at: frames.map((line) => line.trim()) };
}
