import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { run } from '../../src/cli/steady.ts';
import type { Submission } from '../../src/submission/submission.ts';
import { runCommand } from '../support/command-io.ts';
import { newDevice } from '../support/participants.ts';
import { contact, screening, studyJson } from '../support/receiver.ts';
import { type Served, serveProcess } from '../support/serve-process.ts';
import { openTarget, type Target } from '../support/webhook-target.ts';

describe('steady serve with a webhook', () => {
  let directory: string;
  let study: string;
  let data: string;
  let target: Target;
  let running: Served[];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'steady-hooks-'));
    study = join(directory, 'ward.study.json');
    data = join(directory, 'data.sqlite');
    await writeFile(study, JSON.stringify(studyJson()));
    target = await openTarget();
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.end('SIGKILL')));
    await target.close();
    await rm(directory, { recursive: true });
  });

  async function start(): Promise<Served> {
    const hook = ['--webhook', `ward=${target.url}`, '--page', 'ward=https://trial.example.org/ward'];
    const served = await serveProcess(['--study', study, '--data', data, ...hook]);
    running.push(served);
    return served;
  }

  /** Somebody takes part, as a browser does it. Returns their id. */
  async function enrol(url: string): Promise<string> {
    const post = async (given: Submission) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': given.id };
      const answer = await fetch(`${url}/studies/ward/submissions`, {
        method: 'POST',
        headers,
        body: JSON.stringify(given),
      });
      assert.equal(answer.status, 201, await answer.clone().text());
    };
    const screened = screening();
    const { token, hashes } = await newDevice();
    await post(screened);
    await post(contact(screened, hashes));
    const me = await fetch(`${url}/studies/ward/me`, { headers: { Authorization: `Bearer ${token}` } });
    return (await me.json()).participant;
  }

  const secret = async (served: Served): Promise<string> => {
    const line = await served.untilSaid(/^ward: events are signed/);
    const path = line.replace(/^.* in /, '');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    return (await readFile(path, 'utf8')).trim();
  };

  it('tells of an enrolment as soon as it is committed, signed with the secret whose place it names', async () => {
    const served = await start();
    const participant = await enrol(served.url);
    await target.untilAsked(1);
    const [id] = target.verified(await secret(served));
    const { type, data: about } = JSON.parse(target.got[0]?.body ?? '');
    assert.equal(type, 'enrolled');
    assert.deepEqual(about, { study: 'ward', participant, mode: 'test', page: 'https://trial.example.org/ward' });
    assert.match(id ?? '', /^[0-9a-f-]{36}$/);
    assert.ok(!JSON.stringify(target.got).includes('ana@example.org'));
  });

  it('has it sent under the same id after it was killed in the middle, and says so to a coordinator', async () => {
    target.react('silence');
    const victim = await start();
    await enrol(victim.url);
    await target.untilAsked(1);
    await victim.end('SIGKILL');

    // As when a minute has passed: who claimed it is taken for dead.
    const database = new DatabaseSync(data, { timeout: 5_000 });
    database.exec('update webhook_events set due_at = created_at');
    database.close();
    const survivor = await start();
    await target.untilAsked(2);
    const ids = target.verified(await secret(survivor));
    assert.equal(new Set(ids).size, 1);
    assert.equal(target.got[0]?.body, target.got[1]?.body);

    // A token made beside the running receiver.
    const args = ['staff', 'add', 'ward', '--role', 'coordinator', '--name', 'Ana', '--data', data];
    const { stdout: token, code } = await runCommand(run, args);
    assert.equal(code, 0);
    const headers = { Authorization: `Bearer ${token.trim()}` };
    const state = await fetch(`${survivor.url}/studies/ward/webhook-events`, { headers });
    const { events } = await state.json();
    assert.deepEqual(
      events.map(({ id, attempts }: { id: string; attempts: number }) => [id, attempts]),
      [[ids[0], 2]],
    );
  });

  it('gives back what it was sending when it is stopped, and sends it at the next start', async () => {
    target.react('silence');
    const first = await start();
    await enrol(first.url);
    await target.untilAsked(1);
    await first.end('SIGTERM');
    const second = await start();
    await target.untilAsked(2);
    assert.equal(new Set(target.verified(await secret(second))).size, 1);
  });

  for (const [args, code, says] of [
    [['--webhook', 'https://a.example/'], 2, /--webhook is STUDY=URL, as in keck-thrive=https:\/\/mailer/],
    [['--webhook', 'ward=https://a.example/', '--webhook', 'ward=https://b.example/'], 2, /once for each study; ward/],
    [['--page', 'ward=https://a.example/'], 2, /give ward a --webhook too/],
    [['--webhook', 'word=https://a.example/'], 1, /no study "word".*Name one of "ward"/],
    [['--webhook', 'ward=http://a.example/'], 1, /The webhook of "ward" must be https, or http on this machine/],
    [['--webhook', 'ward=https://a.example/', '--page', 'ward=x'], 1, /The page of "ward" has no web address/],
  ] as const) {
    it(`says what is wrong with ${args.join(' ')}, and makes no secret`, async () => {
      const ran = await runCommand(run, ['serve', '--study', study, '--data', data, ...args]);
      assert.equal(ran.code, code, ran.stderr);
      assert.match(ran.stderr, says);
      assert.deepEqual(await readdir(directory), ['ward.study.json']);
    });
  }
});
