import { ConditionRunner, FunctionFactory, Model, type SurveyModel } from 'survey-core';
import type { Answers, Value } from '../study/answers.ts';
import type { ElementDefinition, FormDefinition, QuestionDefinition } from '../study/form-definition.ts';
import { elementsOf } from '../study/form-walk.ts';
import { type Text, textIn } from '../study/text.ts';
import { checkExpressions } from './check-expressions.ts';
import { defaultsOf } from './defaults.ts';
import { FormBase } from './form-base.ts';
import { FormError } from './form-error.ts';
import type { Lens } from './lens.ts';
import { commentKey, parseNumber } from './parse-answer.ts';
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
    functions: FunctionFactory.Instance.getAll().map((name) => name.toLowerCase()),
  });
  return new SurveyForm(definition, modelOf(definition, options), options);
}

function modelOf(definition: FormDefinition, { language, languages, answers }: SurveyFormOptions): SurveyModel {
  const model = new Model(surveyJson(definition, languages[0] ?? 'en', answers === undefined));
  const [error] = model.jsonErrors ?? [];
  if (error) throw new FormError('engine-failed', `The form cannot be opened: ${error.message}`);
  // Texts are ours, but what is piped into them is what a choice is called in this language.
  model.locale = language;
  return model;
}

class SurveyForm extends FormBase {
  readonly #model: SurveyModel;
  readonly #types: ReadonlyMap<string, ElementDefinition['type']>;
  /** While an answer is handed to the model: what it then reports of that very question is no news. */
  #handing: string | undefined;

  constructor(
    definition: FormDefinition,
    model: SurveyModel,
    { language, languages, answers = {} }: SurveyFormOptions,
  ) {
    super(definition, language, surveyLens(model, language, languages), {});
    this.#model = model;
    this.#types = new Map([...elementsOf(definition)].map(({ element }) => [element.name, element.type]));
    // As they are written: survey-core may take 1 for true, or a text for a number.
    const written = defaultsOf(definition);
    for (const [name, value] of Object.entries(model.data)) this.#follow(name, written[name] ?? value);
    model.onValueChanged.add((_, { name, value }) => this.#follow(name, value));
    // Kept before they are handed on: each may bring logic to set or clear another. What is calculated is so anew.
    const given = Object.entries(answers).filter(([name]) => this.#isAnswer(name));
    for (const [name, value] of given) this.record(name, value);
    for (const [name, value] of given) this.given(name, value);
  }

  /** Calculated values can be asked about in conditions like a question that everyone is shown. */
  override get shown(): ReadonlySet<string> {
    return new Set([...super.shown, ...this.#model.calculatedValues.map(({ name }) => name)]);
  }

  override data(): Answers {
    const shown = super.shown;
    const expressions = this.#model
      .getAllQuestions()
      .filter(({ name }) => this.#types.get(name) === 'expression' && shown.has(name));
    const results = this.#model.calculatedValues.filter(({ includeIntoResult }) => includeIntoResult);
    const values = [...expressions, ...results].flatMap(({ name, value }) => (isNothing(value) ? [] : [[name, value]]));
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
  }

  /** What logic has set or cleared is an answer like any other, except what is calculated anew each time. */
  #follow(name: string, value: unknown): void {
    const own = this.#handing !== undefined && (name === this.#handing || name === commentKey(this.#handing));
    if (own || !this.#isAnswer(name)) return;
    this.record(name, isNothing(value) ? undefined : (JSON.parse(JSON.stringify(value)) as Value));
  }

  #isAnswer(name: string): boolean {
    const type = this.#types.get(name) ?? this.#types.get(name.replace(/-Comment$/, ''));
    return type !== undefined && type !== 'expression';
  }

  /**
   * What conditions are to compare: a number as a number, and what cannot be parsed, or is of another kind than the
   * question's (a stale draft's), as nothing at all. survey-core would print the latter to the console.
   */
  #meant(name: string, value: Value | undefined): unknown {
    const question = this.#model.getQuestionByName(name) as unknown as ModelQuestion | null;
    if (question === null || value === undefined) return value;
    if (question.inputType === 'number' && typeof value === 'string') return parseNumber(value);
    return question.isNewValueCorrect(value) ? value : undefined;
  }
}

/** What is asked of survey-core's questions, whichever their class. */
interface ModelQuestion {
  readonly inputType?: string;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly formatedValue?: unknown;
  readonly displayValue?: unknown;
  readonly visibleChoices?: readonly { readonly value: unknown; readonly isEnabled: boolean }[];
  readonly isVisible: boolean;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  isNewValueCorrect(value: unknown): boolean;
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
      return words.includes('{') ? model.processText(words, true) : words;
    },
    pageShown: (_, index) => model.pages[index]?.isVisible === true,
    shown: ({ type, name }) => (type === 'panel' ? model.getPanelByName(name).isVisible : question(name).isVisible),
    required: ({ name }) => question(name).isRequired,
    readOnly: ({ name }) => question(name).isReadOnly,
    choiceShown: (definition, value) => item(definition, value) !== undefined,
    choiceEnabled: (definition, value) => item(definition, value)?.isEnabled === true,
    bounds: ({ name, inputType }) => {
      const { min, max } = question(name);
      return { ...bound('min', min, inputType), ...bound('max', max, inputType) };
    },
    calculated: ({ name }) => {
      const { formatedValue, displayValue } = question(name);
      return String(formatedValue ?? displayValue ?? '');
    },
    breaks: (_, expression) => !model.runCondition(expression),
  };
}

/** A bound as the port has it: survey-core keeps an absent one as an empty text, and a calculated date as a Date. */
function bound(
  key: 'min' | 'max',
  value: unknown,
  inputType: string | undefined,
): { [K in 'min' | 'max']?: number | string } {
  if (isNothing(value)) return {};
  if (inputType === 'number') return Number.isFinite(Number(value)) ? { [key]: Number(value) } : {};
  return { [key]: value instanceof Date ? value.toISOString().slice(0, 10) : String(value) };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || Number.isNaN(value);
}
