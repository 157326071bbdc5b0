import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logicIn } from '../../src/form/logic.ts';
import { openForm, strayAnswers } from '../../src/form/open-form.ts';
import { defineForm } from '../suites/support/define-form.ts';

const EXPRESSION = "{role} = 'nurse'";
const both = (en: string, es: string) => ({ en, es });

/** A form of two questions, the second with something more. */
const form = (more: object, top: object = {}) => ({
  ...top,
  pages: [
    { elements: [{ type: 'radiogroup', name: 'role', choices: ['nurse'], showOtherItem: true }] },
    { elements: [{ type: 'panel', name: 'p', elements: [{ type: 'text', name: 'hours', ...more }] }] },
  ],
});
const HERE = 'pages[1].elements[0].elements[0]';

const found: readonly (readonly [string, object, string])[] = [
  ...[
    'visibleIf',
    'enableIf',
    'requiredIf',
    'setValueIf',
    'resetValueIf',
    'setValueExpression',
    'defaultValueExpression',
  ]
    .concat(['minValueExpression', 'maxValueExpression'])
    .map((key): [string, object, string] => [key, form({ [key]: EXPRESSION }), `${HERE}.${key}`]),
  [
    'visibleIf of a page',
    { pages: [{ visibleIf: EXPRESSION, elements: [{ type: 'comment', name: 'a' }] }] },
    'pages[0].visibleIf',
  ],
  [
    'visibleIf of a panel',
    { elements: [{ type: 'panel', name: 'p', visibleIf: EXPRESSION, elements: [] }] },
    'elements[0].visibleIf',
  ],
  [
    'visibleIf of prose',
    { elements: [{ type: 'html', name: 'h', html: 'x', visibleIf: EXPRESSION }] },
    'elements[0].visibleIf',
  ],
  [
    'visibleIf of a choice',
    { elements: [{ type: 'dropdown', name: 'q', choices: ['a', { value: 'b', visibleIf: EXPRESSION }] }] },
    'elements[0].choices[1].visibleIf',
  ],
  [
    'enableIf of a choice',
    { elements: [{ type: 'checkbox', name: 'q', choices: [{ value: 'b', enableIf: EXPRESSION }] }] },
    'elements[0].choices[0].enableIf',
  ],
  [
    'choicesVisibleIf',
    { elements: [{ type: 'checkbox', name: 'q', choices: ['a'], choicesVisibleIf: EXPRESSION }] },
    'elements[0].choicesVisibleIf',
  ],
  [
    'choicesEnableIf',
    { elements: [{ type: 'checkbox', name: 'q', choices: ['a'], choicesEnableIf: EXPRESSION }] },
    'elements[0].choicesEnableIf',
  ],
  [
    'an expression validator',
    form({ validators: [{ type: 'email' }, { type: 'expression', expression: EXPRESSION }] }),
    `${HERE}.validators[1].expression`,
  ],
  [
    'a calculated question',
    { elements: [{ type: 'expression', name: 'sum', expression: '1 + 1' }] },
    'elements[0].expression',
  ],
  ['calculated values', form({}, { calculatedValues: [{ name: 'sum', expression: '1 + 1' }] }), 'calculatedValues'],
  ['a piped title', form({ title: 'Hello {role}' }), `${HERE}.title`],
  ['a piped title in one language', form({ title: both('Hello', 'Hola { role }') }), `${HERE}.title`],
  ['a piped name in other capitals', form({ title: 'Hello {ROLE}' }), `${HERE}.title`],
  ['a piped part of an answer', form({ description: 'At {role.site}' }), `${HERE}.description`],
  ['a piped item of an answer', form({ placeholder: 'At {role[0]}' }), `${HERE}.placeholder`],
  ['a piped text beside other', form({ requiredErrorText: '{role-Comment}?' }), `${HERE}.requiredErrorText`],
  [
    'piped prose',
    {
      elements: [
        { type: 'text', name: 'a' },
        { type: 'html', name: 'h', html: 'Dear {a}' },
      ],
    },
    'elements[1].html',
  ],
  [
    'a piped choice',
    {
      elements: [
        { type: 'text', name: 'a' },
        { type: 'dropdown', name: 'q', choices: [{ value: 1, text: '{a}' }] },
      ],
    },
    'elements[1].choices[0].text',
  ],
];

const plain: readonly (readonly [string, object])[] = [
  ['nothing but questions', form({})],
  ['braces around what is no question', form({ title: 'Write {name} or {}' })],
  ['a question hidden for good', form({ visible: false })],
  ['validators without logic', form({ validators: [{ type: 'numeric', minValue: 1 }] })],
  [
    'a default that looks like logic',
    { elements: [{ type: 'matrix', name: 'q', columns: [1], rows: ['visibleIf'], defaultValue: { visibleIf: 1 } }] },
  ],
];

describe('logicIn', () => {
  for (const [name, json, path] of found) {
    it(`finds ${name}`, async () => {
      assert.equal(logicIn(await defineForm(json)), path);
    });
  }

  for (const [name, json] of plain) {
    it(`finds none in ${name}`, async () => {
      assert.equal(logicIn(await defineForm(json)), undefined);
    });
  }
});

describe('openForm', () => {
  const options = { language: 'en', languages: ['en'] };

  it('leaves out answers to questions that the form does not have', async () => {
    const definition = await defineForm(form({}));
    const answers = { role: 'nurse', 'role-Comment': 'x', 'hours-Comment': 'x', gone: 1, constructor: 2 };
    const opened = await openForm(definition, { ...options, answers });
    assert.deepEqual(opened.answers, { role: 'nurse', 'role-Comment': 'x' });
    assert.deepEqual(strayAnswers(definition, answers), ['hours-Comment', 'gone', 'constructor']);
  });
});
