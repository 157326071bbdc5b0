/** What stands in a picture as a QR code, by a decoder that knows nothing of the kit. */
import jsqr from 'jsqr';
import { PNG } from 'pngjs';

/** @param png a picture with one code, or several of the same */
export function readQr(png: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  return jsqr(new Uint8ClampedArray(data), width, height)?.data;
}
