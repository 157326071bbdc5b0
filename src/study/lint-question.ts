import {
  type ChoiceQuestion,
  isChoiceQuestion,
  possibleValues,
  SPECIAL_VALUES,
  scaleOf,
  specialChoices,
} from './choice-values.ts';
import { type Finding, repeated } from './finding.ts';
import type { ChoiceDefinition, QuestionDefinition, ValidatorDefinition } from './form-definition.ts';
import { choiceValue } from './form-walk.ts';
import { compilePattern } from './pattern.ts';
import type { Site, Study } from './schema.ts';
import { show, useOneOf } from './wording.ts';

type Path = readonly PropertyKey[];
type Of<Type extends QuestionDefinition['type']> = Extract<QuestionDefinition, { type: Type }>;

/** One question on its own: choices, scales, bounds, defaults, and words for each language. */
export function* lintQuestion(
  question: QuestionDefinition,
  path: Path,
  study: Pick<Study, 'languages' | 'sites'>,
): Generator<Finding> {
  const sites = study.sites ?? [];
  if (isChoiceQuestion(question)) yield* lintChoices(question, path, sites);
  if (question.type === 'checkbox') {
    yield* order(question, 'minSelectedChoices', 'maxSelectedChoices', path, unlimited);
  }
  if (question.type === 'matrix') yield* lintMatrix(question, path);
  if (question.type === 'rating') yield* lintRating(question, path);
  if (question.type === 'text') yield* lintBounds(question, path);
  for (const [index, validator] of (question.validators ?? []).entries()) {
    yield* lintValidator(validator, [...path, 'validators', index]);
  }
  yield* lintDefault(question, path, possibleValues(question, sites));
  if (study.languages.length > 1) yield* lintWords(question, path, study.languages);
}

function* lintChoices(question: ChoiceQuestion, path: Path, sites: readonly Site[]): Generator<Finding> {
  const given = question.choices ?? [];
  const fromSites = question.choicesFrom === 'sites';
  if (fromSites && given.length > 0) {
    yield {
      path: [...path, 'choices'],
      message: 'stands beside "choicesFrom".',
      fix: 'Keep one of them: the sites of the study are the choices, or the choices written here.',
    };
  }
  if (fromSites && sites.length === 0) {
    yield {
      path: [...path, 'choicesFrom'],
      message: 'is "sites", but the study names none.',
      fix: 'Add "sites" to the study, or write "choices" here.',
    };
  }
  if (!fromSites && given.length === 0) {
    yield { path, message: 'has no choices.', fix: 'Add "choices": a list of { "value", "text" }.' };
  }
  yield* repeated(given, [...path, 'choices'], valueText);
  for (const value of specialChoices(question).map((kind) => SPECIAL_VALUES[kind])) {
    const index = given.findIndex((choice) => choiceValue(choice) === value);
    if (index < 0 && !(fromSites && sites.some(({ id }) => id === value))) continue;
    yield {
      path: fromSites ? [...path, 'choicesFrom'] : [...path, 'choices', index],
      message: `has the value "${value}", which a choice added by this question has too.`,
      fix: 'Give it another value, or remove the property that adds the choice.',
    };
  }
}

/** As text: a browser cannot tell 1 from "1". */
function valueText(choice: ChoiceDefinition): string {
  return String(choiceValue(choice));
}

function* lintMatrix(question: Of<'matrix'>, path: Path): Generator<Finding> {
  yield* repeated(question.columns, [...path, 'columns'], valueText);
  yield* repeated(question.rows, [...path, 'rows'], valueText);
  for (const [index, row] of question.rows.entries()) {
    const name = valueText(row);
    if (!(name in {})) continue;
    yield { path: [...path, 'rows', index], message: `is "${name}", which is reserved.`, fix: 'Choose another value.' };
  }
}

function* lintRating(question: Of<'rating'>, path: Path): Generator<Finding> {
  const scale = scaleOf(question);
  yield* repeated(scale, [...path, 'rateValues'], valueText);
  if (scale.length < 2 && question.rateValues === undefined) {
    const { rateMin = 1, rateMax = 5, rateStep = 1 } = question;
    yield {
      path,
      message: `has no scale: from ${rateMin} to ${rateMax} in steps of ${rateStep}.`,
      fix: 'Let "rateMax" be above "rateMin", with at most 100 steps between them.',
    };
  } else if (question.rateCount !== undefined && question.rateCount !== scale.length) {
    yield {
      path: [...path, 'rateCount'],
      message: `is ${question.rateCount}, but the scale has ${scale.length} steps.`,
      fix: 'Remove it: "rateMin", "rateMax" and "rateStep" say it all.',
    };
  }
}

function* lintBounds(question: Of<'text'>, path: Path): Generator<Finding> {
  const { min, max, step, inputType = 'text' } = question;
  for (const [key, bound] of Object.entries({ min, max })) {
    if (bound === undefined) continue;
    const fits =
      inputType === 'number'
        ? typeof bound === 'number'
        : inputType === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(String(bound));
    if (fits) continue;
    yield {
      path: [...path, key],
      message: `is ${show(bound)}, which does not bound a "${inputType}".`,
      fix: 'Numbers bound a "number", dates as "2026-01-31" a "date"; other inputs take "maxLength" or validators.',
    };
  }
  if (step !== undefined && step <= 0) {
    yield { path: [...path, 'step'], message: `is ${step}.`, fix: 'Give a number above 0, or remove it.' };
  }
  yield* order(question, 'min', 'max', path);
}

function* lintValidator(validator: ValidatorDefinition, path: Path): Generator<Finding> {
  if (validator.type === 'numeric') yield* order(validator, 'minValue', 'maxValue', path);
  if (validator.type === 'text') yield* order(validator, 'minLength', 'maxLength', path, unlimited);
  if (validator.type === 'answercount') yield* order(validator, 'minCount', 'maxCount', path, unlimited);
  if (validator.type !== 'regex') return;
  try {
    compilePattern(validator.regex, validator.caseInsensitive);
  } catch (error) {
    const says = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
    yield {
      path: [...path, 'regex'],
      message: `is not a regular expression: ${says}.`,
      fix: 'Correct it, or use another validator.',
    };
  }
}

/** In SurveyJS's counts, 0 and below mean "no limit". */
function unlimited(bound: number | string): boolean {
  return Number(bound) <= 0;
}

/** The least must not be above the most. */
function* order<Low extends string, High extends string>(
  bounds: { readonly [Key in Low | High]?: number | string | undefined },
  low: Low,
  high: High,
  path: Path,
  ignored: (bound: number | string) => boolean = () => false,
): Generator<Finding> {
  const { [low]: min, [high]: max } = bounds;
  if (min === undefined || max === undefined || ignored(min) || ignored(max)) return;
  if (typeof min !== typeof max || min <= max) return;
  yield {
    path: [...path, low],
    message: `is ${show(min)}, above "${high}" (${show(max)}): no answer fits.`,
    fix: 'Swap them.',
  };
}

/** A default that the question could not have been answered with would make the form refuse itself. */
function* lintDefault(
  { type, defaultValue }: QuestionDefinition,
  path: Path,
  possible: readonly unknown[] | undefined,
): Generator<Finding> {
  if (defaultValue === undefined || possible === undefined) return;
  const here = [...path, 'defaultValue'];
  if (Array.isArray(defaultValue) !== (type === 'checkbox')) {
    const fix = type === 'checkbox' ? 'Write a list of its values.' : 'Write one of its values, not a list.';
    yield { path: here, message: `is ${show(defaultValue)}.`, fix };
    return;
  }
  const wrong = [defaultValue].flat().filter((value) => !possible.includes(value));
  if (wrong.length === 0) return;
  yield {
    path: here,
    message: `is ${show(wrong[0])}, which is not one of its values.`,
    fix: useOneOf(wrong[0], possible),
  };
}

/** Where a study speaks several languages, a name or a value must not stand in for the words. */
function* lintWords(question: QuestionDefinition, path: Path, languages: readonly string[]): Generator<Finding> {
  const words = `{ ${languages.map((language) => `"${language}": "…"`).join(', ')} }`;
  if (question.title === undefined) {
    yield { path, message: 'has no title, so its name would be shown.', fix: `Add "title": ${words}.` };
  }
  const lists: Readonly<Record<string, readonly ChoiceDefinition[] | undefined>> = {
    choices: isChoiceQuestion(question) ? question.choices : undefined,
    columns: question.type === 'matrix' ? question.columns : undefined,
    rows: question.type === 'matrix' ? question.rows : undefined,
    rateValues: question.type === 'rating' ? question.rateValues : undefined,
  };
  for (const [key, choices = []] of Object.entries(lists)) {
    for (const [index, choice] of choices.entries()) {
      const value = choiceValue(choice);
      if ((typeof choice === 'object' && choice.text !== undefined) || !/\p{L}/u.test(String(value))) continue;
      yield {
        path: [...path, key, index],
        message: `is ${show(value)} without words, so the value would be shown in every language.`,
        fix: `Write { "value": ${show(value)}, "text": ${words} }.`,
      };
    }
  }
}
