import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Model } from 'survey-core';
import type { Form } from '../../src/form/form.ts';
import { isEmpty } from '../../src/form/parse-answer.ts';
import { openPlainForm } from '../../src/form/plain-form.ts';
import type { Answers, Value } from '../../src/study/answers.ts';
import { defineForm } from '../suites/support/define-form.ts';
import { type ElementJson, type FormJson, fittingTo, formArbitrary, questionsOf } from '../support/form-arbitrary.ts';

/**
 * SurveyJS itself as the judge: on forms without logic, it finds an answer valid exactly where the kit does, but for the
 * differences listed here, each with its reason.
 */

interface Difference {
  readonly why: string;
  /** Whether it can make a difference to this answer. */
  readonly applies: (question: ElementJson, value: Value | undefined) => boolean;
  /** Where it does: what is asked, what is answered, and who finds it valid. */
  readonly example: readonly [question: object, value: Value | undefined, validFor: 'kit' | 'SurveyJS'];
}

type Validator = Readonly<Record<string, unknown>>;
const validatorsOf = ({ validators }: ElementJson) => (validators ?? []) as readonly Validator[];
const asksForAddress = (question: ElementJson) =>
  question.inputType === 'email' || validatorsOf(question).some(({ type }) => type === 'email');
const holdsExclusive = (value: Value | undefined): value is readonly string[] =>
  Array.isArray(value) && value.some((one) => ['none', 'refused', 'dontknow'].includes(String(one)));
const number = { type: 'text', inputType: 'number' };

const differences: Readonly<Record<string, Difference>> = {
  'the length of a text': {
    why: 'SurveyJS leaves maxLength to the input; a draft or another client has none.',
    applies: ({ maxLength }, value) => typeof value === 'string' && value.length > Number(maxLength),
    example: [{ type: 'comment', maxLength: 3 }, 'abcd', 'SurveyJS'],
  },
  'the most choices': {
    why: 'SurveyJS disables the rest once they are reached; a draft or another client does not.',
    applies: ({ maxSelectedChoices }, value) => Array.isArray(value) && value.length > Number(maxSelectedChoices),
    example: [{ type: 'checkbox', choices: ['a', 'b'], maxSelectedChoices: 1 }, ['a', 'b'], 'SurveyJS'],
  },
  'the least choices of a question that may be skipped': {
    why: 'Who may leave a question out is asked for two choices only when there is one.',
    applies: ({ minSelectedChoices }, value) => minSelectedChoices !== undefined && isEmpty(value),
    example: [{ type: 'checkbox', choices: ['a', 'b'], minSelectedChoices: 2 }, undefined, 'kit'],
  },
  '"none" beside a choice': {
    why: 'SurveyJS clears the one or the other on a click; a draft or another client does not.',
    applies: (_, value) => holdsExclusive(value) && value.length > 1,
    example: [{ type: 'checkbox', choices: ['a', 'b'], showNoneItem: true }, ['a', 'none'], 'SurveyJS'],
  },
  '"prefer not to answer" where a validator counts': {
    why: 'It is a whole answer, as SurveyJS itself has it for minSelectedChoices.',
    applies: (question, value) =>
      holdsExclusive(value) && validatorsOf(question).some(({ type }) => type === 'answercount'),
    example: [
      { type: 'checkbox', choices: ['a'], showRefuseItem: true, validators: [{ type: 'answercount', minCount: 2 }] },
      ['refused'],
      'kit',
    ],
  },
  'what is no number': {
    why: 'SurveyJS leaves it to the input, which keeps what was typed to itself.',
    applies: ({ inputType }, value) => inputType === 'number' && typeof value === 'string',
    example: [number, 'seven', 'SurveyJS'],
  },
  'the length of a number': {
    why: 'A number has no length for SurveyJS; for the kit it has its digits, as they were typed.',
    applies: (question, value) =>
      typeof value === 'number' && validatorsOf(question).some(({ type }) => type === 'text'),
    example: [{ ...number, validators: [{ type: 'text', minLength: 5 }] }, 90, 'SurveyJS'],
  },
  'digits in a text': {
    why: 'SurveyJS finds them only at its end.',
    applies: (question, value) =>
      /\d/.test(String(value)) && validatorsOf(question).some(({ allowDigits }) => allowDigits === false),
    example: [{ type: 'text', validators: [{ type: 'text', allowDigits: false }] }, 'a1b', 'SurveyJS'],
  },
  'patterns of letters': {
    why: 'SurveyJS does not know \\p{L}, and takes it for "p{L}".',
    applies: (question) => validatorsOf(question).some(({ regex }) => String(regex).includes('\\p')),
    example: [{ type: 'text', validators: [{ type: 'regex', regex: '^\\p{L}+$' }] }, 'Ñandú', 'kit'],
  },
  'a text of blanks': {
    why: 'It is no answer, so nothing but its absence is wrong with it.',
    applies: (_, value) => typeof value === 'string' && value.trim() === '',
    example: [{ type: 'text', inputType: 'email' }, '  ', 'kit'],
  },
  'blanks around an address': {
    why: 'They are no part of it, whichever question asks for it.',
    applies: (question, value) => asksForAddress(question) && typeof value === 'string' && value !== value.trim(),
    example: [{ type: 'comment', validators: [{ type: 'email' }] }, ' a@example.org ', 'kit'],
  },
  'which addresses there can be': {
    why: 'SurveyJS knows what domains look like; the kit refuses only what no message could be sent to.',
    applies: (question, value) => asksForAddress(question) && /\.[^.]$/.test(String(value)),
    example: [{ type: 'text', inputType: 'email' }, 'a@example.x', 'kit'],
  },
  'a nought where an address is asked for': {
    why: 'SurveyJS’s validator takes 0 for no answer.',
    applies: (question, value) => asksForAddress(question) && Number(value) === 0,
    example: [{ ...number, validators: [{ type: 'email' }] }, 0, 'SurveyJS'],
  },
  'an answer that cannot be changed': {
    why: 'SurveyJS looks at none; what never could be an answer is none for the kit, wherever it stands.',
    applies: ({ readOnly }) => readOnly === true,
    example: [{ type: 'text', inputType: 'email', readOnly: true }, 'nobody', 'SurveyJS'],
  },
};

const differs = (question: ElementJson, value: Value | undefined) =>
  Object.values(differences).some(({ applies }) => applies(question, value));

async function openBoth(json: FormJson, answers: Answers) {
  const form = openPlainForm(await defineForm(json), { language: 'en', languages: ['en', 'es'], answers });
  const model = new Model(structuredClone(json));
  // What is typed as a number reaches SurveyJS as one, as from its own input.
  model.data = { ...answers, ...form.data() };
  return { form, model };
}

/** Answers of the kind that each question asks for. */
function fittingAnswers(json: FormJson): fc.Arbitrary<Answers> {
  const values = Object.fromEntries(questionsOf(json).map((question) => [question.name, fittingTo(question)]));
  return fc.record(values, { requiredKeys: [] }).map((answers) => JSON.parse(JSON.stringify(answers)));
}

async function wrongIn(form: Form, page?: string): Promise<ReadonlySet<string>> {
  return new Set((await form.problems(page)).map(({ question }) => question));
}

/** With what stands around a question said of it: that it cannot be changed. */
function flat(json: FormJson): readonly ElementJson[] {
  const inside = (elements: readonly ElementJson[], readOnly: boolean): ElementJson[] =>
    elements.flatMap((one) => {
      const here = readOnly || one.readOnly === true;
      return Array.isArray(one.elements) ? inside(one.elements, here) : [{ ...one, readOnly: here }];
    });
  return json.pages.flatMap((page) => inside(page.elements, page.readOnly === true));
}

describe('SurveyJS’s own validation', () => {
  it('finds questions and pages valid exactly where the kit does', async () => {
    const answered = formArbitrary.chain((json) => fc.tuple(fc.constant(json), fittingAnswers(json)));
    const compared = { valid: 0, wrong: 0, pages: 0 };
    await fc.assert(
      fc.asyncProperty(answered, async ([json, answers]) => {
        const { form, model } = await openBoth(json, answers);
        const meant = form.data();
        const odd = flat(json).filter((one) => differs(one, meant[one.name] ?? answers[one.name]));
        const differing = new Set(odd.map(({ name }) => name));
        const wrong = await wrongIn(form);
        for (const name of form.shown) {
          if (differing.has(name)) continue;
          assert.equal(model.getQuestionByName(name)?.validate(false), !wrong.has(name), name);
          compared[wrong.has(name) ? 'wrong' : 'valid'] += 1;
        }
        for (const page of model.visiblePages) {
          if (page.questions.some(({ name }) => differing.has(name))) continue;
          assert.equal(page.validate(false), (await wrongIn(form, page.name)).size === 0, page.name);
          compared.pages += 1;
        }
      }),
      { numRuns: 80 },
    );
    assert.ok(Math.min(compared.valid, compared.wrong, compared.pages) > 20, JSON.stringify(compared));
  });

  for (const [name, { why, applies, example }] of Object.entries(differences)) {
    it(`differs from the kit’s in ${name}: ${why}`, async () => {
      const [asked, value, validFor] = example;
      const question = { type: 'text', name: 'q', ...asked };
      assert.ok(applies(question, value));
      const { form, model } = await openBoth(
        { pages: [{ elements: [question] }] },
        value === undefined ? {} : { q: value },
      );
      assert.equal((await wrongIn(form)).size === 0, validFor === 'kit');
      assert.equal(model.validate(false), validFor === 'SurveyJS');
    });
  }
});
