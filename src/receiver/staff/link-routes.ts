import type { Study } from '../../study/schema.ts';
import { groupLinkCode } from '../../submission/link-code.ts';
import { toldCounts } from '../links/link-counts.ts';
import { expireLink, hasExpired, linkOf, makeLink, usualSource } from '../links/links.ts';
import { unknownLink } from '../links/routes.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { type Fault, Refusal } from '../refusal.ts';
import type { StaffRoute } from '../route.ts';
import type { LinkCounts, LinkRow } from '../store/links-store.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { Json } from './blinding.ts';
import { AFTER, afterOf, page, present } from './pages.ts';
import type { StaffRouteParts } from './routes.ts';
import { newLinkSchema, PAGE } from './schemas.ts';

/**
 * Links that lead people to the screener. Recruiters make their own and see what came of those alone, as far as it tells of
 * nobody; coordinators see everybody's.
 */

const BODY_BYTES = 4096;
const NOTHING: Omit<LinkCounts, 'code'> = { opened: 0, completed: 0, eligible: 0, consented: 0 };

export function linkStaffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [linksRoute(parts), newLinkRoute(parts), expiredRoute(parts)];
}

function linksRoute({ store, mode, now }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/links',
    access: { staff: ['recruiter', 'coordinator'] },
    operation: {
      operationId: 'getLinks',
      summary: 'Links, and what came of each',
      description:
        'The newest first. A recruiter gets their own, and of people who were eligible or have signed no number below five. There are no sums: they would tell what is left out.',
      query: [AFTER],
      answers: { 200: { description: 'A page of them', schema: 'Links' } },
      problems: ['not-a-request'],
    },
    async handle(context, caller) {
      const { study, sites, role } = caller;
      const after = afterOf(context);
      return store.transaction(async (tx) => {
        const whose = role === 'recruiter' ? { createdBy: caller.id } : {};
        const rows = await tx.links(study, { after, limit: PAGE + 1, sites: sites ?? undefined, ...whose });
        const codes = rows.slice(0, PAGE).map(({ code }) => code);
        const counted = await tx.linkCounts(study, codes, mode);
        const countsOf = (row: LinkRow) => counted.find(({ code }) => code === row.code) ?? NOTHING;
        const describe = (row: LinkRow): Json => ({
          ...linkFor(row, now()),
          counts: countsFor(role, countsOf(row)),
        });
        return { body: page('links', rows, describe) };
      });
    },
  };
}

/** Field by field: a link's count holds nothing that is not named here. */
function countsFor(role: StaffRow['role'], { opened, completed, eligible, consented }: Omit<LinkCounts, 'code'>): Json {
  const counts = { opened, completed, eligible, consented };
  return role === 'recruiter' ? { ...toldCounts(counts) } : counts;
}

function newLinkRoute(parts: StaffRouteParts): StaffRoute {
  const { store, studies, now } = parts;
  return {
    method: 'POST',
    path: '/studies/{study}/links',
    access: { staff: ['recruiter', 'coordinator'] },
    operation: {
      operationId: 'postLink',
      summary: 'A new link, for one site, channel and language',
      description:
        'Its address is `/j/` and the code, from the endpoint’s own. `source` is what stands with a screening that came by it; without one, site and channel.',
      body: 'NewLink',
      answers: { 201: { description: 'The link', schema: 'Link' } },
      problems: [...REQUEST_PROBLEMS, 'not-offered'],
    },
    async handle(context, caller) {
      const { json } = await readRequest(context, newLinkSchema, BODY_BYTES);
      const { site = null, channel, language, expiresAt = null } = json;
      const { study } = caller;
      const { source = usualSource({ site, channel }) } = json;
      const wanted = { study, site, channel, language, source, createdBy: caller.id, expiresAt: utc(expiresAt) };
      const served = studies.get(study)?.current.study;
      if (served?.screening === undefined) throw new Refusal('not-offered', 'This study has no screening to lead to.');
      const faults = faultsOf(wanted, caller, served, now());
      if (faults.length > 0) throw new Refusal('not-a-request', 'Mend what "problems" names.', { faults });
      const row = await store.transaction((tx) => makeLink(tx, parts, wanted));
      return { status: 201, body: linkFor(row, now()) };
    },
  };
}

function utc(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** What the schema cannot know: the study's sites and languages, whose sites these are, and the time. */
function faultsOf(
  { site, language, expiresAt }: Pick<LinkRow, 'site' | 'language' | 'expiresAt'>,
  { sites: theirs }: StaffRow,
  { sites = [], languages }: Pick<Study, 'sites' | 'languages'>,
  now: Date,
): Fault[] {
  const known = sites.some(({ id }) => id === site);
  const faults: Fault[] = [];
  if (site === null && theirs !== null) faults.push({ path: 'site', code: 'missing' });
  if (site !== null && (!known || theirs?.includes(site) === false)) faults.push({ path: 'site', code: 'no-such' });
  if (!languages.includes(language)) faults.push({ path: 'language', code: 'no-such' });
  if (hasExpired({ expiresAt }, now)) faults.push({ path: 'expiresAt', code: 'too-early' });
  return faults;
}

function expiredRoute(parts: StaffRouteParts): StaffRoute {
  const { store, mode } = parts;
  return {
    method: 'POST',
    path: '/studies/{study}/links/{code}/expired',
    access: { staff: ['recruiter', 'coordinator'] },
    operation: {
      operationId: 'postLinkExpired',
      summary: 'A link ends, now',
      description: 'Its page says so from now on. Again is the same as once.',
      answers: { 204: { description: 'It has ended' } },
      problems: ['unknown-link'],
    },
    async handle(context, caller) {
      const typed = context.req.param('code') ?? '';
      return store.transaction(async (tx) => {
        const link = await linkOf(tx, caller.study, typed, mode);
        if (link === undefined || !isCallersLink(link, caller)) throw unknownLink();
        await expireLink(tx, parts, link, caller.id);
        return {};
      });
    },
  };
}

function isCallersLink({ createdBy, site }: LinkRow, { id, role, sites }: StaffRow): boolean {
  if (role === 'recruiter' && createdBy !== id) return false;
  return sites === null || (site !== null && sites.includes(site));
}

function linkFor(row: LinkRow, now: Date): Record<string, Json> {
  const { code, site, channel, language, source, createdBy, createdAt, expiresAt } = row;
  const state = hasExpired(row, now) ? 'expired' : 'open';
  const known = present({ site, expiresAt });
  // From the endpoint's own address, wherever that is.
  return {
    code,
    grouped: groupLinkCode(code),
    path: `j/${code}`,
    channel,
    language,
    source,
    createdBy,
    createdAt,
    state,
    ...known,
  };
}
