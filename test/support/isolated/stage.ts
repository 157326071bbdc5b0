/** A host page and a receiver on two sites, with the kit as it is built on both: what isolation is about. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createReceiver } from '../../../src/receiver/receiver.ts';
import { serve } from '../../../src/receiver/serve.ts';
import { readStudy } from '../../../src/receiver/served-study.ts';
import { openSqliteStore } from '../../../src/receiver/store/sqlite.ts';
import { Database } from '../database.ts';
import { newRecordKeys, ring } from '../receiver.ts';
import { openStaticServer, type StaticServer } from '../static-server.ts';
import { hostileScript } from './hostile-page.ts';

export interface IsolatedStage {
  /** A page of the host's under no policy, that records whatever it can. */
  readonly hostile: StaticServer;
  /** The same pages under the strict policy, which has no `frame-src`. */
  readonly strict: StaticServer;
  /** On another site than the pages: `127.0.0.1`, where they are on `localhost`. */
  readonly receiver: string;
  readonly database: Database;
  /** Writes a page of the host's. @param body with `{receiver}` where the endpoint goes */
  write(name: string, body: string): Promise<void>;
  /** Whether the receiver takes submissions; what a page is made of it gives all the same. */
  takes(isTaking: boolean): void;
  close(): Promise<void>;
}

const embedDir = fileURLToPath(new URL('../../../dist/embed', import.meta.url));

/** @param studies as JSON; the pages of both servers may use each */
export async function openIsolatedStage(studies: readonly Readonly<Record<string, unknown>>[]): Promise<IsolatedStage> {
  const folder = await mkdtemp(join(tmpdir(), 'steady-isolated-'));
  const pages = join(folder, 'pages');
  await cp(embedDir, join(pages, 'steady'), { recursive: true });
  await writeFile(join(pages, 'hostile.js'), hostileScript);
  const hostile = await openStaticServer(pages, {}, '');
  const strict = await openStaticServer(pages, {});
  const file = join(folder, 'steady.sqlite');
  const served = await Promise.all(studies.map((json) => readStudy(JSON.stringify(json), `${json.id}.study.json`)));
  const origins = Object.fromEntries(studies.map(({ id }) => [String(id), [hostile.url, strict.url]]));
  const store = await openSqliteStore(file);
  const recordKeys = await newRecordKeys();
  const receiver = await createReceiver({ studies: served, store, keys: ring(1), recordKeys, origins, embedDir });
  let isTaking = true;
  const fetch: typeof receiver.fetch = async (request, connection) =>
    isTaking || request.method !== 'POST' ? receiver.fetch(request, connection) : new Response(null, { status: 503 });
  const serving = await serve({ ...receiver, fetch }, { port: 0, grace: 0 });
  return {
    hostile,
    strict,
    receiver: serving.url,
    database: new Database(file),
    write: (name, body) =>
      writeFile(
        join(pages, name),
        `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A host page</title>
<script src="/hostile.js"></script><script type="module" src="/steady/steady.js"></script></head>
<body>${body.replaceAll('{receiver}', serving.url)}</body></html>`,
      ),
    takes(now) {
      isTaking = now;
    },
    async close() {
      await Promise.all([hostile.close(), strict.close(), serving.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
