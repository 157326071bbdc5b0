import { isIPv6 } from 'node:net';

/** What the app knows of the connection: nothing, where a request was not made over one. */
export type Connection = { readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } } };

/**
 * The address that a request came from, for counting requests and for nothing else: it is neither kept nor logged. An
 * IPv6 address stands for its /64, which is what one customer is given.
 *
 * @param trustProxy the connection is a proxy's own, which appends whom it speaks for to `X-Forwarded-For`. What stands
 *   before its entry was written by the client, so only the last one counts.
 */
export function clientAddress(connection: Connection, headers: Headers, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return networkOf(forwarded || connection.incoming?.socket.remoteAddress || 'unknown');
}

function networkOf(address: string): string {
  const bare = address.replace(/^\[|\](:\d+)?$/g, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare.replace(/:\d+$/, '');
  const [head = '', tail] = bare.replace(/%.*$/, '').split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
