import * as v from 'valibot';
import { sessionIdSchema } from '../../study/session-events.ts';
import { calendarRequestSchema } from '../../submission/participation.ts';
import { unknownStudy } from '../allow-origins.ts';
import { clientAddress } from '../client-address.ts';
import { handedOut } from '../consent/hand-out.ts';
import type { Desk } from '../desk.ts';
import type { RateLimits } from '../rate-limits.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { ParticipantRoute, PublicRoute, QueryParameter, Route } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import { calendarOf, endFeed, feedWith, makeFeed } from './calendar.ts';

/** A participant's appointments as calendar files, and the feed that a calendar program reads. */

export interface SessionRouteParts {
  readonly desk: Pick<Desk, 'store' | 'keys' | 'now'>;
  readonly studies: ReadonlyMap<string, KnownStudy>;
  readonly limits: RateLimits;
  readonly trustProxy: boolean;
}

const BODY_BYTES = 1024;
const LANGUAGE: QueryParameter = { name: 'language', description: 'BCP 47: of the word for an appointment.' };
const FILE = { description: 'An iCalendar file: times, and nothing else', mediaType: 'text/calendar' };

export function sessionRoutes(parts: SessionRouteParts): readonly Route[] {
  return [allRoute(parts), oneRoute(parts), makeRoute(parts), endRoute(parts), feedRoute(parts)];
}

function allRoute({ desk, studies }: SessionRouteParts): ParticipantRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/me/sessions.ics',
    access: { participant: 'token' },
    operation: {
      operationId: 'getMyAppointments',
      summary: 'All my appointments, for a calendar',
      description: 'Each is called “Appointment”. Neither study, arm, topic, place nor link is in it.',
      query: [LANGUAGE],
      answers: { 200: FILE },
      problems: [],
    },
    async handle(context, { study, participant }) {
      const known = knownIn(studies, study);
      const language = context.req.query('language') ?? '';
      const at = desk.now().toISOString();
      const file = await desk.store.transaction((tx) => calendarOf(tx, known, { participant, language }, at));
      if (file === undefined) throw new TypeError('A calendar of all sessions may be empty, and is always there.');
      return handedOut(file);
    },
  };
}

function oneRoute({ desk, studies }: SessionRouteParts): ParticipantRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/me/sessions/{appointment}',
    access: { participant: 'token' },
    operation: {
      operationId: 'getMyAppointment',
      summary: 'One appointment, for a calendar',
      description: 'By its session and `.ics`, as in `wellbeing-3.ics`.',
      query: [LANGUAGE],
      answers: { 200: FILE },
      problems: ['unknown-session'],
    },
    async handle(context, { study, participant }) {
      const known = knownIn(studies, study);
      const language = context.req.query('language') ?? '';
      const [, session] = /^(.+)\.ics$/.exec(context.req.param('appointment') ?? '') ?? [];
      const at = desk.now().toISOString();
      const file = v.is(sessionIdSchema, session)
        ? await desk.store.transaction((tx) => calendarOf(tx, known, { participant, language, session }, at))
        : undefined;
      if (file === undefined) {
        throw new Refusal('unknown-session', 'Ask for a session of GET /me that has a time, as in wellbeing-3.ics.');
      }
      return handedOut(file);
    },
  };
}

function makeRoute({ desk }: SessionRouteParts): ParticipantRoute {
  return {
    method: 'POST',
    path: '/studies/{study}/me/calendar',
    access: { participant: 'token' },
    operation: {
      operationId: 'postCalendar',
      summary: 'Make an address that my calendar program can read',
      description:
        'In place of the one before, which is worth nothing from then on. Whoever has the address sees times, and nothing else.',
      body: 'CalendarRequest',
      answers: { 201: { description: 'The address, told this once', schema: 'CalendarFeed' } },
      problems: REQUEST_PROBLEMS,
    },
    async handle(context, caller) {
      const { language } = (await readRequest(context, calendarRequestSchema, BODY_BYTES)).json;
      const { secret, madeAt } = await makeFeed(desk, caller, language);
      return Response.json({ address: `calendar/${secret}.ics`, madeAt }, { status: 201 });
    },
  };
}

function endRoute({ desk }: SessionRouteParts): ParticipantRoute {
  return {
    method: 'DELETE',
    path: '/studies/{study}/me/calendar',
    access: { participant: 'token' },
    operation: {
      operationId: 'deleteCalendar',
      summary: 'Make the address worth nothing',
      answers: { 204: { description: 'There is none any more' } },
      problems: [],
    },
    async handle(_context, caller) {
      await endFeed(desk, caller);
      return new Response(null, { status: 204 });
    },
  };
}

/** The address names no study: a calendar program shows it, and so does whatever log it is written to. */
function feedRoute({ desk, studies, limits, trustProxy }: SessionRouteParts): PublicRoute {
  return {
    method: 'GET',
    path: '/calendar/{feed}',
    access: 'public',
    operation: {
      operationId: 'getCalendar',
      summary: 'Somebody’s appointments, by the secret in the address',
      description: 'As `calendar/SECRET.ics`, for calendar programs. Each is called “Appointment”.',
      answers: { 200: FILE },
      problems: ['unknown-calendar', 'too-many-requests', 'store-busy'],
    },
    async handle(context) {
      const address = clientAddress(context.env ?? {}, context.req.raw.headers, trustProxy);
      await limits.mayTry(address);
      const [, secret = ''] = /^([\w-]{43})\.ics$/.exec(context.req.param('feed') ?? '') ?? [];
      const at = desk.now().toISOString();
      const file = await desk.store.transaction(async (tx) => {
        const feed = await feedWith(tx, studies.keys(), secret);
        const known = feed && studies.get(feed.study);
        return known && calendarOf(tx, known, feed, at);
      });
      if (file === undefined) {
        await limits.wrongSecret(address);
        throw new Refusal('unknown-calendar', 'Make a new address where your sessions are shown.');
      }
      const response = handedOut(file);
      response.headers.set('Cache-Control', 'private, no-cache');
      return response;
    },
  };
}

/** @throws Refusal `unknown-study` */
function knownIn(studies: ReadonlyMap<string, KnownStudy>, id: string): KnownStudy {
  const known = studies.get(id);
  if (known === undefined) throw unknownStudy();
  return known;
}
