import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openForm } from '../../src/form/open-form.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { FormDefinition } from '../../src/study/form-definition.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import { publicSurveys } from '../support/public-surveys.ts';
import { keepConsoleSilent } from '../support/silent-console.ts';
import { studyAsking } from '../support/studies.ts';

/** Public SurveyJS JSON within the supported types runs as it stands. */

function formOf(json: object, language: string): FormDefinition {
  const { screening } = parseStudy(JSON.stringify(studyAsking(json, language)), 'survey.study.json');
  assert.ok(screening);
  return screening.contact;
}

const languageOf = (json: object) => ('locale' in json ? String(json.locale) : 'en');

describe('a public survey', () => {
  keepConsoleSilent();

  for (const [name, { json, answers, needed, pages, sent = {} }] of Object.entries(publicSurveys)) {
    it(`${name}: asks, judges and sends as it says`, async () => {
      const language = languageOf(json);
      const definition = formOf(json, language);
      const options = { language, languages: [language] };
      const form = await openForm(definition, options);
      const before = await form.problems();
      assert.deepEqual(
        before.map(({ question, code, row }) => [question, code, ...(row === undefined ? [] : [row])].join(' ')),
        needed,
      );
      for (const [question, value] of answers) {
        assert.ok(form.shown.has(question.replace(/-Comment$/, '')), `${question} is shown when it is answered`);
        form.answer(question, value);
      }
      assert.deepEqual(await form.problems(), []);
      assert.deepEqual(
        form.pages.map((page) => page.name),
        pages,
      );
      const expected: Answers = JSON.parse(JSON.stringify({ ...Object.fromEntries(answers), ...sent }));
      assert.deepEqual(form.data(), expected);
      const received = await openForm(definition, { ...options, answers: JSON.parse(JSON.stringify(form.data())) });
      assert.deepEqual(received.data(), expected, 'whoever receives it reads the same');
      assert.deepEqual(received.pages, form.pages);
    });
  }

  it('is eight and more', () => assert.ok(Object.keys(publicSurveys).length >= 8));
});
