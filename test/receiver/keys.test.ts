import assert from 'node:assert/strict';
import { chmod, copyFile, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createKey, KeyError, type KeyErrorCode, openKeys } from '../../src/receiver/keys.ts';

const code = (wanted: KeyErrorCode, says: RegExp) => (error: unknown) => {
  assert.ok(error instanceof KeyError, String(error));
  assert.equal(error.code, wanted);
  assert.match(error.message, says);
  return true;
};

describe('openKeys', () => {
  let parent: string;
  let directory: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'steady-keys-'));
    directory = join(parent, 'data.keys');
  });
  afterEach(() => rm(parent, { recursive: true }));
  const file = (name = '0001.key') => join(directory, name);

  it('makes a key at the first start that nobody else can read', async () => {
    const ring = await openKeys(directory, []);
    assert.deepEqual(await readdir(directory), ['0001.key'], 'and leaves nothing else behind');
    assert.equal((await stat(directory)).mode & 0o777, 0o700);
    assert.equal((await stat(file())).mode & 0o777, 0o600);
    assert.match(ring.current.id, /^[0-9a-f]{16}$/);
    assert.ok(!(await readFile(file(), 'utf8')).includes(ring.current.mac('audit', '')));
  });

  it('makes it so whatever the umask is', async () => {
    const before = process.umask(0);
    try {
      await openKeys(directory, []);
    } finally {
      process.umask(before);
    }
    assert.equal((await stat(file())).mode & 0o777, 0o600);
  });

  it('opens the same key again', async () => {
    const first = await openKeys(directory, []);
    const again = await openKeys(directory, [first.current.id]);
    assert.equal(again.current.mac('replay', 'x'), first.current.mac('replay', 'x'));
  });

  it('makes one key where two start at once', async () => {
    const rings = await Promise.all([openKeys(directory, []), openKeys(directory, []), openKeys(directory, [])]);
    assert.equal(new Set(rings.map(({ current }) => current.id)).size, 1);
    assert.deepEqual(await readdir(directory), ['0001.key']);
  });

  it('makes another key in each place', async () => {
    const [one, two] = [await openKeys(directory, []), await openKeys(join(parent, 'other'), [])];
    assert.notEqual(one.current.id, two.current.id);
  });

  it('makes none where the database has been written with one, and says what to do', async () => {
    await assert.rejects(
      openKeys(directory, ['0123456789abcdef']),
      code('keys-missing', /0123456789abcdef.*backup.*--keys/),
    );
    await assert.rejects(readdir(directory), { code: 'ENOENT' });
  });

  it('refuses the keys of another database', async () => {
    await openKeys(directory, []);
    await assert.rejects(openKeys(directory, ['0123456789abcdef']), code('keys-missing', /0123456789abcdef/));
  });

  for (const mode of [0o640, 0o604, 0o660, 0o622]) {
    it(`refuses a key with mode ${mode.toString(8)}, and says how to mend it`, async () => {
      await openKeys(directory, []);
      await chmod(file(), mode);
      await assert.rejects(openKeys(directory, []), code('keys-exposed', /chmod 600 .*0001\.key/));
      await chmod(file(), 0o400);
      await openKeys(directory, []);
    });
  }

  it('looks at the file and not at a link to it', async () => {
    await openKeys(directory, []);
    await copyFile(file(), join(parent, 'secret'));
    await chmod(join(parent, 'secret'), 0o644);
    await rm(file());
    await symlink(join(parent, 'secret'), file());
    await assert.rejects(openKeys(directory, []), code('keys-exposed', /0001\.key/));
  });

  it('refuses a key that was cut off or changed', async () => {
    await openKeys(directory, []);
    const text = await readFile(file(), 'utf8');
    const turned = text.replace(/.(?=\n$)/, (digit) => (digit === '0' ? '1' : '0'));
    for (const damaged of ['', text.slice(0, -2), turned, `${text}${text}`]) {
      await writeFile(file(), damaged);
      await assert.rejects(openKeys(directory, []), code('keys-damaged', /0001\.key.*backup/));
    }
  });

  it('writes with the last key and reads with all', async () => {
    const first = await openKeys(directory, []);
    await openKeys(join(parent, 'next'), []);
    await copyFile(join(parent, 'next', '0001.key'), file('0002.key'));
    await chmod(file('0002.key'), 0o600);
    await writeFile(file('0003.key.bak'), 'not a key', { mode: 0o644 });
    const ring = await openKeys(directory, [first.current.id]);
    assert.notEqual(ring.current.id, first.current.id);
    assert.deepEqual(
      ring.all.map(({ id }) => id),
      [ring.current.id, first.current.id],
    );
  });

  it('says so when the place cannot be used', async () => {
    await writeFile(directory, 'a file');
    await assert.rejects(openKeys(directory, []), code('keys-unreadable', /data\.keys/));
  });
});

describe('a key', () => {
  const secret = new Uint8Array(32).fill(7);

  it('gives the same hash for the same, and another for another purpose, content or secret', () => {
    const key = createKey(secret);
    assert.equal(key.mac('audit', 'x'), createKey(secret).mac('audit', 'x'));
    const other = createKey(new Uint8Array(32).fill(8));
    const all = [key.mac('audit', 'x'), key.mac('replay', 'x'), key.mac('audit', 'y'), other.mac('audit', 'x')];
    assert.equal(new Set(all).size, 4);
    for (const mac of all) assert.match(mac, /^[0-9a-f]{64}$/);
    assert.notEqual(key.id, other.id);
  });

  it('reads texts as UTF-8', () => {
    const key = createKey(secret);
    assert.equal(key.mac('audit', 'é'), key.mac('audit', new TextEncoder().encode('é')));
  });
});
