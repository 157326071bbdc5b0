import * as v from 'valibot';
import { valueSchema } from './answers.ts';
import { textSchema } from './text.ts';

/**
 * The subset of SurveyJS JSON (https://surveyjs.io/form-library/documentation/design-survey/create-a-simple-survey)
 * that a study file may use. Three kinds of property: those the kit honours, those that only say how SurveyJS's own
 * interface should look (accepted, without effect, so that a public survey runs unchanged), and all others, which are
 * refused: a property that changes behaviour is never skipped in silence.
 */

const text = v.optional(textSchema);
const flag = v.optional(v.boolean());
const expression = v.optional(v.pipe(v.string(), v.minLength(1)));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const scalar = v.union([v.string(), v.number(), v.boolean()]);

const withoutEffect = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((property) => [property, v.optional(v.unknown())])) as Record<
    Name,
    v.OptionalSchema<v.UnknownSchema, undefined>
  >;

const box = withoutEffect(
  'width',
  'minWidth',
  'maxWidth',
  'colSpan',
  'startWithNewLine',
  'indent',
  'innerIndent',
  'state',
  'showNumber',
  'showQuestionNumbers',
  'questionStartIndex',
  'questionTitleLocation',
  'questionTitleWidth',
  'questionErrorLocation',
  'gridLayoutColumns',
  'allowAdaptiveActions',
);

const appearance = withoutEffect(
  'titleLocation',
  'descriptionLocation',
  'errorLocation',
  'hideNumber',
  'no',
  'size',
  'titleVisibility',
  'commentAreaRows',
  'colCount',
  'correctAnswer',
  'renderAs',
  'id',
  'page',
);

const choice = v.union([scalar, v.strictObject({ value: scalar, text, visibleIf: expression, enableIf: expression })]);

const validator = v.variant('type', [
  v.strictObject({
    type: v.literal('numeric'),
    text,
    minValue: v.optional(v.number()),
    maxValue: v.optional(v.number()),
  }),
  v.strictObject({
    type: v.literal('text'),
    text,
    minLength: v.optional(v.number()),
    maxLength: v.optional(v.number()),
    allowDigits: flag,
  }),
  v.strictObject({
    type: v.literal('answercount'),
    text,
    minCount: v.optional(v.number()),
    maxCount: v.optional(v.number()),
  }),
  v.strictObject({ type: v.literal('regex'), text, regex: v.string(), caseInsensitive: flag }),
  v.strictObject({ type: v.literal('email'), text }),
  v.strictObject({ type: v.literal('expression'), text, expression: v.string() }),
]);

const clearing = ['onComplete', 'onHidden', 'onHiddenContainer'] as const;

const everyElement = { name, visible: flag, visibleIf: expression, ...box, ...appearance };

const everyQuestion = {
  ...everyElement,
  title: text,
  description: text,
  /** Off: answers are piped as they are kept, not as they read. */
  useDisplayValuesInDynamicTexts: flag,
  isRequired: flag,
  requiredIf: expression,
  requiredErrorText: text,
  readOnly: flag,
  enableIf: expression,
  defaultValue: v.optional(valueSchema),
  defaultValueExpression: expression,
  setValueIf: expression,
  setValueExpression: expression,
  resetValueIf: expression,
  clearIfInvisible: v.optional(v.picklist(['default', ...clearing])),
  validators: v.optional(v.array(validator)),
};

const choices = {
  choices: v.optional(v.array(choice)),
  /** The kit's own: the study's `sites` as choices, value = site id. */
  choicesFrom: v.optional(v.literal('sites')),
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
  choicesOrder: v.optional(v.literal('none')),
  storeOthersAsComment: v.optional(v.literal(true)),
  ...withoutEffect('separateSpecialChoices', 'allowClear', 'showClearButton', 'itemComponent'),
};

const column = v.union([scalar, v.strictObject({ value: scalar, text })]);

const radiogroup = v.strictObject({ type: v.literal('radiogroup'), ...everyQuestion, ...choices });
const dropdown = v.strictObject({
  type: v.literal('dropdown'),
  ...everyQuestion,
  ...choices,
  placeholder: text,
  ...withoutEffect('searchEnabled', 'searchMode', 'autocomplete', 'textWrapEnabled', 'inputFieldComponent'),
});
const checkbox = v.strictObject({
  type: v.literal('checkbox'),
  ...everyQuestion,
  ...choices,
  minSelectedChoices: v.optional(v.number()),
  maxSelectedChoices: v.optional(v.number()),
});
const textInput = v.strictObject({
  type: v.literal('text'),
  ...everyQuestion,
  inputType: v.optional(v.picklist(['text', 'email', 'tel', 'number', 'date'])),
  min: v.optional(v.union([v.number(), v.string()])),
  max: v.optional(v.union([v.number(), v.string()])),
  minErrorText: text,
  maxErrorText: text,
  minValueExpression: expression,
  maxValueExpression: expression,
  step: v.optional(v.number()),
  stepErrorText: text,
  maxLength: v.optional(v.number()),
  autocomplete: v.optional(v.string()),
  placeholder: text,
  ...withoutEffect('textUpdateMode', 'inputWidth', 'inputSize', 'inputTextAlignment'),
});
const comment = v.strictObject({
  type: v.literal('comment'),
  ...everyQuestion,
  maxLength: v.optional(v.number()),
  placeholder: text,
  rows: v.optional(v.number()),
  ...withoutEffect('autoGrow', 'cols', 'allowResize', 'acceptCarriageReturn', 'textUpdateMode'),
});
const boolean = v.strictObject({
  type: v.literal('boolean'),
  ...everyQuestion,
  labelTrue: text,
  labelFalse: text,
  valueTrue: v.optional(scalar),
  valueFalse: v.optional(scalar),
  ...withoutEffect('swapOrder', 'displayMode', 'useTitleAsLabel'),
});
const rating = v.strictObject({
  type: v.literal('rating'),
  ...everyQuestion,
  rateMin: v.optional(v.number()),
  rateMax: v.optional(v.number()),
  rateStep: v.optional(v.number()),
  rateCount: v.optional(v.number()),
  autoGenerate: flag,
  rateValues: v.optional(v.array(column)),
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
    'itemComponent',
  ),
});
const matrix = v.strictObject({
  type: v.literal('matrix'),
  ...everyQuestion,
  columns: v.pipe(v.array(column), v.minLength(1)),
  rows: v.pipe(v.array(column), v.minLength(1)),
  isAllRowRequired: flag,
  eachRowRequired: flag,
  rowOrder: v.optional(v.literal('initial')),
  ...withoutEffect(
    'alternateRows',
    'columnMinWidth',
    'rowTitleWidth',
    'showHeader',
    'verticalAlign',
    'displayMode',
    'cellComponent',
  ),
});
const html = v.strictObject({ type: v.literal('html'), ...everyElement, html: textSchema });
const expressionQuestion = v.strictObject({
  type: v.literal('expression'),
  ...everyQuestion,
  expression: v.string(),
  /** Words around the value, which stands at `{0}`. */
  format: text,
  displayStyle: v.optional(v.picklist(['none', 'decimal', 'percent', 'currency', 'date'])),
  currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'Write its three letters: "USD".'))),
  useGrouping: flag,
  /** Digits after the point that the value itself is rounded to. */
  precision: v.optional(v.number()),
  maximumFractionDigits: v.optional(v.number()),
  minimumFractionDigits: v.optional(v.number()),
});

const panelShape = {
  ...everyElement,
  title: text,
  description: text,
  enableIf: expression,
  readOnly: flag,
  questionOrder: v.optional(v.literal('initial')),
};
const panelHead = v.strictObject({ type: v.literal('panel'), ...panelShape });

const question = v.variant('type', [
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

export type QuestionDefinition = v.InferOutput<typeof question>;
export type HtmlDefinition = v.InferOutput<typeof html>;
export type PanelDefinition = v.InferOutput<typeof panelHead> & { elements: ElementDefinition[] };
export type ElementDefinition = QuestionDefinition | HtmlDefinition | PanelDefinition;
export type ChoiceDefinition = v.InferOutput<typeof choice>;
export type ValidatorDefinition = v.InferOutput<typeof validator>;

const element: v.GenericSchema<unknown, ElementDefinition> = v.lazy(() => anyElement);
const panel = v.strictObject({ type: v.literal('panel'), ...panelShape, elements: v.array(element) });
const anyElement: v.GenericSchema<unknown, ElementDefinition> = v.variant('type', [...question.options, html, panel]);
const elements = v.pipe(v.array(element), v.minLength(1));

const page = v.strictObject({
  name: v.optional(name),
  title: text,
  description: text,
  elements,
  visible: flag,
  visibleIf: expression,
  enableIf: expression,
  readOnly: flag,
  questionOrder: v.optional(v.literal('initial')),
  ...box,
  ...withoutEffect('navigationTitle', 'navigationDescription', 'showNavigationButtons'),
});

const survey = {
  title: text,
  description: text,
  calculatedValues: v.optional(v.array(v.strictObject({ name, expression: v.string(), includeIntoResult: flag }))),
  clearInvisibleValues: v.optional(v.picklist(clearing)),
  questionsOnPageMode: v.optional(v.literal('standard')),
  questionOrder: v.optional(v.literal('initial')),
  mode: v.optional(v.literal('edit')),
  storeOthersAsComment: v.optional(v.literal(true)),
  ...withoutEffect(
    '$schema',
    'sjsVersion',
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
    'progressBarShowNavigationText',
    'progressBarShowPageTitles',
    'progressBarShowPageNumbers',
    'progressBarNavigationTextLocation',
    'progressBarInheritWidthFrom',
    'showQuestionNumbers',
    'questionErrorLocation',
    'questionTitleLocation',
    'questionDescriptionLocation',
    'showPageTitles',
    'showPageNumbers',
    'showTitle',
    'questionStartIndex',
    'questionTitlePattern',
    'requiredText',
    'requiredMark',
    'completeText',
    'previewText',
    'editText',
    'pageNextText',
    'pagePrevText',
    'startSurveyText',
    'completedHtml',
    'completedHtmlOnCondition',
    'completedBeforeHtml',
    'loadingHtml',
    'showCompletedPage',
    'showCompletePage',
    'showNavigationButtons',
    'navigationButtonsLocation',
    'showPrevButton',
    'focusFirstQuestionAutomatic',
    'autoFocusFirstQuestion',
    'focusOnFirstError',
    'autoFocusFirstError',
    'checkErrorsMode',
    'validateVisitedEmptyFields',
    'textUpdateMode',
    'autoGrowComment',
    'allowResizeComment',
    'commentAreaRows',
    'matrixDragHandleArea',
    'gridLayoutEnabled',
    'headerView',
    'backgroundImage',
    'backgroundImageFit',
    'backgroundImageAttachment',
    'backgroundOpacity',
    'showBrandInfo',
    'showTOC',
    'tocLocation',
    'tocItemComponent',
  ),
};

/** A form: pages of elements, or elements alone, which are then one page. */
export const formDefinitionSchema = v.union([
  v.strictObject({ ...survey, pages: v.pipe(v.array(page), v.minLength(1)) }),
  v.strictObject({ ...survey, elements }),
]);

export type PageDefinition = v.InferOutput<typeof page>;
export type FormDefinition = v.InferOutput<typeof formDefinitionSchema>;
