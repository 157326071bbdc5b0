import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Serializer } from 'survey-core';
import { formDefinitionSchema } from '../../src/study/study-file.ts';

/**
 * Every property that SurveyJS knows for what the kit supports, in exactly one class: honoured, without effect (both read
 * from the schema), or refused, listed here with the reason. A release of survey-core that brings a new one fails here.
 */

/** What is asked of a schema here, whichever its kind. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly wrapped?: Schema;
  readonly item?: Schema;
  readonly options?: readonly Schema[];
  readonly literal?: unknown;
  readonly getter?: () => Schema;
}

type Entries = Readonly<Record<string, Schema>>;

function inside(schema: Schema | undefined): Schema {
  assert.ok(schema);
  if (schema.type === 'optional') return inside(schema.wrapped);
  if (schema.type === 'lazy') return inside(schema.getter?.());
  return schema.type === 'array' ? inside(schema.item) : schema;
}

function entriesOf(schema: Schema | undefined): Entries {
  const found = inside(schema);
  const { entries } = found.entries ? found : inside(found.options?.find((option) => option.entries));
  assert.ok(entries);
  return entries;
}

const [withPages, withElements] = (formDefinitionSchema as unknown as Schema).options ?? [];
const survey = { ...entriesOf(withPages), ...entriesOf(withElements) };
const page = entriesOf(survey.pages);
const elements = Object.fromEntries(
  (inside(page.elements).options ?? []).map((option) => [String(option.entries?.type?.literal), entriesOf(option)]),
);
const validators = Object.fromEntries(
  (inside(elements.text?.validators).options ?? []).map((option) => [
    `${option.entries?.type?.literal}validator`,
    entriesOf(option),
  ]),
);

const schemas: Readonly<Record<string, Entries>> = {
  survey,
  page,
  ...elements,
  ...validators,
  calculatedvalue: entriesOf(survey.calculatedValues),
  choiceitem: entriesOf(elements.radiogroup?.choices),
  checkboxitem: entriesOf(elements.checkbox?.choices),
  ratingitem: entriesOf(elements.rating?.rateValues),
  matrixcolumn: entriesOf(elements.matrix?.columns),
};

interface Refusal {
  readonly why: string;
  /** The classes of SurveyJS; absent: wherever it has the property. */
  readonly of?: readonly string[];
  readonly properties: readonly string[];
}

const refusals: readonly Refusal[] = [
  { why: 'a service that stores answers elsewhere', properties: ['surveyId', 'surveyPostId', 'surveyShowDataSaving'] },
  {
    why: 'where answers go is the element’s to say',
    properties: ['cookieName', 'partialSendEnabled', 'navigateToUrl', 'navigateToUrlOnCondition'],
  },
  { why: 'code that runs on answers', properties: ['triggers', 'bindings'] },
  { why: 'answers under other names', properties: ['valueName', 'valuePropertyName', 'defaultDisplayValue'] },
  {
    why: 'another answer than the question’s',
    properties: [
      'showCommentArea',
      'commentText',
      'commentPlaceholder',
      'isCommentRequired',
      'allowCustomChoices',
      'createCustomChoiceText',
    ],
  },
  { why: 'questions inside a choice', of: ['choiceitem', 'checkboxitem'], properties: ['elements'] },
  { why: 'chance', properties: ['randomize', 'randomizeCategory'] },
  { why: 'clocks', properties: ['showTimer', 'timeLimit', 'timeLimitPerPage', 'timerLocation', 'timerInfoMode'] },
  {
    why: 'pages that are none of the kit’s',
    properties: ['firstPageIsStartPage', 'showPreviewBeforeComplete', 'previewMode'],
  },
  { why: 'going on without being asked to', properties: ['autoAdvanceEnabled', 'autoAdvanceAllowComplete'] },
  { why: 'a form that nobody can answer', of: ['survey'], properties: ['readOnly'] },
  { why: 'a limit that is not at the question', properties: ['maxTextLength', 'maxCommentLength'] },
  { why: 'another region than the language’s', properties: ['regionalFormat'] },
  {
    why: 'a panel or page that needs one answer of several',
    of: ['panel', 'page'],
    properties: ['isRequired', 'requiredIf', 'requiredErrorText'],
  },
  {
    why: 'choices from elsewhere',
    properties: [
      'choicesByUrl',
      'choicesFromQuestion',
      'choicesFromQuestionMode',
      'choiceValuesFromQuestion',
      'choiceTextsFromQuestion',
      'choicesMin',
      'choicesMax',
      'choicesStep',
      'choicesLazyLoadEnabled',
      'choicesLazyLoadPageSize',
      'dataList',
    ],
  },
  { why: 'questions that hide for want of choices', properties: ['hideIfChoicesEmpty', 'hideIfRowsEmpty'] },
  { why: 'choices that act on others', properties: ['showSelectAllItem', 'selectAllText', 'isExclusive'] },
  { why: 'input masks', properties: ['maskType', 'maskSettings'] },
  { why: 'other matrices', properties: ['cells', 'cellType', 'columnsVisibleIf', 'rowsVisibleIf', 'eachRowUnique'] },
  {
    why: 'conditions inside scales and grids',
    of: ['ratingitem', 'matrixcolumn'],
    properties: ['visibleIf', 'enableIf'],
  },
  { why: 'problems that are none', properties: ['notificationType'] },
  {
    why: 'a text has no title, answer or rule',
    of: ['html'],
    properties: [
      'title',
      'description',
      'enableIf',
      'readOnly',
      'defaultValue',
      'defaultValueExpression',
      'setValueIf',
      'setValueExpression',
      'resetValueIf',
      'clearIfInvisible',
      'requiredIf',
      'requiredErrorText',
      'validators',
      'useDisplayValuesInDynamicTexts',
    ],
  },
];

const refusedOf = (name: string) =>
  refusals.flatMap(({ of, properties }) => (of === undefined || of.includes(name) ? properties : []));

/** What survey-core itself would write to JSON. */
function knownOf(name: string): readonly string[] {
  return Serializer.getProperties(name)
    .filter(({ isSerializable }) => isSerializable)
    .map((property) => property.name);
}

describe('properties of SurveyJS', () => {
  for (const [name, entries] of Object.entries(schemas)) {
    it(`of ${name}: each is honoured, without effect, or refused with a reason`, () => {
      const known = knownOf(name);
      assert.ok(known.length > 1, 'survey-core has the class');
      const refused = refusedOf(name);
      assert.deepEqual(
        known.filter((property) => !(property in entries) && !refused.includes(property)),
        [],
        'new in survey-core: honour it, accept it without effect, or refuse it',
      );
      assert.deepEqual(
        known.filter((property) => property in entries && refused.includes(property)),
        [],
        'refused here, and in the schema',
      );
    });
  }

  it('covers every type of the kit', () => {
    assert.deepEqual(Object.keys(elements).sort(), [
      ...['boolean', 'checkbox', 'comment', 'dropdown', 'expression', 'html', 'matrix', 'panel', 'radiogroup'],
      ...['rating', 'text'],
    ]);
    assert.deepEqual(Object.keys(validators).sort(), [
      ...['answercountvalidator', 'emailvalidator', 'expressionvalidator', 'numericvalidator', 'regexvalidator'],
      'textvalidator',
    ]);
  });

  it('lists no refusal that SurveyJS has nothing of', () => {
    const stale = refusals.flatMap(({ of = Object.keys(schemas), properties }) =>
      properties.filter((property) => !of.some((name) => knownOf(name).includes(property))),
    );
    assert.deepEqual(stale, []);
  });

  it('accepts without effect only what says how SurveyJS’s own interface looks', () => {
    const inert = Object.values(schemas).flatMap((entries) =>
      Object.entries(entries).flatMap(([name, entry]) => (entry.wrapped?.type === 'unknown' ? [name] : [])),
    );
    const deciding =
      /If$|Expression$|^(required|readOnly|enable|choices$|validators|default|maxLength|min$|max$|trigger)/;
    assert.deepEqual(
      inert.filter((name) => deciding.test(name)),
      ['requiredText', 'requiredMark'],
    );
  });
});
