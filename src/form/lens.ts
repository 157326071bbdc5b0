import type { ElementDefinition, PageDefinition, QuestionDefinition } from '../study/form-definition.ts';
import type { Text } from '../study/text.ts';

/**
 * How an engine sees a definition at this moment: everything that logic can change. The plain engine sees what is
 * written; the engine with logic asks its model.
 */
export interface Lens {
  say(text: Text): string;
  pageShown(page: PageDefinition, index: number): boolean;
  shown(element: ElementDefinition): boolean;
  required(question: QuestionDefinition): boolean;
  readOnly(question: QuestionDefinition): boolean;
  choiceShown(question: QuestionDefinition, value: string | number | boolean): boolean;
  choiceEnabled(question: QuestionDefinition, value: string | number | boolean): boolean;
  bounds(question: Extract<QuestionDefinition, { type: 'text' }>): { min?: number | string; max?: number | string };
  /** The value of an `expression` question, as it is to be shown. */
  calculated(question: Extract<QuestionDefinition, { type: 'expression' }>): string;
  /** Whether the answer breaks the rule of an expression validator. */
  breaks(question: QuestionDefinition, expression: string): boolean;
}

/** What is written is what is shown: for definitions without logic. */
export function plainLens(say: (text: Text) => string): Lens {
  return {
    say,
    pageShown: (page) => page.visible !== false,
    shown: (element) => element.visible !== false,
    required: (question) => question.isRequired === true,
    readOnly: (question) => question.readOnly === true,
    choiceShown: () => true,
    choiceEnabled: () => true,
    bounds: ({ min, max }) => ({ ...(min !== undefined && { min }), ...(max !== undefined && { max }) }),
    calculated: () => '',
    breaks: () => false,
  };
}
