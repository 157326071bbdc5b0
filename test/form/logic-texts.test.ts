import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSurveyForm } from '../../src/form/survey-form.ts';
import type { Value } from '../../src/study/answers.ts';
import { both, type Element, openers } from '../suites/support/open-forms.ts';
import { keepConsoleSilent } from '../support/silent-console.ts';

/** Piping: answers in texts, said in the language that is asked in. */

const { openJson } = openers(openSurveyForm);

const role: Element = {
  type: 'radiogroup',
  name: 'role',
  choices: [{ value: 'md', text: both('Physician', 'Médica') }, 'rn'],
  showOtherItem: true,
  otherText: both('Another', 'Otra'),
};

describe('texts with answers in them', () => {
  keepConsoleSilent();

  const asked: readonly Element[] = [
    role,
    { type: 'dropdown', name: 'home', choices: [{ value: 1, text: both('North', 'Norte') }] },
    {
      type: 'checkbox',
      name: 'days',
      choices: [
        { value: 'mo', text: both('Monday', 'lunes') },
        { value: 'tu', text: both('Tuesday', 'martes') },
      ],
    },
    {
      type: 'boolean',
      name: 'here',
      labelTrue: both('Yes indeed', 'Claro que sí'),
      labelFalse: both('Never', 'Nunca'),
    },
    { type: 'rating', name: 'stress', rateValues: [{ value: 1, text: both('Low', 'Bajo') }, 2] },
    {
      type: 'matrix',
      name: 'week',
      columns: [{ value: 'y', text: both('Often', 'A menudo') }],
      rows: [{ value: 'tired', text: both('Tired', 'Con cansancio') }],
    },
    { type: 'text', name: 'hours', inputType: 'number' },
    { type: 'text', name: 'since', inputType: 'date' },
    { type: 'comment', name: 'words' },
  ];
  const said: readonly (readonly [pipe: string, name: string, Value, en: string, es: string])[] = [
    ['{role}', 'role', 'md', 'Physician', 'Médica'],
    ['{ROLE}', 'role', 'md', 'Physician', 'Médica'],
    ['{ role }', 'role', 'rn', 'rn', 'rn'],
    ['{role}', 'role', 'other', 'Another', 'Otra'],
    ['{home}', 'home', 1, 'North', 'Norte'],
    ['{days}', 'days', ['mo', 'tu'], 'Monday, Tuesday', 'lunes, martes'],
    ['{here}', 'here', true, 'Yes indeed', 'Claro que sí'],
    ['{here}', 'here', false, 'Never', 'Nunca'],
    ['{stress}', 'stress', 1, 'Low', 'Bajo'],
    ['{week.tired}', 'week', { tired: 'y' }, 'Often', 'A menudo'],
    ['{hours}', 'hours', '7,5', '7.5', '7.5'],
    ['{since}', 'since', '2026-02-03', '2026-02-03', '2026-02-03'],
    ['{words}', 'words', '<b>bold</b>', '<b>bold</b>', '<b>bold</b>'],
  ];
  for (const [pipe, name, value, en, es] of said) {
    it(`say ${pipe} of ${JSON.stringify(value)} in each language`, async () => {
      const last = { type: 'html', name: 'last', html: both(`I: ${pipe}.`, `Yo: ${pipe}.`) };
      const text = async (language: string) => {
        const form = await openJson({ elements: [...asked, last] }, { language });
        form.answer(name, value);
        const item = form.pages[0]?.items.at(-1);
        return item?.type === 'html' ? item.text : undefined;
      };
      assert.deepEqual([await text('en'), await text('es-MX')], [`I: ${en}.`, `Yo: ${es}.`]);
    });
  }

  it('say nothing of what is not answered, and leave braces around anything else', async () => {
    const html = '{role}|{role-Comment}|{days}|{week}|{week.tired}|{hours}|{nobody}|{}';
    const form = await openJson({ elements: [...asked, { type: 'html', name: 'last', html }] });
    const item = form.pages[0]?.items.at(-1);
    assert.equal(item?.type === 'html' && item.text, '||||||{nobody}|{}');
  });

  it('say what is written beside other', async () => {
    const form = await openJson({ elements: [role, { type: 'html', name: 'last', html: '{role}: {role-Comment}' }] });
    form.answer('role', 'other');
    form.answer('role-Comment', 'Sage');
    const item = form.pages[0]?.items.at(-1);
    assert.equal(item?.type === 'html' && item.text, 'Another: Sage');
  });

  it('say the value where the study says so', async () => {
    const elements = [
      { ...role, useDisplayValuesInDynamicTexts: false },
      { type: 'html', name: 'last', html: '{role}' },
    ];
    const form = await openJson({ elements }, { answers: { role: 'md' } });
    const item = form.pages[0]?.items.at(-1);
    assert.equal(item?.type === 'html' && item.text, 'md');
  });

  it('say nothing of an answer that is hidden', async () => {
    const form = await openJson({
      elements: [
        role,
        { type: 'comment', name: 'why', visibleIf: "{role} = 'md'" },
        { type: 'html', name: 'last', html: '({why})' },
      ],
    });
    const text = () => {
      const item = form.pages[0]?.items.at(-1);
      return item?.type === 'html' && item.text;
    };
    form.answer('role', 'md');
    form.answer('why', 'because');
    assert.equal(text(), '(because)');
    form.answer('role', 'rn');
    assert.equal(text(), '()');
  });

  it('stand wherever a text can', async () => {
    const pipe = both('the {role}', 'la {role}');
    const form = await openJson(
      {
        pages: [
          {
            name: 'p',
            title: pipe,
            description: pipe,
            elements: [
              role,
              {
                type: 'panel',
                name: 'panel',
                title: pipe,
                description: pipe,
                elements: [{ type: 'text', name: 'a', placeholder: pipe }],
              },
              {
                type: 'dropdown',
                name: 'b',
                title: pipe,
                description: pipe,
                placeholder: pipe,
                isRequired: true,
                requiredErrorText: pipe,
                choices: [{ value: 1, text: pipe }],
                showNoneItem: true,
                noneText: pipe,
                showOtherItem: true,
                otherText: pipe,
                otherPlaceholder: pipe,
              },
              { type: 'matrix', name: 'c', columns: [{ value: 1, text: pipe }], rows: [{ value: 1, text: pipe }] },
              {
                type: 'rating',
                name: 'd',
                rateValues: [{ value: 1, text: pipe }],
                minRateDescription: pipe,
                maxRateDescription: pipe,
              },
              { type: 'boolean', name: 'e', labelTrue: pipe, labelFalse: pipe },
              {
                type: 'text',
                name: 'f',
                validators: [{ type: 'regex', regex: '^x', text: pipe }],
              },
            ],
          },
        ],
      },
      { language: 'es', answers: { role: 'md', f: 'y' } },
    );
    const texts = JSON.stringify([form.pages, await form.problems()]).match(/(the|la) [^"]*/g) ?? [];
    assert.deepEqual(new Set(texts), new Set(['la Médica']));
    assert.equal(texts.length, 21);
  });
});
