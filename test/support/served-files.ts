/**
 * A page in a sandboxed frame has no origin, and may load modules only where every origin may.
 */
export function openToSandboxes(): Middleware {
  return (context, next) => {
    if (context.get('Origin') === 'null') context.set('Access-Control-Allow-Origin', '*');
    return next();
  };
}

/**
 * `/second-copy/…` is every file of the repository once more under another address: to a browser, whose modules are known
 * by their address, a second copy of the kit with all it imports.
 */
import type { Middleware } from '@web/dev-server-core';

export function secondCopy(): Middleware {
  return (context, next) => {
    context.url = context.url.replace(/^\/second-copy\//, '/');
    return next();
  };
}
