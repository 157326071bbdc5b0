/**
 * A program that keeps one PostgreSQL server for whoever started it: `node keeper.ts '{"isDurable":false}'`. It writes where
 * the server is as a line of JSON, and ends it, and removes its files, when its standard input is closed: by its starter, or
 * because its starter is gone, however that came.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';
import { type Binaries, findBinaries, findPlace, type Owner, ownerOf } from './binaries.ts';

export interface KeeperOptions {
  /** Writes wait for the disk, as in earnest. Without it a test is faster, and only a crash of the machine would tell. */
  readonly isDurable: boolean;
  /** A certificate and its key, PEM: the server then takes TLS too. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** It only repeats what another server does, which in a test is nothing. */
  readonly isReplica?: boolean;
}

/** Where the server is, and who may do everything on it. */
export interface Kept {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The directory that is gone when the server is. */
  readonly place: string;
}

const USER = 'steady';
/** Another program may take a port between its being found free and its being taken. */
const ATTEMPTS = 5;
const PATIENCE = 10_000;

/** What makes it quick to start, small, and free of surprises. */
const USUAL = [
  'listen_addresses=127.0.0.1',
  'max_connections=200',
  'shared_buffers=32MB',
  'dynamic_shared_memory_type=mmap',
  'autovacuum=off',
  'log_min_messages=log',
  'log_min_error_statement=panic',
];
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

async function main(options: KeeperOptions): Promise<void> {
  const owner = ownerOf();
  const place = await mkdtemp(join(findPlace(owner), 'steady-postgres-'));
  const servers: ChildProcess[] = [];
  const release = new AbortController();
  // Before anything is started: a starter who dies while it starts is noticed too.
  process.stdin.resume().once('end', () => release.abort());
  process.on('SIGTERM', () => release.abort());
  try {
    const released = once(release.signal, 'abort');
    await Promise.race([released, keep(options, { owner, place, servers, released: release.signal })]);
  } finally {
    release.abort();
    await Promise.all(servers.map(stop));
    await rm(place, { recursive: true, force: true });
  }
}

interface Premises {
  readonly owner: Owner;
  readonly place: string;
  /** What was started, and has to be ended. */
  readonly servers: ChildProcess[];
  /** From then on nothing is started any more. */
  readonly released: AbortSignal;
}

/** Starts a server, says where it is, and waits. @throws Error when it does not start, or ends by itself */
async function keep(options: KeeperOptions, premises: Premises): Promise<void> {
  const { owner, place } = premises;
  // Its owner passes through; what is in it is theirs alone.
  await chmod(place, 0o755);
  const binaries = await findBinaries(place, owner);
  const password = randomBytes(16).toString('hex');
  const data = await initialise(binaries, premises, { password, ...options });
  const { server, port } = await start(binaries, premises, data, options);
  const ended = once(server, 'exit');
  const kept: Kept = { port, user: USER, password, place };
  process.stdout.write(`${JSON.stringify(kept)}\n`);
  await ended;
  throw new Error('The PostgreSQL server has ended by itself.');
}

async function initialise(
  { initdb }: Binaries,
  { owner, place }: Premises,
  { password, tls, isReplica }: KeeperOptions & { password: string },
): Promise<string> {
  const data = join(place, 'data');
  const passwordFile = join(place, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  owner.own(data, passwordFile);
  const how = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  const args = [`--pgdata=${data}`, `--username=${USER}`, `--pwfile=${passwordFile}`, ...how];
  execFileSync(initdb, args, { ...owner.ids, env: environment(), stdio: ['ignore', 'ignore', 'inherit'] });
  await rm(passwordFile);
  if (isReplica) {
    const signal = join(data, 'standby.signal');
    await writeFile(signal, '');
    owner.own(signal);
  }
  if (tls !== undefined) {
    const files = { cert: join(data, 'server.crt'), key: join(data, 'server.key') };
    await writeFile(files.cert, tls.cert, { mode: 0o600 });
    await writeFile(files.key, tls.key, { mode: 0o600 });
    owner.own(files.cert, files.key);
  }
  return data;
}

async function start(
  { postgres }: Binaries,
  { owner, place, servers, released }: Premises,
  data: string,
  { isDurable, tls }: KeeperOptions,
): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  const settings = [
    ...USUAL,
    `unix_socket_directories=${data}`,
    ...(isDurable ? [] : FAST),
    ...(tls ? ['ssl=on'] : []),
  ];
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    released.throwIfAborted();
    const server = spawn(postgres, args, {
      ...owner.ids,
      cwd: place,
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    servers.push(server);
    if (await isUp(server)) return { server, port };
    if (attempt === ATTEMPTS) throw new Error(`PostgreSQL does not start; see above.`);
  }
}

/** Whether it takes connections; what it says until then is passed on where it does not. */
async function isUp(server: ChildProcess): Promise<boolean> {
  if (server.stderr === null) return false;
  let said = '';
  for await (const line of createInterface({ input: server.stderr })) {
    if (/database system is ready to accept (read-only )?connections/.test(line)) {
      server.stderr.resume();
      return true;
    }
    said += `${line}\n`;
  }
  process.stderr.write(said);
  return false;
}

/** A fast shutdown, and an immediate one where that takes too long. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  const impatient = setTimeout(() => server.kill('SIGQUIT'), PATIENCE);
  await ended;
  clearTimeout(impatient);
}

/** Nothing of the starter's own PostgreSQL settings, and messages in a language that is understood above. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

await main(JSON.parse(process.argv[2] ?? '{"isDurable":false}'));
// What it has started is gone, so is what it might still wait for.
process.exit();
