import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { questionnaireSubmissionSchema } from '../../src/submission/questionnaire-submission.ts';
import { questionnaire } from '../support/questionnaire-office.ts';

const accepts = (value: unknown): boolean => v.is(questionnaireSubmissionSchema, value);
const given = questionnaire();
const part = { instrument: 'phq9', version: '1.0.0', itemsLocale: 'en', answers: { q1: 0 } };
const withPart = (changes: object) => ({ ...given, parts: [{ ...part, ...changes }] });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`q${index}`, 1]));

describe('the submission of a questionnaire', () => {
  it('takes an assessment’s instruments and forms, and an instrument on its own', () => {
    assert.ok(accepts(given));
    const { assessment: _, ...alone } = withPart({});
    assert.ok(accepts(alone));
    for (const changes of [{ itemsLocale: 'pt-BR' }, { answers: {} }, { answers: many(500) }]) {
      assert.ok(accepts(withPart(changes)), JSON.stringify(changes).slice(0, 80));
    }
  });

  it('takes nothing beside answers: no score, no flag, nothing that it does not know', () => {
    for (const more of [{ scores: {} }, { flags: [] }, { participant: 'p1' }, { rule: 'phq9@1.0.0/1' }]) {
      assert.equal(accepts({ ...given, ...more }), false);
      assert.equal(accepts(withPart(more)), false);
    }
  });

  it('takes neither too much nor what is no answer', () => {
    const wrong: object[] = [
      { answers: many(501) },
      { answers: { q1: '1' } },
      { answers: { q1: null } },
      { answers: [1] },
      { answers: { 'q 1': 1 } },
      { version: '1.0' },
      { instrument: 'PHQ-9' },
      { itemsLocale: 'English' },
      { form: 'work' },
    ];
    for (const changes of wrong) assert.equal(accepts(withPart(changes)), false, JSON.stringify(changes).slice(0, 80));
    assert.equal(accepts({ ...given, parts: [] }), false);
    assert.equal(accepts({ ...given, parts: new Array(61).fill(part) }), false);
    assert.equal(accepts({ ...given, assessment: 'The baseline' }), false);
  });
});
