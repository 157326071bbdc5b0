import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { checkWebhooks, WebhookError, type WebhookErrorCode } from '../../../src/receiver/webhooks/webhook.ts';
import { openWebhookSecrets } from '../../../src/receiver/webhooks/webhook-secret.ts';

const code = (wanted: WebhookErrorCode) => (error: unknown) => error instanceof WebhookError && error.code === wanted;

describe('a webhook’s secret', () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'steady-hook-')), 'keys');
  });
  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  it('is made once, for its owner alone, and stays', async () => {
    const first = await openWebhookSecrets(directory, 'ward', (count) => new Uint8Array(count).fill(3));
    assert.equal(first.path, join(directory, 'webhook-ward.secret'));
    assert.deepEqual(first.secrets, [`whsec_${Buffer.alloc(32, 3).toString('base64')}`]);
    assert.equal((await stat(first.path)).mode & 0o777, 0o600);
    assert.deepEqual(await openWebhookSecrets(directory, 'ward'), first);
    const other = await openWebhookSecrets(directory, 'other');
    assert.notDeepEqual(other.secrets, first.secrets);
    assert.deepEqual((await readdir(directory)).sort(), ['webhook-other.secret', 'webhook-ward.secret']);
  });

  it('is one for two receivers that start at once', async () => {
    const [one, two] = await Promise.all([
      openWebhookSecrets(directory, 'ward'),
      openWebhookSecrets(directory, 'ward'),
    ]);
    assert.deepEqual(one, two);
  });

  it('may be two, a line each', async () => {
    const { path, secrets } = await openWebhookSecrets(directory, 'ward');
    const second = `whsec_${Buffer.alloc(64, 1).toString('base64')}`;
    await writeFile(path, `${second}\n${await readFile(path, 'utf8')}`);
    assert.deepEqual((await openWebhookSecrets(directory, 'ward')).secrets, [second, ...secrets]);
  });

  it('is refused when others can read it, or when it is none', async () => {
    const { path } = await openWebhookSecrets(directory, 'ward');
    await chmod(path, 0o640);
    await assert.rejects(openWebhookSecrets(directory, 'ward'), code('webhook-secret-exposed'));
    await chmod(path, 0o600);
    for (const text of ['', 'secret\n', 'whsec_\n', 'whsec_c2hvcnQ=\n', `whsec_${'A'.repeat(200)}\n`]) {
      await writeFile(path, text);
      await assert.rejects(openWebhookSecrets(directory, 'ward'), code('webhook-secret-damaged'), text);
    }
    await rm(directory, { recursive: true });
    await writeFile(directory, 'a file');
    await assert.rejects(openWebhookSecrets(directory, 'ward'), code('webhook-secret-unreadable'));
  });
});

describe('a webhook’s address', () => {
  const check = (url: string, study = 'ward') =>
    checkWebhooks(new Map([[study, { url, secrets: [] }]]), ['ward', 'home']);

  for (const url of ['https://a.example/x?y=1', 'http://localhost:1/x', 'http://127.0.0.1/', 'http://[::1]:3000/']) {
    it(`may be ${url}`, () => check(url));
  }
  for (const url of [
    'http://a.example/',
    'ftp://a.example/',
    'a.example',
    '',
    'https://u:p@a.example/',
    'https://a.example/#x',
    'http://localhost.a.example/',
  ]) {
    it(`may not be ${JSON.stringify(url)}`, () => assert.throws(() => check(url), code('bad-webhook-address')));
  }
  it('belongs to a study that is served; those are named', () => {
    assert.throws(
      () => check('https://a.example/', 'word'),
      (error) => code('webhook-without-study')(error) && /"ward", "home"/.test(String(error)),
    );
  });
});
