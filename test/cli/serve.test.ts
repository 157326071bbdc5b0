import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/cli/steady.ts';
import { rotateRecordKeys } from '../../src/receiver/consent/record-keys.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { exampleWithConsent } from '../support/consent.ts';
import { identityProvider } from '../support/identity-provider.ts';
import { type Asked, read, screening, studyJson } from '../support/receiver.ts';

const STEADY = fileURLToPath(new URL('../../src/cli/steady.ts', import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  /** The next line that it says after the first. */
  next(): Promise<string>;
  /** Sends the signal and returns the exit code, once it has ended; null where the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
  readonly errors: string[];
}

describe('steady serve', () => {
  let directory: string;
  let study: string;
  let data: string;
  let running: ChildProcess[];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-serve-'));
    study = join(directory, 'ward.study.json');
    data = join(directory, 'data.sqlite');
    running = [];
    await writeFile(study, JSON.stringify(studyJson()));
  });
  afterEach(async () => {
    for (const child of running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await rm(directory, { recursive: true });
  });

  async function start(...more: string[]): Promise<Running> {
    const args = [STEADY, 'serve', '--study', study, '--data', data, '--port', '0', ...more];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    const errors: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    assert(child.stdout);
    const said = on(createInterface({ input: child.stdout }), 'line');
    const next = async (): Promise<string> => {
      const { value = [] } = await said.next();
      return String(value[0]);
    };
    const line = await Promise.race([
      next(),
      once(child, 'close').then(() => assert.fail(`it ended: ${errors.join('')}`)),
    ]);
    const [, url] = /^steady receiver listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line) ?? assert.fail(line);
    assert(url);
    return {
      child,
      url,
      next,
      errors,
      async end(signal) {
        const closed = once(child, 'close');
        child.kill(signal);
        const [code] = await closed;
        return code;
      },
    };
  }

  /** Starts what must not start; returns what it said. */
  async function refused(...args: string[]): Promise<{ code: number; says: string }> {
    let says = '';
    const write = (text: string) => {
      says += text;
      return true;
    };
    const code = await run(['serve', ...args], { stdin: Readable.from([]), stdout: { write }, stderr: { write } });
    return { code, says };
  }

  async function post(url: string, given = screening()): Promise<Asked> {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': given.id };
    return read(
      await fetch(`${url}/studies/ward/submissions`, { method: 'POST', headers, body: JSON.stringify(given) }),
    );
  }

  it('says where participants find their page', async () => {
    const { next, url } = await start();
    const line = await next();
    const page = / at (http:\S+\/p\/ward)$/.exec(line)?.[1] ?? assert.fail(line);
    assert.ok(page.startsWith(url));
    assert.match(await (await fetch(page)).text(), /<title>Your page<\/title>/);
  });

  it('goes on after a restart as if nothing had been', async () => {
    const given = screening();
    const first = await start();
    const receipt = await post(first.url, given);
    assert.equal(receipt.status, 201);
    assert.equal(await first.end('SIGTERM'), 0);

    const second = await start();
    const again = await post(second.url, given);
    assert.equal(again.status, 200);
    assert.equal(again.body, receipt.body);
    assert.equal(await second.end('SIGINT'), 0);
  });

  it('has every acknowledged submission when it is killed in the middle of many', async () => {
    const acknowledged = new Map<string, Asked>();
    // A source each: they all come from one address.
    const given = Array.from({ length: 400 }, (_, index) => screening({ source: `source-${index}` }));
    const sent = new Map(given.map((one) => [one.id, one]));
    const victim = await start();
    const queue = [...sent.values()];
    const enough = 60;
    const died = once(victim.child, 'close');
    const sender = async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const answer = await post(victim.url, next).catch(() => undefined);
        if (answer === undefined) return;
        assert.equal(answer.status, 201);
        acknowledged.set(next.id, answer);
        if (acknowledged.size === enough) victim.child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 8 }, sender));
    await died;
    assert.ok(acknowledged.size >= enough && queue.length > 0, 'it died in the middle');

    const survivor = await start();
    for (const [id, one] of sent) {
      const again = await post(survivor.url, one);
      const before = acknowledged.get(id);
      // What was stored and not acknowledged before the end is as good.
      assert.ok(again.status === 200 || (again.status === 201 && before === undefined), `${again.status}`);
      if (before !== undefined) assert.equal(again.body, before.body);
    }
    await survivor.end('SIGTERM');
    const store = await openSqliteStore(data);
    assert.equal((await store.transaction((tx) => tx.screenings('ward'))).length, sent.size, 'and none twice');
    await store.close();
  });

  it('refuses the same version with other content', async () => {
    await (await start()).end('SIGTERM');
    await writeFile(study, JSON.stringify(studyJson({ title: 'Changed' })));
    const { code, says } = await refused('--study', study, '--data', data);
    assert.equal(code, 1);
    assert.match(says, /^steady serve: .*ward\.study\.json.*new version/);
  });

  it('refuses a database whose keys are missing or open to others', async () => {
    await (await start()).end('SIGTERM');
    await chmod(`${data}.keys/0001.key`, 0o644);
    const open = await refused('--study', study, '--data', data);
    assert.equal(open.code, 1);
    assert.match(open.says, /chmod 600/);
    const missing = await refused('--study', study, '--data', data, '--keys', join(directory, 'elsewhere'));
    assert.equal(missing.code, 1);
    assert.match(missing.says, /keys .*elsewhere.*backup/);
  });

  it('refuses drafts in live mode, and says test in test mode', async () => {
    const contacts = [{ role: 'research', name: 'Team', phone: '555-0100', placeholder: true }];
    await writeFile(study, JSON.stringify(studyJson({ contacts })));
    const { code, says } = await refused('--study', study, '--data', data, '--mode', 'live');
    assert.equal(code, 1);
    assert.match(says, /contacts\[0\]/);
    const served = await start();
    assert.match(await (await fetch(`${served.url}/studies/ward`)).text(), /"mode":"test"/);
  });

  it('lets in the origins that it is told', async () => {
    const { url } = await start('--origin', 'ward=https://a.example', '--origin', 'ward=https://b.example');
    for (const [origin, may] of [
      ['https://a.example', true],
      ['https://b.example', true],
      ['https://c.example', false],
    ] as const) {
      const { headers } = await fetch(`${url}/studies/ward`, { headers: { Origin: origin } });
      assert.equal(headers.get('access-control-allow-origin'), may ? origin : null);
    }
  });

  it('makes a key to sign consent records with, and publishes its public half', async () => {
    const { url, end } = await start();
    const { keys } = JSON.parse(await (await fetch(`${url}/studies/ward/keys`)).text());
    assert.equal(keys.length, 1);
    await end('SIGTERM');
    await rotateRecordKeys(`${data}.keys`);
    const later = await start();
    const after = JSON.parse(await (await fetch(`${later.url}/studies/ward/keys`)).text());
    assert.deepEqual([after.keys.length, after.keys[1]], [2, keys[0]]);
  });

  it('checks proofs of who signs as a file says, and refuses one that it cannot use', async () => {
    await writeFile(study, JSON.stringify(exampleWithConsent({ id: 'ward' })));
    const file = join(directory, 'identity.json');
    const { config } = identityProvider();
    await writeFile(file, JSON.stringify(config));
    const served = await start('--reauthentication', `ward=${file}`);
    await served.end('SIGTERM');
    await writeFile(file, JSON.stringify({ ...config, required: 'yes', jwks: { keys: [] } }));
    const { code, says } = await refused('--study', study, '--data', data, '--reauthentication', `ward=${file}`);
    assert.equal(code, 1);
    assert.match(says, /identity\.json: cannot be used at required, jwks\.keys\. Write \{ "issuer", "audience"/);
    await writeFile(file, JSON.stringify(config));
    const other = await refused('--study', study, '--data', data, '--reauthentication', `home=${file}`);
    assert.equal(other.code, 1);
    assert.match(other.says, /no study "home" with a consent to sign/);
  });

  it('logs to standard error, a line of JSON each, nobody’s answers', async () => {
    const served = await start();
    const given = screening();
    await post(served.url, given);
    await served.end('SIGTERM');
    const lines = served.errors.join('').trim().split('\n');
    const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    assert.deepEqual(
      requests.map(({ method, status }) => [method, status]),
      [['POST', 201]],
    );
    assert.ok(!lines.join().includes(given.id));
  });

  describe('called wrongly', () => {
    const usual = ['--study', 'f.json', '--data', 'd.sqlite'];
    const calls: [string[], RegExp][] = [
      [[], /--study/],
      [['--study', 'f.json'], /--data/],
      [[...usual, '--port', 'eighty'], /--port.*"eighty"/],
      [[...usual, '--port', '70000'], /--port.*"70000"/],
      [[...usual, '--port', '-1'], /--port/],
      [[...usual, '--mode', 'production'], /--mode.*"production"/],
      [[...usual, '--reauthentication', 'identity.json'], /--reauthentication.*STUDY=FILE/],
      [[...usual, '--origin', 'https://a.example'], /--origin.*STUDY=ORIGIN/],
      [[...usual, '--verbose'], /--verbose/],
      [[...usual, 'more'], /more/],
    ];
    for (const [args, says] of calls) {
      it(`says so in a sentence and exits with 2: ${args.join(' ')}`, async () => {
        const outcome = await refused(...args);
        assert.equal(outcome.code, 2, outcome.says);
        assert.match(outcome.says, says);
        assert.doesNotMatch(outcome.says, /\n\s+at /, 'no stack');
      });
    }

    it('exits with 1 for files that cannot be used, naming them', async () => {
      const missing = await refused('--study', join(directory, 'none.json'), '--data', data);
      assert.equal(missing.code, 1);
      assert.match(missing.says, /none\.json: does not exist/);
      await writeFile(study, '{"id":"ward"');
      const broken = await refused('--study', study, '--data', data);
      assert.equal(broken.code, 1);
      assert.match(broken.says, /ward\.study\.json.*not JSON/);
      await assert.rejects(readFile(data), { code: 'ENOENT' }, 'and no database is made');
      await writeFile(study, JSON.stringify(studyJson()));
      const origin = await refused('--study', study, '--data', data, '--origin', 'ward=a.example');
      assert.equal(origin.code, 1);
      assert.match(origin.says, /"a\.example" is not an origin/);
    });
  });
});
