import type { Form } from '../../src/form/form.ts';
import { asSteadyError, type SteadyError } from '../../src/study/steady-error.ts';
import type { FormView } from './form-view.ts';

/** Somebody's way through one form after another, as far as the screen has to know it. */
export interface FormVisit {
  readonly form: Form;
  /** Whether what can be answered now is not the whole form yet: its engine is on the way. */
  readonly partial: boolean;
  /** Waits for the engine. @param prepare fetches what the whole form is drawn with */
  complete(prepare?: (form: Form) => Promise<void>): Promise<void>;
  /** The same answers in another language. Resolves to whether anything changed. */
  speak(language: string): Promise<boolean>;
}

interface Ways {
  readonly view: FormView;
  /** An answer was given. */
  readonly changed: () => void;
  readonly fail: (error: SteadyError) => void;
}

/**
 * Owns which visit is on the screen, and that the view has its form: of the step it is at, in the language it is read in, and
 * whole as soon as the form's engine has come. Between two steps the view still has the form of the one before.
 */
export class FormOnScreen<Visit extends FormVisit> {
  readonly #ways: Ways;
  #visit: Visit | undefined;
  #shown: { readonly visit: Visit; readonly form: Form } | undefined;
  #stopListening: (() => void) | undefined;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  get visit(): Visit | undefined {
    return this.#visit;
  }

  /** Its first form is still on its way to the view. */
  get isComing(): boolean {
    return this.#shown?.visit !== this.#visit;
  }

  /** The form of its next step is still on its way, and the last screen may stay until then. */
  get isBetweenSteps(): boolean {
    return !this.isComing && this.#visit?.form !== this.#shown?.form;
  }

  /** Another visit, or none. */
  set(visit: Visit | undefined): void {
    this.#visit = visit;
    if (visit !== undefined) return;
    this.#shown = undefined;
    this.#stopListening?.();
  }

  async show(page?: string): Promise<void> {
    const visit = this.#visit;
    if (visit === undefined) return;
    // A draft may have been left on a page that only the form's engine knows.
    if (page !== undefined && visit.partial && !visit.form.pages.some(({ name }) => name === page)) {
      await visit.complete();
    }
    const { form } = visit;
    await this.#ways.view.prepare(form, page);
    if (visit === this.#visit && form === visit.form) this.#take(visit, page);
  }

  /** The form's engine takes over in place, whenever it arrives: what was typed stays, and so does the focus. */
  async complete(): Promise<void> {
    const visit = this.#visit;
    if (visit === undefined) return;
    const { view, fail } = this.#ways;
    try {
      const { page } = view;
      await visit.complete((form) => view.prepare(form, page));
      if (visit === this.#visit && view.form !== visit.form) this.#take(visit, view.page);
    } catch (error) {
      if (visit === this.#visit) fail(asSteadyError(error));
    }
  }

  async speak(language: string): Promise<void> {
    const { page } = this.#ways.view;
    if (!(await this.#visit?.speak(language))) return;
    await this.show(page);
    await this.complete();
  }

  #take(visit: Visit, page?: string): void {
    this.#stopListening?.();
    this.#stopListening = visit.form.subscribe(this.#ways.changed);
    this.#ways.view.take(visit.form, page);
    this.#shown = { visit, form: visit.form };
  }
}
