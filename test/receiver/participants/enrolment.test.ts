import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { v7 } from 'uuid';
import {
  as,
  type Device,
  enrolled,
  enrolledByContact,
  eventsOf,
  me,
  newDevice,
  postAs,
} from '../../support/participants.ts';
import {
  contact,
  INELIGIBLE,
  NOW,
  type Office,
  openOffice,
  screening,
  screeningJson,
  studyJson,
} from '../../support/receiver.ts';

const participants = (office: Office) => office.store.transaction((tx) => tx.participants('ward', { limit: 99 }));

/** A screening, and a contact with a device’s hashes. */
async function takePart(office: Office, device: Device, changes: Parameters<typeof contact>[1] = {}) {
  const screened = screening();
  await office.post(screened);
  return office.post(contact(screened, { ...device.hashes, ...changes }));
}

describe('a contact that enrols', () => {
  it('opens the participant whose hashes it brings, and tells that alone', async () => {
    const office = await openOffice();
    const device = await newDevice();
    const screened = screening();
    await office.post(screened);
    const given = contact(screened, device.hashes);
    const answer = await office.post(given);
    assert.deepEqual([answer.status, answer.receipt().next, answer.receipt().deviations], [201, 'enrolled', []]);
    assert.ok(!Object.values({ ...device.hashes, ...device }).some((secret) => answer.body.includes(String(secret))));

    const told = await me(office, device);
    assert.deepEqual(told, {
      participant: told.participant,
      mode: 'test',
      enrolledAt: NOW,
      recruitment: 'open',
      steps: [
        { id: 'screening', state: 'done', at: NOW },
        { id: 'contact', state: 'done', at: NOW },
      ],
      next: null,
    });
    const events = await eventsOf(office, told.participant);
    assert.deepEqual(events, ['participant-enrolled', 'contact-received'], 'in a chain of their own');
    const head = await office.store.transaction((tx) => tx.auditHeads('ward'));
    assert.ok(head.some(({ mac }) => mac === answer.receipt().auditHead));
    assert.deepEqual(await eventsOf(office, screened.id), []);
    const row = await office.store.transaction((tx) => tx.contact('ward', given.id));
    assert.equal(row?.participant, told.participant);
  });

  it('does it once: its replay is answered the same, for the same participant', async () => {
    const office = await openOffice();
    const device = await newDevice();
    const screened = screening();
    await office.post(screened);
    const given = contact(screened, device.hashes);
    const first = await office.post(given);
    const { participant } = await me(office, device);
    const again = await office.post(given);
    assert.deepEqual([again.status, again.body], [200, first.body]);
    assert.equal((await me(office, device)).participant, participant);
    assert.equal((await participants(office)).length, 1);
  });

  it('is the first of its screening: a second one is kept and opens nobody', async () => {
    const office = await openOffice();
    const screened = screening();
    await office.post(screened);
    const devices = await Promise.all(Array.from({ length: 5 }, newDevice));
    const answers = await Promise.all(devices.map(({ hashes }) => office.post(contact(screened, hashes))));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201, 201, 201],
    );
    const next = answers.map((answer) => `${answer.receipt().next} ${answer.receipt().deviations}`);
    assert.deepEqual(next.toSorted(), ['enrolled ', ...Array(4).fill('undefined second-contact')]);
    assert.equal((await participants(office)).length, 1);
  });

  const others = {
    'where the study enrols by invitation': {
      study: { screening: screeningJson({ enrolment: 'invite' }) },
      changes: {},
    },
    'where recruitment is closed': { study: { recruitment: 'closed' }, changes: {} },
    'without a token’s hash': { study: {}, changes: { tokenHash: undefined } },
    'without a write key’s hash': { study: {}, changes: { writeHash: undefined } },
    'of the other mode': { study: {}, changes: { mode: 'live' } },
  } as const;
  for (const [name, { study, changes }] of Object.entries(others)) {
    it(`opens nobody ${name}, and is kept`, async () => {
      const office = await openOffice({ studies: [studyJson(study)] });
      const device = await newDevice();
      const answer = await takePart(office, device, changes);
      assert.deepEqual([answer.status, answer.receipt().next], [201, undefined]);
      assert.deepEqual(await participants(office), []);
      assert.equal((await as(office, device.token, '/studies/ward/me')).problem(), 'not-signed-in');
      assert.equal((await office.store.transaction((tx) => tx.contacts('ward'))).length, 1);
    });
  }

  it('opens nobody with secrets that stand for somebody, and names that', async () => {
    const office = await openOffice();
    const { device } = await enrolledByContact(office);
    const fresh = await newDevice();
    for (const taken of [
      { tokenHash: device.hashes.tokenHash },
      { writeHash: device.hashes.writeHash },
      { returnHash: device.hashes.returnHash },
      { writeHash: fresh.hashes.tokenHash },
    ]) {
      const answer = await takePart(office, fresh, taken);
      assert.equal(answer.status, 201);
      assert.equal(answer.receipt().next, undefined);
      assert.deepEqual(answer.receipt().deviations, ['secret-in-use']);
    }
    assert.equal((await participants(office)).length, 1);
    assert.equal((await takePart(office, fresh)).receipt().next, 'enrolled');
  });
});

describe('a submission by somebody who is signed in', () => {
  it('is theirs: a screening, and a contact, by write key or token', async () => {
    const office = await openOffice();
    const { device, id } = await enrolled(office, { site: 'north' });
    assert.deepEqual((await me(office, device)).steps, [{ id: 'screening', state: 'due' }]);
    assert.equal((await me(office, device)).next, 'screening');

    const screened = screening();
    const answer = await postAs(office, device.writeKey, screened);
    assert.deepEqual([answer.status, answer.receipt().next], [201, 'contact']);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal((await me(office, device)).next, 'contact');
    const given = contact(screened, (await newDevice()).hashes);
    const reached = await postAs(office, device.token, given);
    assert.deepEqual([reached.status, reached.receipt().next], [201, undefined], 'nobody else is opened by it');
    const told = await me(office, device);
    assert.deepEqual(
      told.steps.map((step) => `${step.id} ${step.state}`),
      ['screening done', 'contact done'],
    );
    assert.equal(told.next, null);
    assert.equal(told.site, 'north');

    await office.store.transaction(async (tx) => {
      assert.equal((await tx.submission('ward', screened.id))?.participant, id);
      assert.equal((await tx.contact('ward', given.id))?.participant, id);
      assert.deepEqual(
        (await tx.screenings('ward')).map(({ participant }) => participant),
        [id],
      );
      assert.equal((await tx.participants('ward', { limit: 9 })).length, 1);
    });
    assert.deepEqual(await eventsOf(office, id), [
      'invitation-made',
      'participant-enrolled',
      'screening-received',
      'contact-received',
    ]);
  });

  it('leads nowhere further after an ineligible screening, of which no answer is kept', async () => {
    const office = await openOffice();
    const { device, id } = await enrolled(office);
    const screened = screening({ answers: INELIGIBLE });
    await postAs(office, device.writeKey, screened);
    const told = await me(office, device);
    assert.deepEqual(told.steps, [{ id: 'screening', state: 'done', at: '2026-03-09T00:00:00.000Z' }]);
    assert.equal(told.next, null);
    await office.store.transaction(async (tx) => {
      const [row] = await tx.screenings('ward');
      assert.deepEqual([row?.participant, row?.id, row?.receivedAt], [id, null, null]);
      assert.equal(await tx.submission('ward', screened.id), undefined);
    });
    assert.equal((await postAs(office, device.writeKey, contact(screened))).problem(), 'not-eligible');
  });

  it('cannot screen itself in by trying again, and can complete what was incomplete', async () => {
    const office = await openOffice();
    const [first, second] = [await enrolled(office), await enrolled(office)];
    await postAs(office, first.device.writeKey, screening({ answers: INELIGIBLE }));
    await postAs(office, first.device.writeKey, screening());
    assert.equal((await me(office, first.device)).next, null);
    await postAs(office, second.device.writeKey, screening({ answers: { role: 'nurse' } }));
    assert.equal((await me(office, second.device)).next, null);
    await postAs(office, second.device.writeKey, screening());
    assert.equal((await me(office, second.device)).next, 'contact');
  });

  it('takes an anonymous screening along that its contact names', async () => {
    const office = await openOffice();
    const { device, id } = await enrolled(office);
    const screened = screening();
    await office.post(screened);
    assert.equal((await postAs(office, device.writeKey, contact(screened))).status, 201);
    assert.equal((await me(office, device)).next, null);
    const [row] = await office.store.transaction((tx) => tx.screenings('ward'));
    assert.equal(row?.participant, id);
  });

  it('with a key that opens nothing is refused, and never taken as anonymous', async () => {
    const office = await openOffice({ limits: { wrongSecrets: 1_000 } });
    const { device } = await enrolled(office);
    const secrets = [
      (await newDevice()).writeKey,
      device.hashes.writeHash,
      device.returnCode,
      `steady-staff-${device.token}`,
      device.token.slice(1),
    ];
    const headers = [...secrets.map((one) => `Bearer ${one}`), 'Bearer', '', `Basic ${device.token}`, device.token];
    for (const header of headers) {
      const answer = await office.post(screening(), { Authorization: header });
      assert.deepEqual([answer.status, answer.problem()], [401, 'not-signed-in'], header);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    }
    assert.deepEqual(await office.store.transaction((tx) => tx.screenings('ward')), []);
  });

  it('is answered as every replay is', async () => {
    const office = await openOffice();
    const { device } = await enrolled(office);
    const screened = screening({ id: v7() });
    const first = await postAs(office, device.writeKey, screened);
    const again = await postAs(office, device.token, screened);
    assert.deepEqual([again.status, again.body], [200, first.body]);
  });
});

describe('who I am', () => {
  it('tells that recruitment is closed, and keeps the step open', async () => {
    const office = await openOffice({ studies: [studyJson({ recruitment: 'closed' })] });
    const { device } = await enrolled(office);
    const told = await me(office, device);
    assert.deepEqual([told.recruitment, told.next], ['closed', 'screening']);
  });

  it('is told to the token alone, and kept by no cache', async () => {
    const office = await openOffice({ studies: [studyJson(), studyJson({ id: 'home' })] });
    const { device } = await enrolled(office);
    const ask = (secret: string, path: string) => as(office, secret, path);
    const answer = await ask(device.token, '/studies/ward/me');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal((await ask(device.writeKey, '/studies/ward/me')).problem(), 'not-signed-in');
    assert.equal((await ask(device.token, '/studies/home/me')).problem(), 'not-signed-in');
    assert.equal((await ask(device.token, '/studies/none/me')).problem(), 'unknown-study');
    assert.equal((await office.ask('/studies/ward/me')).status, 401);
    const head = await as(office, device.token, '/studies/ward/me', { method: 'HEAD' });
    assert.deepEqual([head.status, head.body], [200, '']);
  });

  it('may be asked from pages that may use the study, with its key', async () => {
    const origin = 'https://ward.example.org';
    const office = await openOffice({ origins: { ward: [origin] } });
    const { device } = await enrolled(office);
    const preflight = await office.ask('/studies/ward/me/drafts/x', {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'PUT' },
    });
    assert.equal(preflight.status, 204);
    for (const name of ['Authorization', 'If-Match', 'If-None-Match', 'Content-Type']) {
      assert.ok(preflight.headers.get('access-control-allow-headers')?.includes(name), name);
    }
    for (const method of ['PUT', 'DELETE']) {
      assert.ok(preflight.headers.get('access-control-allow-methods')?.includes(method), method);
    }
    const answer = await as(office, device.token, '/studies/ward/me', { headers: { Origin: origin } });
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
    assert.ok(answer.headers.get('access-control-expose-headers')?.includes('ETag'));
    const refused = await as(office, 'wrong', '/studies/ward/me', { headers: { Origin: origin } });
    assert.equal(refused.headers.get('access-control-allow-origin'), origin, 'so that the page can read why');
  });
});
