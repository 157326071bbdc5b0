import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { MemoryStore } from '../../src/delivery/memory-store.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { openRecordKeys } from '../../src/receiver/consent/record-keys.ts';
import { DRAFT_DAYS, INVITATION_DAYS, REPLACED_KEY_DAYS, TOKEN_IDLE_DAYS } from '../../src/receiver/days.ts';
import { openKeys } from '../../src/receiver/keys.ts';
import { MOST_DRAFTS } from '../../src/receiver/participants/drafts.ts';
import { USUAL_LIMITS } from '../../src/receiver/rate-limits.ts';
import { LARGEST_BODY } from '../../src/receiver/read-body.ts';
import { createReceiver } from '../../src/receiver/receiver.ts';
import { PROBLEMS } from '../../src/receiver/refusal.ts';
import { readStudy } from '../../src/receiver/served-study.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { publicPart } from '../../src/study/public-part.ts';
import { mySessionsSchema } from '../../src/submission/my-sessions.ts';
import { participantEventSchema } from '../../src/submission/session-submission.ts';
import type { ScreeningSubmission } from '../../src/submission/submission.ts';
import { repositoryRoot } from '../checks/check.ts';
import { codeIn, fencesIn, namesIn, readDocument, rowsOf, sectionOf } from '../support/documents.ts';

const document = readDocument('docs/endpoint.md');
const study = readDocument('docs/examples/night-rest.study.json');
const submission: ScreeningSubmission = JSON.parse(readDocument('docs/examples/screening.json'));

/** What the document's curl would send. */
function documentedRequest(): Request {
  const [curl = ''] = fencesIn(document, 'sh').flatMap(({ text }) => (text.startsWith('curl') ? [text] : []));
  const [, address = ''] = /curl (\S+)/.exec(curl) ?? [];
  const [, file = ''] = /-d @(\S+)/.exec(curl) ?? [];
  const headers = [...curl.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name = '', value = '']): [string, string] => [
    name,
    value,
  ]);
  return new Request(address, { method: 'POST', headers, body: readDocument(file) });
}

describe('docs/endpoint.md', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-docs-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('its request gets its receipt from the receiver, and the tables are those of its database', async () => {
    const file = join(folder, 'night-rest.sqlite');
    const store = await openSqliteStore(file);
    const receiver = await createReceiver({
      studies: [await readStudy(study, 'night-rest.study.json')],
      store,
      keys: await openKeys(`${file}.keys`, []),
      recordKeys: await openRecordKeys(`${file}.keys`, []),
    });
    try {
      const answers = [await receiver.fetch(documentedRequest()), await receiver.fetch(documentedRequest())];
      assert.deepEqual(
        answers.map(({ status, headers }) => [status, headers.get('Idempotency-Replayed')]),
        [
          [201, null],
          [200, 'true'],
        ],
      );
      const [first, second] = await Promise.all(answers.map((answer) => answer.json()));
      assert.deepEqual(second, first);
      const [fence] = fencesIn(document, 'json');
      // When it arrived, and under which key, is another matter each time.
      const { receivedAt, auditHead, ...same } = JSON.parse(fence?.text ?? '');
      assert.deepEqual(first, { ...same, receivedAt: first.receivedAt, auditHead: first.auditHead });
      assert.equal(typeof receivedAt, 'string');
      assert.match(auditHead, /^[0-9a-f]{64}$/);
    } finally {
      await receiver.close();
    }
    const database = new DatabaseSync(file, { readOnly: true });
    const tables = database
      .prepare("select name from sqlite_master where type = 'table' and name not like '%migration%' order by name")
      .all();
    database.close();
    assert.deepEqual(
      [...namesIn(sectionOf(document, 'What the receiver keeps'))].sort(),
      tables.map(({ name }) => name),
    );
  });

  test('names every problem with its status', () => {
    const named = rowsOf(sectionOf(document, 'What it refuses')).map(([name = '', status]) => [
      codeIn(name)[0],
      Number(status),
    ]);
    assert.deepEqual(
      Object.fromEntries(named),
      Object.fromEntries(Object.entries(PROBLEMS).map(([name, { status }]) => [name, status])),
    );
  });

  test('names every deviation', () => {
    const type = readFileSync(join(repositoryRoot, 'src/receiver/deviations.ts'), 'utf8');
    const known = [...type.matchAll(/^ {2}\| '([\w-]+)'/gm)].map(([, name = '']) => name);
    const table = document.slice(document.indexOf('| deviation |'));
    assert.ok(known.length > 5);
    assert.deepEqual([...namesIn(table)].sort(), known.sort());
  });

  test('names everything that a participant can say of a session', () => {
    const [, types = ''] = sectionOf(document, 'Sessions').split('| `type` |');
    const [table = ''] = types.split('\n\n');
    const known = participantEventSchema.options.map(({ entries }) => entries.type.literal);
    assert.deepEqual([...namesIn(`| \`type\` |${table}`)].sort(), known.sort());
    for (const name of Object.keys(mySessionsSchema.entries)) {
      assert.ok(sectionOf(document, 'Sessions').includes(`\`${name}\``), name);
    }
  });

  test('gives the limits that hold', () => {
    const { perAddress, perSource, perCaller, wrongSecrets } = USUAL_LIMITS;
    const number = new Intl.NumberFormat('en');
    const limits = `${LARGEST_BODY / 1024} KB per submission; ${number.format(perAddress)} posts a minute from one network address, ${number.format(perSource)} of them`;
    assert.ok(document.includes(limits), limits);
    for (const said of [
      `${perCaller} calls a minute of one person`,
      `${wrongSecrets} keys and codes a minute`,
      `Codes after ${INVITATION_DAYS} days`,
      `tokens after ${TOKEN_IDLE_DAYS} days without use`,
      `drafts ${DRAFT_DAYS} days\n  after`,
      `write key delivers for ${REPLACED_KEY_DAYS} days`,
      `A participant has ${MOST_DRAFTS} at most`,
    ]) {
      assert.ok(document.includes(said), said);
    }
  });
});

describe('docs/examples/bare-endpoint.mjs', () => {
  let folder = '';
  let url = '';
  let stop = async (): Promise<void> => {};
  const kept = () => join(folder, 'kept');
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-bare-'));
    const file = join(folder, 'public.study.json');
    await writeFile(file, JSON.stringify(publicPart(JSON.parse(study))));
    const program = join(repositoryRoot, 'docs/examples/bare-endpoint.mjs');
    const child = spawn(process.execPath, [program, file, kept(), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    stop = async () => {
      child.kill();
      await once(child, 'close');
    };
    const [line] = await once(child.stdout, 'data');
    url = String(line).trim().split(' ').at(-1) ?? '';
  });
  after(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  const post = (changes: Partial<ScreeningSubmission> = {}): Promise<Response> => {
    const body = { ...submission, ...changes };
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': body.id };
    return fetch(`${url}/studies/night-rest/submissions`, { method: 'POST', headers, body: JSON.stringify(body) });
  };

  test('gives the study, and takes a submission by the kit’s own outbox, which forgets it', async () => {
    const { id } = await (await fetch(`${url}/studies/night-rest`)).json();
    assert.equal(id, 'night-rest');
    const outbox = createOutbox({ endpoint: url, store: new MemoryStore(), locks: undefined });
    await outbox.submit(submission);
    await outbox.flush();
    assert.equal(outbox.state(submission.id).status, 'delivered');
    assert.deepEqual(await outbox.entries(), []);
    assert.deepEqual(await readdir(kept()), [`${submission.id}.json`]);
    assert.deepEqual(JSON.parse(await readFile(join(kept(), `${submission.id}.json`), 'utf8')), submission);
  });

  test('takes the same again, refuses another content, and what is no id', async () => {
    const id = '0199e2a4-7c1e-7b3a-9d52-3f0c6a1b8e48';
    const first = await post({ id });
    const again = await post({ id });
    const other = await post({ id, locale: 'es' });
    const outside = await post({ id: '../outside' });
    assert.deepEqual(
      [first, again, other, outside].map(({ status }) => status),
      [200, 200, 422, 400],
    );
    assert.equal(JSON.parse(await readFile(join(kept(), `${id}.json`), 'utf8')).locale, 'en');
  });
});
