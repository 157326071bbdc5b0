import type { Answers, Value } from '../study/answers.ts';
import type { ElementDefinition, FormDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';

/** What a form that was never answered starts from, as it is written. What is to be calculated is not in it. */
export function defaultsOf(definition: FormDefinition): Answers {
  const questions = [...elementsOf(definition)].map(({ element }) => element).filter(isQuestion);
  return Object.fromEntries(
    questions.flatMap(({ name, defaultValue, defaultValueExpression }) =>
      defaultValue === undefined || defaultValueExpression !== undefined ? [] : [[name, defaultValue as Value]],
    ),
  );
}

/** Whether a question starts from something that is calculated, wherever the form is opened. */
export function isCalculatedDefault(element: ElementDefinition): boolean {
  return 'defaultValueExpression' in element && element.defaultValueExpression !== undefined;
}
