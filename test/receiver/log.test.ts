import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger } from '../../src/receiver/log.ts';
import { contact, INELIGIBLE, openOffice, screening } from '../support/receiver.ts';

function recording() {
  const lines: string[] = [];
  return { logger: createLogger({ write: (line: string) => lines.push(line) }), lines };
}

describe('the log', () => {
  it('tells of every request, and nothing of who sent what', async () => {
    const { logger, lines } = recording();
    const office = await openOffice({ logger });
    const marks = { source: 'poster-3', timeZone: 'Africa/Harare', kit: 'kit-7' };
    const screened = screening({ ...marks, answers: { role: 'nurse', age: 41, note: 'my-own-words' } });
    const given = contact(screened);
    await office.post(screened);
    await office.post(screened);
    await office.post(given);
    const ineligible = screening({ answers: INELIGIBLE });
    await office.post(ineligible);
    const wrong = screening({ answers: { role: 'secret-role' } });
    await office.post(wrong);
    await office.ask(`/studies/ward/submissions/${screened.id}?email=ana@example.org`);
    await office.postText('{"answers":"my-own-words"');

    assert.equal(lines.length, 7);
    const log = lines.join('');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)).map(({ method, status, problem }) => [method, status, problem]),
      [
        ['POST', 201, undefined],
        ['POST', 200, undefined],
        ['POST', 201, undefined],
        ['POST', 201, undefined],
        ['POST', 422, 'malformed-answers'],
        ['GET', 404, 'not-found'],
        ['POST', 400, 'not-json'],
      ],
    );
    const ids = [screened.id, given.id, ineligible.id, wrong.id];
    const traces = [
      ...ids,
      ...Object.values(marks),
      'my-own-words',
      'secret-role',
      'Ana',
      'ana@',
      '192.0.2.1',
      'nurse',
      'clerk',
    ];
    for (const trace of traces) assert.ok(!log.includes(trace), trace);
  });

  it('tells where it failed, without what the database said', async () => {
    const { logger, lines } = recording();
    const office = await openOffice({ logger });
    const failing = await openOffice({
      logger,
      store: {
        ...office.store,
        async transaction(work) {
          return office.store.transaction((tx) =>
            work({
              ...tx,
              async addIntake(row) {
                throw new TypeError(`duplicate key (id)=(${row.idHash}) my-own-words`, {
                  cause: new Error('my-own-words'),
                });
              },
            }),
          );
        },
      },
    });
    const answer = await failing.post(screening({ answers: { role: 'nurse', age: 41, note: 'my-own-words' } }));
    assert.equal(answer.status, 500);
    const failure = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'failed');
    assert.equal(failure.error, 'TypeError');
    assert.ok(failure.at.some((frame: string) => frame.includes('log.test.ts')));
    assert.equal(failure.cause.error, 'Error');
    assert.doesNotMatch(lines.join('') + answer.body, /my-own-words|duplicate/);
  });
});
