import { type HandOut, handedOut } from '../consent/hand-out.ts';
import { BLINDED, forRole, type Json } from './blinding.ts';
import type { StaffRole } from './role.ts';

/**
 * What a staff operation answers, before it is a response: the only way out is past `forRole`. A file cannot be gone through
 * by it, and leaves for roles alone that are not blinded.
 */
export interface StaffAnswer {
  /** Default: 200, or 204 without a body. */
  readonly status?: number;
  readonly body?: Json;
  readonly file?: HandOut;
}

/** @throws TypeError for a file to a role that is blinded: the operation is offered to the wrong roles */
export function staffResponse(role: StaffRole, { body, status, file }: StaffAnswer): Response {
  if (file !== undefined) {
    if (BLINDED.includes(role)) throw new TypeError(`Nothing removes arms from a file that a ${role} gets.`);
    return handedOut(file);
  }
  return body === undefined
    ? new Response(null, { status: status ?? 204 })
    : Response.json(forRole(role, body), { status: status ?? 200 });
}
