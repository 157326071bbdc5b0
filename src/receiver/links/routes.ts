import { unknownStudy } from '../allow-origins.ts';
import type { ReceiverContext } from '../app.ts';
import { clientAddress } from '../client-address.ts';
import type { Desk } from '../desk.ts';
import type { RateLimits } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { PublicRoute } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import type { LinkRow } from '../store/links-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { countOpening, linkOf, linkState } from './links.ts';

/** What anyone may ask about a recruiter's link: where it leads, and that it was opened by somebody's own hand. */

export interface LinkRouteParts {
  readonly desk: Pick<Desk, 'store' | 'mode' | 'now'>;
  readonly studies: ReadonlyMap<string, KnownStudy>;
  readonly limits: RateLimits;
  readonly trustProxy: boolean;
}

export function linkRoutes(parts: LinkRouteParts): readonly PublicRoute[] {
  return [linkRoute(parts), openedRoute(parts)];
}

function linkRoute(parts: LinkRouteParts): PublicRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/links/{code}',
    access: 'public',
    operation: {
      operationId: 'getLink',
      summary: 'Where a recruiter’s link leads, and whether recruitment is open there',
      description: 'The code as it was typed: any case, hyphens and spaces. Nothing is counted.',
      answers: { 200: { description: 'The link', schema: 'LinkState' } },
      problems: ['unknown-study', 'unknown-link', 'too-many-requests', 'store-busy'],
    },
    handle: (context) =>
      withLink(parts, context, async (tx, known, link) => {
        const state = await linkState(tx, known, link, parts.desk.now());
        const { code, language, site } = link;
        const body = { code, open: state === 'open', state, language, ...(site !== null && { site }) };
        return Response.json(body, { headers: { 'Cache-Control': 'no-store' } });
      }),
  };
}

function openedRoute(parts: LinkRouteParts): PublicRoute {
  return {
    method: 'POST',
    path: '/studies/{study}/links/{code}/opened',
    access: 'public',
    operation: {
      operationId: 'postLinkOpened',
      summary: 'Somebody has pressed a key on, or touched, the page of a recruiter’s link',
      description:
        'Sent once for a visit, without a body: who it was is neither asked nor kept, and no more than the day.',
      answers: { 204: { description: 'It is counted' } },
      problems: ['unknown-study', 'unknown-link', 'too-many-requests', 'store-busy'],
    },
    handle: (context) =>
      withLink(parts, context, async (tx, _known, link) => {
        await countOpening(tx, link, parts.desk.now());
        return new Response(null, { status: 204 });
      }),
  };
}

/** @throws Refusal `unknown-study`, `unknown-link`, `too-many-requests` */
async function withLink(
  { desk: { store, mode }, studies, limits, trustProxy }: LinkRouteParts,
  context: ReceiverContext,
  work: (tx: StoreTransaction, known: KnownStudy, link: LinkRow) => Promise<Response>,
): Promise<Response> {
  const study = context.req.param('study') ?? '';
  const code = context.req.param('code') ?? '';
  const address = clientAddress(context.env ?? {}, context.req.raw.headers, trustProxy);
  await limits.fromAddress(address);
  const known = studies.get(study);
  if (known === undefined) throw unknownStudy();
  await limits.fromSource(address, code);
  return store.transaction(async (tx) => {
    const link = await linkOf(tx, study, code, mode);
    if (link === undefined) throw unknownLink();
    return work(tx, known, link);
  });
}

export function unknownLink(): Refusal {
  return new Refusal('unknown-link', 'Check the code: eight letters and digits, the last of which shows most slips.');
}
