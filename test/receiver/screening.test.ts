import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import type { ScreeningRow } from '../../src/receiver/store/store.ts';
import { digestOf } from '../../src/submission/digest.ts';
import {
  ELIGIBLE,
  INELIGIBLE,
  type Office,
  openOffice,
  ring,
  screening,
  screeningJson,
  studyJson,
} from '../support/receiver.ts';

/** Posts, expects it to be stored, and returns the row. */
async function stored(office: Office, given = screening()): Promise<ScreeningRow> {
  const before = new Set((await rows(office)).map(({ idHash }) => idHash));
  const answer = await office.post(given);
  assert.equal(answer.status, 201, answer.body);
  const row = (await rows(office)).find(({ idHash }) => !before.has(idHash));
  assert.ok(row);
  assert.deepEqual(answer.receipt().deviations, row.deviations);
  assert.equal(answer.receipt().next, row.verdict === 'eligible' ? 'contact' : undefined);
  return row;
}

function rows(office: Office): Promise<ScreeningRow[]> {
  return office.store.transaction((tx) => tx.screenings('ward'));
}

describe('a screening', () => {
  const verdicts: [Record<string, string | number>, string, string[], string[]][] = [
    [{ role: 'nurse', age: 41 }, 'eligible', [], []],
    [{ role: 'md', age: 18 }, 'eligible', [], []],
    [{ role: 'clerk', age: 41 }, 'ineligible', ['clinical'], []],
    [{ role: 'clerk', age: 17 }, 'ineligible', ['clinical', 'minor'], []],
    [{ role: 'nurse' }, 'incomplete', [], ['minor']],
    [{}, 'incomplete', [], ['clinical', 'minor']],
    [{ role: 'clerk' }, 'ineligible', ['clinical'], []],
  ];
  for (const [answers, verdict, failed, unknown] of verdicts) {
    it(`is judged by the receiver: ${JSON.stringify(answers)} is ${verdict}`, async () => {
      const row = await stored(await openOffice(), screening({ answers }));
      assert.equal(row.verdict, verdict);
      assert.deepEqual(row.failed, failed);
      assert.deepEqual(row.unknown, unknown);
    });
  }

  describe('with answers that the form cannot give', () => {
    const malformed: [Record<string, unknown>, string][] = [
      [{ role: 'pilot' }, 'answers.role not-a-choice'],
      [{ role: ['nurse'] }, 'answers.role not-this-shape'],
      [{ age: 'forty' }, 'answers.age not-a-number'],
      [{ age: 400 }, 'answers.age too-large'],
      [{ shifts: 'day' }, 'answers.shifts not-this-shape'],
      [{ shifts: ['day', 'noon'] }, 'answers.shifts not-a-choice'],
      [{ site: 'south' }, 'answers.site not-a-choice'],
      [{ since: '2025-02-30' }, 'answers.since not-a-date'],
      [{ note: 7 }, 'answers.note not-this-shape'],
      [{ shoe: 43 }, 'answers.shoe unknown-question'],
      [{ toString: 1 }, 'answers.toString unknown-question'],
      [{ constructor: 'x' }, 'answers.constructor unknown-question'],
    ];
    for (const [wrong, fault] of malformed) {
      it(`is refused, naming ${fault}`, async () => {
        const office = await openOffice();
        const answers = { ...ELIGIBLE, ...wrong } as typeof ELIGIBLE;
        const answer = await office.post(screening({ answers }));
        assert.equal(answer.status, 422);
        assert.equal(answer.problem(), 'malformed-answers');
        assert.deepEqual(answer.faults(), [fault]);
        assert.deepEqual(await rows(office), []);
      });
    }

    it('is refused with all of them named and none of the values', async () => {
      const office = await openOffice();
      const answer = await office.post(screening({ answers: { role: 'secret-role', shoe: 'secret-shoe' } }));
      assert.deepEqual(answer.faults().toSorted(), ['answers.role not-a-choice', 'answers.shoe unknown-question']);
      assert.doesNotMatch(answer.body, /secret/);
    });
  });

  describe('is kept with its deviations', () => {
    const deviating: [string[], Parameters<typeof screening>[0]][] = [
      [[], {}],
      [['incomplete'], { answers: { role: 'nurse' } }],
      [['rule'], { answers: { ...ELIGIBLE, since: '2026-03-10' } }],
      [['mode'], { mode: 'live' }],
      [['clock'], { submittedAt: '2026-03-10T10:15:31.000Z' }],
      [['clock'], { startedAt: '2026-03-11T00:00:00.000Z' }],
      [[], { submittedAt: '2026-03-10T10:15:30.000Z' }],
      [[], { startedAt: '2026-03-08T10:00:00Z', submittedAt: '2026-03-08T10:15:31.000Z' }],
      [['late'], { startedAt: '2026-03-08T10:00:00Z', submittedAt: '2026-03-08T10:15:30.000Z' }],
      [['late'], { startedAt: '2026-01-01T10:00:00Z', submittedAt: '2026-01-01T10:15:31.000Z' }],
      [['unknown-version'], { studyVersion: '7.0.0' }],
      [
        ['unknown-version', 'mode', 'late', 'incomplete'],
        {
          studyVersion: '0.0.1',
          mode: 'live',
          startedAt: '2026-01-01T10:00:00Z',
          submittedAt: '2026-01-01T10:15:31.000Z',
          answers: {},
        },
      ],
    ];
    for (const [deviations, changes] of deviating) {
      it(`${deviations.join(', ') || 'none'}: ${JSON.stringify(changes)}`, async () => {
        assert.deepEqual((await stored(await openOffice(), screening(changes))).deviations, deviations);
      });
    }

    it('recruitment-closed', async () => {
      const office = await openOffice({ studies: [studyJson({ recruitment: 'closed' })] });
      assert.deepEqual((await stored(office)).deviations, ['recruitment-closed']);
    });

    it('mode, in live for what was meant for test; the row is live', async () => {
      const row = await stored(await openOffice({ mode: 'live' }));
      assert.deepEqual(row.deviations, ['mode']);
      assert.equal(row.mode, 'live');
    });
  });

  it('does not put a default in the place of an answer that was taken back', async () => {
    const criteria = [
      { id: 'stressed', kind: 'inclusion', wording: 'Stressed', when: { question: 'stress', atLeast: 3 } },
    ];
    const office = await openOffice({ studies: [studyJson({ screening: screeningJson({ criteria }) })] });
    assert.equal((await stored(office, screening({ answers: { ...ELIGIBLE, stress: 3 } }))).verdict, 'eligible');
    assert.equal((await stored(office, screening({ answers: ELIGIBLE }))).verdict, 'incomplete');
  });

  describe('by a form with logic', () => {
    const form = {
      calculatedValues: [{ name: 'years', expression: '{age} - 18', includeIntoResult: true }],
      elements: [
        { type: 'boolean', name: 'clinical', title: 'Clinical', isRequired: true },
        { type: 'text', inputType: 'number', name: 'age', title: 'Age', requiredIf: '{clinical} = true' },
        { type: 'text', name: 'ward', title: 'Ward', visibleIf: '{clinical} = true', isRequired: true },
        {
          type: 'text',
          inputType: 'date',
          name: 'since',
          title: 'Since',
          validators: [{ type: 'expression', expression: '{since} < today()' }],
        },
      ],
    };
    const criteria = [
      { id: 'night', kind: 'exclusion', wording: 'Night ward', when: { question: 'ward', equals: 'night' } },
    ];
    const open = () => openOffice({ studies: [studyJson({ screening: screeningJson({ form, criteria }) })] });

    it('counts what the form shows and no more', async () => {
      const office = await open();
      const shown = await stored(office, screening({ answers: { clinical: true, age: 40, ward: 'night' } }));
      assert.deepEqual([shown.verdict, shown.deviations], ['ineligible', []]);
      const hidden = await stored(office, screening({ answers: { clinical: false, ward: 'night' } }));
      assert.deepEqual([hidden.verdict, hidden.deviations], ['eligible', []]);
      const missing = await stored(office, screening({ answers: { clinical: true, ward: 'day' } }));
      assert.deepEqual([missing.verdict, missing.deviations], ['eligible', ['incomplete']]);
    });

    it('takes calculated values as they come and trusts none', async () => {
      const office = await open();
      const given = screening({ answers: { clinical: true, age: 40, ward: 'day', years: 99 } });
      assert.equal((await stored(office, given)).verdict, 'eligible');
    });

    it('keeps what broke a rule that looks at the day', async () => {
      const office = await open();
      const answers = { clinical: false, since: '2999-01-01' };
      assert.deepEqual((await stored(office, screening({ answers }))).deviations, ['rule']);
    });
  });

  describe('that is not eligible', () => {
    const marks = { note: 'my-own-words', locale: 'en-ZW', timeZone: 'Africa/Harare', kit: 'kit-7' };

    it('leaves verdict, failed criteria, source and day, and nothing else, on disk', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'steady-ineligible-'));
      const path = join(directory, 'data.sqlite');
      const office = await openOffice({ store: await openSqliteStore(path) });
      office.clock.now = '2026-03-09T13:47:11.123Z';
      const { note, ...envelope } = marks;
      const answers = { ...INELIGIBLE, note, since: '1999-12-31' };
      const times = { startedAt: '2026-03-09T13:44:10.000Z', submittedAt: '2026-03-09T13:47:10.000Z' };
      const given = screening({ ...envelope, ...times, answers, source: 'poster-3' });
      const row = await stored(office, given);
      assert.equal(row.verdict, 'ineligible');
      assert.deepEqual(row.failed, ['clinical']);
      assert.equal(row.source, 'poster-3');
      assert.equal(row.day, '2026-03-09');
      assert.equal(row.id, null);
      assert.equal(row.receivedAt, null);

      await office.store.close();
      const database = (await readFile(path)).toString('latin1');
      assert.ok(database.includes('poster-3'), 'what is kept can be found');
      const traces = [given.id, await digestOf(given), ...Object.values(marks), '1999-12-31', '2026-03-09T13:4'];
      for (const trace of traces) assert.ok(!database.includes(trace), trace);
      await rm(directory, { recursive: true });
    });

    it('gets a receipt that tells the day alone, and the same one again', async () => {
      const office = await openOffice();
      const given = screening({ answers: INELIGIBLE });
      const first = await office.post(given);
      assert.equal(first.receipt().receivedAt, '2026-03-09T00:00:00.000Z');
      assert.equal(first.receipt().digest, await digestOf(given));
      assert.equal(first.receipt().next, undefined);
      office.clock.now = '2026-03-20T09:00:00.000Z';
      const again = await office.post(given);
      assert.equal(again.status, 200);
      assert.equal(again.body, first.body);
      assert.equal((await rows(office)).length, 1);
    });

    it('is known again under a new key', async () => {
      const office = await openOffice();
      const given = screening({ answers: INELIGIBLE });
      const first = await office.post(given);
      const turned = await openOffice({ store: office.store, keys: ring(2, 1) });
      const again = await turned.post(given);
      assert.equal(again.status, 200);
      assert.equal(again.body, first.body);
      assert.equal((await turned.post({ ...given, answers: ELIGIBLE })).problem(), 'content-differs');
    });

    it('is kept whole where the study says so', async () => {
      const study = studyJson({ screening: screeningJson({ keepIneligibleAnswers: true }) });
      const office = await openOffice({ studies: [study] });
      const given = screening({ answers: INELIGIBLE });
      const row = await stored(office, given);
      assert.equal(row.id, given.id);
      assert.equal(row.receivedAt, '2026-03-09T10:15:30.250Z');
      const kept = await office.store.transaction((tx) => tx.submission('ward', given.id));
      assert.equal(kept?.body, JSON.stringify(given));
    });

    it('is kept whole where another version than the one that asked says so', async () => {
      const office = await openOffice();
      const given = screening({ answers: INELIGIBLE, studyVersion: '7.0.0' });
      assert.equal((await stored(office, given)).verdict, 'ineligible');
      assert.ok(await office.store.transaction((tx) => tx.submission('ward', given.id)));
    });

    it('may stop at the criterion that failed, where the study stops there', async () => {
      const answers = { role: 'clerk' };
      const usual = await openOffice();
      assert.deepEqual((await stored(usual, screening({ answers }))).deviations, ['incomplete']);
      const study = studyJson({ screening: screeningJson({ stopWhenIneligible: true }) });
      const stopping = await openOffice({ studies: [study] });
      assert.deepEqual((await stored(stopping, screening({ answers }))).deviations, []);
      assert.deepEqual((await stored(stopping, screening({ answers: { role: 'md' } }))).deviations, ['incomplete']);
    });
  });
});
