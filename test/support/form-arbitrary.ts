import fc from 'fast-check';
import type { Answers, Value } from '../../src/study/answers.ts';

/**
 * Random forms without logic, as they stand in a study file, and random answers to them: some that fit, some that almost
 * do, some that never could.
 */

export type ElementJson = Readonly<Record<string, unknown>> & { readonly type: string; readonly name: string };
export interface PageJson {
  readonly name?: string;
  readonly title?: unknown;
  readonly description?: unknown;
  readonly visible?: boolean;
  readonly readOnly?: boolean;
  readonly elements: readonly ElementJson[];
}
export interface FormJson {
  readonly pages: readonly PageJson[];
}

type Nameless = Readonly<Record<string, unknown>> & { readonly type: string };

const words = fc.constantFrom('Hours', 'How are you?', 'Turno de noche', 'a < b', '18');
const text = fc.oneof(words, fc.record({ en: words, es: words }));
const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
/** Most of what a form holds is to be seen and answered. */
const rarely = <Value>(value: Value) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(value) });
const flag = sometimes(fc.boolean());
const values = fc.uniqueArray(fc.constantFrom<string | number | boolean>('a', 'b', 'c d', 'ñ', 0, 1, 7.5, true), {
  minLength: 1,
  maxLength: 4,
  selector: String,
});
const choices = values.chain((all) =>
  fc.tuple(...all.map((value) => fc.oneof(fc.constant(value), fc.record({ value: fc.constant(value), text })))),
);

const everyElement = { visible: rarely(false) };
const everyQuestion = {
  ...everyElement,
  title: sometimes(text),
  description: sometimes(text),
  isRequired: flag,
  requiredErrorText: sometimes(text),
  readOnly: rarely(true),
};
const special = {
  showOtherItem: flag,
  otherErrorText: sometimes(text),
  showNoneItem: flag,
  noneText: sometimes(text),
  showRefuseItem: flag,
  showDontKnowItem: flag,
};
const bound = (most: number) => sometimes(fc.nat({ max: most }));
/** Two bounds in order, either of which may be absent. */
const between = (bounds: fc.Arbitrary<number | string>, low: string, high: string) =>
  fc.tuple(bounds, bounds, fc.boolean(), fc.boolean()).map(([one, other, hasLow, hasHigh]) => {
    const [least, most] = [one, other].sort((a, b) => (a < b ? -1 : 1));
    return { ...(hasLow && { [low]: least }), ...(hasHigh && { [high]: most }) };
  });
const date = fc.constantFrom('2023-12-31', '2024-02-29', '2024-06-15', '2025-01-01');

const validators = sometimes(
  fc.array(
    fc.oneof(
      between(fc.integer({ min: -5, max: 50 }), 'minValue', 'maxValue').map((more) => ({ type: 'numeric', ...more })),
      between(fc.integer({ min: 1, max: 9 }), 'minLength', 'maxLength').map((more) => ({ type: 'text', ...more })),
      fc.constant({ type: 'text', allowDigits: false }),
      fc.record({
        type: fc.constant('regex'),
        regex: fc.constantFrom('^[a-z]+$', '^\\p{L}', '\\d'),
        caseInsensitive: flag,
      }),
      fc.record({ type: fc.constant('email'), text }),
    ),
    { maxLength: 2 },
  ),
);

const question = (type: string, more: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Nameless> =>
  fc.record({ type: fc.constant(type), ...everyQuestion, ...more });
const merged = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Nameless> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Nameless);

const anyQuestion: fc.Arbitrary<Nameless> = fc.oneof(
  question('radiogroup', { choices, ...special }),
  question('dropdown', { choices, ...special, placeholder: sometimes(text) }),
  merged(
    question('checkbox', {
      choices,
      ...special,
      validators: sometimes(
        fc.array(
          between(fc.integer({ min: 1, max: 3 }), 'minCount', 'maxCount').map((more) => ({
            type: 'answercount',
            ...more,
          })),
        ),
      ),
    }),
    between(fc.integer({ min: 1, max: 4 }), 'minSelectedChoices', 'maxSelectedChoices'),
  ),
  question('text', { inputType: fc.constantFrom('text', 'tel', 'email'), maxLength: bound(20), validators }),
  merged(
    question('text', { inputType: fc.constant('number'), step: sometimes(fc.constantFrom(1, 0.5)), validators }),
    between(fc.integer({ min: -10, max: 50 }), 'min', 'max'),
  ),
  merged(question('text', { inputType: fc.constant('date') }), between(date, 'min', 'max')),
  question('comment', { maxLength: bound(20), rows: bound(9), validators }),
  question('boolean', { labelTrue: sometimes(text), valueTrue: sometimes(fc.constantFrom('yes', 1)) }),
  merged(
    question('rating', { minRateDescription: sometimes(text) }),
    fc.record({ rateMin: fc.integer({ min: -2, max: 1 }), rateMax: fc.integer({ min: 3, max: 10 }) }),
  ),
  question('rating', { rateValues: choices }),
  question('matrix', { columns: choices, rows: choices, isAllRowRequired: flag }),
);

const html: fc.Arbitrary<Nameless> = fc.record({ type: fc.constant('html'), ...everyElement, html: text });

const element: fc.Arbitrary<Nameless> = fc.letrec<{ element: Nameless }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { weight: 8, arbitrary: anyQuestion },
    { weight: 1, arbitrary: html },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('panel'),
        ...everyElement,
        title: sometimes(text),
        readOnly: rarely(true),
        elements: fc.array(tie('element'), { maxLength: 3 }),
      }),
    },
  ),
})).element;

/** A form without logic, as JSON: pages of one to four elements, each with a name of its own. */
export const formArbitrary: fc.Arbitrary<FormJson> = fc
  .array(
    fc.record({
      title: sometimes(text),
      description: sometimes(text),
      visible: rarely(false),
      readOnly: rarely(true),
      elements: fc.array(element, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((pages) => {
    let count = 0;
    const named = ({ elements, ...one }: Nameless): ElementJson => {
      count += 1;
      const name = `${one.type}-${count}`;
      return { ...one, name, ...(Array.isArray(elements) && { elements: elements.map(named) }) };
    };
    // As in a file, where what is not there is not written.
    return JSON.parse(
      JSON.stringify({ pages: pages.map((page) => ({ ...page, elements: page.elements.map(named) })) }),
    );
  });

/** As it is read from JSON: nothing undefined, plain objects. */
function asRead<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

/** The questions of a form, those in panels included, hidden ones too. */
export function questionsOf(form: FormJson): ElementJson[] {
  const inside = (elements: readonly ElementJson[]): ElementJson[] =>
    elements.flatMap((one) =>
      one.type === 'panel' ? inside(one.elements as ElementJson[]) : one.type === 'html' ? [] : [one],
    );
  return form.pages.flatMap((page) => inside(page.elements));
}

/** The values of a question's choices, columns or rows, the special ones included. */
export function valuesOf(question: ElementJson, key: 'choices' | 'columns' | 'rows' = 'choices'): Value[] {
  const { type, rateMin, rateMax, rateValues } = question;
  if (type === 'boolean') return [(question.valueTrue as Value | undefined) ?? true, false];
  if (type === 'rating' && rateValues === undefined) {
    const low = Number(rateMin);
    return Array.from({ length: Number(rateMax) - low + 1 }, (_, index) => low + index);
  }
  const own = ((type === 'rating' ? rateValues : question[key]) ?? []) as (Value | { value: Value })[];
  return [
    ...own.map((one) => (typeof one === 'object' && 'value' in one ? (one.value as Value) : (one as Value))),
    ...(question.showOtherItem ? ['other'] : []),
    ...(question.showNoneItem ? ['none'] : []),
    ...(question.showRefuseItem ? ['refused'] : []),
    ...(question.showDontKnowItem ? ['dontknow'] : []),
  ];
}

const line = fc.constantFrom('', '  ', 'ab', 'Ñandú', 'a1', 'x'.repeat(30), ' a@example.org ', 'a@b');
const scalar = fc.oneof(
  line,
  fc.constantFrom<Value>(0, 1, 7, -3.5, true, false, 'a', 'other', 'refused', '2024-02-30'),
);
const anything: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', '0', 'z'), scalar, { maxKeys: 2 }),
);

/** Something that could be given to this question. */
export function givenTo(question: ElementJson): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 4, arbitrary: fittingTo(question) }, { weight: 1, arbitrary: anything }).map(asRead);
}

/** Something of the kind that this question asks for. */
export function fittingTo(question: ElementJson): fc.Arbitrary<Value> {
  switch (question.type) {
    case 'checkbox':
      return fc.subarray(valuesOf(question));
    case 'matrix':
      return fc.dictionary(
        fc.constantFrom(...valuesOf(question, 'rows').map(String)),
        fc.constantFrom(...valuesOf(question, 'columns')),
      );
    case 'comment':
      return line;
    case 'text':
      if (question.inputType === 'number') {
        return fc.oneof(
          fc.integer({ min: -12, max: 60 }),
          fc.constantFrom<Value>('7,5', ' 12 ', '1,000', '-.5', 'seven'),
        );
      }
      return question.inputType === 'date' ? date : line;
    default:
      return fc.constantFrom(...valuesOf(question));
  }
}

/** Answers to a form: to some of its questions, to texts beside `other`, and to questions that it does not have. */
export function answersTo(form: FormJson): fc.Arbitrary<Answers> {
  const own = questionsOf(form).map((question) => [question.name, givenTo(question)] as const);
  const comments = questionsOf(form).map(({ name }) => [`${name}-Comment`, fc.oneof(line, anything)] as const);
  return fc.record({ ...Object.fromEntries([...own, ...comments]), stray: anything }, { requiredKeys: [] }).map(asRead);
}

/** What a participant does, in order: gives an answer, or takes it back. */
export function actionsOn(
  form: FormJson,
): fc.Arbitrary<readonly (readonly [name: string, value: Value | undefined])[]> {
  const questions = questionsOf(form);
  if (questions.length === 0) return fc.constant([]);
  const action = fc
    .constantFrom(...questions)
    .chain((question) => fc.tuple(fc.constant(question.name), fc.option(givenTo(question), { nil: undefined })));
  return fc.array(action, { maxLength: 12 });
}

/** A form and answers to it. */
export const answeredFormArbitrary: fc.Arbitrary<readonly [FormJson, Answers]> = formArbitrary.chain((form) =>
  fc.tuple(fc.constant(form), answersTo(form)),
);
