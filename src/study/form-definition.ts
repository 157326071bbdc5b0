import { z } from 'zod/mini';
import { valueSchema } from './answers.ts';
import { textSchema } from './text.ts';

/**
 * The subset of SurveyJS JSON (https://surveyjs.io/form-library/documentation/design-survey/create-a-simple-survey)
 * that a study file may use. Three kinds of property: those the kit honours, those that only say how SurveyJS's own
 * interface should look (accepted, without effect, so that a public survey runs unchanged), and all others, which are
 * refused: a property that changes behaviour is never skipped in silence.
 */

const text = z.optional(textSchema);
const flag = z.optional(z.boolean());
const expression = z.optional(z.string().check(z.minLength(1)));
const name = z.string().check(z.minLength(1), z.maxLength(200));
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const withoutEffect = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((property) => [property, z.optional(z.unknown())])) as Record<
    Name,
    z.ZodMiniOptional<z.ZodMiniUnknown>
  >;

const appearance = withoutEffect(
  'width',
  'minWidth',
  'maxWidth',
  'startWithNewLine',
  'indent',
  'titleLocation',
  'descriptionLocation',
  'errorLocation',
  'hideNumber',
  'showNumber',
  'no',
  'size',
  'state',
  'useDisplayValuesInDynamicTexts',
  'useDisplayValuesInTitle',
  'innerIndent',
  'questionTitleLocation',
  'titleVisibility',
  'questionTitleWidth',
  'commentAreaRows',
  'colCount',
  'correctAnswer',
  'renderAs',
  'id',
  'page',
);

const choice = z.union([scalar, z.strictObject({ value: scalar, text, visibleIf: expression, enableIf: expression })]);

const validator = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('numeric'),
    text,
    minValue: z.optional(z.number()),
    maxValue: z.optional(z.number()),
  }),
  z.strictObject({
    type: z.literal('text'),
    text,
    minLength: z.optional(z.number()),
    maxLength: z.optional(z.number()),
    allowDigits: flag,
  }),
  z.strictObject({
    type: z.literal('answercount'),
    text,
    minCount: z.optional(z.number()),
    maxCount: z.optional(z.number()),
  }),
  z.strictObject({ type: z.literal('regex'), text, regex: z.string(), caseInsensitive: flag }),
  z.strictObject({ type: z.literal('email'), text }),
  z.strictObject({ type: z.literal('expression'), text, expression: z.string() }),
]);

const everyElement = { name, visible: flag, visibleIf: expression, ...appearance };

const everyQuestion = {
  ...everyElement,
  title: text,
  description: text,
  isRequired: flag,
  requiredIf: expression,
  requiredErrorText: text,
  readOnly: flag,
  enableIf: expression,
  defaultValue: z.optional(valueSchema),
  defaultValueExpression: expression,
  setValueIf: expression,
  setValueExpression: expression,
  resetValueIf: expression,
  clearIfInvisible: z.optional(z.enum(['default', 'none', 'onComplete', 'onHidden', 'onHiddenContainer'])),
  validators: z.optional(z.array(validator)),
};

const choices = {
  choices: z.optional(z.array(choice)),
  /** The kit's own: the study's `sites` as choices, value = site id. */
  choicesFrom: z.optional(z.literal('sites')),
  choicesVisibleIf: expression,
  choicesEnableIf: expression,
  showNoneItem: flag,
  hasNone: flag,
  noneText: text,
  showOtherItem: flag,
  hasOther: flag,
  otherText: text,
  otherPlaceholder: text,
  otherErrorText: text,
  showRefuseItem: flag,
  refuseText: text,
  showDontKnowItem: flag,
  dontKnowText: text,
  choicesOrder: z.optional(z.literal('none')),
  ...withoutEffect('separateSpecialChoices', 'showClearButton', 'itemComponent'),
};

const column = z.union([scalar, z.strictObject({ value: scalar, text })]);

const radiogroup = z.strictObject({ type: z.literal('radiogroup'), ...everyQuestion, ...choices });
const dropdown = z.strictObject({
  type: z.literal('dropdown'),
  ...everyQuestion,
  ...choices,
  placeholder: text,
  ...withoutEffect('allowClear', 'searchEnabled', 'searchMode', 'autocomplete', 'textWrapEnabled'),
});
const checkbox = z.strictObject({
  type: z.literal('checkbox'),
  ...everyQuestion,
  ...choices,
  minSelectedChoices: z.optional(z.number()),
  maxSelectedChoices: z.optional(z.number()),
});
const textInput = z.strictObject({
  type: z.literal('text'),
  ...everyQuestion,
  inputType: z.optional(z.enum(['text', 'email', 'tel', 'number', 'date'])),
  min: z.optional(z.union([z.number(), z.string()])),
  max: z.optional(z.union([z.number(), z.string()])),
  minErrorText: text,
  maxErrorText: text,
  minValueExpression: expression,
  maxValueExpression: expression,
  step: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  autocomplete: z.optional(z.string()),
  placeholder: text,
  ...withoutEffect('textUpdateMode', 'inputWidth'),
});
const comment = z.strictObject({
  type: z.literal('comment'),
  ...everyQuestion,
  maxLength: z.optional(z.number()),
  placeholder: text,
  rows: z.optional(z.number()),
  ...withoutEffect('autoGrow', 'cols', 'allowResize', 'acceptCarriageReturn', 'textUpdateMode'),
});
const boolean = z.strictObject({
  type: z.literal('boolean'),
  ...everyQuestion,
  labelTrue: text,
  labelFalse: text,
  valueTrue: z.optional(scalar),
  valueFalse: z.optional(scalar),
  ...withoutEffect('swapOrder'),
});
const rating = z.strictObject({
  type: z.literal('rating'),
  ...everyQuestion,
  rateMin: z.optional(z.number()),
  rateMax: z.optional(z.number()),
  rateStep: z.optional(z.number()),
  rateCount: z.optional(z.number()),
  autoGenerate: flag,
  rateValues: z.optional(z.array(column)),
  minRateDescription: text,
  maxRateDescription: text,
  ...withoutEffect(
    'rateType',
    'rateDisplayMode',
    'displayMode',
    'scaleColorMode',
    'rateColorMode',
    'displayRateDescriptionsAsExtremeItems',
    'rateDescriptionLocation',
  ),
});
const matrix = z.strictObject({
  type: z.literal('matrix'),
  ...everyQuestion,
  columns: z.array(column).check(z.minLength(1)),
  rows: z.array(column).check(z.minLength(1)),
  isAllRowRequired: flag,
  eachRowRequired: flag,
  ...withoutEffect('alternateRows', 'columnMinWidth', 'rowTitleWidth', 'showHeader', 'verticalAlign'),
});
const html = z.strictObject({ type: z.literal('html'), ...everyElement, html: textSchema });
const expressionQuestion = z.strictObject({
  type: z.literal('expression'),
  ...everyQuestion,
  expression: z.string(),
  displayStyle: z.optional(z.enum(['none', 'decimal', 'percent', 'date'])),
  maximumFractionDigits: z.optional(z.number()),
  minimumFractionDigits: z.optional(z.number()),
});

const panelShape = { ...everyElement, title: text, description: text, enableIf: expression, readOnly: flag };
const panelHead = z.strictObject({ type: z.literal('panel'), ...panelShape });

const question = z.discriminatedUnion('type', [
  radiogroup,
  dropdown,
  checkbox,
  textInput,
  comment,
  boolean,
  rating,
  matrix,
  expressionQuestion,
]);

export type QuestionDefinition = z.output<typeof question>;
export type HtmlDefinition = z.output<typeof html>;
export type PanelDefinition = z.output<typeof panelHead> & { elements: ElementDefinition[] };
export type ElementDefinition = QuestionDefinition | HtmlDefinition | PanelDefinition;
export type ChoiceDefinition = z.output<typeof choice>;
export type ValidatorDefinition = z.output<typeof validator>;

const element: z.ZodMiniType<ElementDefinition> = z.lazy(() =>
  z.discriminatedUnion('type', [
    ...question.def.options,
    html,
    z.strictObject({ type: z.literal('panel'), ...panelShape, elements: z.array(element) }),
  ]),
);
const elements = z.array(element).check(z.minLength(1));

const page = z.strictObject({
  name: z.optional(name),
  title: text,
  description: text,
  elements,
  visible: flag,
  visibleIf: expression,
  enableIf: expression,
  readOnly: flag,
  ...withoutEffect(
    'navigationTitle',
    'navigationDescription',
    'showNavigationButtons',
    'questionTitleLocation',
    'questionTitleWidth',
  ),
});

const survey = {
  title: text,
  description: text,
  calculatedValues: z.optional(z.array(z.strictObject({ name, expression: z.string(), includeIntoResult: flag }))),
  clearInvisibleValues: z.optional(z.enum(['none', 'onComplete', 'onHidden', 'onHiddenContainer'])),
  questionsOnPageMode: z.optional(z.literal('standard')),
  mode: z.optional(z.literal('edit')),
  ...withoutEffect(
    'locale',
    'logo',
    'logoPosition',
    'logoWidth',
    'logoHeight',
    'logoFit',
    'width',
    'widthMode',
    'fitToContainer',
    'showProgressBar',
    'progressBarLocation',
    'progressBarType',
    'progressTitle',
    'showQuestionNumbers',
    'questionErrorLocation',
    'questionTitleLocation',
    'questionDescriptionLocation',
    'showPageTitles',
    'showPageNumbers',
    'showTitle',
    'requiredText',
    'requiredMark',
    'completeText',
    'pageNextText',
    'pagePrevText',
    'startSurveyText',
    'completedHtml',
    'showCompletedPage',
    'showCompletePage',
    'showNavigationButtons',
    'navigationButtonsLocation',
    'showPrevButton',
    'focusFirstQuestionAutomatic',
    'autoFocusFirstQuestion',
    'checkErrorsMode',
    'textUpdateMode',
    'headerView',
    'backgroundImage',
    'showTOC',
    'tocLocation',
  ),
};

/** A form: pages of elements, or elements alone, which are then one page. */
export const formDefinitionSchema = z.union([
  z.strictObject({ ...survey, pages: z.array(page).check(z.minLength(1)) }),
  z.strictObject({ ...survey, elements }),
]);

export type PageDefinition = z.output<typeof page>;
export type FormDefinition = z.output<typeof formDefinitionSchema>;
