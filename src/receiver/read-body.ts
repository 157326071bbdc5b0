import { Refusal } from './refusal.ts';

/** A submission is some kilobytes; this leaves room for long free texts and a drawn signature. */
export const LARGEST_BODY = 256 * 1024;

/**
 * Reads a request's body as text, byte for byte. The bytes are counted as they come: what `Content-Length` says may be
 * missing or untrue.
 *
 * @throws Refusal `too-large`, `cut-off` (the sender went away), `not-utf-8`
 */
export async function readBody(request: Request, limit = LARGEST_BODY): Promise<{ text: string; bytes: Uint8Array }> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const bytes = await collect(request, limit);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), bytes };
  } catch (cause) {
    throw new Refusal('not-utf-8', 'Send the body in UTF-8.', { cause });
  }
}

async function collect(request: Request, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > limit) break;
      parts.push(part.value);
    }
  } catch (cause) {
    throw new Refusal('cut-off', 'The body ended before it was whole: send it again.', { cause });
  }
  if (size > limit) {
    await reader.cancel();
    throw tooLarge(limit);
  }
  return Buffer.concat(parts);
}

function tooLarge(limit: number): Refusal {
  return new Refusal('too-large', `Send at most ${limit} bytes.`);
}
