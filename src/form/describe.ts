import { type ChoiceQuestion, SPECIAL_VALUES, scaleOf, specialChoices } from '../study/choice-values.ts';
import type {
  ChoiceDefinition,
  ElementDefinition,
  FormDefinition,
  QuestionDefinition,
} from '../study/form-definition.ts';
import { choiceValue, pageName, pagesOf } from '../study/form-walk.ts';
import type { Text } from '../study/text.ts';
import type { Choice, Item, Page, Question } from './form.ts';
import type { Lens } from './lens.ts';

/** From a definition, seen through a lens, to the pages of the port. Pages without anything to show are left out. */
export function describePages(definition: FormDefinition, lens: Lens): readonly Page[] {
  const pages = pagesOf(definition).flatMap((page, index) => {
    if (!lens.pageShown(page, index)) return [];
    const items = describeItems(page.elements, lens, page.readOnly === true);
    if (items.length === 0) return [];
    return [
      {
        name: pageName(page, index),
        ...texts({ title: page.title, description: page.description }, lens),
        items,
      },
    ];
  });
  return pages.length > 0 ? pages : [{ name: 'page1', items: [] }];
}

/** @param readOnly whether the page or a panel around them is */
function describeItems(elements: readonly ElementDefinition[], lens: Lens, readOnly: boolean): readonly Item[] {
  return elements.flatMap((element): Item[] => {
    if (!lens.shown(element)) return [];
    if (element.type === 'html') return [{ type: 'html', name: element.name, text: lens.say(element.html) }];
    if (element.type !== 'panel') return [describeQuestion(element, lens, readOnly)];
    const items = describeItems(element.elements, lens, readOnly || element.readOnly === true);
    if (items.length === 0) return [];
    const words = texts({ title: element.title, description: element.description }, lens);
    return [{ type: 'panel', name: element.name, ...words, items }];
  });
}

function describeQuestion(question: QuestionDefinition, lens: Lens, readOnly: boolean): Question {
  const base = {
    name: question.name,
    title: question.title === undefined ? question.name : lens.say(question.title),
    ...texts({ description: question.description }, lens),
    required: lens.required(question),
    readOnly: readOnly || lens.readOnly(question),
  };
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return {
        ...base,
        type: question.type,
        choices: choicesOf(question, lens),
        ...texts(
          {
            placeholder: question.type === 'dropdown' ? question.placeholder : undefined,
            otherPlaceholder: question.otherPlaceholder,
          },
          lens,
        ),
      };
    case 'checkbox':
      return {
        ...base,
        type: 'checkbox',
        choices: choicesOf(question, lens),
        ...texts({ otherPlaceholder: question.otherPlaceholder }, lens),
      };
    case 'boolean':
      return {
        ...base,
        type: 'boolean',
        choices: [
          {
            value: question.valueTrue ?? true,
            ...texts({ text: question.labelTrue }, lens),
            enabled: true,
            special: 'yes',
          },
          {
            value: question.valueFalse ?? false,
            ...texts({ text: question.labelFalse }, lens),
            enabled: true,
            special: 'no',
          },
        ],
      };
    case 'rating':
      return {
        ...base,
        type: 'rating',
        choices: scaleOf(question).map((step) => plainChoice(step, lens)),
        ...texts({ lowest: question.minRateDescription, highest: question.maxRateDescription }, lens),
      };
    case 'matrix':
      return {
        ...base,
        type: 'matrix',
        columns: question.columns.map((column) => plainChoice(column, lens)),
        rows: question.rows.map((row) => ({ name: String(choiceValue(row)), text: plainChoice(row, lens).text ?? '' })),
      };
    case 'text':
      return {
        ...base,
        type: 'text',
        input: question.inputType ?? 'text',
        ...lens.bounds(question),
        ...present({ step: question.step, maxLength: limit(question.maxLength), autocomplete: question.autocomplete }),
        ...texts({ placeholder: question.placeholder }, lens),
      };
    case 'comment':
      return {
        ...base,
        type: 'comment',
        ...present({ rows: question.rows, maxLength: limit(question.maxLength) }),
        ...texts({ placeholder: question.placeholder }, lens),
      };
    case 'expression':
      return { ...base, type: 'expression', text: lens.calculated(question) };
  }
}

function choicesOf(question: ChoiceQuestion, lens: Lens): readonly Choice[] {
  const words = {
    other: question.otherText,
    none: question.noneText,
    refuse: question.refuseText,
    unknown: question.dontKnowText,
  };
  return [
    ...(question.choices ?? [])
      .filter((choice) => lens.choiceShown(question, choiceValue(choice)))
      .map((choice) => ({ ...plainChoice(choice, lens), enabled: lens.choiceEnabled(question, choiceValue(choice)) })),
    ...specialChoices(question).map((special) => ({
      value: SPECIAL_VALUES[special],
      ...texts({ text: words[special] }, lens),
      enabled: true,
      special,
    })),
  ];
}

function plainChoice(choice: ChoiceDefinition, lens: Lens): Choice {
  const value = choiceValue(choice);
  const text = typeof choice === 'object' ? choice.text : undefined;
  return { value, text: text === undefined ? String(value) : lens.say(text), enabled: true };
}

/** In SurveyJS's lengths, 0 and below mean "no limit". */
function limit(length: number | undefined): number | undefined {
  return length !== undefined && length > 0 ? length : undefined;
}

function texts<Key extends string>(
  words: Readonly<Record<Key, Text | undefined>>,
  lens: Lens,
): { [K in Key]?: string } {
  const said = Object.entries<Text | undefined>(words).flatMap(([key, text]) =>
    text === undefined ? [] : [[key, lens.say(text)]],
  );
  return Object.fromEntries(said) as { [K in Key]?: string };
}

function present<Properties extends object>(
  properties: Properties,
): { [K in keyof Properties]?: NonNullable<Properties[K]> } {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof Properties]?: NonNullable<Properties[K]> };
}
