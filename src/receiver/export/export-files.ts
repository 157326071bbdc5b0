import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SteadyError } from '../../study/steady-error.ts';
import { isErrno } from '../secret-file.ts';

/**
 * The folder that an export is written to: aside at first, and in its place only once all of it is there, so that nobody takes
 * half an export for a whole one. For its owner alone, as the database is.
 */
export interface ExportFolder {
  /** Begins with nothing, again too. */
  begin(): Promise<void>;
  file(name: string): Promise<ExportFile>;
  /** Puts the folder in its place. */
  finish(): Promise<void>;
  /** Takes away what is not finished. */
  discard(): Promise<void>;
}

export interface ExportFile {
  /** @param rows how many the text holds */
  write(text: string, rows?: number): Promise<void>;
  close(): Promise<WrittenFile>;
}

export interface WrittenFile {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Bytes that are gathered before they are written. */
const CHUNK = 65_536;

/** @throws SteadyError `folder-not-empty` */
export async function openExportFolder(folder: string): Promise<ExportFolder> {
  const found = await readdir(folder).catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw unusable(folder, error);
  });
  if (found !== undefined && found.length > 0) {
    throw new SteadyError(
      'folder-not-empty',
      `${folder} is not empty. Name a folder that is not there, or an empty one.`,
    );
  }
  const aside = `${folder.replace(/[/\\]+$/, '')}.unfinished`;
  const unfinished = new Set<FileHandle>();
  const discard = async () => {
    for (const handle of unfinished) await handle.close().catch(() => undefined);
    unfinished.clear();
    await rm(aside, { recursive: true, force: true });
  };
  return {
    async begin() {
      await discard();
      await mkdir(aside, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw unusable(aside, error);
      });
    },
    async file(name) {
      const handle = await open(join(aside, name), 'wx', 0o600);
      unfinished.add(handle);
      return exportFile(name, handle, () => unfinished.delete(handle));
    },
    async finish() {
      if (found !== undefined) await rmdir(folder);
      await rename(aside, folder);
    },
    discard,
  };
}

function exportFile(file: string, handle: FileHandle, closed: () => void): ExportFile {
  const hash = createHash('sha256');
  const encoder = new TextEncoder();
  const chunk = new Uint8Array(CHUNK);
  let [filled, rows, bytes] = [0, 0, 0];
  const flush = async () => {
    const full = chunk.subarray(0, filled);
    hash.update(full);
    await handle.writeFile(full);
    bytes += filled;
    filled = 0;
  };
  return {
    async write(text, count = 0) {
      // As bytes at once: a text that waits keeps every piece alive that it was put together from.
      for (let done = 0; done < text.length; ) {
        const { read, written } = encoder.encodeInto(done === 0 ? text : text.slice(done), chunk.subarray(filled));
        done += read;
        filled += written;
        if (done < text.length) await flush();
      }
      rows += count;
    },
    async close() {
      await flush();
      await handle.sync();
      await handle.close();
      closed();
      return { file, rows, bytes, sha256: hash.digest('hex') };
    },
  };
}

function unusable(folder: string, cause: unknown): SteadyError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SteadyError('folder-unusable', `${folder} cannot be written to: ${reason}.`, { cause });
}
