import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FormError } from '../../src/form/form-error.ts';
import { openSurveyForm } from '../../src/form/survey-form.ts';
import { defineForm } from '../suites/support/define-form.ts';
import { keepConsoleSilent } from '../support/silent-console.ts';

/** What a study team reads of an expression that cannot work: where it is, what is wrong, how to mend it. */

const form = (more: object, top: object = {}) => ({
  ...top,
  pages: [
    {
      elements: [
        { type: 'radiogroup', name: 'role', choices: ['md', 'rn'], showOtherItem: true },
        { type: 'matrix', name: 'week', columns: ['y', 'n'], rows: ['tired', 'calm'] },
        { type: 'text', name: 'hidden', visible: false },
        { type: 'panel', name: 'off', visible: false, elements: [{ type: 'text', name: 'inside' }] },
      ],
    },
    {
      elements: [{ type: 'panel', name: 'p', elements: [{ type: 'dropdown', name: 'home', choices: ['a'], ...more }] }],
    },
  ],
});
const HERE = 'pages[1].elements[0].elements[0]';
const NAMES = 'Use "role", "week", "hidden", "inside" or "home".';
const WRITE = "Write it like {role} = 'md' and {age} >= 18.";
const NEVER =
  'is never shown, so that nobody receives its answer. Use "calculatedValues", or a question of the type "expression".';

const broken: readonly (readonly [string, object, path: string, says: string])[] = [
  [
    'half an expression',
    { visibleIf: '{role} =' },
    `${HERE}.visibleIf`,
    `is "{role} =", which is no expression. ${WRITE}`,
  ],
  [
    'an open quote',
    { enableIf: "{role} = 'md" },
    `${HERE}.enableIf`,
    `is "{role} = 'md", which is no expression. ${WRITE}`,
  ],
  ['an open brace', { requiredIf: '{role' }, `${HERE}.requiredIf`, `is "{role", which is no expression. ${WRITE}`],
  [
    'JavaScript',
    { visibleIf: '{role} === 1 && true' },
    `${HERE}.visibleIf`,
    `is "{role} === 1 && true", which is no expression. ${WRITE}`,
  ],
  [
    'a question that is not there',
    { visibleIf: "{job} = 'md'" },
    `${HERE}.visibleIf`,
    `asks about {job}, which the form does not have. ${NAMES}`,
  ],
  [
    'a misspelt question',
    { setValueIf: "{roel} = 'md'" },
    `${HERE}.setValueIf`,
    'asks about {roel}, which the form does not have. Did you mean "role"? It can be "role", "week", "hidden", "inside" or "home".',
  ],
  [
    'blanks within the braces, which SurveyJS takes for part of the name',
    { visibleIf: "{ role } = 'md'" },
    `${HERE}.visibleIf`,
    'asks about { role }, which the form does not have. Did you mean "role"? It can be "role", "week", "hidden", "inside" or "home".',
  ],
  [
    'a row that is not there',
    { visibleIf: "{week.tried} = 'y'" },
    `${HERE}.visibleIf`,
    `asks about {week.tried}, which the form does not have. ${NAMES}`,
  ],
  [
    'a part of what has none',
    { visibleIf: "{role.title} = 'y'" },
    `${HERE}.visibleIf`,
    `asks about {role.title}, which the form does not have. ${NAMES}`,
  ],
  [
    'the text beside no other',
    { visibleIf: '{home-Comment} notempty' },
    `${HERE}.visibleIf`,
    `asks about {home-Comment}, which the form does not have. ${NAMES}`,
  ],
  [
    'the choice in question, where none is',
    { visibleIf: '{item} = 1' },
    `${HERE}.visibleIf`,
    `asks about {item}, which the form does not have. ${NAMES}`,
  ],
  [
    'a page',
    { visibleIf: '{page1} notempty' },
    `${HERE}.visibleIf`,
    `asks about {page1}, which the form does not have. ${NAMES}`,
  ],
  ['a hidden question', { visibleIf: '{hidden} = 1' }, `${HERE}.visibleIf`, `asks about {hidden}, which ${NEVER}`],
  [
    'a question in a hidden panel',
    { visibleIf: '{inside} = 1' },
    `${HERE}.visibleIf`,
    `asks about {inside}, which ${NEVER}`,
  ],
  [
    'a misspelt function',
    { setValueExpression: 'tody()' },
    `${HERE}.setValueExpression`,
    'calls tody(), which the kit does not have. Did you mean "today"? It can be "age", "avg", "avgInArray", "count", "countInArray", "currentDate", "currentYear", "dateAdd", "dateDiff", "day", "diffDays", "displayValue" or 17 more.',
  ],
  [
    'a question that a function is told',
    { visibleIf: "displayValue('job') = 'x'" },
    `${HERE}.visibleIf`,
    `asks about {job}, which the form does not have. ${NAMES}`,
  ],
  [
    'a condition of a choice',
    { choices: ['a', { value: 'b', enableIf: '{job} = {item}' }] },
    `${HERE}.choices[1].enableIf`,
    `asks about {job}, which the form does not have. ${NAMES}`,
  ],
  [
    'a condition of all choices',
    { choicesVisibleIf: '{job} contains {item}' },
    `${HERE}.choicesVisibleIf`,
    `asks about {job}, which the form does not have. ${NAMES}`,
  ],
  [
    'a rule',
    { validators: [{ type: 'expression', expression: '{home} <> {job}', text: 'x' }] },
    `${HERE}.validators[0].expression`,
    `asks about {job}, which the form does not have. ${NAMES}`,
  ],
];

async function errorOf(json: object): Promise<FormError> {
  const definition = await defineForm(json);
  try {
    openSurveyForm(definition, { language: 'en', languages: ['en'] });
  } catch (error) {
    assert.ok(error instanceof FormError);
    return error;
  }
  throw new assert.AssertionError({ message: 'The form was opened.' });
}

describe('an expression that cannot work', () => {
  keepConsoleSilent();

  for (const [name, more, path, says] of broken) {
    it(name, async () => {
      const { code, path: place, message } = await errorOf(form(more));
      assert.equal(message, `${path}: ${says}`);
      assert.deepEqual({ code, place }, { code: 'bad-expression', place: path });
    });
  }

  it('a function that asks how SurveyJS sees the form', async () => {
    for (const call of ["isContainerReady('p')", 'isDisplayMode()', "propertyValue('role', 'title')"]) {
      const { message } = await errorOf(form({ visibleIf: `${call} = true` }));
      assert.match(message, /visibleIf: calls \w+\(\), which the kit does not have\. Use "age"/);
    }
  });

  it('a calculated value', async () => {
    const { path } = await errorOf(form({}, { calculatedValues: [{ name: 'x', expression: '{job} + 1' }] }));
    assert.equal(path, 'calculatedValues[0].expression');
  });

  it('the condition of a page', async () => {
    const page = { visibleIf: '{job} = 1', elements: [{ type: 'text', name: 'q' }] };
    assert.equal((await errorOf({ pages: [page] })).path, 'pages[0].visibleIf');
  });
});

describe('an expression that can work', () => {
  keepConsoleSilent();

  const fine = [
    "{role} = 'md' and ({week.tired} = 'y' or {role-Comment} notempty)",
    "{ROLE} anyof ['md'] and {$role} <> {#role}",
    "iif({role} = 'md', 1, 2) > 1 and {role} notempty",
    "'{job}' = {role}",
    'round(sum(1, 2) / 3, 1) >= 1 and year(today()) > 2000',
    "{locale} = 'en'",
    "{total} > 1 and getComment('role') = 'x'",
  ];
  for (const expression of fine) {
    it(expression, async () => {
      const definition = await defineForm(
        form({ visibleIf: expression }, { calculatedValues: [{ name: 'total', expression: '1 + 1' }] }),
      );
      assert.ok(openSurveyForm(definition, { language: 'en', languages: ['en'] }).shown.has('role'));
    });
  }
});
