import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import { StoreError } from './store.ts';

/**
 * Where a PostgreSQL is: an address such as `postgres://user@host/database`, with what it leaves out from the usual
 * environment (PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY, PGAPPNAME).
 * A password is in `config` alone.
 */
export interface PostgresAddress {
  readonly config: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string | undefined;
    readonly database: string;
    readonly ssl: false | ConnectionOptions;
    readonly application_name: string;
  };
  /** For messages: without password. */
  readonly shown: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What may stand behind the `?`. */
const PARAMETERS = ['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'application_name'] as const;
type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>;

const USUAL_PORT = 5432;

/**
 * @param address starting with `postgres:` or `postgresql:`; `postgres:` alone is for the environment to say
 * @throws StoreError `bad-address`, which repeats nothing of it
 */
export function readPostgresAddress(address: string, env: Environment = process.env): PostgresAddress {
  const url = urlOf(address);
  const given = parametersOf(url);
  const host = given.host || decoded(url.hostname.replace(/^\[(.*)\]$/, '$1')) || env.PGHOST || 'localhost';
  const port = Number(url.port || env.PGPORT || USUAL_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw bad('its port is no number up to 65535');
  const user = decoded(url.username) || env.PGUSER || systemUser();
  const database = databaseOf(url) || env.PGDATABASE || user;
  return {
    config: {
      host,
      port,
      user,
      password: decoded(url.password) || env.PGPASSWORD || undefined,
      database,
      ssl: tlsOf(host, given, env),
      application_name: given.application_name || env.PGAPPNAME || 'steady',
    },
    shown: host.startsWith('/')
      ? `postgres:///${database}?host=${host}`
      : `postgres://${user}@${host.includes(':') ? `[${host}]` : host}:${port}/${database}`,
  };
}

function urlOf(address: string): URL {
  // "postgres:" alone, or without slashes, is a path to the URL parser.
  const text = address.replace(/^postgres(ql)?:(\/\/)?/i, 'postgres://');
  if (!URL.canParse(text)) throw bad('it cannot be read');
  const url = new URL(text);
  if (url.hash !== '') throw bad('it has a #');
  return url;
}

/** One name. More is a password with a `/` in it, which has made the rest of the address something else. */
function databaseOf(url: URL): string {
  const path = url.pathname.replace(/^\//, '');
  if (/[/@:]/.test(path)) throw bad('the name of its database has a /, @ or :');
  return decoded(path);
}

/** Whoever runs this, as libpq has it. A container may run as a number that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    throw bad('it names no user');
  }
}

function parametersOf(url: URL): Parameters {
  const given: Parameters = {};
  for (const [name, value] of url.searchParams) {
    const known = PARAMETERS.find((one) => one === name);
    if (known === undefined) throw bad(`behind the ? stand only ${PARAMETERS.join(', ')}`);
    given[known] = value;
  }
  return given;
}

/**
 * Answers and names do not travel in clear, unless they stay on this machine or the operator says so: without an sslmode, a
 * server elsewhere must show a certificate for its name. What would fall back in silence is refused.
 */
function tlsOf(host: string, given: Parameters, env: Environment): false | ConnectionOptions {
  // As libpq has it: what does not leave the machine by a socket file has no use for it.
  if (host.startsWith('/')) return false;
  const mode = given.sslmode || env.PGSSLMODE || (isHere(host) ? 'disable' : 'verify-full');
  switch (mode) {
    case 'disable':
      return false;
    case 'no-verify':
      return { ...certificates(given, env), rejectUnauthorized: false };
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return {
        ...certificates(given, env),
        rejectUnauthorized: true,
        // By the name that the operator wrote, also where it is an IP address.
        checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
      };
    default:
      throw bad('its sslmode, or PGSSLMODE, is not verify-full, no-verify or disable');
  }
}

function isHere(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|::1)$/i.test(host);
}

function certificates(given: Parameters, env: Environment): Pick<ConnectionOptions, 'ca' | 'cert' | 'key'> {
  const root = given.sslrootcert || env.PGSSLROOTCERT;
  const cert = given.sslcert || env.PGSSLCERT;
  const key = given.sslkey || env.PGSSLKEY;
  return {
    // `system` is libpq's word for the certificates that this machine trusts anyway.
    ...(root && root !== 'system' && { ca: fileAt(root, 'sslrootcert') }),
    ...(cert && { cert: fileAt(cert, 'sslcert') }),
    ...(key && { key: fileAt(key, 'sslkey') }),
  };
}

function fileAt(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('bad-address', `The file of ${name} cannot be read: ${reason}.`, { cause });
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw bad('it has a % that stands for nothing');
  }
}

function bad(what: string): StoreError {
  return new StoreError(
    'bad-address',
    `The PostgreSQL address is wrong: ${what}. Write postgres://USER@HOST:PORT/DATABASE, with %2F for a / in a password, %25 for a % and so on, or "postgres:" and PGHOST, PGUSER, PGPASSWORD, PGDATABASE.`,
  );
}
