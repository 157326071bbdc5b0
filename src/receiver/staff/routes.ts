import { recordEvent, STUDY_CHAIN } from '../audit.ts';
import type { Desk } from '../desk.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { StaffRoute } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import type { FlagRow } from '../store/flags-store.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import type { EventRow } from '../store/webhook-store.ts';
import type { Json } from './blinding.ts';
import { consentStaffRoutes } from './consent-routes.ts';
import { erasureStaffRoutes } from './erasure-routes.ts';
import { funnelStaffRoutes } from './funnel-routes.ts';
import { invitationRoute } from './invitation-route.ts';
import { linkStaffRoutes } from './link-routes.ts';
import { AFTER, afterOf, page, present } from './pages.ts';
import { questionnaireStaffRoutes } from './questionnaire-routes.ts';
import { recruitmentStaffRoutes } from './recruitment-routes.ts';
import { STAFF_ROLES } from './role.ts';
import { PAGE, resolutionSchema } from './schemas.ts';
import { sessionStaffRoutes } from './session-routes.ts';

/** What staff may ask, operation by operation. Each names its roles; who is limited to sites gets those alone. */

export interface StaffRouteParts extends Pick<Desk, 'store' | 'keys' | 'recordKeys' | 'mode' | 'now' | 'newId'> {
  readonly studies: ReadonlyMap<string, KnownStudy>;
}

const NOTE_BYTES = 16 * 1024;

export function staffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [
    meRoute(),
    participantsRoute(parts),
    invitationRoute(parts),
    flagsRoute(parts),
    resolvedRoute(parts),
    eventsRoute(parts),
    ...consentStaffRoutes(parts),
    ...questionnaireStaffRoutes(parts),
    ...sessionStaffRoutes(parts),
    ...linkStaffRoutes(parts),
    ...funnelStaffRoutes(parts),
    ...erasureStaffRoutes(parts),
    ...recruitmentStaffRoutes(parts),
  ];
}

function meRoute(): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/staff/me',
    access: { staff: STAFF_ROLES },
    operation: {
      operationId: 'getStaffMe',
      summary: 'Whose token this is, and what it is good for',
      answers: { 200: { description: 'Who it was given to', schema: 'Staff' } },
      problems: [],
    },
    async handle(_context, { name, role, sites, series, expiresAt }) {
      return { body: { name, role, ...(sites && { sites }), ...(series && { series }), expiresAt } };
    },
  };
}

function participantsRoute({ store }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/participants',
    access: { staff: ['facilitator', 'coordinator', 'statistician'] },
    operation: {
      operationId: 'getParticipants',
      summary: 'Who takes part, by id',
      description: 'In the order of their ids. Statisticians get the day of enrolment alone.',
      query: [AFTER],
      answers: { 200: { description: 'A page of them', schema: 'Participants' } },
      problems: ['not-a-request'],
    },
    async handle(context, { study, role, sites }) {
      const after = afterOf(context);
      const rows = await store.transaction((tx) =>
        tx.participants(study, { after, limit: PAGE + 1, sites: sites ?? undefined }),
      );
      return { body: page('participants', rows, (row) => participantFor(role === 'statistician', row)) };
    },
  };
}

function participantFor(coded: boolean, { id, site, mode, enrolledAt }: ParticipantRow): Json {
  const when = coded ? { enrolledOn: enrolledAt.slice(0, 10) } : { enrolledAt };
  return { participant: id, ...(site !== null && { site }), mode, ...when };
}

function flagsRoute({ store }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/flags',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getFlags',
      summary: 'What a person should look at',
      description:
        'The newest first, resolved ones too: perhaps the same person twice, an answer to be seen at once, somebody who was not allocated. Nothing follows from a flag by itself.',
      query: [AFTER],
      answers: { 200: { description: 'A page of them', schema: 'Flags' } },
      problems: ['not-a-request'],
    },
    async handle(context, caller) {
      const after = afterOf(context);
      return store.transaction(async (tx) => {
        const rows = await tx.flags(caller.study, { after, limit: PAGE + 1 });
        const hidden = new Set<string>();
        for (const flag of rows) if (!(await concerns(tx, caller, flag))) hidden.add(flag.id);
        return { body: page('flags', rows, flagFor, (flag) => !hidden.has(flag.id)) };
      });
    },
  };
}

function flagFor({ id, kind, mode, subjects, raisedAt, resolvedAt, resolvedBy, note }: FlagRow): Json {
  return { id, kind, mode, subjects, raisedAt, ...present({ resolvedAt, resolvedBy, note }) };
}

function resolvedRoute({ store, keys, mode, now }: StaffRouteParts): StaffRoute {
  return {
    method: 'POST',
    path: '/studies/{study}/flags/{id}/resolved',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'postFlagResolved',
      summary: 'Somebody has looked at a flag, and says what it was',
      body: 'Resolution',
      answers: { 204: { description: 'It is resolved' } },
      problems: [...REQUEST_PROBLEMS, 'unknown-flag', 'flag-resolved'],
    },
    async handle(context, caller) {
      const { json } = await readRequest(context, resolutionSchema, NOTE_BYTES);
      const id = context.req.param('id') ?? '';
      const { study } = caller;
      const resolvedAt = now().toISOString();
      return store.transaction(async (tx) => {
        const flag = await tx.flag(study, id);
        if (flag === undefined || !(await concerns(tx, caller, flag))) {
          throw new Refusal('unknown-flag', 'Check the id in the address: GET /flags has those there are.');
        }
        if (!(await tx.resolveFlag(study, id, { resolvedAt, resolvedBy: caller.id, note: json.note }))) {
          throw new Refusal('flag-resolved', 'What was found stands already: GET /flags has it.');
        }
        const subjects = [id, caller.id];
        const event = { study, chain: STUDY_CHAIN, event: 'flag-resolved', subjects, at: resolvedAt, mode } as const;
        await recordEvent(tx, keys.current, event);
        return {};
      });
    },
  };
}

/** Whether a flag is this caller's to see: who is limited to sites sees those about participants of theirs. */
async function concerns(tx: StoreTransaction, { study, sites }: StaffRow, { subjects }: FlagRow): Promise<boolean> {
  if (sites === null) return true;
  for (const subject of subjects) {
    const site = (await tx.participant(study, subject))?.site;
    if (site && sites.includes(site)) return true;
  }
  return false;
}

function eventsRoute({ store }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/webhook-events',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getWebhookEvents',
      summary: 'What has become of the events for the study’s webhook',
      description: 'The newest first, without what was in them.',
      query: [AFTER],
      answers: { 200: { description: 'A page of them', schema: 'WebhookEvents' } },
      problems: ['not-a-request'],
    },
    async handle(context, { study, sites }) {
      const after = afterOf(context);
      const rows = await store.transaction((tx) =>
        tx.events(study, { after, limit: PAGE + 1, sites: sites ?? undefined }),
      );
      return { body: page('events', rows, eventFor) };
    },
  };
}

function eventFor(event: EventRow): Json {
  const { id, type, mode, createdAt, attempts, dueAt, deliveredAt, gaveUpAt, lastStatus, lastFailure } = event;
  const known = present({ dueAt, deliveredAt, gaveUpAt, lastStatus, lastFailure });
  return { id, type, mode, createdAt, attempts, ...known };
}
