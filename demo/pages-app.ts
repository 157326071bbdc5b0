import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';

/**
 * The web server that a host page would have anyway: static files under a strict policy, the kit's files at `/steady/`,
 * and the receiver behind `/receiver/` of the same origin. It knows nothing of studies or answers.
 */

/** The strictest policy that the kit promises to run under. No host page here gets a weaker one. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

export type PagesApp = Hono<{ Variables: { policy?: string } }>;

export interface PagesOptions {
  /** Folder of the host pages. */
  pagesDir: string;
  /** Folder of the built kit, as a web team would copy it to its server. */
  embedDir: string;
  /** Where the receiver listens now; `undefined` while it is stopped. */
  receiverUrl: () => string | undefined;
  /** Where it listens whenever it runs: another origin than the pages', for the isolated page. */
  receiverAddress?: () => string | undefined;
}

/** The study on the isolated page, whose receiver must allow this origin. */
export const ISOLATED_STUDY = 'keck-thrive';

export function pagesApp({ pagesDir, embedDir, receiverUrl, receiverAddress }: PagesOptions): PagesApp {
  const app: PagesApp = new Hono();

  app.all('/receiver/*', async (context) => {
    const target = receiverUrl();
    if (target === undefined) return unreachable();
    const { pathname, search } = new URL(context.req.url);
    const headers = {
      ...context.req.header(),
      'x-forwarded-for': getConnInfo(context).remote.address,
      // Page and receiver are one origin here: the receiver's list of allowed origins is for the others.
      origin: undefined,
      host: undefined,
      connection: undefined,
    };
    try {
      const address = new URL(pathname.replace(/^\/receiver/, '') + search, target);
      return await proxy(address, { raw: context.req.raw, headers, redirect: 'manual' });
    } catch {
      // It went away between the question and the answer; the page has the submission in its outbox and asks again.
      return unreachable();
    }
  });

  app.use(async (context, next) => {
    await next();
    context.header('Content-Security-Policy', context.get('policy') ?? STRICT_POLICY);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'same-origin');
    context.header('Cache-Control', 'no-cache');
  });
  app.get('/isolated/', async (context) => {
    const receiver = receiverAddress?.() ?? '';
    context.set('policy', `${STRICT_POLICY}; frame-src ${receiver}`);
    return context.html(isolated(await readFile(join(pagesDir, 'intranet/index.html'), 'utf8'), receiver));
  });
  app.use('/steady/*', serveStatic({ root: embedDir, rewriteRequestPath: (path) => path.replace(/^\/steady/, '') }));
  app.use('*', serveStatic({ root: pagesDir }));
  app.notFound((context) => context.text('There is no such page. The list of pages is at /.\n', 404));
  return app;
}

/** The intranet's page once more: the same tag with `isolated`, asked and answered on the receiver's own origin. */
function isolated(page: string, receiver: string): string {
  return page
    .replace('href="intranet.css"', 'href="/intranet/intranet.css"')
    .replace('endpoint="/receiver"', `endpoint="${receiver}" isolated`);
}

function unreachable(): Response {
  const problem = {
    type: 'about:blank',
    title: 'The receiver cannot be reached.',
    status: 502,
    detail: 'It is stopped or starting. Send the same again later.',
  };
  return Response.json(problem, { status: 502, headers: { 'Content-Type': 'application/problem+json' } });
}
