import type { Problem } from '../../src/form/form.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { SuiteTools } from './outbox-store.suite.ts';
import { both, type Element, type OpenForm, openers } from './support/open-forms.ts';

/** What an engine finds fault with: every code, its parameters, the study’s own words. Part of `formSuite`. */
export function formProblemsSuite(name: string, open: OpenForm, { describe, it, assert }: SuiteTools) {
  const { openJson, ask } = openers(open);

  describe(`form: ${name}: problems`, () => {
    const text = (more: object): Element => ({ type: 'text', name: 'q', ...more });
    const number = (more: object) => text({ inputType: 'number', ...more });
    const date = (more: object) => text({ inputType: 'date', ...more });
    const checkbox = (more: object): Element => ({ type: 'checkbox', name: 'q', choices: ['a', 'b', 'c'], ...more });
    const valid = (validator: object, more: object = {}) => text({ validators: [validator], ...more });
    const matrix = (more: object): Element => ({
      type: 'matrix',
      name: 'q',
      columns: ['yes', 'no'],
      rows: ['r1', 'r2'],
      ...more,
    });
    const radio: Element = { type: 'radiogroup', name: 'q', choices: ['a', 1, true], showOtherItem: true };
    const rating: Element = { type: 'rating', name: 'q', rateMax: 3 };

    /** The question, what is given, and the problems: code, then params, the study's words, the row. */
    const cases: readonly (readonly [string, Element, Answers, ...Omit<Problem, 'question'>[]])[] = [
      ['required, nothing', text({ isRequired: true }), {}, { code: 'required' }],
      ['required, blanks', text({ isRequired: true }), { q: '  ' }, { code: 'required' }],
      ['required, an empty list', checkbox({ isRequired: true }), { q: [] }, { code: 'required' }],
      ['required, no row', matrix({ isRequired: true }), { q: {} }, { code: 'required' }],
      ['required, one row is enough', matrix({ isRequired: true }), { q: { r1: 'no' } }],
      ['required, false is an answer', { type: 'boolean', name: 'q', isRequired: true }, { q: false }],
      ['required, 0 is an answer', number({ isRequired: true }), { q: 0 }],
      [
        'required, in the study’s words',
        text({ isRequired: true, requiredErrorText: both('Write it.', 'Escriba.') }),
        {},
        { code: 'required', text: 'Write it.' },
      ],
      ['required, but read-only', text({ isRequired: true, readOnly: true }), {}],
      ['required, but prose between', { type: 'html', name: 'h', html: 'Hello' }, {}],

      ['every row', matrix({ eachRowRequired: true }), { q: { r2: 'no' } }, { code: 'row-required', row: 'r1' }],
      [
        'every row, none answered, in the study’s words',
        matrix({ isAllRowRequired: true, requiredErrorText: 'Each.' }),
        {},
        { code: 'row-required', row: 'r1', text: 'Each.' },
        { code: 'row-required', row: 'r2', text: 'Each.' },
      ],
      ['every row answered', matrix({ eachRowRequired: true }), { q: { r1: 'yes', r2: 'no' } }],

      ['other without a text', radio, { q: 'other' }, { code: 'other-required' }],
      ['other with blanks', radio, { q: 'other', 'q-Comment': ' ' }, { code: 'other-required' }],
      ['other with a text', radio, { q: 'other', 'q-Comment': 'nurse' }],
      [
        'other among several, in the study’s words',
        checkbox({ showOtherItem: true, otherErrorText: 'Which?' }),
        { q: ['a', 'other'] },
        { code: 'other-required', text: 'Which?' },
      ],
      ['other with a text that is none', radio, { q: 'other', 'q-Comment': ['x'] }, { code: 'not-this-shape' }],

      ['not a number', number({}), { q: 'seven' }, { code: 'not-a-number' }],
      ['not a number but true', number({}), { q: true }, { code: 'not-a-number' }],
      ['too small', number({ min: 10 }), { q: '9,9' }, { code: 'too-small', params: { min: 10 } }],
      ['as small as can be', number({ min: 10 }), { q: '10' }],
      ['too large', number({ max: 10 }), { q: 11 }, { code: 'too-large', params: { max: 10 } }],
      [
        'too small, in the study’s words',
        number({ min: 10, minErrorText: '10 or more.' }),
        { q: 9 },
        { code: 'too-small', params: { min: 10 }, text: '10 or more.' },
      ],
      [
        'too large, in the study’s words',
        number({ max: 10, maxErrorText: '10 or less.' }),
        { q: 11 },
        { code: 'too-large', params: { max: 10 }, text: '10 or less.' },
      ],
      ['not in step', number({ step: 0.5 }), { q: 1.2 }, { code: 'not-in-step', params: { step: 0.5 } }],
      [
        'not in step, in the study’s words',
        number({ step: 5, stepErrorText: both('In fives.', 'De cinco en cinco.') }),
        { q: 7 },
        { code: 'not-in-step', params: { step: 5 }, text: 'In fives.' },
      ],
      ['in step', number({ step: 0.1 }), { q: 0.3 }],
      ['in step from its least', number({ min: 1, step: 2 }), { q: 7 }],
      [
        'not in step from its least',
        number({ min: 1, step: 2 }),
        { q: 4 },
        { code: 'not-in-step', params: { step: 2 } },
      ],

      ['not a date', date({}), { q: 'soon' }, { code: 'not-a-date' }],
      ['not a date of the calendar', date({}), { q: '2025-02-29' }, { code: 'not-a-date' }],
      ['a leap day', date({}), { q: '2024-02-29' }],
      ['a date and a time', date({}), { q: '2024-02-29T00:00' }, { code: 'not-a-date' }],
      ['a date that is a number', date({}), { q: 20240229 }, { code: 'not-this-shape' }],
      [
        'too early',
        date({ min: '2024-01-01' }),
        { q: '2023-12-31' },
        { code: 'too-early', params: { min: '2024-01-01' } },
      ],
      [
        'too late',
        date({ max: '2024-01-01' }),
        { q: '2024-01-02' },
        { code: 'too-late', params: { max: '2024-01-01' } },
      ],
      ['the first and last day', date({ min: '2024-01-01', max: '2024-01-01' }), { q: '2024-01-01' }],

      ['not an e-mail address', text({ inputType: 'email' }), { q: 'a@b' }, { code: 'not-an-email' }],
      ['two e-mail addresses', text({ inputType: 'email' }), { q: 'a@b.org c@d.org' }, { code: 'not-an-email' }],
      ['an e-mail address', text({ inputType: 'email' }), { q: 'a.b+c@d-e.example.org' }],
      ['a text that is a list', text({}), { q: ['a'] }, { code: 'not-this-shape' }],
      ['a comment that is a number', { type: 'comment', name: 'q' }, { q: 5 }, { code: 'not-this-shape' }],

      ['not a choice', radio, { q: 'z' }, { code: 'not-a-choice' }],
      ['a choice of another type', radio, { q: '1' }, { code: 'not-a-choice' }],
      ['choices of each type', radio, { q: true }],
      ['a list where one is asked for', radio, { q: ['a'] }, { code: 'not-this-shape' }],
      ['not a home', { type: 'dropdown', name: 'q', choices: ['a'] }, { q: 'none' }, { code: 'not-a-choice' }],
      ['neither yes nor no', { type: 'boolean', name: 'q' }, { q: 'true' }, { code: 'not-a-choice' }],
      ['not on the scale', rating, { q: 4 }, { code: 'not-a-choice' }],
      ['on the scale', rating, { q: 3 }],
      ['one of several that is no choice', checkbox({}), { q: ['a', 'z'] }, { code: 'not-a-choice' }],
      ['one choice twice', checkbox({}), { q: ['a', 'a'] }, { code: 'not-this-shape' }],
      ['one where a list is asked for', checkbox({}), { q: 'a' }, { code: 'not-this-shape' }],
      ['a row that is not there', matrix({}), { q: { r3: 'yes' } }, { code: 'not-this-shape' }],
      ['a column that is not there', matrix({}), { q: { r1: 'maybe' } }, { code: 'not-a-choice' }],
      ['several columns in a row', matrix({}), { q: { r1: ['yes'] } }, { code: 'not-this-shape' }],
      ['one column for all rows', matrix({}), { q: 'yes' }, { code: 'not-this-shape' }],
      ['misshapen though read-only', text({ readOnly: true }), { q: 5 }, { code: 'not-this-shape' }],

      ['too few', checkbox({ minSelectedChoices: 2 }), { q: ['a'] }, { code: 'too-few', params: { min: 2 } }],
      ['too few, but none at all', checkbox({ minSelectedChoices: 2 }), {}],
      ['too many', checkbox({ maxSelectedChoices: 1 }), { q: ['a', 'b'] }, { code: 'too-many', params: { max: 1 } }],
      ['as few as can be', checkbox({ minSelectedChoices: 2 }), { q: ['a', 'b'] }],
      ['as many as can be', checkbox({ maxSelectedChoices: 2 }), { q: ['a', 'b'] }],
      ['no limit', checkbox({ minSelectedChoices: 0, maxSelectedChoices: 0 }), { q: ['a', 'b', 'c'] }],
      ['too long', text({ maxLength: 3 }), { q: 'abcd' }, { code: 'too-long', params: { max: 3 } }],
      [
        'a comment too long',
        { type: 'comment', name: 'q', maxLength: 3 },
        { q: 'abcd' },
        { code: 'too-long', params: { max: 3 } },
      ],
      [
        'as long as can be',
        text({ maxLength: 3, validators: [{ type: 'text', minLength: 3, maxLength: 3 }] }),
        { q: 'abc' },
      ],
      ['validators without bounds', text({ validators: [{ type: 'text' }, { type: 'numeric' }] }), { q: '1' }],
      ['SurveyJS’s -1 for no limit', text({ maxLength: -1 }), { q: 'abcd' }],
      ['SurveyJS’s 0 for no limit', { type: 'comment', name: 'q', maxLength: 0 }, { q: 'abcd' }],

      ['validator: number', valid({ type: 'numeric' }), { q: 'x' }, { code: 'not-a-number' }],
      ['validator: on both bounds', valid({ type: 'numeric', minValue: 3, maxValue: 3 }), { q: '3' }],
      ['validator: digits where they are allowed', valid({ type: 'text', allowDigits: true }), { q: 'a1' }],
      ['validator: SurveyJS’s 0 for no limit', valid({ type: 'text', minLength: 0, maxLength: 0 }), { q: 'a' }],
      ['validator: number with a comma', valid({ type: 'numeric', maxValue: 3 }), { q: '2,5' }],
      [
        'validator: least',
        valid({ type: 'numeric', minValue: 3 }),
        { q: '2,5' },
        { code: 'too-small', params: { min: 3 } },
      ],
      [
        'validator: most',
        valid({ type: 'numeric', maxValue: 3 }),
        { q: '4' },
        { code: 'too-large', params: { max: 3 } },
      ],
      [
        'validator: short',
        valid({ type: 'text', minLength: 3 }),
        { q: 'ab' },
        { code: 'too-short', params: { min: 3 } },
      ],
      [
        'validator: long',
        valid({ type: 'text', maxLength: 3 }),
        { q: 'abcd' },
        { code: 'too-long', params: { max: 3 } },
      ],
      ['validator: digits', valid({ type: 'text', allowDigits: false }), { q: 'a1' }, { code: 'no-digits' }],
      [
        'validator: few',
        checkbox({ validators: [{ type: 'answercount', minCount: 2 }] }),
        { q: ['a'] },
        { code: 'too-few', params: { min: 2 } },
      ],
      [
        'validator: many',
        checkbox({ validators: [{ type: 'answercount', maxCount: 1 }] }),
        { q: ['a', 'b'] },
        { code: 'too-many', params: { max: 1 } },
      ],
      ['validator: pattern', valid({ type: 'regex', regex: '^[A-Z]$' }), { q: 'a' }, { code: 'pattern' }],
      [
        'validator: pattern, any capitals',
        valid({ type: 'regex', regex: '^[A-Z]$', caseInsensitive: true }),
        { q: 'a' },
      ],
      ['validator: pattern of letters', valid({ type: 'regex', regex: '^\\p{L}+$' }), { q: 'Ñandú' }],
      ['validator: e-mail address', valid({ type: 'email' }), { q: 'a@' }, { code: 'not-an-email' }],
      [
        'validator: in the study’s words',
        valid({ type: 'numeric', minValue: 3, text: both('3 or more.', '3 o más.') }),
        { q: '2' },
        { code: 'too-small', params: { min: 3 }, text: '3 or more.' },
      ],
      ['validator: not of an empty answer', valid({ type: 'text', minLength: 3 }), {}],
      [
        'validators: the first that is broken',
        text({
          validators: [
            { type: 'text', minLength: 1 },
            { type: 'regex', regex: '^x', text: 'x!' },
            { type: 'email', text: 'mail!' },
          ],
        }),
        { q: 'a' },
        { code: 'pattern', text: 'x!' },
      ],
      [
        'the question’s own bounds before its validators',
        number({ min: 10, validators: [{ type: 'numeric', minValue: 20, text: '20!' }] }),
        { q: 9 },
        { code: 'too-small', params: { min: 10 } },
      ],
      ['hidden', text({ isRequired: true, visible: false }), { q: ['x'] }],
    ];
    for (const [title, element, answers, ...expected] of cases) {
      it(title, async () => {
        const form = await ask([element], answers);
        const { pages } = form;
        assert.deepEqual(
          await form.problems(),
          expected.map((problem) => ({ question: 'q', ...problem })),
        );
        assert.strictEqual(form.pages, pages, 'looking changes no page');
        assert.deepEqual(form.answers, answers, 'looking changes no answer');
      });
    }

    it('names them in the order of the questions, of one page or of all', async () => {
      const form = await openJson({
        pages: [
          { name: 'first', elements: [{ type: 'comment', name: 'a', isRequired: true }] },
          {
            name: 'second',
            elements: [
              { type: 'panel', name: 'p', elements: [{ type: 'comment', name: 'b', isRequired: true }] },
              { type: 'comment', name: 'c', isRequired: true },
            ],
          },
        ],
      });
      const questions = async (page?: string) => (await form.problems(page)).map(({ question }) => question);
      assert.deepEqual(await questions(), ['a', 'b', 'c']);
      assert.deepEqual(await questions('first'), ['a']);
      assert.deepEqual(await questions('second'), ['b', 'c']);
    });

    it('go when the answer is mended', async () => {
      const form = await ask([number({ isRequired: true, min: 1 })]);
      const codes = async () => (await form.problems()).map(({ code }) => code);
      assert.deepEqual(await codes(), ['required']);
      form.answer('q', 'one');
      assert.deepEqual(await codes(), ['not-a-number']);
      form.answer('q', '0');
      assert.deepEqual(await codes(), ['too-small']);
      form.answer('q', '1');
      assert.deepEqual(await codes(), []);
    });
  });
}
