import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Form } from '../../src/form/form.ts';
import { openSurveyForm } from '../../src/form/survey-form.ts';
import type { Answers, Value } from '../../src/study/answers.ts';
import { type Element, openers } from '../suites/support/open-forms.ts';
import { keepConsoleSilent } from '../support/silent-console.ts';

/** What logic does with answers: sets, clears, calculates and hides them; and what of it is sent. */

const { openJson, ask } = openers(openSurveyForm);

const number = (name: string, more: object = {}): Element => ({ type: 'text', name, inputType: 'number', ...more });
const comment = (name: string, more: object = {}): Element => ({ type: 'comment', name, ...more });
const calculated = (expression: string, more: object = {}): Element => ({
  type: 'expression',
  name: 'e',
  expression,
  ...more,
});

type Action = readonly [name: string, value?: Value | undefined];
function act(form: Form, ...actions: readonly Action[]): Answers {
  for (const [name, value] of actions) form.answer(name, value);
  return form.data();
}

describe('answers that logic sets', () => {
  keepConsoleSilent();

  const cases: readonly (readonly [
    what: string,
    second: object,
    ...steps: readonly (readonly [Action, Value | undefined])[],
  ])[] = [
    [
      'setValueExpression: again with each change, until the participant’s own, and after it',
      { setValueExpression: '{a} * 2' },
      [['a', '1,5'], 3],
      [['b', 9], 9],
      [['a', 2], 4],
    ],
    [
      'setValueIf: only when it holds',
      { setValueIf: '{a} > 5', setValueExpression: '{a} * 2' },
      [['a', 3], undefined],
      [['b', 1], 1],
      [['a', 6], 12],
      [['a', 4], 12],
    ],
    ['setValueIf alone: clears', { setValueIf: '{a} > 5' }, [['b', 1], 1], [['a', 6], undefined]],
    ['resetValueIf: clears', { resetValueIf: '{a} > 5' }, [['b', 1], 1], [['a', 5], 1], [['a', 6], undefined]],
    ['resetValueIf: back to the default', { resetValueIf: '{a} > 5', defaultValue: 7 }, [['b', 1], 1], [['a', 6], 7]],
    [
      'defaultValueExpression: follows until there is an answer',
      { defaultValueExpression: '{a} + 1' },
      [['a', 3], 4],
      [['a', 4], 5],
      [['b', 9], 9],
      [['a', 5], 9],
    ],
    [
      'defaultValueExpression: not again once it was taken back',
      { defaultValueExpression: '{a} + 1' },
      [['a', 3], 4],
      [['b'], undefined],
      [['a', 4], undefined],
    ],
  ];
  for (const [what, second, ...steps] of cases) {
    it(`${what}`, async () => {
      const form = await ask([number('a'), number('b', second)]);
      for (const [[name, value], expected] of steps) {
        form.answer(name, value);
        assert.equal(form.answers.b, expected, `${name} is ${value}`);
        assert.equal(form.data().b, expected);
      }
      assert.deepEqual(await form.problems(), []);
    });
  }

  it('are told to who listens, once', async () => {
    const form = await ask([number('a'), number('b', { setValueExpression: '{a} * 2' })]);
    const heard: Answers[] = [];
    form.subscribe(() => heard.push(form.answers));
    form.answer('a', 2);
    assert.deepEqual(heard, [{ a: 2, b: 4 }]);
  });

  it('are days as the port has them', async () => {
    const form = await ask([
      { type: 'text', name: 'd', inputType: 'date' },
      { type: 'text', name: 'later', inputType: 'date', setValueExpression: "dateAdd({d}, 7, 'days')" },
      calculated("dateAdd({d}, 1, 'days')"),
    ]);
    assert.deepEqual(act(form, ['d', '2026-02-27']), { d: '2026-02-27', later: '2026-03-06', e: '2026-02-28' });
    assert.deepEqual(await form.problems(), []);
  });
});

describe('calculated values', () => {
  keepConsoleSilent();

  const sum = { name: 'sum', expression: '{a} + {b}' };

  it('are sent where the study says so, can be asked about, and count as shown', async () => {
    const form = await openJson({
      calculatedValues: [
        { ...sum, includeIntoResult: true },
        { name: 'twice', expression: '{sum} * 2' },
      ],
      elements: [number('a'), number('b'), comment('c', { visibleIf: '{twice} > 10' })],
    });
    assert.deepEqual(act(form, ['a', '1,5'], ['b', 3]), { a: 1.5, b: 3, sum: 4.5 });
    assert.deepEqual([...form.shown], ['a', 'b', 'sum', 'twice']);
    assert.deepEqual(act(form, ['b', 4]), { a: 1.5, b: 4, sum: 5.5 });
    assert.deepEqual([...form.shown], ['a', 'b', 'c', 'sum', 'twice']);
    assert.deepEqual(form.answers, { a: '1,5', b: 4 }, 'nobody answered them');
  });

  it('are calculated anew, whatever a draft says', async () => {
    const form = await openJson(
      {
        calculatedValues: [{ ...sum, includeIntoResult: true }],
        elements: [number('a'), number('b'), calculated('{a}')],
      },
      { answers: { a: 1, b: 2, sum: 99, e: 99 } },
    );
    assert.deepEqual(form.data(), { a: 1, b: 2, sum: 3, e: 1 });
  });

  const shown: readonly (readonly [more: object, language: string, text: string])[] = [
    [{}, 'en', '1234.5'],
    [{ displayStyle: 'none' }, 'en', '1234.5'],
    [{ displayStyle: 'decimal' }, 'en', '1,234.5'],
    [{ displayStyle: 'decimal', minimumFractionDigits: 2 }, 'en', '1,234.50'],
    [{ displayStyle: 'decimal', minimumFractionDigits: 2 }, 'es-MX', '1,234.50'],
    [{ displayStyle: 'decimal', maximumFractionDigits: 0 }, 'es', '1.235'],
    [{ displayStyle: 'decimal', useGrouping: false }, 'en', '1234.5'],
    [{ displayStyle: 'percent' }, 'en', '123,450%'],
    [{ displayStyle: 'currency', currency: 'USD' }, 'en', '$1,234.50'],
    [{ displayStyle: 'currency', currency: 'EUR', maximumFractionDigits: 1 }, 'en', '€1,234.5'],
    [{ format: { en: '{0} hours', es: '{0} horas' } }, 'en', '1234.5 hours'],
    [{ format: { en: '{0} hours', es: '{0} horas' } }, 'es-MX', '1234.5 horas'],
  ];
  for (const [more, language, text] of shown) {
    it(`are shown in ${language} as ${text} (${JSON.stringify(more)})`, async () => {
      const form = await openJson({ elements: [number('a'), calculated('{a} + 0.5', more)] }, { language });
      assert.deepEqual(act(form, ['a', 1234]), { a: 1234, e: 1234.5 });
      const [, item] = form.pages[0]?.items ?? [];
      assert.deepEqual(item, { type: 'expression', name: 'e', title: 'e', required: false, readOnly: false, text });
    });
  }

  it('are shown as a day in the form’s language', async () => {
    const day = async (language: string) => {
      const form = await openJson(
        { elements: [comment('a'), calculated("'2026-02-03'", { displayStyle: 'date' })] },
        { language },
      );
      const [, item] = form.pages[0]?.items ?? [];
      return item && 'text' in item ? item.text : undefined;
    };
    assert.deepEqual([await day('en'), await day('es')], ['February 3, 2026', '3 de febrero de 2026']);
  });

  it('are rounded where the study says so', async () => {
    const form = await ask([number('a'), calculated('{a} / 3', { precision: 2 })]);
    assert.deepEqual(act(form, ['a', 1]), { a: 1, e: 0.33 });
  });

  it('are nothing while what they need is missing', async () => {
    const form = await ask([{ type: 'text', name: 'd', inputType: 'date' }, calculated('age({d})')]);
    assert.deepEqual(form.data(), {});
    const [, item] = form.pages[0]?.items ?? [];
    assert.equal(item && 'text' in item ? item.text : undefined, '');
  });
});

describe('hidden answers', () => {
  keepConsoleSilent();

  const chain = [
    number('a'),
    number('b', { visibleIf: '{a} = 1' }),
    number('c', { visibleIf: '{b} = 1', isRequired: true }),
  ];

  it('are not sent, not judged, not shown, and there again when their question is', async () => {
    const form = await ask(chain);
    act(form, ['a', 1], ['b', 1], ['c', 'x'], ['a', 0]);
    assert.deepEqual([...form.shown], ['a']);
    assert.deepEqual(form.data(), { a: 0 });
    assert.deepEqual(await form.problems(), []);
    form.answer('a', 1);
    assert.deepEqual([...form.shown], ['a', 'b', 'c']);
    assert.deepEqual(form.data(), { a: 1, b: 1, c: 'x' });
  });

  it('decide nothing, neither as a default', async () => {
    const form = await ask([number('a'), number('b', { visibleIf: '{a} = 1', defaultValue: 1 }), chain[2] as Element]);
    assert.deepEqual([...form.shown], ['a']);
    assert.deepEqual(act(form, ['a', 1], ['c', 5]), { a: 1, b: 1, c: 5 });
  });

  it('that are calculated defaults decide, since whoever opens the form calculates them', async () => {
    const json = [
      number('a'),
      number('b', { visible: false, defaultValueExpression: '{a} + 1' }),
      comment('c', { visibleIf: '{b} = 3' }),
    ];
    const form = await ask(json);
    assert.deepEqual(act(form, ['a', 2], ['c', 'x']), { a: 2, c: 'x' });
    assert.deepEqual((await ask(json, form.data())).data(), { a: 2, c: 'x' });
  });

  for (const clear of ['onHidden', 'onHiddenContainer']) {
    it(`are gone where the study says so: ${clear}`, async () => {
      const elements = [
        number('a'),
        number('b', { visibleIf: '{a} = 1', defaultValue: 7 }),
        number('c', { visibleIf: '{b} = 1' }),
      ];
      const form = await openJson({ clearInvisibleValues: clear, elements });
      assert.deepEqual(act(form, ['a', 1], ['b', 1], ['c', 5], ['a', 0]), { a: 0 });
      assert.deepEqual(form.answers, { a: 0 });
      assert.deepEqual(act(form, ['a', 1]), { a: 1, b: 7 }, 'the default again');
    });
  }

  it('of a panel are gone where a question says so', async () => {
    const inside = [number('b', { clearIfInvisible: 'onHiddenContainer' }), number('c')];
    const form = await ask([number('a'), { type: 'panel', name: 'p', visibleIf: '{a} = 1', elements: inside }]);
    assert.deepEqual(act(form, ['a', 1], ['b', 2], ['c', 3], ['a', 0], ['a', 1]), { a: 1, c: 3 });
  });

  it('end where logic goes in circles', async () => {
    const form = await ask([number('a', { visibleIf: '{b} empty' }), number('b', { visibleIf: '{a} notempty' })]);
    act(form, ['a', 1], ['b', 2]);
    assert.equal(Object.keys(form.answers).length, 2);
    assert.ok(form.pages.length > 0);
  });
});

describe('a saved form', () => {
  keepConsoleSilent();

  const json = {
    calculatedValues: [{ name: 'load', expression: '{hours} * 2', includeIntoResult: true }],
    pages: [
      {
        elements: [
          { type: 'radiogroup', name: 'role', choices: ['md', 'rn'], showOtherItem: true },
          number('hours', { defaultValue: 8 }),
          number('limit', { setValueExpression: '{hours} + 1' }),
          number('guess', { defaultValueExpression: '{hours} + 2' }),
        ],
      },
      {
        visibleIf: "{role} = 'md' or {role-Comment} notempty",
        elements: [
          { type: 'checkbox', name: 'days', choices: ['mo', 'tu', 'we'], showNoneItem: true },
          {
            type: 'radiogroup',
            name: 'worst',
            choices: ['mo', 'tu', 'we'],
            choicesVisibleIf: '{days} contains {item}',
          },
          comment('why', { visibleIf: '{worst} notempty', requiredIf: '{load} > 20', resetValueIf: '{limit} > 90' }),
        ],
      },
      { elements: [comment('last', { visibleIf: '{why} notempty', enableIf: '{hours} > 1' })] },
    ],
  };
  const values: Readonly<Record<string, readonly Value[]>> = {
    role: ['md', 'rn', 'other'],
    'role-Comment': ['sage', ' '],
    hours: [0, 1, '12,5', 'many', 95],
    limit: [3, 99],
    guess: [4],
    days: [['mo'], ['mo', 'tu'], ['none'], []],
    worst: ['mo', 'tu'],
    why: ['because', ''],
    last: ['bye'],
  };
  const action = fc
    .constantFrom(...Object.keys(values))
    .chain((name) =>
      fc.tuple(fc.constant(name), fc.option(fc.constantFrom(...(values[name] ?? [])), { nil: undefined })),
    );
  const actions = fc.array(action, { maxLength: 14 });

  const stateOf = async (form: Form) => ({
    pages: form.pages,
    shown: [...form.shown],
    data: form.data(),
    problems: await form.problems(),
  });

  it('is the same when it is opened with its answers, in any order', async () => {
    const shuffled = actions.chain((all) => fc.tuple(fc.constant(all), fc.infiniteStream(fc.nat())));
    let hidden = 0;
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, order]) => {
        const typed = await openJson(json);
        act(typed, ...all);
        const entries = Object.entries(typed.answers).map((entry) => ({ entry, at: order.next().value }));
        entries.sort((one, other) => one.at - other.at);
        const answers = Object.fromEntries(entries.map(({ entry }) => entry));
        const reopened = await openJson(json, { answers });
        assert.deepEqual(reopened.answers, typed.answers);
        assert.deepEqual(await stateOf(reopened), await stateOf(typed));
        if (Object.keys(typed.answers).length > Object.keys(typed.data()).length) hidden += 1;
      }),
      { numRuns: 60 },
    );
    assert.ok(hidden > 5, 'some answers were hidden');
  });

  it('is the same to whoever has only what was sent', async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (all) => {
        const typed = await openJson(json);
        act(typed, ...all);
        const received = await openJson(json, { answers: JSON.parse(JSON.stringify(typed.data())) });
        assert.deepEqual(await stateOf(received), await stateOf(typed));
      }),
      { numRuns: 60 },
    );
  });
});
