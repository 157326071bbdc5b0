import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { studyJsonSchema } from '../../src/study/json-schema.ts';
import { exampleWithSchedule } from '../support/schedule-study.ts';
import { type Changes, changedStudy, exampleStudy, REMOVED } from '../support/studies.ts';

const accepts = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(studyJsonSchema());

const FIRST = 'screening.form.pages[0].elements';

describe('the JSON Schema for editors', () => {
  it('accepts the example study', () => {
    assert.ok(accepts(exampleStudy()), JSON.stringify(accepts.errors));
  });

  for (const name of ['keck', 'mgh']) {
    it(`accepts ${name}`, async () => {
      const file = new URL(`../../demo/studies/${name}.study.json`, import.meta.url);
      assert.ok(accepts(JSON.parse(await readFile(file, 'utf8'))), JSON.stringify(accepts.errors));
    });
  }

  it('accepts assessments and arms', () => {
    assert.ok(accepts(exampleWithSchedule()), JSON.stringify(accepts.errors));
  });

  const brokenSchedules: readonly (readonly [string, Changes])[] = [
    ['a bad duration', { 'assessments[0].offset': 'soon' }],
    ['an assessment without a window', { 'assessments[0].window': REMOVED }],
    ['an instrument with a property that is none', { 'assessments[0].instruments[1].itmes': 'site' }],
    ['a form that is neither written nor named', { 'assessments[0].forms.work': {} }],
    ['an arm without series', { 'arms[0].series': REMOVED }],
    ['a rule of misses that withdraws', { 'arms[0].series[0].missed[0]': { outstanding: 3, withdraw: true } }],
    ['an attendance rule with a word of another', { 'arms[0].series[0].attendance.misses': 'warn' }],
  ];
  for (const [name, changes] of brokenSchedules) {
    it(`rejects ${name}`, () => {
      assert.equal(accepts(exampleWithSchedule(changes)), false);
    });
  }

  it('says which draft it is written in', () => {
    assert.equal(studyJsonSchema().$schema, 'https://json-schema.org/draft/2020-12/schema');
  });

  const broken: readonly (readonly [string, Changes])[] = [
    ['no id', { id: REMOVED }],
    ['a bad id', { id: 'Calm Ward' }],
    ['a bad version', { version: '1' }],
    ['an unknown part', { armz: [] }],
    ['no contact', { contacts: [] }],
    ['a text that is a number', { title: 5 }],
    ['a language by its name', { title: { English: 'Calm' } }],
    ['an unsupported question', { [`${FIRST}[4].type`]: 'file' }],
    ['a misspelt property', { [`${FIRST}[4].required`]: true }],
    ['a misspelt property inside a panel', { 'screening.form.pages[1].elements[4].elements[1].titel': 'x' }],
    ['an unknown operator', { 'screening.criteria[0].when': { question: 'adult', is: true } }],
    ['an unknown operator inside "any"', { 'screening.criteria[1].when.any[0]': { question: 'role', is: 'nurse' } }],
    ['a form with pages and elements', { 'screening.form.elements': [] }],
    ['a default that is null', { [`${FIRST}[4].defaultValue`]: null }],
  ];
  for (const [name, changes] of broken) {
    it(`rejects ${name}`, () => {
      assert.equal(accepts(changedStudy(changes)), false);
    });
  }
});
