import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTrackerStudy } from '../../src/study/read-tracker.ts';
import { isKeptApart } from '../../src/study/tracker-part.ts';
import { exampleWithSessions } from '../support/session-office.ts';

const read = (study: object) => readTrackerStudy(JSON.stringify(study), 'ward.study.json');

describe('what a session tracker reads of a study', () => {
  it('is its head and what assessments are called; of arms it reads nothing', async () => {
    const study = await read(exampleWithSessions());
    assert.deepEqual(study.assessments?.[0]?.title, { en: 'First', es: 'Primero' });
    assert.doesNotMatch(JSON.stringify(study), /groups-arm|calls-arm/);
  });

  it('says where somebody’s plan is kept apart: wherever their consent or one of their answers is', async () => {
    const isolation = 'required';
    assert.equal(isKeptApart(await read(exampleWithSessions())), false);
    assert.equal(isKeptApart(await read(exampleWithSessions({ 'consent.isolation': isolation }))), true);
    assert.equal(isKeptApart(await read(exampleWithSessions({ 'assessments.1.isolation': isolation }))), true);
  });

  it('that cannot be read is explained by file, path and fix', async () => {
    await assert.rejects(read(exampleWithSessions({ 'assessments.0.title': 7 })), /ward\.study\.json.*assessments/s);
  });
});
