import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { PROBLEMS, type ProblemName, problemType } from '../../src/receiver/refusal.ts';
import { documentIn, openConsentOffice, signed, unsigned, withdrawal } from '../support/consent-office.ts';
import { contact, type Office, openOffice, screening } from '../support/receiver.ts';

interface Described {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, { description: string }>; requestBody?: unknown }>
  >;
  readonly components: { readonly schemas: Record<string, object> };
}

describe('openapi.json', () => {
  let office: Office;
  let document: Described;
  before(async () => {
    office = await openOffice();
    const answer = await office.ask('/openapi.json');
    assert.equal(answer.status, 200);
    document = JSON.parse(answer.body);
  });

  it('describes every route that the app has, and no other', () => {
    const served = office.receiver.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.ok(served.length >= 4);
    assert.deepEqual(described.toSorted(), served.toSorted());
  });

  it('leads nowhere that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = '']) => reference,
    );
    assert.ok(references.length > 0);
    for (const reference of references) {
      const target = reference
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
      assert.ok(target, reference);
    }
  });

  it('has for every path its parameters', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(methods)) {
        const { parameters = [] } = operation as { parameters?: { in: string; name: string }[] };
        assert.deepEqual(
          parameters.filter((one) => one.in === 'path').map(({ name }) => name),
          names,
        );
      }
    }
  });

  it('takes what the receiver takes and refuses what it refuses, by the same schema', async () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: 'doc', ...document });
    const submission = ajv.getSchema('doc#/components/schemas/Submission');
    const receipt = ajv.getSchema('doc#/components/schemas/Receipt');
    const problem = ajv.getSchema('doc#/components/schemas/Problem');
    const study = ajv.getSchema('doc#/components/schemas/Study');
    assert.ok(submission && receipt && problem && study);

    const screened = screening();
    assert.ok(submission(screened), ajv.errorsText(submission.errors));
    assert.ok(submission(contact(screened)), ajv.errorsText(submission.errors));
    const consents = await openConsentOffice();
    const given = [await signed(documentIn(consents)), await unsigned(documentIn(consents), 'paper'), withdrawal()];
    for (const one of given) assert.ok(submission(JSON.parse(JSON.stringify(one))), ajv.errorsText(submission.errors));
    assert.ok(!submission({ ...given[1], outcome: 'signed' }));
    assert.ok(!submission({ ...screened, kind: 'poem' }));
    assert.ok(!submission({ ...screened, more: 1 }));
    assert.ok(!submission({ ...screened, id: 'x' }));

    const answer = await office.post(screened);
    assert.ok(receipt(JSON.parse(answer.body)), ajv.errorsText(receipt.errors));
    const refused = await office.post(screening({ answers: { role: 'pilot' } }));
    assert.ok(problem(JSON.parse(refused.body)), ajv.errorsText(problem.errors));
    const got = await office.ask('/studies/ward');
    assert.ok(study(JSON.parse(got.body)), ajv.errorsText(study.errors));
  });

  it('names every problem type at its status', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    /** Not an operation's: no route, no such method, or no leave to ask. */
    const outside: ProblemName[] = ['not-found', 'method-not-allowed', 'origin-not-allowed'];
    for (const [name, { status }] of Object.entries(PROBLEMS) as [ProblemName, { status: number }][]) {
      if (outside.includes(name)) continue;
      assert.ok(
        operations.some(({ responses }) => responses[status]?.description.includes(`\`${problemType(name)}\``)),
        name,
      );
    }
  });
});
