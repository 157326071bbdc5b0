import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { readPostgresAddress } from '../../../src/receiver/store/postgres-address.ts';
import { StoreError } from '../../../src/receiver/store/store.ts';

type Environment = Record<string, string>;

const isBad = (error: unknown) => error instanceof StoreError && error.code === 'bad-address';
const read = (address: string, env: Environment = {}) => readPostgresAddress(address, env);
const config = (address: string, env: Environment = {}) => read(address, env).config;

describe('a PostgreSQL address', () => {
  it('says where, who and what', () => {
    const { ssl, ...found } = config('postgres://ana:geheim@db.example.org:6543/trial?sslmode=disable');
    assert.deepEqual(found, {
      host: 'db.example.org',
      port: 6543,
      user: 'ana',
      password: 'geheim',
      database: 'trial',
      application_name: 'steady',
    });
    assert.equal(ssl, false);
    assert.equal(config('POSTGRESQL://ana@[::1]/trial').host, '::1');
    assert.equal(config('postgres://ana@localhost/trial?application_name=north').application_name, 'north');
  });

  it('leaves the rest to the environment', () => {
    const env = {
      PGHOST: 'db.example.org',
      PGPORT: '6543',
      PGUSER: 'ana',
      PGPASSWORD: 'geheim',
      PGDATABASE: 'trial',
      PGSSLMODE: 'disable',
      PGAPPNAME: 'north',
    };
    for (const address of ['postgres:', 'postgres://', 'postgresql://']) {
      assert.deepEqual(read(address, env), read('postgres://', env));
      assert.equal(read(address, env).shown, 'postgres://ana@db.example.org:6543/trial');
      assert.equal(config(address, env).password, 'geheim');
    }
    assert.equal(config('postgres://bo@localhost', env).user, 'bo');
    assert.equal(config('postgres://bo@localhost', env).database, 'trial');
  });

  it('means, like other programs, whoever runs this, on this machine', () => {
    const { host, port, user, database, password } = config('postgres:');
    const name = userInfo().username;
    assert.deepEqual([host, port, user, database, password], ['localhost', 5432, name, name, undefined]);
  });

  it('may be a socket file', () => {
    const { config: found, shown } = read('postgres:///trial?host=/run/postgresql', {
      PGUSER: 'ana',
      PGSSLMODE: 'require',
    });
    assert.deepEqual([found.host, found.ssl], ['/run/postgresql', false]);
    assert.equal(shown, 'postgres:///trial?host=/run/postgresql');
    assert.equal(config('postgres:', { PGHOST: '/run/postgresql' }).host, '/run/postgresql');
  });

  it('carries any name and password, and shows no password', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => one.isWellFormed());
    fc.assert(
      fc.property(text, text, (user, password) => {
        const address = `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@localhost/trial`;
        const { config: found, shown } = read(address);
        assert.deepEqual([found.user, found.password, found.database], [user, password, 'trial']);
        assert.equal(shown, `postgres://${user}@localhost:5432/trial`);
      }),
    );
  });

  const wrong = [
    'postgres://ana:ge/heim@localhost/trial',
    'postgres://ana:12/heim@localhost/trial',
    'postgres://ana:ge#heim@localhost/trial',
    'postgres://ana:12#heim@localhost/trial',
    'postgres://ana:ge%zz@localhost/trial',
    'postgres://ana:heim@localhost:99999/trial',
    'postgres://ana:heim@localhost/trial?pasword=heim',
    'postgres://ana:heim@localhost/trial?sslmode=heim',
  ];
  for (const address of wrong) {
    it(`is refused without being repeated: ${address}`, () => {
      assert.throws(
        () => read(address),
        (error) => isBad(error) && !/heim/.test(`${error}`),
      );
    });
  }

  it('is refused with a port of the environment that is none', () => {
    assert.throws(() => read('postgres:', { PGPORT: 'five' }), isBad);
  });
});

describe('the way to a PostgreSQL', () => {
  let directory: string;
  let file: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-address-'));
    file = join(directory, 'root.crt');
    await writeFile(file, 'a certificate');
  });
  after(() => rm(directory, { recursive: true }));
  const tls = (address: string, env: Environment = {}) => {
    const { ssl } = config(address, env);
    return ssl === false ? 'plain' : ssl.rejectUnauthorized ? 'verified' : 'any certificate';
  };

  it('is plain on this machine, and elsewhere by a certificate that fits, unless it says otherwise', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
      assert.equal(tls(`postgres://${host}/trial`), 'plain');
    for (const host of ['db', 'db.example.org', '10.0.0.7', '[fd00::1]', 'localhost.example.org']) {
      assert.equal(tls(`postgres://${host}/trial`), 'verified', host);
      assert.equal(tls(`postgres://${host}/trial?sslmode=disable`), 'plain');
      assert.equal(tls(`postgres://${host}/trial`, { PGSSLMODE: 'disable' }), 'plain');
      assert.equal(tls(`postgres://${host}/trial?sslmode=no-verify`), 'any certificate');
    }
    for (const mode of ['require', 'verify-ca', 'verify-full']) {
      assert.equal(tls(`postgres://localhost/trial?sslmode=${mode}`), 'verified');
    }
  });

  it('never falls back in silence', () => {
    for (const mode of ['prefer', 'allow']) {
      assert.throws(() => tls('postgres://db/trial', { PGSSLMODE: mode }), isBad);
    }
  });

  it('reads the files that it is given, and names one that is not there', () => {
    const given = config(`postgres://db/trial?sslrootcert=${file}&sslcert=${file}&sslkey=${file}`).ssl;
    assert(given !== false);
    assert.deepEqual([given.ca, given.cert, given.key], Array(3).fill('a certificate'));
    const byEnvironment = config('postgres://db/trial', { PGSSLROOTCERT: file }).ssl;
    assert(byEnvironment !== false);
    assert.equal(byEnvironment.ca, 'a certificate');
    const system = config('postgres://db/trial?sslrootcert=system').ssl;
    assert.ok(system !== false && system.ca === undefined, 'what this machine trusts');
    assert.throws(
      () => config(`postgres://db/trial?sslrootcert=${file}.gone`),
      (error) => isBad(error) && /sslrootcert.*root\.crt\.gone/.test(`${error}`),
    );
  });
});
