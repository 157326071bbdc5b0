import type { MiddlewareHandler } from 'hono';
import type { ReceiverEnv } from './app.ts';
import { problemResponse, Refusal } from './refusal.ts';

/** Which pages may use a study: origins by study id, an entry for every study served. Its own origin needs none. */
export type Origins = ReadonlyMap<string, readonly string[]>;

const REQUEST_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match';
// `Date`, so that a Retry-After date is read by the receiver's own clock.
const EXPOSED_HEADERS = 'Date, ETag, Idempotency-Replayed, Retry-After';
const PREFLIGHT_SECONDS = '600';

/**
 * Cross-origin resource sharing (https://fetch.spec.whatwg.org/#http-cors-protocol), decided for each study. Without
 * credentials: the contract knows no cookies.
 *
 * @param methods what the routes under a study take
 */
export function allowOrigins(origins: Origins, methods: readonly string[]): MiddlewareHandler<ReceiverEnv> {
  return async (context, next) => {
    const study = context.req.param('study') ?? '';
    const origin = context.req.header('origin');
    const listed = origins.get(study);
    const allowed = origin !== undefined && listed?.includes(origin) === true;

    if (context.req.method !== 'OPTIONS') await next();
    else if (listed === undefined) context.res = problemResponse(unknownStudy());
    else if (!allowed) context.res = problemResponse(notAllowed(study));
    else context.res = preflight(methods);

    context.res.headers.append('Vary', 'Origin');
    if (!allowed) return;
    context.res.headers.set('Access-Control-Allow-Origin', origin);
    context.res.headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS);
  };
}

export function unknownStudy(): Refusal {
  return new Refusal('unknown-study', 'Check the study’s id in the address: it is the "id" of the study file.');
}

function notAllowed(study: string): Refusal {
  return new Refusal('origin-not-allowed', `Start the receiver with --origin ${study}=ORIGIN for the page’s origin.`);
}

function preflight(methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': REQUEST_HEADERS,
      'Access-Control-Max-Age': PREFLIGHT_SECONDS,
    },
  });
}
