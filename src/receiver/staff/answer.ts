import { forRole, type Json } from './blinding.ts';
import type { StaffRole } from './role.ts';

/** What a staff operation answers, before it is a response: the only way out is past `forRole`. */
export interface StaffAnswer {
  /** Default: 200, or 204 without a body. */
  readonly status?: number;
  readonly body?: Json;
}

export function staffResponse(role: StaffRole, { body, status }: StaffAnswer): Response {
  return body === undefined
    ? new Response(null, { status: status ?? 204 })
    : Response.json(forRole(role, body), { status: status ?? 200 });
}
