import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { ReceiverContext } from '../app.ts';
import { sha256 } from '../hash.ts';
import { Refusal } from '../refusal.ts';
import type { PublicRoute } from '../route.ts';

/** The built files of the kit, for the endpoint's own pages and for whoever loads the kit from here. */

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** One name, without a folder: nothing that leads out of the folder can be written so. */
const NAME = /^[A-Za-z0-9][\w.-]*\.(js|css|txt)$/;

type Encoding = 'br' | 'gzip' | 'identity';

interface Kept {
  /** Of the file as it was read: a build may have changed it since. */
  readonly stamp: string;
  readonly etag: string;
  readonly bodies: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
}

/** @param folder what `npm run build` writes to dist/embed */
export function embedRoutes(folder: string): readonly PublicRoute[] {
  const kept = new Map<string, Kept>();
  const serve = async (context: ReceiverContext, path: string, caching: string): Promise<Response> => {
    const file = await keep(kept, folder, path);
    const encoding = encodingFor(context.req.header('accept-encoding'));
    const headers = {
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': caching,
      ETag: file.etag,
      Vary: 'Accept-Encoding',
      // Public files: a page of any origin may load them.
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    };
    if (context.req.header('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
    const body = await bodyOf(file, join(folder, path), encoding);
    return new Response(body, {
      headers: { ...headers, ...(encoding !== 'identity' && { 'Content-Encoding': encoding }) },
    });
  };
  const operation = {
    answers: { 200: { description: 'The file', mediaType: 'text/javascript' } },
    problems: ['not-found'],
  } as const;
  return [
    {
      method: 'GET',
      path: '/embed/{file}',
      access: 'public',
      operation: { ...operation, operationId: 'getEmbedFile', summary: 'A file of the kit, as it is built' },
      // These keep their names when they change.
      handle: (context) => serve(context, nameIn(context), 'no-cache'),
    },
    {
      method: 'GET',
      path: '/embed/chunks/{file}',
      access: 'public',
      operation: { ...operation, operationId: 'getEmbedChunk', summary: 'A part that such a file fetches' },
      // Named by their content.
      handle: (context) => serve(context, join('chunks', nameIn(context)), 'public, max-age=31536000, immutable'),
    },
  ];
}

/** @throws Refusal `not-found` */
function nameIn(context: ReceiverContext): string {
  const name = context.req.param('file') ?? '';
  if (!NAME.test(name)) throw noSuchFile();
  return name;
}

function noSuchFile(cause?: unknown): Refusal {
  return new Refusal('not-found', 'There is no such file among those of the kit.', { cause });
}

async function keep(files: Map<string, Kept>, folder: string, path: string): Promise<Kept> {
  try {
    const { mtimeMs, size } = await stat(join(folder, path));
    const stamp = `${mtimeMs} ${size}`;
    const known = files.get(path);
    if (known?.stamp === stamp) return known;
    const bytes = new Uint8Array(await readFile(join(folder, path)));
    const file: Kept = { stamp, etag: `"${sha256(bytes).slice(0, 32)}"`, bodies: new Map() };
    files.set(path, file);
    return file;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) {
      throw noSuchFile(cause);
    }
    throw cause;
  }
}

/** Compressed once for each way that is asked for. */
function bodyOf(file: Kept, path: string, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const known = file.bodies.get(encoding);
  if (known !== undefined) return known;
  const body = readFile(path).then(async (bytes) => new Uint8Array(await compress(bytes, encoding)));
  // What failed is tried again.
  body.catch(() => file.bodies.delete(encoding));
  file.bodies.set(encoding, body);
  return body;
}

/** Half of what brotli could do, in a hundredth of the time: the first visitor waits for it. */
const QUALITY = 5;

async function compress(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  if (encoding === 'br') {
    return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  }
  return encoding === 'gzip' ? promisify(gzip)(bytes) : bytes;
}

function encodingFor(header = ''): Encoding {
  const accepted = header.split(',').map((part) => part.trim());
  const takes = (name: string) =>
    accepted.some((part) => part === name || (part.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(part)));
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'identity';
}
