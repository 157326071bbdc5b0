import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Form } from '../../src/form/form.ts';
import { openForm } from '../../src/form/open-form.ts';
import { questionsIn } from '../../src/form/questions.ts';
import type { Answers, Value } from '../../src/study/answers.ts';
import { defineForm } from '../suites/support/define-form.ts';
import {
  actionsOn,
  answeredFormArbitrary,
  type ElementJson,
  type FormJson,
  formArbitrary,
  questionsOf,
  valuesOf,
} from '../support/form-arbitrary.ts';

/** What holds for every form without logic and whatever it is answered with. */

const languages = ['en', 'es'];

async function open(json: FormJson, answers?: Answers): Promise<Form> {
  const definition = await defineForm(json);
  return openForm(definition, { language: 'en', languages, ...(answers !== undefined && { answers }) });
}

/** Whether a question could be answered so at all, read from the definition alone. */
function couldBe(question: ElementJson, value: Value): boolean {
  const among = (one: Value, key?: 'columns') => valuesOf(question, key).includes(one);
  switch (question.type) {
    case 'checkbox':
      return Array.isArray(value) && new Set(value).size === value.length && value.every((one) => among(one));
    case 'matrix':
      return (
        typeof value === 'object' &&
        Object.entries(value).every(
          ([row, column]) => valuesOf(question, 'rows').map(String).includes(row) && among(column, 'columns'),
        )
      );
    case 'comment':
      return typeof value === 'string';
    case 'text':
      if (question.inputType === 'number') return typeof value === 'number';
      if (typeof value !== 'string') return false;
      if (question.inputType === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
      return question.inputType !== 'email' || /^\S+@\S+\.\S+$/.test(value);
    default:
      return among(value);
  }
}

describe('any form without logic', () => {
  it('opens, and shows exactly the questions on its pages', async () => {
    await fc.assert(
      fc.asyncProperty(formArbitrary, async (json) => {
        const form = await open(json);
        const asked = form.pages.flatMap((page) => [...questionsIn(page.items)]).map(({ name }) => name);
        assert.ok(form.pages.length > 0);
        assert.deepEqual([...form.shown], asked);
        assert.deepEqual(
          asked.filter((name) => !questionsOf(json).some((question) => question.name === name)),
          [],
        );
        assert.deepEqual(form.data(), {});
      }),
    );
  });

  it('sends nothing that a question could not be answered with, unless a problem names it', async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(answeredFormArbitrary, async ([json, answers]) => {
        const form = await open(json, answers);
        const named = new Set((await form.problems()).map(({ question }) => question));
        for (const [key, value] of Object.entries(form.data())) {
          const question = questionsOf(json).find(({ name }) => name === key.replace(/-Comment$/, ''));
          assert.ok(question !== undefined && form.shown.has(question.name), `${key} is not asked`);
          const fits = key === question.name ? couldBe(question, value) : typeof value === 'string';
          assert.ok(fits || named.has(question.name), `${key} cannot be ${JSON.stringify(value)}`);
          sent += 1;
        }
      }),
    );
    assert.ok(sent > 100, 'the forms were answered');
  });

  it('gives the same data when it is opened with them again', async () => {
    await fc.assert(
      fc.asyncProperty(answeredFormArbitrary, async ([json, answers]) => {
        const form = await open(json, answers);
        const data: Answers = JSON.parse(JSON.stringify(form.data()));
        const again = await open(json, data);
        assert.deepEqual(again.data(), form.data());
        assert.deepEqual(await again.problems(), await form.problems());
      }),
    );
  });

  it('finds the same problems page by page as in all', async () => {
    await fc.assert(
      fc.asyncProperty(answeredFormArbitrary, async ([json, answers]) => {
        const form = await open(json, answers);
        const byPage = await Promise.all(form.pages.map(({ name }) => form.problems(name)));
        assert.deepEqual(byPage.flat(), await form.problems());
      }),
    );
  });

  it('has at most one problem per question, or per row', async () => {
    await fc.assert(
      fc.asyncProperty(answeredFormArbitrary, async ([json, answers]) => {
        const places = (await (await open(json, answers)).problems()).map(({ question, row }) => `${question} ${row}`);
        assert.deepEqual(places, [...new Set(places)]);
      }),
    );
  });

  it('comes to the same state, whatever was answered on the way', async () => {
    const acted = formArbitrary.chain((json) => fc.tuple(fc.constant(json), actionsOn(json)));
    await fc.assert(
      fc.asyncProperty(acted, async ([json, actions]) => {
        const form = await open(json);
        for (const [name, value] of actions) form.answer(name, value);
        const again = await open(json, form.answers);
        assert.deepEqual(again.pages, form.pages);
        assert.deepEqual(again.data(), form.data());
        assert.deepEqual(await again.problems(), await form.problems());
      }),
    );
  });
});
