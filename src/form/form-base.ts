import type { Answers, Value } from '../study/answers.ts';
import { isChoiceQuestion, specialChoices } from '../study/choice-values.ts';
import type { FormDefinition, QuestionDefinition } from '../study/form-definition.ts';
import { elementsOf, isQuestion } from '../study/form-walk.ts';
import { describePages } from './describe.ts';
import type { Form, Page, Problem, Question } from './form.ts';
import { FormError } from './form-error.ts';
import type { Lens } from './lens.ts';
import { settleChoices, settledData } from './parse-answer.ts';
import { commentKey, questionsIn } from './questions.ts';

/**
 * What every engine's form has in common: it holds what was given, shows the definition through the engine's lens, and
 * judges by the same checks. An engine with logic overrides `given` to let its model follow.
 */
export class FormBase implements Form {
  readonly language: string;
  readonly #definition: FormDefinition;
  readonly #questions: ReadonlyMap<string, QuestionDefinition>;
  readonly #listeners = new Set<() => void>();
  readonly #lens: Lens;
  #answers: Answers;
  #pages: readonly Page[] | undefined;

  constructor(definition: FormDefinition, language: string, lens: Lens, answers: Answers) {
    this.#definition = definition;
    this.#lens = lens;
    this.#answers = answers;
    this.language = language;
    const questions = [...elementsOf(definition)].map(({ element }) => element).filter(isQuestion);
    this.#questions = new Map(questions.map((question) => [question.name, question]));
  }

  get title(): string {
    return this.#definition.title === undefined ? '' : this.#lens.say(this.#definition.title);
  }

  get description(): string {
    return this.#definition.description === undefined ? '' : this.#lens.say(this.#definition.description);
  }

  get pages(): readonly Page[] {
    this.#pages ??= describePages(this.#definition, this.#lens);
    return this.#pages;
  }

  get answers(): Answers {
    return this.#answers;
  }

  get shown(): ReadonlySet<string> {
    return new Set(this.#asked(this.pages).map(({ name }) => name));
  }

  answer(name: string, value: Value | undefined): void {
    if (!isAnswerName(this.#questions, name)) {
      throw new FormError('unknown-question', `This form has no question "${name}".`);
    }
    const question = this.#asked(this.pages).find((one) => one.name === name);
    const before = this.#answers[name];
    const after = value === undefined || question === undefined ? value : settleChoices(question, before, value);
    this.record(name, after);
    this.given(name, after);
    this.#changed();
  }

  async problems(page?: string): Promise<readonly Problem[]> {
    const { checkAnswer } = await import('./check-answer.ts');
    const pages = page === undefined ? this.pages : this.pages.filter(({ name }) => name === page);
    return this.#asked(pages).flatMap((question) => {
      const definition = this.#questions.get(question.name);
      if (definition === undefined) return [];
      const { [question.name]: value, [commentKey(question.name)]: comment } = this.#answers;
      return checkAnswer(question, definition, value, comment, this.#lens);
    });
  }

  data(): Answers {
    return settledData(this.pages, this.#answers);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What an engine does with a new answer before anything is drawn again. */
  protected given(_name: string, _value: Value | undefined): void {}

  /** Keeps an answer as it is. */
  protected record(name: string, value: Value | undefined): void {
    const { [name]: _, ...others } = this.#answers;
    this.#answers = value === undefined ? others : { ...others, [name]: value };
    this.redescribe();
  }

  /** Pages are described anew at the next look. */
  protected redescribe(): void {
    this.#pages = undefined;
  }

  #changed(): void {
    this.redescribe();
    for (const listener of this.#listeners) listener();
  }

  #asked(pages: readonly Page[]): readonly Question[] {
    return pages.flatMap((page) => [...questionsIn(page.items)]);
  }
}

/** Whether answers may be kept under this name: a question's own, or that of the text beside its `other`. */
export function isAnswerName(questions: ReadonlyMap<string, QuestionDefinition>, name: string): boolean {
  if (questions.has(name)) return true;
  const question = questions.get(name.replace(/-Comment$/, ''));
  return question !== undefined && isChoiceQuestion(question) && specialChoices(question).includes('other');
}
