import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServeError } from '../../src/receiver/serve-error.ts';
import { openOffice, screening, studyJson } from '../support/receiver.ts';

const HOSPITAL = 'https://hospital.example.org';
const OTHER = 'https://other.example.org';

async function twoStudies() {
  return openOffice({
    studies: [studyJson(), studyJson({ id: 'home' })],
    origins: { ward: [HOSPITAL, 'http://localhost:8000'], home: [OTHER] },
  });
}

const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    Origin: origin,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type,idempotency-key',
  },
});

describe('a page of another origin', () => {
  it('may use the study that it is listed for, and that one alone', async () => {
    const office = await twoStudies();
    for (const [study, origin, may] of [
      ['ward', HOSPITAL, true],
      ['ward', 'http://localhost:8000', true],
      ['home', OTHER, true],
      ['home', HOSPITAL, false],
      ['ward', OTHER, false],
      ['ward', 'https://hospital.example.org.evil.example', false],
      ['ward', 'http://hospital.example.org', false],
      ['ward', 'null', false],
    ] as const) {
      const asked = await office.ask(`/studies/${study}/submissions`, preflight(origin));
      assert.equal(asked.status, may ? 204 : 403, `${study} ${origin}`);
      assert.equal(asked.headers.get('access-control-allow-origin'), may ? origin : null);
      const got = await office.ask(`/studies/${study}`, { headers: { Origin: origin } });
      assert.equal(got.headers.get('access-control-allow-origin'), may ? origin : null);
      assert.equal(got.headers.get('access-control-allow-credentials'), null);
    }
  });

  it('may send what the contract has it send', async () => {
    const office = await twoStudies();
    const { headers } = await office.ask('/studies/ward/submissions', preflight(HOSPITAL));
    const list = (name: string) => headers.get(name)?.toLowerCase().split(/, */) ?? [];
    for (const header of ['content-type', 'idempotency-key']) {
      assert.ok(list('access-control-allow-headers').includes(header), header);
    }
    for (const method of ['get', 'post']) assert.ok(list('access-control-allow-methods').includes(method), method);
    assert.ok(Number(headers.get('access-control-max-age')) > 0);
  });

  it('may read the receipt, the refusal and what the contract puts into headers', async () => {
    const office = await twoStudies();
    const given = screening();
    const refused = screening({ answers: { role: 'pilot' } });
    for (const answer of [
      await office.post(given, { Origin: HOSPITAL }),
      await office.post(given, { Origin: HOSPITAL }),
      await office.post(refused, { Origin: HOSPITAL }),
    ]) {
      assert.equal(answer.headers.get('access-control-allow-origin'), HOSPITAL);
      const exposed = answer.headers.get('access-control-expose-headers')?.toLowerCase().split(/, */) ?? [];
      for (const header of ['idempotency-replayed', 'retry-after', 'etag']) assert.ok(exposed.includes(header), header);
    }
  });

  it('is told in the refusal how to be let in', async () => {
    const office = await twoStudies();
    const answer = await office.ask('/studies/home/submissions', preflight(HOSPITAL));
    assert.equal(answer.problem(), 'origin-not-allowed');
    assert.match(answer.body, /--origin home=/);
    const unknown = await office.ask('/studies/none/submissions', preflight(HOSPITAL));
    assert.equal(unknown.problem(), 'unknown-study');
  });
});

it('caches keep the answers to different origins apart', async () => {
  const office = await twoStudies();
  const inits: RequestInit[] = [
    {},
    { headers: { Origin: HOSPITAL } },
    { headers: { Origin: OTHER } },
    preflight(OTHER),
  ];
  for (const init of inits) {
    assert.match((await office.ask('/studies/ward', init)).headers.get('vary') ?? '', /\bOrigin\b/);
  }
});

describe('an origin that is allowed', () => {
  for (const origin of [
    '*',
    'null',
    'hospital.example.org',
    `${HOSPITAL}/`,
    `${HOSPITAL}/study`,
    'ftp://a.example',
    '',
  ]) {
    it(`is one: not "${origin}"`, async () => {
      const opening = openOffice({ origins: { ward: [origin] } });
      await assert.rejects(opening, (error) => error instanceof ServeError && error.code === 'bad-origin');
    });
  }

  it('is for a study that is served', async () => {
    for (const study of ['home', 'constructor']) {
      const opening = openOffice({ origins: { [study]: [HOSPITAL] } });
      await assert.rejects(opening, (error) => error instanceof ServeError && error.code === 'origin-without-study');
    }
  });
});
