import type { ReceiverContext } from './app.ts';
import type { SignedIn } from './participants/sign-in.ts';
import { Refusal } from './refusal.ts';
import type { ParticipantRoute, Route } from './route.ts';
import { staffResponse } from './staff/answer.ts';
import type { StaffRole } from './staff/role.ts';
import type { StaffRow } from './store/staff-store.ts';

/** The one place where callers are let in: what a route says under `access` is done here, before anything of it runs. */

/**
 * Finds out who calls. Each refuses with `unknown-study`, `not-signed-in`, `token-expired` or `too-many-requests`; `staff`
 * also with `role-not-allowed`.
 */
export interface Gate {
  /** @param kind what is asked for; a token is taken wherever a write key is */
  participant(context: ReceiverContext, secret: string, kind: 'token' | 'write-key'): Promise<SignedIn>;
  staff(context: ReceiverContext, secret: string, roles: readonly StaffRole[]): Promise<StaffRow>;
}

/** Lets the caller in, or refuses, and serves the route. */
export async function admit(route: Route, context: ReceiverContext, gate: Gate): Promise<Response> {
  if (route.access === 'public') return route.handle(context);
  const header = context.req.header('authorization');
  if (route.access === 'public-or-participant') {
    if (header === undefined) return route.handle(context, undefined);
    return personal(await route.handle(context, await gate.participant(context, bearer(header), 'write-key')));
  }
  const secret = bearer(header);
  if (isForParticipants(route)) {
    return personal(await route.handle(context, await gate.participant(context, secret, route.access.participant)));
  }
  const caller = await gate.staff(context, secret, route.access.staff);
  return personal(staffResponse(caller.role, await route.handle(context, caller)));
}

/** A key that opens nothing, whatever the reason: unknown, ended, for something else, or none at all. */
export function notSignedIn(): Refusal {
  return new Refusal('not-signed-in', 'Open the page again by your own link, or ask the study team for a new one.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}

function isForParticipants(route: Exclude<Route, { access: string }>): route is ParticipantRoute {
  return 'participant' in route.access;
}

/** @throws Refusal `not-signed-in` where there is none (RFC 6750, 2.1) */
function bearer(header: string | undefined): string {
  const [, secret] = /^Bearer +([\w.~+/-]{1,200}=*) *$/i.exec(header ?? '') ?? [];
  if (secret === undefined) throw notSignedIn();
  return secret;
}

/** What is told to one person is kept by no cache. */
function personal(response: Response): Response {
  response.headers.set('Cache-Control', 'no-store');
  return response;
}
