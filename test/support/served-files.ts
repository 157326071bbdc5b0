/** How the test pages' files are served, beyond what the runner does by itself. */
import type { Middleware } from '@web/dev-server-core';

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
export function secondCopy(): Middleware {
  return (context, next) => {
    context.url = context.url.replace(/^\/second-copy\//, '/');
    return next();
  };
}

/** Lets a browser keep modules for the length of a run: asking for each again on every page is most of a page's time. */
export function keepModules(): Middleware {
  return async (context, next) => {
    await next();
    const isModule = /^\/(components|src|node_modules|test\/support)\/.*\.(ts|js|mjs|json)$/.test(context.path);
    if (!isModule || context.status !== 200) return;
    context.set('Cache-Control', 'max-age=3600');
    // What was answered to a page is not what a frame without an origin gets.
    context.set('Vary', 'Origin');
  };
}
