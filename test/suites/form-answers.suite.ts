import type { SuiteTools } from './outbox-store.suite.ts';
import { type Element, type OpenForm, openers } from './support/open-forms.ts';

/** What an engine makes of answers: as given and as sent, defaults, choices that exclude each other. Part of `formSuite`. */
export function formAnswersSuite(name: string, open: OpenForm, { describe, it, assert }: SuiteTools) {
  const { ask } = openers(open);

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
}
