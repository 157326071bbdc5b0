import type { Value } from '../study/answers.ts';
import { possibleValues } from '../study/choice-values.ts';
import type { QuestionDefinition } from '../study/form-definition.ts';
import { choiceValue } from '../study/form-walk.ts';
import { parseNumber } from './parse-answer.ts';

/**
 * What conditions are to compare: a number as a number; and what cannot be parsed, or is nothing that the question can be
 * answered with (a stale draft's), as nothing at all. survey-core would print it, or take it for another answer.
 */
export function meantBy(question: QuestionDefinition, value: Value): Value | undefined {
  switch (question.type) {
    case 'text':
      if (question.inputType === 'number') return typeof value === 'string' ? parseNumber(value) : numberOnly(value);
      return typeof value === 'string' ? value : undefined;
    case 'comment':
      return typeof value === 'string' ? value : undefined;
    case 'matrix':
      return isFilledIn(question, value) ? value : undefined;
    case 'expression':
      return undefined;
    default: {
      if (Array.isArray(value) !== (question.type === 'checkbox')) return undefined;
      const possible: readonly unknown[] = possibleValues(question, []) ?? [];
      return [value].flat().every((one) => possible.includes(one)) ? value : undefined;
    }
  }
}

function numberOnly(value: Value): Value | undefined {
  return typeof value === 'number' ? value : undefined;
}

function isFilledIn({ rows, columns }: Extract<QuestionDefinition, { type: 'matrix' }>, value: Value): boolean {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const names = rows.map((row) => String(choiceValue(row)));
  const values: readonly unknown[] = columns.map(choiceValue);
  return Object.entries(value).every(([row, column]) => names.includes(row) && values.includes(column));
}
