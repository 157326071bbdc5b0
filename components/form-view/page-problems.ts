import { nothing, type TemplateResult } from 'lit';
import type { Form, Page } from '../../src/form/form.ts';
import { questionsIn } from '../../src/form/questions.ts';
import { problemSummary } from '../element/problem-summary.ts';
import type { FieldContext, ShownProblem } from './field.ts';
import { problemsOn, styles } from './problems.ts';

export { styles };

interface PageProblemsParts {
  readonly view: {
    readonly form: Form | undefined;
    /** The open page's name. */
    readonly page: string;
    /** Answers may be left open: one is asked for them once, and goes on without. */
    readonly mayLeaveOpen: boolean;
  };
  readonly root: HTMLElement | DocumentFragment;
  readonly say: FieldContext['say'];
  readonly idOf: (question: string) => string;
  /** Turns to another page. */
  readonly open: (page: Page) => Promise<void>;
  /** What is shown is other than before. @param isNew somebody wanted to go on, and the focus goes to what is wrong */
  readonly changed: (isNew: boolean) => void;
}

/**
 * Owns which problems of the open page are shown. Being invalid and showing it are two states: a problem appears when
 * somebody wants to go on, and leaves as soon as it is mended. Fetched while the first page is being read.
 */
export class PageProblems {
  readonly #parts: PageProblemsParts;
  #shown: readonly ShownProblem[] = [];
  #isShown = false;

  constructor(parts: PageProblemsParts) {
    this.#parts = parts;
  }

  get shown(): readonly ShownProblem[] {
    return this.#shown;
  }

  /** On top of the page. */
  summary(): TemplateResult | typeof nothing {
    const { say, view } = this.#parts;
    return this.#shown.length > 0 ? problemSummary(this.#shown, say, view.mayLeaveOpen) : nothing;
  }

  /** Shows what is wrong on the open page, if anything. True: nothing is. */
  async check(): Promise<boolean> {
    const { changed, view } = this.#parts;
    const found = await this.#find(view.page);
    const mayStay = view.mayLeaveOpen && this.#isShown && found.every(({ missing }) => missing);
    this.#shown = mayStay ? [] : found;
    this.#isShown = this.#shown.length > 0;
    changed(this.#isShown);
    return !this.#isShown;
  }

  /** The same for the whole form: opens the first page on which something is wrong. */
  async checkAll(): Promise<boolean> {
    if (!(await this.check())) return false;
    const { open, view } = this.#parts;
    const [first] = view.mayLeaveOpen ? [] : ((await view.form?.problems()) ?? []);
    if (first === undefined) return true;
    const page = view.form?.pages.find(({ items }) =>
      [...questionsIn(items)].some(({ name }) => name === first.question),
    );
    if (page !== undefined) await open(page);
    return this.check();
  }

  /** A problem that is shown leaves as soon as it is mended; new ones wait for the next check. */
  async mend(): Promise<void> {
    if (!this.#isShown) return;
    const { changed, view } = this.#parts;
    const { page } = view;
    const found = await this.#find(page);
    if (page !== view.page || !this.#isShown) return;
    const before = this.#shown;
    this.#shown = found.filter((one) => before.some((old) => isSame(one, old)));
    changed(false);
  }

  /** Another page is open. */
  calm(): void {
    this.#shown = [];
    this.#isShown = false;
  }

  async #find(name: string): Promise<readonly ShownProblem[]> {
    const { idOf, root, say, view } = this.#parts;
    const page = view.form?.pages.find((one) => one.name === name);
    const questions = [...questionsIn(page?.items ?? [])];
    const problems = problemsOn(questions, (await view.form?.problems(name)) ?? [], { idOf, say, root });
    // Where an answer may be left open, nobody is told to give it.
    return view.mayLeaveOpen
      ? problems.map((one) => (one.missing ? { ...one, sentence: say('open-item') } : one))
      : problems;
  }
}

function isSame(a: ShownProblem, b: ShownProblem): boolean {
  return a.question === b.question && a.row === b.row && a.sentence === b.sentence;
}
