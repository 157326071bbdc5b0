import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contact, type Office, openOffice, screening } from '../support/receiver.ts';

/** How many of `count` posts get through. */
async function through(office: Office, count: number, source: string | undefined, address?: string): Promise<number> {
  let passed = 0;
  for (let index = 0; index < count; index += 1) {
    const answer = await office.post(screening({ source }), {}, address);
    if (answer.status === 201) passed += 1;
    else assert.equal(answer.problem(), 'too-many-requests');
  }
  return passed;
}

describe('anonymous posts', () => {
  it('are limited for an address and a source, and the refusal says when to come again', async () => {
    const office = await openOffice({ limits: { perSource: 3, perAddress: 100 } });
    assert.equal(await through(office, 5, 'poster'), 3);
    const refused = await office.post(screening({ source: 'poster' }));
    assert.equal(refused.status, 429);
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 60, `${seconds}`);
    assert.equal(await through(office, 1, 'newsletter'), 1, 'another source');
    assert.equal(await through(office, 1, undefined), 1, 'no source');
    assert.equal(await through(office, 1, 'poster', '192.0.2.2'), 1, 'another address');
  });

  it('are limited for an address, whatever source they claim', async () => {
    const office = await openOffice({ limits: { perSource: 3, perAddress: 5 } });
    let passed = 0;
    for (let index = 0; index < 10; index += 1) passed += await through(office, 1, `made-up-${index}`);
    assert.equal(passed, 5);
    assert.equal(await through(office, 1, 'poster', '192.0.2.2'), 1, 'the study stays open to all others');
  });

  it('count towards the limit of an address also when they are refused', async () => {
    const office = await openOffice({ limits: { perAddress: 2 } });
    for (const expected of [400, 400, 429])
      assert.equal(
        (
          await office.ask('/studies/ward/submissions', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'x' },
            body: 'no',
          })
        ).status,
        expected,
      );
  });

  it('leave room for a hospital behind one address', async () => {
    const office = await openOffice();
    assert.equal(await through(office, 120, 'all-staff-mail'), 120);
  });

  it('do not keep anyone from reading the study', async () => {
    const office = await openOffice({ limits: { perAddress: 1 } });
    await through(office, 3, undefined);
    assert.equal((await office.ask('/studies/ward')).status, 200);
  });

  it('behind a proxy are told apart by the address that the proxy has seen, not by what the client wrote', async () => {
    const office = await openOffice({ limits: { perAddress: 1 }, trustProxy: true });
    const from = async (forwarded: string) => {
      const given = screening();
      return (await office.post(given, { 'X-Forwarded-For': forwarded })).status;
    };
    assert.equal(await from('198.51.100.1'), 201);
    assert.equal(await from('198.51.100.2'), 201);
    assert.equal(await from('203.0.113.9, 198.51.100.1'), 429);
    const direct = await openOffice({ limits: { perAddress: 1 } });
    await direct.post(screening(), { 'X-Forwarded-For': '198.51.100.1' });
    const second = await direct.post(screening(), { 'X-Forwarded-For': '198.51.100.2' });
    assert.equal(second.status, 429, 'without a proxy the header is nothing');
  });

  it('that are refused lose nothing: the same post passes later', async () => {
    const office = await openOffice({ limits: { perSource: 1 } });
    const screened = screening();
    await office.post(screened);
    const given = contact(screened);
    assert.equal((await office.post(given)).status, 429);
    assert.equal((await office.post(given, {}, '192.0.2.2')).status, 201);
  });
});
