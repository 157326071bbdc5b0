import { createHmac } from 'node:crypto';

/**
 * How a delivery shows that it is ours and was not changed on its way: the symmetric scheme `v1` of Standard Webhooks
 * 1.0.0 (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */

/** What stands before the base64 of a secret, so that people and scanners know one when they see it. */
export const SECRET_PREFIX = 'whsec_';

export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * @param secrets `whsec_` and base64. Signed with each, so that a secret can be replaced without a gap.
 * @param message the event's id, which stays the same on every attempt, and the body as it is sent
 * @param at when this attempt is made
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, body }: { id: string; body: string },
  at: Date,
): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const content = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
}
