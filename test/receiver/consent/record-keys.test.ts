import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openRecordKeys, rotateRecordKeys } from '../../../src/receiver/consent/record-keys.ts';
import { KeyError, type KeyErrorCode, openKeys } from '../../../src/receiver/keys.ts';

const code = (wanted: KeyErrorCode, says: RegExp) => (error: unknown) => {
  assert.ok(error instanceof KeyError, String(error));
  assert.equal(error.code, wanted);
  assert.match(error.message, says);
  return true;
};

describe('the keys that consent records are signed with', () => {
  let parent: string;
  let directory: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'steady-record-keys-'));
    directory = join(parent, 'data.keys');
  });
  afterEach(() => rm(parent, { recursive: true }));
  const file = (name = 'record-0001.pem') => join(directory, name);

  it('are made at the first start, for nobody else to read, beside those of other purposes', async () => {
    await openKeys(directory, []);
    const { current, published } = await openRecordKeys(directory, []);
    assert.deepEqual((await readdir(directory)).sort(), ['0001.key', 'record-0001.pem']);
    assert.equal((await stat(file())).mode & 0o777, 0o600);
    assert.deepEqual(
      published.map(({ kid }) => kid),
      [current.id],
    );
    assert.match(current.id, /^[0-9a-f]{64}$/);
    assert.ok(published[0] && !('d' in published[0]));
  });

  it('are the same at the next start, and the same where two start at once', async () => {
    const all = await Promise.all([1, 2, 3].map(() => openRecordKeys(directory, [])));
    const again = await openRecordKeys(directory, [all[0]?.current.id ?? '']);
    assert.equal(new Set([...all, again].map(({ current }) => current.id)).size, 1);
  });

  it('sign what their published half verifies, and nothing else', async () => {
    const { current, published, trusted } = await openRecordKeys(directory, []);
    const signature = await current.signText('ñ');
    const [jwk] = published;
    assert(jwk);
    const { kty, crv, x } = jwk;
    const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    assert.ok(verify(null, Buffer.from('ñ'), key, Buffer.from(signature, 'hex')));
    assert.equal(await trusted[0]?.verify('ñ', signature), true);
    assert.equal(await trusted[0]?.verify('n', signature), false);
  });

  it('rotate: a new one signs, the old one’s public half stays and its private half is gone', async () => {
    const before = await openRecordKeys(directory, []);
    const old = await readFile(file(), 'utf8');
    const { current, retired } = await rotateRecordKeys(directory);
    assert.deepEqual(retired, [before.current.id]);
    assert.deepEqual((await readdir(directory)).sort(), ['record-0001.public.pem', 'record-0002.pem']);
    assert.ok(!(await readFile(file('record-0001.public.pem'), 'utf8')).includes(old.split('\n')[1] ?? old));
    const after = await openRecordKeys(directory, [before.current.id]);
    assert.equal(after.current.id, current);
    assert.deepEqual(
      after.published.map(({ kid }) => kid),
      [current, before.current.id],
    );
    assert.equal(await after.trusted[1]?.verify('x', await before.current.signText('x')), true);
  });

  it('rotate whatever was interrupted before, and from nothing', async () => {
    const { current: first } = await rotateRecordKeys(directory);
    const pem = await readFile(file(), 'utf8');
    const { current: second } = await rotateRecordKeys(directory);
    await writeFile(file(), pem, { mode: 0o600 });
    const both = await openRecordKeys(directory, []);
    assert.equal(both.current.id, second, 'the newest signs');
    const { retired } = await rotateRecordKeys(directory);
    assert.deepEqual([...retired].sort(), [first, second].sort());
    assert.equal((await openRecordKeys(directory, [first, second])).published.length, 3);
  });

  it('are not made anew where records were signed with others', async () => {
    await assert.rejects(openRecordKeys(directory, ['a'.repeat(64)]), code('keys-missing', /aaaa.*backup.*--keys/));
    await assert.rejects(readdir(directory), { code: 'ENOENT' });
    await openRecordKeys(directory, []);
    await assert.rejects(openRecordKeys(directory, ['a'.repeat(64)]), code('keys-missing', /aaaa/));
  });

  it('say so where a public half alone is left', async () => {
    await rotateRecordKeys(directory);
    await rotateRecordKeys(directory);
    await rm(file('record-0002.pem'));
    await assert.rejects(openRecordKeys(directory, []), code('keys-missing', /no key to sign .*steady keys rotate/));
  });

  it('are refused where others can read them, and where they are no such key', async () => {
    await openRecordKeys(directory, []);
    await chmod(file(), 0o640);
    await assert.rejects(openRecordKeys(directory, []), code('keys-exposed', /chmod 600 .*record-0001\.pem/));
    await chmod(file(), 0o600);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const pem = await readFile(file(), 'utf8');
    for (const damaged of ['', pem.slice(0, -40), String(rsa.export({ type: 'pkcs8', format: 'pem' }))]) {
      await writeFile(file(), damaged);
      await assert.rejects(openRecordKeys(directory, []), code('keys-damaged', /record-0001\.pem .*backup/));
    }
  });
});
