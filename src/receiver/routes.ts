import { publicPart } from '../study/public-part.ts';
import { unknownStudy } from './allow-origins.ts';
import type { ReceiverContext } from './app.ts';
import { clientAddress } from './client-address.ts';
import { PROOF_PROBLEMS } from './consent/reauthentication.ts';
import { SIGNATURE_PROBLEMS } from './consent/refuse-signature.ts';
import { sha256 } from './hash.ts';
import { recruitmentState } from './links/recruitment.ts';
import type { Mode } from './mode.ts';
import { openApiDocument } from './openapi.ts';
import { parseSubmission } from './parse-submission.ts';
import type { RateLimits } from './rate-limits.ts';
import { readBody } from './read-body.ts';
import { assertJson } from './read-json.ts';
import type { Intake } from './receive.ts';
import type { OptionalRoute, Route } from './route.ts';
import type { KnownStudy } from './served-study.ts';
import type { Store } from './store/store.ts';

/** The endpoint contract, operation by operation. */

export interface RouteParts {
  readonly studies: ReadonlyMap<string, KnownStudy>;
  readonly mode: Mode;
  readonly store: Store;
  readonly intake: Intake;
  readonly limits: RateLimits;
  readonly trustProxy: boolean;
  /** The endpoint's own pages, where it has them. */
  readonly pages: readonly Route[];
  /** What participants ask beside submissions, and about what they signed. */
  readonly participants: readonly Route[];
  /** What staff may ask. */
  readonly staff: readonly Route[];
}

export function createRoutes(parts: RouteParts): readonly Route[] {
  const routes = [
    studyRoute(parts),
    submissionsRoute(parts),
    healthRoute(parts),
    ...parts.participants,
    ...parts.staff,
    ...parts.pages,
  ];
  const described = openApiRoute(() => document);
  const document = JSON.stringify(openApiDocument([...routes, described]), null, 2);
  return [...routes, described];
}

function studyRoute({ studies, mode, store }: RouteParts): Route {
  const written = (json: Readonly<Record<string, unknown>>) => {
    const body = JSON.stringify({ ...publicPart(json), mode });
    return { body, etag: `"${sha256(body).slice(0, 32)}"` };
  };
  // As it was written, and as it is while the staff have paused recruitment.
  const pages = new Map(
    [...studies].map(([id, { current }]) => [
      id,
      { open: written(current.json), paused: written({ ...current.json, recruitment: 'closed' }) },
    ]),
  );
  return {
    method: 'GET',
    path: '/studies/{study}',
    access: 'public',
    operation: {
      operationId: 'getStudy',
      summary: 'The public part of a study file',
      description:
        'As it was written, with the receiver’s mode; `recruitment` is `closed` also while the staff have paused it. It is checked on every use.',
      headers: [{ name: 'If-None-Match', required: false, description: 'The ETag of what the caller has.' }],
      answers: {
        200: { description: 'The study', schema: 'Study', headers: { ETag: 'Changes with the content' } },
        304: { description: 'What the caller has is current' },
      },
      problems: ['unknown-study', 'store-busy'],
    },
    async handle(context) {
      const id = studyOf(context);
      const [known, written] = [studies.get(id), pages.get(id)];
      if (known === undefined || written === undefined) throw unknownStudy();
      const state = await store.transaction((tx) => recruitmentState(tx, known.current.study));
      const page = state === 'paused' ? written.paused : written.open;
      const headers = { ETag: page.etag, 'Cache-Control': 'no-cache' };
      return names(context.req.header('if-none-match'), page.etag)
        ? new Response(null, { status: 304, headers })
        : new Response(page.body, { headers: { ...headers, 'Content-Type': 'application/json' } });
    },
  };
}

function submissionsRoute({ studies, limits, intake, trustProxy }: RouteParts): OptionalRoute {
  return {
    method: 'POST',
    path: '/studies/{study}/submissions',
    access: 'public-or-participant',
    operation: {
      operationId: 'postSubmission',
      summary: 'Hand in what a participant gave',
      description:
        'Once: the same id and content again gets the same receipt. What is late, incomplete or from another version is kept, with its deviations named. By a participant’s write key it is theirs. A consent and a withdrawal need their token, and a signature is refused where it cannot stand.',
      headers: [{ name: 'Idempotency-Key', required: true, description: 'The submission’s id.' }],
      body: 'Submission',
      answers: {
        200: {
          description: 'It had been received before',
          schema: 'Receipt',
          headers: { 'Idempotency-Replayed': '`true`' },
        },
        201: { description: 'It is stored', schema: 'Receipt' },
      },
      problems: [
        'unknown-study',
        'key-missing',
        'key-mismatch',
        'not-json',
        'not-utf-8',
        'ambiguous-json',
        'too-deep',
        'cut-off',
        'in-flight',
        'screening-not-arrived',
        'too-large',
        'wrong-content-type',
        'not-a-submission',
        'wrong-study',
        'malformed-answers',
        'content-differs',
        'not-eligible',
        'not-signed-in',
        'token-needed',
        ...SIGNATURE_PROBLEMS,
        ...PROOF_PROBLEMS,
        'too-many-requests',
        'store-busy',
      ],
    },
    async handle(context, caller) {
      const address = clientAddress(context.env ?? {}, context.req.raw.headers, trustProxy);
      await limits.fromAddress(address);
      const study = studyOf(context);
      const known = studies.get(study);
      if (known === undefined) throw unknownStudy();
      assertJson(context);
      const key = context.req.header('idempotency-key');
      const arrival = parseSubmission(await readBody(context.req.raw), { study, key });
      await limits.fromSource(address, arrival.submission.source);
      const { receipt, replayed } = await intake(known, arrival, caller);
      return Response.json(receipt, {
        status: replayed ? 200 : 201,
        headers: replayed ? { 'Idempotency-Replayed': 'true' } : {},
      });
    },
  };
}

function healthRoute({ store, mode }: RouteParts): Route {
  return {
    method: 'GET',
    path: '/healthz',
    access: 'public',
    operation: {
      operationId: 'getHealth',
      summary: 'Whether the receiver and its database answer',
      answers: { 200: { description: 'They do', schema: 'Health' } },
      problems: ['store-busy'],
    },
    async handle() {
      await store.transaction((tx) => tx.keyIds());
      return Response.json({ status: 'ok', mode }, { headers: { 'Cache-Control': 'no-store' } });
    },
  };
}

function openApiRoute(document: () => string): Route {
  return {
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    operation: {
      operationId: 'getOpenApi',
      summary: 'This description',
      answers: { 200: { description: 'An OpenAPI 3.1 document', schema: 'OpenApi' } },
      problems: [],
    },
    handle: () =>
      new Response(document(), { headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' } }),
  };
}

function studyOf(context: ReceiverContext): string {
  return context.req.param('study') ?? '';
}

/** Whether an `If-None-Match` names this entity (RFC 9110, 13.1.2: weak comparison, as a proxy may have made it weak). */
function names(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
