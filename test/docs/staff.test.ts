import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import * as v from 'valibot';
import { STAFF_ROLES } from '../../src/receiver/staff/role.ts';
import { erasureRequestSchema, PAGE } from '../../src/receiver/staff/schemas.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { deliver } from '../../src/receiver/webhooks/deliver.ts';
import { createQueue } from '../../src/receiver/webhooks/queue-event.ts';
import { repositoryRoot } from '../checks/check.ts';
import { codeIn, fencesIn, marked, readDocument, rowsOf, sectionOf } from '../support/documents.ts';
import { openOffice, studyJson } from '../support/receiver.ts';

const document = readDocument('docs/endpoint.md');

describe('docs/endpoint.md, of staff', () => {
  test('says which role may call what, as the receiver does', async () => {
    const office = await openOffice();
    const { paths }: { paths: Record<string, Record<string, { security: { staff?: string[] }[] }>> } = JSON.parse(
      (await office.ask('/openapi.json')).body,
    );
    await office.receiver.close();
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security }]) => {
        const roles = security.flatMap(({ staff = [] }) => staff);
        const call = `${method.toUpperCase()} ${path.replace('/studies/{study}', '')}`;
        return roles.length === 0 ? [] : [[call, STAFF_ROLES.map((role) => (roles.includes(role) ? 'yes' : ''))]];
      }),
    );
    const table = marked(document, 'roles');
    assert.ok(table.startsWith(`| call | ${STAFF_ROLES.join(' | ')} |\n`));
    const written = rowsOf(table).map(([call = '', ...cells]) => [codeIn(call)[0], cells]);
    assert.ok(served.length > 0);
    assert.deepEqual(Object.fromEntries(written), Object.fromEntries(served));
    assert.ok(document.includes(`pages of ${PAGE}`));
  });
});

describe('docs/endpoint.md, of erasing', () => {
  test('shows a call that the receiver takes', async () => {
    const [{ text: curl } = assert.fail('there is no call')] = fencesIn(sectionOf(document, 'Erasing'), 'sh');
    const [, path = ''] = /curl http:\/\/127\.0\.0\.1:8787(\S+)/.exec(curl) ?? [];
    const [, body = ''] = /-d '(.+)'/.exec(curl) ?? [];
    assert.ok(v.is(erasureRequestSchema, JSON.parse(body)), body);
    const office = await openOffice({ studies: [studyJson({ id: 'keck-thrive' })] });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await office.ask(path, { method: 'POST', headers, body });
    await office.receiver.close();
    assert.equal(answer.status, 401, 'it is a call, and asks for a token');
  });
});

describe('docs/endpoint.md, of webhooks', () => {
  const secret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
  let folder = '';
  let url = '';
  let lines: Interface;
  let stop = async (): Promise<void> => {};
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steady-docs-'));
    await writeFile(join(folder, 'secret'), `${other}\n${secret}\n`);
    const program = join(repositoryRoot, 'docs/examples/webhook-target.mjs');
    const args = [program, join(folder, 'secret'), '0'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    stop = async () => {
      child.kill();
      await once(child, 'close');
    };
    lines = createInterface({ input: child.stdout });
    const [line] = await once(lines, 'line');
    url = String(line).split(' ').at(-1) ?? '';
  });
  after(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The event that the document shows, as the receiver writes it. */
  async function documented(): Promise<{ shown: unknown; body: string }> {
    const [fence] = fencesIn(marked(document, 'event'), 'json');
    const shown = JSON.parse(fence?.text ?? '');
    const { study, participant, site, mode, page } = shown.data;
    const store = await openSqliteStore(':memory:');
    const queue = createQueue(new Map([[study, { url, secrets: [secret], page }]]));
    await store.transaction((tx) =>
      queue(tx, { study, type: shown.type, participant, site, mode, at: shown.timestamp }),
    );
    const [event] = await store.transaction((tx) => tx.events(study, { limit: 1 }));
    await store.close();
    return { shown, body: event?.body ?? '' };
  }

  test('its event is what is sent, and its example takes it, once, and nothing that is not ours', async () => {
    const { shown, body } = await documented();
    assert.deepEqual(JSON.parse(body), shown);
    const post = (id: string, secrets: string[], now = () => new Date()) =>
      deliver({ url, secrets }, { id, body }, { fetch, now, timeout: 15_000 }, new AbortController().signal);
    const forged = await post('e-1', [`whsec_${Buffer.alloc(32, 1).toString('base64')}`]);
    const old = await post('e-1', [secret], () => new Date(Date.now() - 400_000));
    const printed = once(lines, 'line');
    const taken = await post('e-1', [secret]);
    assert.equal((await printed)[0], body);
    const next = once(lines, 'line');
    const again = await post('e-1', [secret]);
    const second = await post('e-2', [other]);
    await next;
    const statuses = [forged, old, taken, again, second].map((one) => ('status' in one ? one.status : one.failure));
    assert.deepEqual(statuses, [401, 401, 204, 204, 204]);
  });
});
