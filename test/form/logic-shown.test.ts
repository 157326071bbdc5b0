import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Form, Item, Question } from '../../src/form/form.ts';
import { questionsIn } from '../../src/form/questions.ts';
import { openSurveyForm } from '../../src/form/survey-form.ts';
import type { Answers, Value } from '../../src/study/answers.ts';
import { type Element, openers } from '../suites/support/open-forms.ts';
import { keepConsoleSilent } from '../support/silent-console.ts';

/** What conditions decide of a form: what is shown, needed, open to answers and offered. */

const { openJson, ask } = openers(openSurveyForm);

const number = (name: string, more: object = {}): Element => ({ type: 'text', name, inputType: 'number', ...more });
const comment = (name: string, more: object = {}): Element => ({ type: 'comment', name, ...more });
const radio = (name: string, more: object = {}): Element => ({
  type: 'radiogroup',
  name,
  choices: ['a', 'b', 'c'],
  ...more,
});
const checkbox = (name: string, more: object = {}): Element => ({ ...radio(name, more), type: 'checkbox' });
const panel = (name: string, elements: readonly Element[], more: object = {}): Element => ({
  type: 'panel',
  name,
  elements,
  ...more,
});

const questions = (form: Form) => form.pages.flatMap((page) => [...questionsIn(page.items)]);
const question = (form: Form, name: string): Question => {
  const found = questions(form).find((one) => one.name === name);
  assert.ok(found, `${name} is shown`);
  return found;
};
const offered = (form: Form, name: string) => {
  const { choices = [] } = question(form, name) as { choices?: readonly { value: unknown; enabled: boolean }[] };
  return choices.map(({ value, enabled }) => (enabled ? value : `(${value})`));
};
const names = (items: readonly Item[]): unknown[] =>
  items.map((item) => (item.type === 'panel' ? [item.name, ...names(item.items)] : item.name));

describe('conditions', () => {
  keepConsoleSilent();

  /** Of two questions, what was answered to the first, and whether the second is then shown. */
  const conditions: readonly (readonly [Element, condition: string, Value | undefined, boolean])[] = [
    [radio('q'), "{q} = 'a'", 'a', true],
    [radio('q'), "{q} = 'a'", 'b', false],
    [radio('q'), "{q} = 'a'", undefined, false],
    [radio('q'), "{q} <> 'a'", undefined, true],
    [radio('q'), '{q} notempty', 'a', true],
    [radio('q'), '{q} empty', undefined, true],
    [radio('q'), "{q} anyof ['a', 'b']", 'b', true],
    [radio('q'), "{q} anyof ['a', 'b']", 'c', false],
    [radio('q'), "{Q} = 'a'", 'a', true],
    [checkbox('q'), "{q} contains 'a'", ['a', 'b'], true],
    [checkbox('q'), "{q} contains 'a'", ['b'], false],
    [checkbox('q'), "{q} notcontains 'a'", ['b'], true],
    [checkbox('q'), "{q} anyof ['b', 'c']", ['a', 'b'], true],
    [checkbox('q'), "{q} anyof ['b', 'c']", ['a'], false],
    [checkbox('q'), "{q} allof ['a', 'b']", ['b', 'a'], true],
    [checkbox('q'), "{q} allof ['a', 'b']", ['a'], false],
    [checkbox('q'), "{q[0]} = 'b'", ['b'], true],
    [checkbox('q'), '{q.length} > 1', ['a', 'b'], true],
    [checkbox('q'), '{q.length} > 1', ['b'], false],
    [number('q'), '{q} >= 18', 18, true],
    [number('q'), '{q} >= 18', '17', false],
    [number('q'), '{q} > 1.4 and {q} < 1.6', '1,5', true],
    [number('q'), '{q} > 9', ' 10 ', true],
    [number('q'), '{q} notempty', 'ten', false],
    [{ type: 'text', name: 'q', inputType: 'date' }, "{q} > '2026-01-31'", '2026-02-01', true],
    [{ type: 'text', name: 'q', inputType: 'date' }, "{q} > '2026-01-31'", '2026-01-31', false],
    [{ type: 'text', name: 'q', inputType: 'date' }, '{q} < today()', '2020-01-01', true],
    [{ type: 'text', name: 'q', inputType: 'date' }, 'age({q}) >= 18', '1990-06-01', true],
    [{ type: 'text', name: 'q' }, "{q} = 'yes'", 'Yes', true],
    [{ type: 'text', name: 'q' }, '{q} notempty', '   ', false],
    [{ type: 'boolean', name: 'q' }, '{q} = true', true, true],
    [{ type: 'boolean', name: 'q' }, '{q} = false', false, true],
    [{ type: 'boolean', name: 'q' }, '{q} = false', undefined, false],
    [{ type: 'boolean', name: 'q', valueTrue: 'y', valueFalse: 'n' }, "{q} = 'n'", 'n', true],
    [{ type: 'rating', name: 'q' }, '{q} >= 4', 4, true],
    [{ type: 'rating', name: 'q' }, '{q} >= 4', 3, false],
    [{ type: 'matrix', name: 'q', columns: ['y', 'n'], rows: ['r1', 'row 2'] }, "{q.r1} = 'y'", { r1: 'y' }, true],
    [{ type: 'matrix', name: 'q', columns: ['y', 'n'], rows: ['r1', 'row 2'] }, "{q.row 2} = 'y'", { r1: 'y' }, false],
    [
      { type: 'matrix', name: 'q', columns: ['y', 'n'], rows: ['r1', 'row 2'] },
      "{q.row 2} = 'y'",
      { 'row 2': 'y' },
      true,
    ],
    [radio('q'), "iif({q} = 'a', 1, 2) = 1", 'a', true],
    [radio('q', { choices: [{ value: 'a', text: 'Alpha' }] }), "displayValue('q') = 'Alpha'", 'a', true],
  ];
  for (const [first, condition, value, expected] of conditions) {
    it(`${condition} of ${JSON.stringify(value)} is ${expected}`, async () => {
      const form = await ask([first, comment('then', { visibleIf: condition })]);
      if (value !== undefined) form.answer('q', value);
      assert.equal(form.shown.has('then'), expected);
      const reopened = await ask(
        [first, comment('then', { visibleIf: condition })],
        value === undefined ? {} : { q: value },
      );
      assert.equal(reopened.shown.has('then'), expected, 'and when it is opened with the answer');
    });
  }

  it('look at the text beside other while other is chosen', async () => {
    const form = await ask([
      radio('q', { showOtherItem: true }),
      comment('other', { visibleIf: "{q} = 'other'" }),
      comment('text', { visibleIf: "{q-Comment} = 'sage'" }),
    ]);
    form.answer('q', 'other');
    form.answer('q-Comment', 'sage');
    assert.deepEqual([...form.shown], ['q', 'other', 'text']);
    form.answer('q', 'a');
    assert.deepEqual([...form.shown], ['q']);
    form.answer('q', 'other');
    assert.deepEqual([...form.shown], ['q', 'other', 'text'], 'what was written is there again');
  });

  it('show questions, prose, panels in panels and pages', async () => {
    const form = await openJson({
      pages: [
        {
          name: 'first',
          elements: [
            number('n'),
            { type: 'html', name: 'prose', html: 'One', visibleIf: '{n} >= 1' },
            panel(
              'outer',
              [
                panel('inner', [comment('deep', { visibleIf: '{n} >= 4' })], { visibleIf: '{n} >= 3' }),
                comment('flat'),
              ],
              { visibleIf: '{n} >= 2' },
            ),
          ],
        },
        { name: 'second', visibleIf: '{n} >= 5', elements: [comment('last')] },
      ],
    });
    const seen = (value: number) => {
      form.answer('n', value);
      return form.pages.map((page) => [page.name, ...names(page.items)]);
    };
    assert.deepEqual(seen(0), [['first', 'n']]);
    assert.deepEqual(seen(1), [['first', 'n', 'prose']]);
    assert.deepEqual(seen(2), [['first', 'n', 'prose', ['outer', 'flat']]]);
    assert.deepEqual(seen(3), [['first', 'n', 'prose', ['outer', 'flat']]], 'a panel without anything is none');
    assert.deepEqual(seen(4), [['first', 'n', 'prose', ['outer', ['inner', 'deep'], 'flat']]]);
    assert.deepEqual(seen(5), [
      ['first', 'n', 'prose', ['outer', ['inner', 'deep'], 'flat']],
      ['second', 'last'],
    ]);
    assert.deepEqual(seen(1), [['first', 'n', 'prose']]);
  });

  it('show what is hidden unless they hold', async () => {
    const form = await ask([number('n'), comment('then', { visible: false, visibleIf: '{n} = 1' })]);
    assert.deepEqual([...form.shown], ['n']);
    form.answer('n', 1);
    assert.deepEqual([...form.shown], ['n', 'then']);
  });

  it('make an answer needed', async () => {
    const form = await ask([
      radio('q'),
      number('n', { requiredIf: "{q} = 'a'", requiredErrorText: { en: 'How many?', es: '¿Cuántas?' } }),
    ]);
    assert.equal(question(form, 'n').required, false);
    assert.deepEqual(await form.problems(), []);
    form.answer('q', 'a');
    assert.equal(question(form, 'n').required, true);
    assert.deepEqual(await form.problems(), [{ code: 'required', question: 'n', text: 'How many?' }]);
    form.answer('q', 'b');
    assert.deepEqual(await form.problems(), []);
  });

  for (const [where, place] of [
    ['question', (condition: object) => ({ elements: [comment('free'), number('n', condition)] })],
    ['panel', (condition: object) => ({ elements: [comment('free'), panel('p', [number('n')], condition)] })],
    [
      'page',
      (condition: object) => ({ pages: [{ elements: [comment('free')] }, { ...condition, elements: [number('n')] }] }),
    ],
  ] as const) {
    it(`open a ${where} to answers`, async () => {
      const form = await openJson(place({ enableIf: '{free} notempty' }));
      assert.equal(question(form, 'n').readOnly, true);
      assert.equal(question(form, 'free').readOnly, false);
      form.answer('free', 'x');
      assert.equal(question(form, 'n').readOnly, false);
    });
  }

  it('need no answer from a question that they close', async () => {
    const form = await ask([comment('free'), number('n', { isRequired: true, enableIf: '{free} notempty' })]);
    assert.deepEqual(await form.problems(), []);
    form.answer('free', 'x');
    assert.deepEqual(await form.problems(), [{ code: 'required', question: 'n' }]);
  });
});

describe('conditions of choices', () => {
  keepConsoleSilent();

  for (const type of ['radiogroup', 'dropdown', 'checkbox']) {
    it(`offer and close those of a ${type}, one by one and all by {item}`, async () => {
      const form = await ask([
        checkbox('known'),
        {
          type,
          name: 'one',
          choices: [
            'a',
            { value: 'b', visibleIf: "{known} contains 'b'" },
            { value: 'c', enableIf: '{known} notempty' },
          ],
        },
        {
          type,
          name: 'shown',
          choices: ['a', 'b', 'c'],
          choicesVisibleIf: '{known} contains {item}',
          showOtherItem: true,
        },
        { type, name: 'open', choices: ['a', 'b', 'c'], choicesEnableIf: '{known} contains {item}' },
      ]);
      assert.deepEqual(offered(form, 'one'), ['a', '(c)']);
      assert.deepEqual(offered(form, 'shown'), ['other']);
      assert.deepEqual(offered(form, 'open'), ['(a)', '(b)', '(c)']);
      form.answer('known', ['b', 'c']);
      assert.deepEqual(offered(form, 'one'), ['a', 'b', 'c']);
      assert.deepEqual(offered(form, 'shown'), ['b', 'c', 'other']);
      assert.deepEqual(offered(form, 'open'), ['(a)', 'b', 'c']);
    });
  }

  it('take back what is offered no longer', async () => {
    const form = await ask([checkbox('known'), radio('best', { choicesVisibleIf: '{known} contains {item}' })]);
    form.answer('known', ['a', 'b']);
    form.answer('best', 'b');
    form.answer('known', ['a']);
    assert.deepEqual(form.data(), { known: ['a'] });
    assert.deepEqual(offered(form, 'best'), ['a']);
  });

  it('find fault with what was chosen and is closed now', async () => {
    const form = await ask([checkbox('known'), radio('best', { choicesEnableIf: '{known} contains {item}' })]);
    form.answer('known', ['a']);
    form.answer('best', 'a');
    form.answer('known', ['b']);
    assert.deepEqual(await form.problems(), [{ code: 'not-a-choice', question: 'best' }]);
  });
});

describe('rules', () => {
  keepConsoleSilent();

  const form = (language: string, answers: Answers) =>
    openJson(
      {
        elements: [
          number('least'),
          number('hours', {
            validators: [
              {
                type: 'expression',
                expression: '{hours} >= {least}',
                text: { en: 'At least {least} hours.', es: 'Al menos {least} horas.' },
              },
            ],
          }),
        ],
      },
      { language, answers },
    );

  it('are broken in the study’s words, in each language', async () => {
    const rule = { code: 'rule', question: 'hours' };
    const answers = { least: '2,5', hours: '2,4' };
    assert.deepEqual(await (await form('en', answers)).problems(), [{ ...rule, text: 'At least 2.5 hours.' }]);
    assert.deepEqual(await (await form('es', answers)).problems(), [{ ...rule, text: 'Al menos 2.5 horas.' }]);
  });

  it('are kept where they are', async () => {
    assert.deepEqual(await (await form('en', { least: '2,5', hours: '2,6' })).problems(), []);
    assert.deepEqual(await (await form('en', { least: 3 })).problems(), [], 'nothing was answered');
  });

  it('are bounds that answers move', async () => {
    const bounded = await ask([
      number('n'),
      number('more', { minValueExpression: '{n}', maxValueExpression: '{n} + 2', minErrorText: 'More than {n}.' }),
      { type: 'text', name: 'from', inputType: 'date' },
      {
        type: 'text',
        name: 'to',
        inputType: 'date',
        minValueExpression: '{from}',
        maxValueExpression: "dateAdd({from}, 7, 'days')",
      },
    ]);
    assert.deepEqual(Object.keys(question(bounded, 'more')).includes('min'), false);
    for (const [name, value] of Object.entries({ n: '3,5', more: 3, from: '2026-02-27', to: '2026-03-07' })) {
      bounded.answer(name, value);
    }
    const { min, max } = question(bounded, 'to') as { min?: unknown; max?: unknown };
    assert.deepEqual([min, max], ['2026-02-27', '2026-03-06']);
    assert.deepEqual(await bounded.problems(), [
      { code: 'too-small', question: 'more', params: { min: 3.5 }, text: 'More than 3.5.' },
      { code: 'too-late', question: 'to', params: { max: '2026-03-06' } },
    ]);
    bounded.answer('more', 5.6);
    bounded.answer('to', '2026-02-26');
    assert.deepEqual(await bounded.problems(), [
      { code: 'too-large', question: 'more', params: { max: 5.5 } },
      { code: 'too-early', question: 'to', params: { min: '2026-02-27' } },
    ]);
  });
});
