import { inflateSync } from 'node:zlib';

/**
 * A WOFF file (W3C WOFF File Format 1.0) as the OpenType font that it holds. Its tables are inflated once here; the library
 * that reads fonts would inflate a table again for every letter.
 */

const SIGNATURE = 0x774f_4646;
const HEADER = 44;
const ENTRY = 20;

/** @throws RangeError, TypeError or what zlib throws for a file that is no WOFF */
export function openTypeOf(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== SIGNATURE) throw new TypeError('This is no WOFF file.');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => tableAt(woff, HEADER + index * ENTRY));
  const directory = Buffer.alloc(12 + 16 * count);
  const power = Math.floor(Math.log2(count));
  directory.writeUInt32BE(woff.readUInt32BE(4), 0);
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(2 ** power * 16, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE((count - 2 ** power) * 16, 10);
  let offset = directory.length;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const at = 12 + index * 16;
    for (const [place, value] of [tag, checksum, offset, data.length].entries()) {
      directory.writeUInt32BE(value, at + place * 4);
    }
    offset += padded(data).length;
  }
  return Buffer.concat([directory, ...tables.map(({ data }) => padded(data))]);
}

interface Table {
  readonly tag: number;
  readonly checksum: number;
  readonly data: Buffer;
}

function tableAt(woff: Buffer, at: number): Table {
  const [tag = 0, offset = 0, stored = 0, length = 0, checksum = 0] = [0, 4, 8, 12, 16].map((place) =>
    woff.readUInt32BE(at + place),
  );
  const data = woff.subarray(offset, offset + stored);
  return { tag, checksum, data: stored < length ? inflateSync(data) : data };
}

/** Tables begin at multiples of four. */
function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
}
