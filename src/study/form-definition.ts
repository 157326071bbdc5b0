import * as v from 'valibot';
import { valueSchema } from './answers.ts';
import { textSchema } from './text.ts';

/**
 * The subset of SurveyJS JSON (https://surveyjs.io/form-library/documentation/design-survey/create-a-simple-survey)
 * that a study file may use. Three kinds of property: those the kit honours, which stand here; those that only say how
 * SurveyJS's own interface should look (`surveyjs-appearance.ts`); and all others, which are refused: a property that
 * changes behaviour is never skipped in silence.
 */

const text = v.optional(textSchema);
const flag = v.optional(v.boolean());
const expression = v.optional(v.pipe(v.string(), v.minLength(1)));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const scalar = v.union([v.string(), v.number(), v.boolean()]);

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

const everyElement = { name, visible: flag, visibleIf: expression };

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
};

const column = v.union([scalar, v.strictObject({ value: scalar, text })]);

const radiogroup = { type: v.literal('radiogroup'), ...everyQuestion, ...choices };
const dropdown = {
  type: v.literal('dropdown'),
  ...everyQuestion,
  ...choices,
  placeholder: text,
};
const checkbox = {
  type: v.literal('checkbox'),
  ...everyQuestion,
  ...choices,
  minSelectedChoices: v.optional(v.number()),
  maxSelectedChoices: v.optional(v.number()),
};
const textInput = {
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
};
const comment = {
  type: v.literal('comment'),
  ...everyQuestion,
  maxLength: v.optional(v.number()),
  placeholder: text,
  rows: v.optional(v.number()),
};
const boolean = {
  type: v.literal('boolean'),
  ...everyQuestion,
  labelTrue: text,
  labelFalse: text,
  valueTrue: v.optional(scalar),
  valueFalse: v.optional(scalar),
};
const rating = {
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
};
const matrix = {
  type: v.literal('matrix'),
  ...everyQuestion,
  columns: v.pipe(v.array(column), v.minLength(1)),
  rows: v.pipe(v.array(column), v.minLength(1)),
  isAllRowRequired: flag,
  eachRowRequired: flag,
  rowOrder: v.optional(v.literal('initial')),
};
const html = { type: v.literal('html'), ...everyElement, html: textSchema };
const expressionQuestion = {
  type: v.literal('expression'),
  ...everyQuestion,
  expression: v.string(),
  /** Words around the value, which stands at `{0}`. */
  format: text,
  displayStyle: v.optional(v.picklist(['none', 'decimal', 'percent', 'currency', 'date'])),
  currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, '@currency'))),
  useGrouping: flag,
  /** Digits after the point that the value itself is rounded to. */
  precision: v.optional(v.number()),
  maximumFractionDigits: v.optional(v.number()),
  minimumFractionDigits: v.optional(v.number()),
};

const panel = {
  type: v.literal('panel'),
  ...everyElement,
  title: text,
  description: text,
  enableIf: expression,
  readOnly: flag,
  questionOrder: v.optional(v.literal('initial')),
};

const page = {
  name: v.optional(name),
  title: text,
  description: text,
  visible: flag,
  visibleIf: expression,
  enableIf: expression,
  readOnly: flag,
  questionOrder: v.optional(v.literal('initial')),
};

const survey = {
  title: text,
  description: text,
  calculatedValues: v.optional(v.array(v.strictObject({ name, expression: v.string(), includeIntoResult: flag }))),
  clearInvisibleValues: v.optional(v.picklist(clearing)),
  questionsOnPageMode: v.optional(v.literal('standard')),
  questionOrder: v.optional(v.literal('initial')),
  mode: v.optional(v.literal('edit')),
  storeOthersAsComment: v.optional(v.literal(true)),
};

type Place =
  | 'box'
  | 'element'
  | 'choices'
  | 'dropdown'
  | 'text'
  | 'comment'
  | 'boolean'
  | 'rating'
  | 'matrix'
  | 'page'
  | 'survey';

/** The names of properties without effect, by where they may stand. */
export type Appearance = Readonly<Partial<Record<Place, readonly string[]>>>;

/**
 * A form: pages of elements, or elements alone, which are then one page.
 *
 * @param appearance which properties without effect are accepted; none where a form is to be read with the least code
 */
export function formSchema(appearance: Appearance = {}) {
  const also = (...places: readonly Place[]): Readonly<Record<never, never>> =>
    Object.fromEntries(
      places.flatMap((place) => appearance[place] ?? []).map((each) => [each, v.optional(v.unknown())]),
    );
  const every = also('box', 'element');
  const everyChoice = { ...every, ...also('choices') };
  const questions = [
    v.strictObject({ ...radiogroup, ...everyChoice }),
    v.strictObject({ ...dropdown, ...everyChoice, ...also('dropdown') }),
    v.strictObject({ ...checkbox, ...everyChoice }),
    v.strictObject({ ...textInput, ...every, ...also('text') }),
    v.strictObject({ ...comment, ...every, ...also('comment') }),
    v.strictObject({ ...boolean, ...every, ...also('boolean') }),
    v.strictObject({ ...rating, ...every, ...also('rating') }),
    v.strictObject({ ...matrix, ...every, ...also('matrix') }),
    v.strictObject({ ...expressionQuestion, ...every }),
  ] as const;
  const element: v.GenericSchema<unknown, ElementDefinition> = v.lazy(() => anyElement);
  const anyElement: v.GenericSchema<unknown, ElementDefinition> = v.variant('type', [
    ...questions,
    v.strictObject({ ...html, ...every }),
    v.strictObject({ ...panel, ...every, elements: v.array(element) }),
  ]);
  const elements = v.pipe(v.array(element), v.minLength(1));
  const pages = v.pipe(v.array(v.strictObject({ ...page, elements, ...also('box', 'page') })), v.minLength(1));
  return v.union([
    v.strictObject({ ...survey, ...also('survey'), pages }),
    v.strictObject({ ...survey, ...also('survey'), elements }),
  ]);
}

type Of<Entries extends v.ObjectEntries> = v.InferOutput<v.StrictObjectSchema<Entries, undefined>>;

export type HtmlDefinition = Of<typeof html>;
export type PanelDefinition = Of<typeof panel> & { elements: ElementDefinition[] };
export type QuestionDefinition =
  | Of<typeof radiogroup>
  | Of<typeof dropdown>
  | Of<typeof checkbox>
  | Of<typeof textInput>
  | Of<typeof comment>
  | Of<typeof boolean>
  | Of<typeof rating>
  | Of<typeof matrix>
  | Of<typeof expressionQuestion>;
export type ElementDefinition = QuestionDefinition | HtmlDefinition | PanelDefinition;
export type ChoiceDefinition = v.InferOutput<typeof choice>;
export type ValidatorDefinition = v.InferOutput<typeof validator>;
export type FormSchema = ReturnType<typeof formSchema>;
export type FormDefinition = v.InferOutput<FormSchema>;
export type PageDefinition = Extract<FormDefinition, { pages: unknown }>['pages'][number];
