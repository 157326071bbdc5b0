import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Form } from '../../src/form/form.ts';
import { isEmpty } from '../../src/form/parse-answer.ts';
import { openPlainForm } from '../../src/form/plain-form.ts';
import { openSurveyForm } from '../../src/form/survey-form.ts';
import type { Answers, Value } from '../../src/study/answers.ts';
import { defineForm } from '../suites/support/define-form.ts';
import {
  actionsOn,
  answersTo,
  type ElementJson,
  type FormJson,
  fittingTo,
  formArbitrary,
  questionsOf,
} from '../support/form-arbitrary.ts';

/** On a form without logic, the engine with logic is the plain one over again: whatever is done, nobody can tell. */

const LANGUAGES = ['en', 'es'];

/** Everything that a form says of itself. */
async function stateOf(form: Form) {
  const byPage = await Promise.all(form.pages.map(async ({ name }) => [name, await form.problems(name)]));
  return {
    pages: form.pages,
    shown: [...form.shown],
    answers: form.answers,
    problems: await form.problems(),
    byPage,
    data: form.data(),
  };
}

async function openBoth(json: FormJson, language: string, answers?: Answers) {
  const definition = await defineForm(json);
  const options = { language, languages: LANGUAGES, ...(answers !== undefined && { answers }) };
  return [openPlainForm(definition, options), openSurveyForm(definition, options)] as const;
}

const language = fc.constantFrom('en', 'es', 'es-MX', 'fr');

describe('the two engines, on any form without logic', () => {
  it('agree after everything that is done', async () => {
    const acted = formArbitrary.chain((json) => fc.tuple(fc.constant(json), actionsOn(json), language));
    let done = 0;
    await fc.assert(
      fc.asyncProperty(acted, async ([json, actions, spoken]) => {
        const [plain, survey] = await openBoth(json, spoken);
        assert.deepEqual(await stateOf(survey), await stateOf(plain));
        for (const [name, value] of actions) {
          for (const form of [plain, survey]) form.answer(name, value as Value | undefined);
          assert.deepEqual(await stateOf(survey), await stateOf(plain));
          done += 1;
        }
      }),
      { numRuns: 50 },
    );
    assert.ok(done > 100, 'the forms were answered');
  });

  it('agree when they open with answers, fitting or not', async () => {
    const answered = formArbitrary.chain((json) => fc.tuple(fc.constant(json), answersTo(json), language));
    await fc.assert(
      fc.asyncProperty(answered, async ([json, { stray: _, ...answers }, spoken]) => {
        const known = Object.fromEntries(Object.entries(answers).filter(([name]) => isKept(json, name)));
        const [plain, survey] = await openBoth(json, spoken, known);
        assert.deepEqual(await stateOf(survey), await stateOf(plain));
      }),
      { numRuns: 50 },
    );
  });

  it('agree on what is answered before anything is', async () => {
    const defaulted = formArbitrary.chain((json) => fc.tuple(defaultsFor(json), language));
    let defaults = 0;
    await fc.assert(
      fc.asyncProperty(defaulted, async ([json, spoken]) => {
        const [plain, survey] = await openBoth(json, spoken);
        assert.deepEqual(await stateOf(survey), await stateOf(plain));
        defaults += Object.keys(plain.answers).length;
      }),
      { numRuns: 50 },
    );
    assert.ok(defaults > 50, 'the forms have defaults');
  });
});

/** The form with defaults that its questions could be answered with. */
function defaultsFor(json: FormJson): fc.Arbitrary<FormJson> {
  const values = Object.fromEntries(questionsOf(json).map((question) => [question.name, fittingTo(question)]));
  return fc.record(values, { requiredKeys: [] }).map((defaults) => {
    const put = (element: ElementJson): ElementJson => {
      if (Array.isArray(element.elements)) return { ...element, elements: element.elements.map(put) };
      const { [element.name]: defaultValue } = defaults;
      return isEmpty(defaultValue) || isOdd(element, defaultValue) ? element : { ...element, defaultValue };
    };
    return JSON.parse(
      JSON.stringify({ pages: json.pages.map((page) => ({ ...page, elements: page.elements.map(put) })) }),
    );
  });
}

/** Defaults that no study writes and survey-core does not take: a rating of true, a number as a text. */
function isOdd({ type, inputType }: ElementJson, value: Value | undefined): boolean {
  return (type === 'rating' && typeof value === 'boolean') || (inputType === 'number' && typeof value === 'string');
}

/** Texts beside `other` are answers only where it is offered: `openForm` leaves the rest out. */
function isKept(json: FormJson, name: string): boolean {
  return !name.endsWith('-Comment') || JSON.stringify(json).includes('"showOtherItem":true');
}
