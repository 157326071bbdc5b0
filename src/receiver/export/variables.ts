import type { Instrument } from '../../instruments/schema.ts';
import { isChoiceQuestion, possibleValues, SPECIAL_VALUES, specialChoices } from '../../study/choice-values.ts';
import type { FormDefinition, QuestionDefinition } from '../../study/form-definition.ts';
import { choiceValue, elementsOf, isQuestion } from '../../study/form-walk.ts';
import type { Study } from '../../study/schema.ts';
import { formOf } from '../../study/study-forms.ts';
import { type Text, textIn } from '../../study/text.ts';

/** What a study asks, variable by variable, from its own definitions: what the columns of a table are, and what a codebook says. */

/**
 * `free-text`: in somebody's own words, or an address. `date`: a day. `site`: one of the study's sites. `choices`: several of
 * `values`. `score`: of a subscale. The others hold what their name says.
 */
export type Kind = 'item' | 'number' | 'choice' | 'choices' | 'boolean' | 'date' | 'site' | 'free-text' | 'score';

export interface Variable {
  /** `screening`, or the assessment's id. */
  readonly occasion: string;
  /** `screening`, the instrument, or the form. */
  readonly part: string;
  /** The question, `question[row]` of a matrix, or the subscale. */
  readonly item: string;
  readonly kind: Kind;
  /** In the study's first language; an instrument's words are nowhere. */
  readonly label: string;
  /** What can be answered, and what that is called. */
  readonly values: readonly { readonly value: string | number | boolean; readonly label: string }[];
  readonly range?: { readonly min: number; readonly max: number };
}

/** Where the question asked last says what an item is. */
export const SCREENING = 'screening';

/**
 * Those of every version, an item once: as the newest version that has it says; of choices, all that any version had.
 *
 * @param studies every version that was served, the oldest first
 * @param instruments every version that was served, as they are kept
 */
export function variablesOf(studies: readonly Study[], instruments: readonly Instrument[]): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const one of studies.flatMap((study) => variablesIn(study, instruments))) {
    const name = variableName(one);
    const before = found.get(name);
    const older = (before?.values ?? []).filter(({ value }) => !one.values.some((other) => other.value === value));
    found.set(name, { ...one, values: [...one.values, ...older] });
  }
  return [...found.values()];
}

/** What it is called in a wide table, but for what a list of choices adds. */
export function variableName({
  occasion,
  part,
  item,
  kind,
}: Pick<Variable, 'occasion' | 'part' | 'item' | 'kind'>): string {
  const place = occasion === part ? occasion : `${occasion}.${part}`;
  return kind === 'score' ? `${place}.score.${item}` : `${place}.${item}`;
}

function variablesIn(study: Study, instruments: readonly Instrument[]): readonly Variable[] {
  const { screening, assessments = [] } = study;
  return [
    ...(screening === undefined ? [] : formVariables(SCREENING, SCREENING, screening.form, study)),
    ...assessments.flatMap(({ id, instruments: asked = [], forms = {} }) => [
      ...asked.flatMap((entry) =>
        instruments.filter((one) => one.id === entry.id).flatMap((one) => instrumentVariables(id, one)),
      ),
      ...Object.keys(forms).flatMap((name) => {
        const form = formOf(assessments, id, name);
        return form === undefined ? [] : formVariables(id, name, form, study);
      }),
    ]),
  ];
}

function instrumentVariables(
  occasion: string,
  { id: part, items, optionSets, subscales }: Instrument,
): readonly Variable[] {
  return [
    ...items.map(({ id: item, options }): Variable => {
      const values = (optionSets[options] ?? []).map(({ value }) => ({ value, label: '' }));
      return { occasion, part, item, kind: 'item', label: '', values };
    }),
    ...subscales.map(
      ({ id: item, range }): Variable => ({ occasion, part, item, kind: 'score', label: '', values: [], range }),
    ),
  ];
}

function formVariables(occasion: string, part: string, form: FormDefinition, study: Study): readonly Variable[] {
  return [...elementsOf(form)].flatMap(({ element }) =>
    isQuestion(element) ? questionVariables(element, study).map((one) => ({ occasion, part, ...one })) : [],
  );
}

type OfQuestion = Omit<Variable, 'occasion' | 'part'>;

function questionVariables(question: QuestionDefinition, study: Study): readonly OfQuestion[] {
  const { languages, sites = [] } = study;
  const say = (text: Text | undefined) => (text === undefined ? '' : textIn(text, languages[0] ?? 'en', languages));
  const label = say(question.title);
  const item = question.name;
  if (question.type === 'matrix') {
    const values = question.columns.map((one) => ({ value: choiceValue(one), label: say(textOf(one)) }));
    return question.rows.map((row) => ({
      ...{ item: `${item}[${choiceValue(row)}]`, kind: 'choice' as const, values },
      label: [label, say(textOf(row))].filter((part) => part !== '').join(': '),
    }));
  }
  const values = (possibleValues(question, sites) ?? []).map((value) => ({
    value,
    label: labelOf(question, value, say),
  }));
  const self: OfQuestion = { item, kind: kindOf(question, study), label, values };
  const hasOther = isChoiceQuestion(question) && specialChoices(question).includes('other');
  const comment: OfQuestion = {
    item: `${item}-Comment`,
    kind: 'free-text',
    label: `${label}: ${SPECIAL_VALUES.other}`,
    values: [],
  };
  return hasOther ? [self, comment] : [self];
}

function kindOf(question: QuestionDefinition, { sites = [] }: Study): Kind {
  switch (question.type) {
    case 'text':
      if (question.inputType === 'number') return 'number';
      return question.inputType === 'date' ? 'date' : 'free-text';
    case 'comment':
      return 'free-text';
    case 'boolean':
      return 'boolean';
    case 'rating':
      return 'choice';
    case 'expression':
      return 'number';
    case 'checkbox':
      return 'choices';
    case 'matrix':
      return 'choice';
    default: {
      // A parsed study has its sites written in as choices.
      const own = (question.choices ?? []).map(choiceValue);
      const isSites = sites.length > 0 && own.length === sites.length && sites.every(({ id }) => own.includes(id));
      return isSites ? 'site' : 'choice';
    }
  }
}

function labelOf(question: QuestionDefinition, value: string | number | boolean, say: (text?: Text) => string): string {
  const written = isChoiceQuestion(question)
    ? (question.choices ?? [])
    : question.type === 'rating'
      ? (question.rateValues ?? [])
      : [];
  const found = written.find((one) => choiceValue(one) === value);
  return found === undefined ? '' : say(textOf(found));
}

function textOf(choice: unknown): Text | undefined {
  return typeof choice === 'object' && choice !== null && 'text' in choice
    ? (choice.text as Text | undefined)
    : undefined;
}
