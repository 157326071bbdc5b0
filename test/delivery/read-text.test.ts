import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from '../../src/delivery/read-text.ts';

describe('the text of an answer', () => {
  const bytes = new TextEncoder().encode('{"title":"Größe, 受付"}');

  /** The bytes in as many pieces as there are, so that letters are cut in the middle. */
  function inPieces(onCancel = () => {}): Response {
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    return new Response(
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: (controller) => {
          const piece = pieces.shift();
          if (piece) controller.enqueue(piece);
          else controller.close();
        },
        cancel: onCancel,
      }),
    );
  }

  it('is whole, however it was cut on the way', async () => {
    assert.equal(await readText(inPieces(), bytes.byteLength), '{"title":"Größe, 受付"}');
  });

  it('is empty where there is none', async () => {
    assert.equal(await readText(new Response(null, { status: 204 }), 10), '');
  });

  it('is not read further than it may be long', async () => {
    const cancelled = Promise.withResolvers<void>();
    assert.equal(await readText(inPieces(cancelled.resolve), bytes.byteLength - 1), undefined);
    await cancelled.promise;
  });
});
