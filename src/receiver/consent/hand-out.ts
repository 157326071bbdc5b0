/** A file to keep: how it is named and what is in it. */
export interface HandOut {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** Its answer: to be kept, not shown. */
export function handedOut({ name, mediaType, content }: HandOut): Response {
  return new Response(content, {
    headers: { 'Content-Type': mediaType, 'Content-Disposition': `attachment; filename="${name}"` },
  });
}
