import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { v7 } from 'uuid';
import { createReceiver } from '../../src/receiver/receiver.ts';
import { ServeError, type ServeErrorCode } from '../../src/receiver/serve-error.ts';
import { readStudy } from '../../src/receiver/served-study.ts';
import { openSqliteStore } from '../../src/receiver/store/sqlite.ts';
import { SteadyError } from '../../src/study/steady-error.ts';
import { contact, openOffice, ring, screening, screeningJson, studyJson } from '../support/receiver.ts';

const code = (wanted: ServeErrorCode, says: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ServeError, String(error));
  assert.equal(error.code, wanted);
  assert.match(error.message, says);
  return true;
};

/** The same study in which clerks are asked too, and are eligible. */
const second = studyJson({
  version: '2.0.0',
  screening: screeningJson({
    form: {
      elements: [
        { type: 'radiogroup', name: 'role', title: 'Role', isRequired: true, choices: [{ value: 'clerk' }] },
        { type: 'text', inputType: 'number', name: 'age', title: 'Age', isRequired: true },
      ],
    },
    criteria: [{ id: 'clerk', kind: 'inclusion', wording: 'Clerk', when: { question: 'role', equals: 'clerk' } }],
  }),
});

describe('a new version of a study', () => {
  it('leaves answers to be judged by the version they were asked from', async () => {
    const office = await openOffice();
    const later = await openOffice({ store: office.store, keys: office.keys, studies: [second] });
    const answers = { role: 'clerk', age: 41 };
    assert.equal((await later.post(screening({ answers, studyVersion: '2.0.0' }))).receipt().next, 'contact');
    const old = await later.post(screening({ answers, studyVersion: '1.0.0' }));
    assert.equal(old.receipt().next, undefined);
    assert.deepEqual(old.receipt().deviations, ['older-version']);
    const nurse = screening({ studyVersion: '1.0.0' });
    assert.equal((await later.post(nurse)).receipt().next, 'contact', 'a choice that only the old form has');
    assert.equal((await later.post(contact(nurse, { studyVersion: '2.0.0' }))).status, 201);
    const rows = await later.store.transaction((tx) => tx.screenings('ward'));
    assert.ok(rows.every(({ studyVersion, judgedBy }) => studyVersion === judgedBy));
  });

  it('leaves a replay its receipt', async () => {
    const office = await openOffice();
    const given = screening();
    const first = await office.post(given);
    const later = await openOffice({ store: office.store, keys: office.keys, studies: [second] });
    const again = await later.post(given);
    assert.equal(again.status, 200);
    assert.equal(again.body, first.body);
  });

  it('leaves its receipt also to what would be refused by now', async () => {
    const office = await openOffice();
    const given = screening({ studyVersion: '2.0.0', answers: { role: 'nurse', age: 41 } });
    const first = await office.post(given);
    assert.equal(first.status, 201);
    const later = await openOffice({ store: office.store, keys: office.keys, studies: [second] });
    assert.equal((await later.post({ ...given, id: v7() })).problem(), 'malformed-answers');
    const again = await later.post(given);
    assert.equal(again.status, 200);
    assert.equal(again.body, first.body);
  });

  it('reads what a version asked that it never served as far as it fits', async () => {
    const office = await openOffice();
    const answers = { role: 'nurse', age: 41, shoe: 43, shifts: ['dusk'], since: 'Monday' };
    const given = screening({ answers, studyVersion: '0.9.0' });
    const answer = await office.post(given);
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.receipt().deviations, ['unknown-version']);
    assert.equal(answer.receipt().next, 'contact');
    const [row] = await office.store.transaction((tx) => tx.screenings('ward'));
    assert.deepEqual([row?.studyVersion, row?.judgedBy], ['0.9.0', '1.0.0']);
    const kept = await office.store.transaction((tx) => tx.submission('ward', given.id));
    assert.equal(kept?.body, JSON.stringify(given), 'all of it is kept');
  });

  it('is taken for unknown when it can no longer be read, and is told of', async () => {
    const office = await openOffice();
    const content = '{"id":"ward","version":"0.5.0","form":"of another time"}';
    const row = { study: 'ward', version: '0.5.0', digest: 'd', content, mode: 'test', firstServedAt: '2020' } as const;
    await office.store.transaction((tx) => tx.keepStudyFile(row));
    const warnings: unknown[] = [];
    const logger = { info() {}, error() {}, warn: (...args: unknown[]) => warnings.push(args) };
    const later = await openOffice({ store: office.store, keys: office.keys, logger });
    assert.match(JSON.stringify(warnings), /0\.5\.0/);
    const answer = await later.post(screening({ studyVersion: '0.5.0' }));
    assert.deepEqual(answer.receipt().deviations, ['unknown-version']);
  });
});

describe('the same version of a study', () => {
  it('with other content refuses to start, and says what to do', async () => {
    const office = await openOffice();
    const changed = openOffice({ store: office.store, keys: office.keys, studies: [studyJson({ title: 'Changed' })] });
    await assert.rejects(
      changed,
      code('version-reused', /ward\.study\.json.*1\.0\.0.*give the changed file a new version/),
    );
    const [file, ...others] = await office.store.transaction((tx) => tx.studyFiles('ward'));
    assert.equal(file?.content, JSON.stringify(studyJson()));
    assert.deepEqual(others, []);
  });

  it('starts when only its layout has changed', async () => {
    const office = await openOffice();
    const turned = Object.fromEntries(Object.entries(studyJson()).toReversed());
    const study = await readStudy(`\uFEFF${JSON.stringify(turned, null, 4)}\n`, 'ward.study.json');
    const { store, keys, recordKeys } = office;
    await createReceiver({ studies: [study], store, keys, recordKeys });
    assert.equal((await office.store.transaction((tx) => tx.studyFiles('ward'))).length, 1);
  });

  it('is in the audit once', async () => {
    const office = await openOffice();
    await openOffice({ store: office.store, keys: office.keys });
    const rows = await office.store.transaction((tx) => tx.auditRows('ward', 'study'));
    assert.deepEqual(
      rows.map(({ event, subjects }) => [event, subjects[0]]),
      [['study-kept', '1.0.0']],
    );
  });
});

describe('createReceiver', () => {
  it('refuses one study from two files', async () => {
    await assert.rejects(openOffice({ studies: [studyJson(), studyJson()] }), code('study-twice', /"ward"/));
  });

  it('refuses placeholders in live mode, naming each place, and serves them in test mode', async () => {
    const draft = studyJson({
      contacts: [
        { role: 'research', name: 'Team', phone: '555-0100', placeholder: true },
        { role: 'rights', name: 'Board', phone: '555-0101' },
        { role: 'injury', name: 'Ward', phone: '555-0102', placeholder: true },
      ],
      sites: [{ id: 'north', title: 'Invented', placeholder: true }],
    });
    const says = /ward\.study\.json.*contacts\[0\], contacts\[2\], sites\[0\].*test mode/;
    await assert.rejects(openOffice({ studies: [draft], mode: 'live' }), code('placeholders-live', says));
    await openOffice({ studies: [draft] });
    await openOffice({ mode: 'live' });
  });

  it('refuses a form that this release cannot open', async () => {
    const elements = [
      { type: 'text', name: 'a', title: 'A', visibleIf: '{b} > > (' },
      { type: 'text', name: 'b', title: 'B' },
    ];
    const form = {
      ...screeningJson(),
      form: { elements },
      criteria: [{ id: 'a', kind: 'inclusion', wording: 'A', when: { question: 'a', equals: 'x' } }],
    };
    const reading = readStudy(JSON.stringify(studyJson({ screening: form })), 'f.json');
    await assert.rejects(reading, (error) => error instanceof SteadyError);
  });

  it('refuses an assessment with such a form, or with an instrument that must not be asked as it is', async () => {
    const assessment = (more: object) => ({
      ...{ id: 'baseline', title: 'First', anchor: 'consent', offset: 'P0D', window: { before: 'P0D', after: 'P1W' } },
      ...more,
    });
    const reading = (more: object) =>
      readStudy(JSON.stringify(studyJson({ assessments: [assessment(more)] })), 'f.json');
    const elements = [{ type: 'text', name: 'a', title: 'A', visibleIf: '{b} > > (' }];
    await assert.rejects(reading({ forms: { work: { elements } } }), (error) => error instanceof SteadyError);
    const nobodyAnswers = { code: 'bad-study', message: /^f\.json: assessments\[0\]\.instruments\[0\]: is "phq9"/ };
    await assert.rejects(reading({ instruments: ['phq9'] }), nobodyAnswers);
    await reading({ instruments: ['phq8'] });
  });

  it('keeps nothing of a study that it refuses', async () => {
    const store = await openSqliteStore(':memory:');
    const studies = [studyJson(), studyJson({ id: 'home' })];
    await assert.rejects(openOffice({ store, keys: ring(1), studies, origins: { absent: ['https://a.example'] } }));
    assert.deepEqual(await store.transaction((tx) => tx.studyFiles('ward')), []);
  });
});
