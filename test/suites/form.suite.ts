import type { Form, Page, Problem } from '../../src/form/form.ts';
import type { OpenFormOptions } from '../../src/form/open-form.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { FormDefinition } from '../../src/study/form-definition.ts';
import type { SuiteTools } from './outbox-store.suite.ts';
import { defineForm } from './support/define-form.ts';

/** Opens a form with the engine under test. */
export type OpenForm = (definition: FormDefinition, options: OpenFormOptions) => Form | Promise<Form>;

/** As it stands in a study file. */
type Element = Readonly<Record<string, unknown>> & { readonly type: string; readonly name: string };

const LANGUAGES = ['en', 'es'];
const both = (en: string, es: string) => ({ en, es });

/** What every engine promises of a form without logic: see the port in src/form/form.ts. */
export function formSuite(name: string, open: OpenForm, { describe, it, assert }: SuiteTools) {
  const openJson = async (json: object, options: Partial<OpenFormOptions> = {}) =>
    open(await defineForm(json), { language: 'en', languages: LANGUAGES, ...options });
  const ask = (elements: readonly Element[], answers?: Answers) =>
    openJson({ elements }, answers === undefined ? {} : { answers });
  const names = (form: Form) => form.pages.map((page) => page.name);

  describe(`form: ${name}: pages`, () => {
    it('takes elements without pages as one page', async () => {
      const form = await ask([{ type: 'comment', name: 'words' }]);
      assert.deepEqual(form.pages, [
        {
          name: 'page1',
          items: [{ type: 'comment', name: 'words', title: 'words', required: false, readOnly: false }],
        },
      ]);
    });

    it('shows pages in order, by their names or places, with what stands above them', async () => {
      const form = await openJson({
        pages: [
          { name: 'first', title: 'One', description: 'The first', elements: [{ type: 'comment', name: 'a' }] },
          { elements: [{ type: 'comment', name: 'b' }] },
        ],
      });
      const heads = form.pages.map(({ items: _, ...head }) => head);
      assert.deepEqual(heads, [{ name: 'first', title: 'One', description: 'The first' }, { name: 'page2' }]);
    });

    it('leaves out what is hidden, and pages and panels with nothing else', async () => {
      const hidden = { type: 'comment', name: 'hidden', visible: false };
      const form = await openJson({
        pages: [
          { name: 'nothing', elements: [hidden] },
          { name: 'off', visible: false, elements: [{ type: 'comment', name: 'never' }] },
          {
            name: 'some',
            elements: [
              { type: 'comment', name: 'seen' },
              { type: 'panel', name: 'hollow', elements: [{ type: 'comment', name: 'lost', visible: false }] },
              { type: 'panel', name: 'gone', visible: false, elements: [{ type: 'comment', name: 'inside' }] },
            ],
          },
        ],
      });
      assert.deepEqual(names(form), ['some']);
      assert.deepEqual(
        form.pages[0]?.items.map((item) => item.name),
        ['seen'],
      );
      assert.deepEqual([...form.shown], ['seen']);
    });

    it('is never without a page', async () => {
      const form = await ask([{ type: 'comment', name: 'hidden', visible: false }]);
      assert.deepEqual(form.pages, [{ name: 'page1', items: [] }]);
      assert.deepEqual(await form.problems(), []);
    });

    it('shows prose and panels between questions, questions in panels included', async () => {
      const form = await ask([
        { type: 'html', name: 'hello', html: 'Welcome, *friend*' },
        {
          type: 'panel',
          name: 'outer',
          title: 'Outer',
          description: 'Around',
          elements: [{ type: 'panel', name: 'inner', elements: [{ type: 'comment', name: 'deep', title: 'Deep' }] }],
        },
      ]);
      const deep = { type: 'comment', name: 'deep', title: 'Deep', required: false, readOnly: false };
      assert.deepEqual(form.pages[0]?.items, [
        { type: 'html', name: 'hello', text: 'Welcome, *friend*' },
        {
          type: 'panel',
          name: 'outer',
          title: 'Outer',
          description: 'Around',
          items: [{ type: 'panel', name: 'inner', items: [deep] }],
        },
      ]);
      assert.deepEqual([...form.shown], ['deep']);
    });

    it('makes a question read-only with its panel or its page', async () => {
      const form = await openJson({
        pages: [
          { readOnly: true, elements: [{ type: 'comment', name: 'by-page' }] },
          {
            elements: [{ type: 'panel', name: 'p', readOnly: true, elements: [{ type: 'comment', name: 'by-panel' }] }],
          },
          { elements: [{ type: 'comment', name: 'by-itself', readOnly: true }] },
          { elements: [{ type: 'comment', name: 'free' }] },
        ],
      });
      const readOnly = form.pages
        .flatMap(({ items }) => items.flatMap((item) => (item.type === 'panel' ? item.items : [item])))
        .map((item) => ('readOnly' in item ? item.readOnly : undefined));
      assert.deepEqual(readOnly, [true, true, true, false]);
    });
  });

  describe(`form: ${name}: questions`, () => {
    const head = { name: 'q', title: 'q', required: false, readOnly: false };
    const special = (value: string, kind: string, text?: string) => ({
      value,
      ...(text !== undefined && { text }),
      enabled: true,
      special: kind,
    });
    const step = (value: unknown, text = String(value)) => ({ value, text, enabled: true });

    const questions: readonly (readonly [string, Element, object])[] = [
      [
        'radiogroup, with the study’s words',
        {
          type: 'radiogroup',
          name: 'q',
          title: 'Your role',
          description: 'The nearest',
          isRequired: true,
          choices: [{ value: 1, text: 'Nurse' }, 'md', true],
        },
        {
          ...head,
          type: 'radiogroup',
          title: 'Your role',
          description: 'The nearest',
          required: true,
          choices: [step(1, 'Nurse'), step('md'), step(true)],
        },
      ],
      [
        'radiogroup, with every special choice in the kit’s words',
        {
          type: 'radiogroup',
          name: 'q',
          choices: [],
          showDontKnowItem: true,
          showRefuseItem: true,
          showNoneItem: true,
          showOtherItem: true,
          otherPlaceholder: 'Which?',
        },
        {
          ...head,
          type: 'radiogroup',
          choices: [
            special('other', 'other'),
            special('none', 'none'),
            special('refused', 'refuse'),
            special('dontknow', 'unknown'),
          ],
          otherPlaceholder: 'Which?',
        },
      ],
      [
        'dropdown, with special choices by their older names and in the study’s words',
        {
          type: 'dropdown',
          name: 'q',
          choices: ['north'],
          hasOther: true,
          otherText: 'Elsewhere',
          hasNone: true,
          noneText: 'Nowhere',
          placeholder: 'Find it',
        },
        {
          ...head,
          type: 'dropdown',
          choices: [step('north'), special('other', 'other', 'Elsewhere'), special('none', 'none', 'Nowhere')],
          placeholder: 'Find it',
        },
      ],
      [
        'checkbox',
        {
          type: 'checkbox',
          name: 'q',
          choices: ['day'],
          showRefuseItem: true,
          refuseText: 'Rather not',
          showDontKnowItem: true,
          dontKnowText: 'No idea',
        },
        {
          ...head,
          type: 'checkbox',
          choices: [step('day'), special('refused', 'refuse', 'Rather not'), special('dontknow', 'unknown', 'No idea')],
        },
      ],
      [
        'boolean',
        { type: 'boolean', name: 'q' },
        {
          ...head,
          type: 'boolean',
          choices: [
            { value: true, enabled: true, special: 'yes' },
            { value: false, enabled: true, special: 'no' },
          ],
        },
      ],
      [
        'boolean, with labels and values',
        { type: 'boolean', name: 'q', labelTrue: 'Sure', labelFalse: 'Never', valueTrue: 'y', valueFalse: 'n' },
        {
          ...head,
          type: 'boolean',
          choices: [
            { value: 'y', text: 'Sure', enabled: true, special: 'yes' },
            { value: 'n', text: 'Never', enabled: true, special: 'no' },
          ],
        },
      ],
      [
        'rating, from its bounds',
        {
          type: 'rating',
          name: 'q',
          rateMin: 0,
          rateMax: 6,
          rateStep: 3,
          minRateDescription: 'Low',
          maxRateDescription: 'High',
        },
        { ...head, type: 'rating', choices: [step(0), step(3), step(6)], lowest: 'Low', highest: 'High' },
      ],
      [
        'rating, of its own values',
        { type: 'rating', name: 'q', rateValues: [{ value: 1, text: 'Never' }, 2] },
        { ...head, type: 'rating', choices: [step(1, 'Never'), step(2)] },
      ],
      [
        'matrix',
        {
          type: 'matrix',
          name: 'q',
          columns: [{ value: 0, text: 'Never' }, 'often'],
          rows: [{ value: 'tired', text: 'Tired' }, 2],
        },
        {
          ...head,
          type: 'matrix',
          columns: [step(0, 'Never'), step('often')],
          rows: [
            { name: 'tired', text: 'Tired' },
            { name: '2', text: '2' },
          ],
        },
      ],
      ['text', { type: 'text', name: 'q' }, { ...head, type: 'text', input: 'text' }],
      [
        'text for a number',
        {
          type: 'text',
          name: 'q',
          inputType: 'number',
          min: 0,
          max: 40,
          step: 0.5,
          placeholder: 'Hours',
          autocomplete: 'off',
        },
        {
          ...head,
          type: 'text',
          input: 'number',
          min: 0,
          max: 40,
          step: 0.5,
          placeholder: 'Hours',
          autocomplete: 'off',
        },
      ],
      [
        'text for an e-mail address',
        { type: 'text', name: 'q', inputType: 'email', maxLength: 80 },
        { ...head, type: 'text', input: 'email', maxLength: 80 },
      ],
      [
        'comment',
        { type: 'comment', name: 'q', rows: 3, maxLength: 200, placeholder: 'Here' },
        { ...head, type: 'comment', rows: 3, maxLength: 200, placeholder: 'Here' },
      ],
    ];
    for (const [title, element, expected] of questions) {
      it(title, async () => {
        const form = await ask([element]);
        assert.deepEqual(form.pages[0]?.items, [expected]);
      });
    }
  });

  describe(`form: ${name}: languages`, () => {
    const definition = {
      pages: [
        {
          name: 'p',
          title: both('Page', 'Página'),
          description: both('About', 'Acerca'),
          elements: [
            { type: 'html', name: 'h', html: both('Hello', 'Hola') },
            {
              type: 'radiogroup',
              name: 'q',
              title: both('Question', 'Pregunta'),
              choices: [
                { value: 'a', text: both('A', 'La A') },
                { value: 'b', text: 'B' },
              ],
              isRequired: true,
              requiredErrorText: both('Choose', 'Elija'),
            },
          ],
        },
      ],
    };
    const spoken = async (language: string) => {
      const form = await openJson(definition, { language });
      const [problem] = await form.problems();
      return { form, texts: textsOf(form.pages), problem };
    };

    it('speaks the language it was opened in, everywhere', async () => {
      const { form, texts, problem } = await spoken('es');
      assert.strictEqual(form.language, 'es');
      assert.deepEqual(texts, ['Página', 'Acerca', 'Hola', 'Pregunta', 'La A', 'B']);
      assert.strictEqual(problem?.text, 'Elija');
    });

    it('speaks the base language of a regional one', async () => {
      assert.deepEqual((await spoken('es-MX')).texts, (await spoken('es')).texts);
    });

    it('falls back to the study’s first language', async () => {
      assert.deepEqual((await spoken('fr')).texts, (await spoken('en')).texts);
    });
  });

  describe(`form: ${name}: answers and data`, () => {
    const number: Element = { type: 'text', name: 'hours', inputType: 'number' };

    it('keeps an answer as it was given, and sends it as it is meant', async () => {
      const form = await ask([number]);
      form.answer('hours', ' 7,5 ');
      assert.deepEqual(form.answers, { hours: ' 7,5 ' });
      assert.deepEqual(form.data(), { hours: 7.5 });
    });

    const typed: readonly (readonly [string, number | undefined])[] = [
      ['7', 7],
      ['7.5', 7.5],
      ['7,5', 7.5],
      ['-7', -7],
      ['+7', 7],
      ['.5', 0.5],
      [',5', 0.5],
      ['7.', 7],
      ['007', 7],
      ['1e3', 1000],
      ['0,125', 0.125],
      ['1,0000', 1],
      ['1,000', undefined],
      ['12,345', undefined],
      ['1.000,5', undefined],
      ['1,000.5', undefined],
      ['seven', undefined],
      ['7 hours', undefined],
      ['0x7', undefined],
      ['1e999', undefined],
      ['Infinity', undefined],
      ['--7', undefined],
      ['7,', undefined],
    ];
    for (const [text, value] of typed) {
      it(`reads "${text}" as ${value ?? 'no number'}`, async () => {
        const form = await ask([number]);
        form.answer('hours', text);
        assert.deepEqual(form.answers, { hours: text });
        assert.deepEqual(form.data(), { hours: value ?? text });
        assert.deepEqual(
          (await form.problems()).map(({ code }) => code),
          value === undefined ? ['not-a-number'] : [],
        );
      });
    }

    it('takes the blanks around an address away, and leaves those in a text', async () => {
      const form = await ask([
        { type: 'text', name: 'email', inputType: 'email' },
        { type: 'text', name: 'phone', inputType: 'tel' },
        { type: 'text', name: 'line' },
      ]);
      form.answer('email', ' a@example.org ');
      form.answer('phone', ' 555 0100 ');
      form.answer('line', ' a b ');
      assert.deepEqual(form.data(), { email: 'a@example.org', phone: '555 0100', line: ' a b ' });
      assert.deepEqual(await form.problems(), []);
    });

    it('sends text that every JSON can carry, were an emoji cut in two', async () => {
      const form = await ask([
        { type: 'comment', name: 'words' },
        { type: 'radiogroup', name: 'role', choices: ['a'], showOtherItem: true },
      ]);
      form.answer('words', 'fine \ud83d\ude00\ud83d');
      form.answer('role', 'other');
      form.answer('role-Comment', '\ude00');
      assert.deepEqual(form.data(), { words: 'fine \ud83d\ude00\ufffd', role: 'other', 'role-Comment': '\ufffd' });
    });

    it('does not read a number where a text is asked for', async () => {
      const form = await ask([{ type: 'text', name: 'line' }]);
      form.answer('line', '7,5');
      assert.deepEqual(form.data(), { line: '7,5' });
    });

    it('leaves out what is hidden, empty or blank', async () => {
      const form = await ask(
        [
          { type: 'comment', name: 'hidden', visible: false },
          { type: 'comment', name: 'blank' },
          { type: 'checkbox', name: 'none', choices: ['a'] },
          { type: 'matrix', name: 'rows', columns: ['a'], rows: ['r'] },
          { type: 'boolean', name: 'no' },
          { type: 'rating', name: 'zero', rateMin: 0 },
        ],
        { hidden: 'x', blank: ' \n ', none: [], rows: {}, no: false, zero: 0 },
      );
      assert.deepEqual(form.data(), { no: false, zero: 0 });
    });

    it('takes an answer back', async () => {
      const form = await ask([number]);
      form.answer('hours', 7);
      form.answer('hours', undefined);
      assert.deepEqual(form.answers, {});
      assert.deepEqual(form.data(), {});
    });

    it('refuses an answer to what it does not ask', async () => {
      const form = await ask([
        number,
        { type: 'html', name: 'prose', html: 'Hello' },
        { type: 'radiogroup', name: 'plain', choices: ['a'] },
        { type: 'radiogroup', name: 'role', choices: ['a'], showOtherItem: true },
      ]);
      const code = (question: string) => {
        try {
          form.answer(question, 'x');
          return 'taken';
        } catch (error) {
          return Reflect.get(Object(error), 'code');
        }
      };
      assert.deepEqual(['age', 'prose', 'hours-Comment', 'plain-Comment', '', '__proto__', 'toString'].map(code), [
        ...Array.from({ length: 7 }, () => 'unknown-question'),
      ]);
      assert.deepEqual(['hours', 'role-Comment'].map(code), ['taken', 'taken']);
      assert.deepEqual(form.answers, { hours: 'x', 'role-Comment': 'x' });
    });

    it('opens with what was answered before', async () => {
      const form = await ask([number], { hours: '8' });
      assert.deepEqual(form.answers, { hours: '8' });
      assert.deepEqual(form.data(), { hours: 8 });
    });
  });

  describe(`form: ${name}: defaults`, () => {
    const elements: readonly Element[] = [
      { type: 'text', name: 'hours', inputType: 'number', defaultValue: 8 },
      { type: 'checkbox', name: 'days', choices: ['mon', 'tue'], defaultValue: ['mon'] },
      { type: 'boolean', name: 'here', defaultValue: false },
    ];

    it('starts from them', async () => {
      const form = await ask(elements);
      assert.deepEqual(form.answers, { hours: 8, days: ['mon'], here: false });
      assert.deepEqual(form.data(), { hours: 8, days: ['mon'], here: false });
    });

    it('lets them be changed and taken back', async () => {
      const form = await ask(elements);
      form.answer('hours', 4);
      form.answer('here', undefined);
      assert.deepEqual(form.data(), { hours: 4, days: ['mon'] });
    });

    it('does not bring back what was taken back before', async () => {
      assert.deepEqual((await ask(elements, { hours: 4 })).data(), { hours: 4 });
      assert.deepEqual((await ask(elements, {})).data(), {});
    });
  });

  describe(`form: ${name}: special choices`, () => {
    const shifts: Element = {
      type: 'checkbox',
      name: 'shifts',
      choices: ['day', 'night'],
      showOtherItem: true,
      showNoneItem: true,
      showRefuseItem: true,
      showDontKnowItem: true,
    };

    const steps: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
      ['none clears what was chosen', ['day', 'night'], ['day', 'night', 'none'], ['none']],
      ['prefer not to answer clears what was chosen', ['day', 'other'], ['day', 'other', 'refused'], ['refused']],
      ['I don’t know clears none', ['none'], ['none', 'dontknow'], ['dontknow']],
      ['a choice clears none', ['none'], ['none', 'day'], ['day']],
      ['other clears prefer not to answer', ['refused'], ['refused', 'other'], ['other']],
      ['choices stand beside each other and other', ['day'], ['day', 'other'], ['day', 'other']],
      ['taking one away changes nothing else', ['day', 'night'], ['day'], ['day']],
      ['taking none away leaves nothing', ['none'], [], []],
    ];
    for (const [title, before, given, after] of steps) {
      it(title, async () => {
        const form = await ask([shifts]);
        form.answer('shifts', before);
        form.answer('shifts', given);
        assert.deepEqual(form.answers.shifts, after);
        assert.deepEqual(
          (await form.problems()).filter(({ code }) => code !== 'other-required'),
          [],
        );
      });
    }

    it('keeps what is no list as it was given, for its problem to name', async () => {
      const form = await ask([shifts]);
      form.answer('shifts', 'none');
      assert.deepEqual(form.answers, { shifts: 'none' });
      assert.deepEqual(await form.problems(), [{ code: 'not-this-shape', question: 'shifts' }]);
    });

    it('finds fault with answers that contradict each other, wherever they come from', async () => {
      const form = await ask([shifts], { shifts: ['none', 'day'] });
      assert.deepEqual(await form.problems(), [{ code: 'not-this-shape', question: 'shifts' }]);
    });

    it('takes a special choice as a whole answer, however many are asked for', async () => {
      const form = await ask([{ ...shifts, isRequired: true, minSelectedChoices: 2 }], { shifts: ['refused'] });
      assert.deepEqual(await form.problems(), []);
      assert.deepEqual(form.data(), { shifts: ['refused'] });
    });

    it('sends the text beside other only while other is chosen', async () => {
      for (const [element, other, another] of [
        [shifts, ['other'], ['day']],
        [{ ...shifts, type: 'radiogroup' }, 'other', 'day'],
        [{ ...shifts, type: 'dropdown' }, 'other', 'day'],
      ] as const) {
        const form = await ask([element]);
        form.answer('shifts', other);
        form.answer('shifts-Comment', 'weekends');
        assert.deepEqual(form.data(), { shifts: other, 'shifts-Comment': 'weekends' });
        form.answer('shifts', another);
        assert.deepEqual(form.data(), { shifts: another });
        assert.deepEqual(form.answers['shifts-Comment'], 'weekends');
      }
    });
  });

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
      ['SurveyJS’s -1 for no limit', text({ maxLength: -1 }), { q: 'abcd' }],

      ['validator: number', valid({ type: 'numeric' }), { q: 'x' }, { code: 'not-a-number' }],
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

  describe(`form: ${name}: changes`, () => {
    it('tells who listens, after the change, until they stop', async () => {
      const form = await ask([{ type: 'comment', name: 'words' }]);
      const heard: unknown[] = [];
      const stop = form.subscribe(() => heard.push(form.answers.words));
      const stopOther = form.subscribe(() => heard.push('other'));
      form.answer('words', 'a');
      stop();
      form.answer('words', 'b');
      stopOther();
      form.answer('words', 'c');
      assert.deepEqual(heard, ['a', 'other', 'other']);
    });

    it('gives new pages after a change and the same ones until then', async () => {
      const form = await ask([{ type: 'comment', name: 'words' }]);
      const { pages } = form;
      assert.strictEqual(form.pages, pages);
      form.answer('words', 'a');
      assert.strictEqual(form.pages === pages, false);
      assert.deepEqual(form.pages, pages);
    });

    it('leaves what it was given as it was', async () => {
      const json = {
        elements: [{ type: 'checkbox', name: 'q', choices: ['a'], showNoneItem: true, defaultValue: ['a'] }],
      };
      const definition = await defineForm(json);
      const before = JSON.stringify(definition);
      const answers: Answers = { q: ['a'] };
      const form = await open(definition, { language: 'en', languages: LANGUAGES, answers });
      form.answer('q', ['a', 'none']);
      form.answer('q', undefined);
      assert.deepEqual(answers, { q: ['a'] });
      assert.strictEqual(JSON.stringify(definition), before);
    });

    it('is apart from another form of the same definition', async () => {
      const definition = await defineForm({ elements: [{ type: 'comment', name: 'words' }] });
      const options = { language: 'en', languages: LANGUAGES };
      const [one, other] = [await open(definition, options), await open(definition, options)];
      one.answer('words', 'a');
      assert.deepEqual(other.answers, {});
    });
  });
}

/** Every text of the pages, in order. */
function textsOf(pages: readonly Page[]): string[] {
  const texts = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) =>
      typeof part === 'string' && ['title', 'description', 'text'].includes(key) ? [part] : texts(part),
    );
  };
  return texts(pages);
}
