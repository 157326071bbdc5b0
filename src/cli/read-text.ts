import { readFile, stat } from 'node:fs/promises';
import { SteadyError } from '../study/steady-error.ts';

/** Files named on the command line, and standard input. */

/** A file, or standard input, that cannot be read as text. The message names it and the way to mend it. */
export class FileError extends SteadyError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('file-unreadable', message, options);
  }
}

/**
 * @param limit bytes; what is larger is refused before it is read
 * @param exact keep a byte-order mark, where every byte counts
 * @throws FileError
 */
export async function readTextFile(file: string, limit: number, exact = false): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > limit) throw tooLarge(file, size, limit);
    return decode(await readFile(file), file, exact);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`${file}: ${whyUnreadable(cause)}`, { cause });
  }
}

/** @throws FileError */
export async function readTextStream(stream: AsyncIterable<Buffer | string>, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) throw tooLarge('standard input', size, limit);
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks), 'standard input');
}

function decode(bytes: Buffer, file: string, exact = false): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: exact }).decode(bytes);
  } catch (cause) {
    throw new FileError(`${file}: is not UTF-8 text. Save it again with the encoding UTF-8.`, { cause });
  }
}

function tooLarge(file: string, size: number, limit: number): FileError {
  return new FileError(`${file}: has ${sizeText(size)}; at most ${sizeText(limit)} are read. Is this the right file?`);
}

/** Rounded up, so that what is too large never reads as what is allowed. */
function sizeText(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.ceil((bytes * 10) / 1_048_576) / 10} MB`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist. Check the name and the folder.',
  ENOTDIR: 'does not exist. Check the name and the folder.',
  EISDIR: 'is a directory. Name the file in it.',
  EACCES: 'cannot be opened for want of permission. Check who may read it.',
  EPERM: 'cannot be opened for want of permission. Check who may read it.',
};

function whyUnreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return REASONS[code] ?? `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`;
}
