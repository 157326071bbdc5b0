import { consortSvg } from '../funnel/consort-svg.ts';
import { countFunnel, type Funnel } from '../funnel/count-funnel.ts';
import type { StaffRoute } from '../route.ts';
import type { StaffRow } from '../store/staff-store.ts';
import { BLINDED, type Json } from './blinding.ts';
import type { StaffRouteParts } from './routes.ts';
import { servedStudy } from './their-study.ts';

/** How many came how far: numbers alone, and without arms for those who must not know. */

export function funnelStaffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [funnelRoute(parts), consortRoute(parts)];
}

function funnelRoute(parts: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/staff/funnel',
    access: { staff: ['coordinator', 'statistician'] },
    operation: {
      operationId: 'getFunnel',
      summary: 'How many were screened, enrolled, allocated and followed up',
      description:
        'Everybody in one place alone, at one moment. By arm for those who may know; for the others whoever has signed is in the trial, allocated or not. Who is limited to sites gets the participants of those: screenings of nobody who takes part have no site.',
      answers: { 200: { description: 'The counts', schema: 'Funnel' } },
      problems: [],
    },
    async handle(_context, caller) {
      return { body: asJson(await count(parts, caller)) };
    },
  };
}

function consortRoute(parts: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/staff/consort',
    // A file leaves for those alone who may see all that is in it.
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getConsort',
      summary: 'The same as the flow diagram of CONSORT',
      description: 'As an image with a name; its description is the table.',
      answers: { 200: { description: 'An SVG', mediaType: 'image/svg+xml' } },
      problems: [],
    },
    async handle(_context, caller) {
      const content = consortSvg(await count(parts, caller), servedStudy(parts, caller));
      return { file: { name: `consort-${caller.study}.svg`, mediaType: 'image/svg+xml', content } };
    },
  };
}

function count(parts: StaffRouteParts, caller: StaffRow): Promise<Funnel> {
  const { store, mode, now } = parts;
  const at = now().toISOString();
  const sites = caller.sites ?? undefined;
  const blinded = BLINDED.includes(caller.role);
  return store.snapshot((tx) => countFunnel(tx, servedStudy(parts, caller), { mode, now: at, sites, blinded }));
}

/** It is made of numbers, texts and lists alone. */
function asJson(funnel: Funnel): Json {
  return JSON.parse(JSON.stringify(funnel));
}
