import { ConditionRunner, FunctionFactory, Model, type SurveyModel } from 'survey-core';
import type { Answers, Value } from '../study/answers.ts';
import type { ElementDefinition, FormDefinition, QuestionDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import { type Text, textIn } from '../study/text.ts';
import { checkExpressions } from './check-expressions.ts';
import { defaultsOf, isCalculatedDefault } from './defaults.ts';
import { FormBase } from './form-base.ts';
import { FormError } from './form-error.ts';
import type { Lens } from './lens.ts';
import { meantBy } from './meant.ts';
import { commentKey } from './questions.ts';
import { surveyJson } from './survey-json.ts';

export interface SurveyFormOptions {
  readonly language: string;
  readonly languages: readonly string[];
  readonly answers?: Answers;
}

/**
 * A form with logic: survey-core decides what is shown, required, enabled, set, calculated and piped; what a page looks
 * like and what an answer must be is judged as in every form. The only file that knows survey-core.
 *
 * @throws FormError `bad-expression`, naming the place; `engine-failed` for a definition that survey-core refuses
 */
export function openSurveyForm(definition: FormDefinition, options: SurveyFormOptions): FormBase {
  checkExpressions(definition, {
    parse: (expression) => new ConditionRunner(expression),
    functions: FunctionFactory.Instance.getAll().filter((name) => !FOREIGN.has(name)),
  });
  return new SurveyForm(definition, modelOf(definition, options), options);
}

/** Functions that ask survey-core what the kit has taken from it: what an answer must be, and how a form looks. */
const FOREIGN: ReadonlySet<string> = new Set(['isContainerReady', 'isDisplayMode', 'propertyValue']);

function modelOf(definition: FormDefinition, { language, languages }: SurveyFormOptions): SurveyModel {
  const model = new Model(surveyJson(definition, languages[0] ?? 'en'));
  const [error] = model.jsonErrors ?? [];
  if (error) throw new FormError('engine-failed', `The form cannot be opened: ${error.message}`);
  // Texts are ours, but what is piped into them is what a choice is called in this language.
  model.locale = language;
  return model;
}

class SurveyForm extends FormBase {
  readonly #model: SurveyModel;
  readonly #elements: ReadonlyMap<string, ElementDefinition>;
  /** While an answer is handed to the model: what it then reports of that very question is no news. */
  #handing: string | undefined;
  /** Until the form stands as it was left: what survey-core clears on the way, hidden answers among it, is not lost. */
  #opening = true;

  constructor(definition: FormDefinition, model: SurveyModel, { language, languages, answers }: SurveyFormOptions) {
    super(definition, language, surveyLens(model, language, languages), {});
    this.#model = model;
    this.#elements = new Map([...elementsOf(definition)].map(({ element }) => [element.name, element]));
    // Defaults as they are written: survey-core may take 1 for true, or a text for a number.
    const written = defaultsOf(definition);
    for (const [name, value] of Object.entries<Value>(answers ?? model.data)) {
      if (this.#isAnswer(name)) this.record(name, answers === undefined ? (written[name] ?? value) : value);
    }
    model.onValueChanged.add((_, { name, value }) => this.#follow(name, value));
    if (answers !== undefined) this.#restore(answers);
    this.#settle();
    this.#opening = false;
  }

  /** Calculated values can be asked about in conditions like a question that everyone is shown. */
  override get shown(): ReadonlySet<string> {
    return new Set([...super.shown, ...this.#model.calculatedValues.map(({ name }) => name)]);
  }

  override data(): Answers {
    const shown = super.shown;
    const expressions = this.#model
      .getAllQuestions()
      .filter(({ name }) => this.#elements.get(name)?.type === 'expression' && shown.has(name));
    const results = this.#model.calculatedValues.filter(({ includeIntoResult }) => includeIntoResult);
    const values = [...expressions, ...results].flatMap(({ name, value }) =>
      isNothing(value) ? [] : [[name, plainValue(value)]],
    );
    return { ...super.data(), ...Object.fromEntries(values) };
  }

  protected override given(name: string, value: Value | undefined): void {
    const before = this.#handing;
    this.#handing = name;
    try {
      const meant = this.#meant(name, value);
      if (meant === undefined) this.#model.clearValue(name);
      else this.#model.setValue(name, meant);
    } finally {
      this.#handing = before;
    }
    this.#settle();
  }

  /** What was answered before is a state, not a sequence: it brings no logic to set or clear any of it. */
  #restore(answers: Answers): void {
    this.#model.setDataCore(this.#meantBy(answers), true);
    const shown = super.shown;
    for (const element of this.#elements.values()) {
      const { name } = element;
      // A calculated default that is shown and not among the answers was taken back.
      if (!isCalculatedDefault(element) || !shown.has(name) || name in answers) continue;
      this.record(name, undefined);
      this.#model.clearValue(name);
    }
  }

  /**
   * The model decides by what would be sent: an answer that is hidden now is kept, but counts for nothing until it is
   * shown again. Else a receiver, who never gets it, would see another form than the participant.
   */
  #settle(): void {
    const tried = new Set<string>();
    for (;;) {
      const counting = this.#meantBy({ ...this.#calculatedDefaults(), ...super.data() });
      const state = JSON.stringify(counting);
      // Hiding one can hide the next. What comes round again goes in circles, whatever is done.
      if (tried.has(state) || this.#isHeld(counting)) return;
      tried.add(state);
      this.#model.data = counting;
      this.redescribe();
    }
  }

  #isHeld(counting: Readonly<Record<string, unknown>>): boolean {
    return [...this.#elements.keys()]
      .flatMap((name) => [name, commentKey(name)])
      .filter((name) => this.#isAnswer(name))
      .every((name) => JSON.stringify(this.#model.getValue(name)) === JSON.stringify(counting[name]));
  }

  /** Hidden or not, they count: whoever lacks them calculates them too. */
  #calculatedDefaults(): Answers {
    const { answers } = this;
    const names = [...this.#elements.values()].filter(isCalculatedDefault).map(({ name }) => name);
    return Object.fromEntries(names.flatMap((name) => (answers[name] === undefined ? [] : [[name, answers[name]]])));
  }

  /** What logic has set or cleared is an answer like any other, except what is calculated anew each time. */
  #follow(name: string, value: unknown): void {
    const own = this.#handing !== undefined && (name === this.#handing || name === commentKey(this.#handing));
    if (own || !this.#isAnswer(name) || (this.#opening && isNothing(value))) return;
    this.record(name, isNothing(value) ? undefined : plainValue(value));
  }

  #isAnswer(name: string): boolean {
    const element = this.#elements.get(name) ?? this.#elements.get(name.replace(/-Comment$/, ''));
    return element !== undefined && isQuestion(element) && element.type !== 'expression';
  }

  #meantBy(answers: Answers): Readonly<Record<string, unknown>> {
    const meant = Object.entries(answers).map(([name, value]) => [name, this.#meant(name, value)]);
    return Object.fromEntries(meant.filter(([, value]) => value !== undefined));
  }

  #meant(name: string, value: Value | undefined): Value | undefined {
    const element = this.#elements.get(name);
    return element === undefined || !isQuestion(element) || value === undefined ? value : meantBy(element, value);
  }
}

/** What is asked of survey-core's questions, whichever their class. */
interface ModelQuestion {
  readonly value: unknown;
  readonly renderedMin?: unknown;
  readonly renderedMax?: unknown;
  readonly formatedValue?: unknown;
  readonly visibleChoices?: readonly { readonly value: unknown; readonly isEnabled: boolean }[];
  readonly isVisible: boolean;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
}

/** How the model sees the definition now. */
function surveyLens(model: SurveyModel, language: string, languages: readonly string[]): Lens {
  const question = (name: string) => model.getQuestionByName(name) as unknown as ModelQuestion;
  const item = ({ name }: QuestionDefinition, value: string | number | boolean) => {
    const { visibleChoices = [] } = question(name);
    return visibleChoices.find((choice) => choice.value === value);
  };
  return {
    say: (text: Text) => {
      const words = textIn(text, language, languages);
      if (!words.includes('{')) return words;
      // What is not answered, survey-core may leave as a name in braces: a matrix, or the text beside `other`.
      const said = model.processText(words, true);
      return said.replace(/\{\s*([^{}]+?)(-comment)?\s*\}/gi, (whole, name) => (question(name) === null ? whole : ''));
    },
    pageShown: (_, index) => model.pages[index]?.isVisible === true,
    shown: ({ type, name }) => (type === 'panel' ? model.getPanelByName(name).isVisible : question(name).isVisible),
    required: ({ name }) => question(name).isRequired,
    readOnly: ({ name }) => question(name).isReadOnly,
    choiceShown: (definition, value) => item(definition, value) !== undefined,
    choiceEnabled: (definition, value) => item(definition, value)?.isEnabled === true,
    bounds: ({ name, inputType, min, max, minValueExpression, maxValueExpression }) => {
      const { renderedMin, renderedMax } = question(name);
      return {
        ...bound('min', minValueExpression === undefined ? min : renderedMin, inputType),
        ...bound('max', maxValueExpression === undefined ? max : renderedMax, inputType),
      };
    },
    calculated: ({ name, displayStyle }) => {
      const { value, formatedValue } = question(name);
      const day = displayStyle === 'date' ? localDay(value) : undefined;
      // survey-core's own dates are in the language of the browser, not of the form.
      return day === undefined ? String(formatedValue ?? '') : dayInWords(day, language);
    },
    breaks: (_, expression) => !model.runCondition(expression),
  };
}

/** A bound as the port has it: survey-core keeps an absent one as an empty text. */
function bound(
  key: 'min' | 'max',
  value: unknown,
  inputType: string | undefined,
): { [K in 'min' | 'max']?: number | string } {
  if (isNothing(value)) return {};
  if (inputType === 'number') return Number.isFinite(Number(value)) ? { [key]: Number(value) } : {};
  return { [key]: String(plainValue(value)) };
}

/** What expressions calculate, as JSON has it: survey-core's functions give a day as midnight here. */
function plainValue(value: unknown): Value {
  if (!(value instanceof Date)) return JSON.parse(JSON.stringify(value)) as Value;
  const midnight = value.getHours() + value.getMinutes() + value.getSeconds() + value.getMilliseconds() === 0;
  return midnight ? dayText(value) : value.toISOString();
}

function dayText(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}

function localDay(value: unknown): Date | undefined {
  const date = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00`) : value;
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date : undefined;
}

function dayInWords(day: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(day);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || Number.isNaN(value);
}
