/**
 * The text of an answer's body, as long as it is at most `limit` bytes; `undefined` for a longer one, which is not read to
 * its end. Rejects as the body does when the connection is cut or the request aborted.
 */
export async function readText(response: Response, limit: number): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      // The connection is of no more use; that it cannot be closed cleanly is nobody's concern.
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
