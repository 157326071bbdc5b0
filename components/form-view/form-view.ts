import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Form, Item, Page, Question } from '../../src/form/form.ts';
import { commentKey, questionsIn } from '../../src/form/questions.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import { directionOf, type LocaleController } from '../element/locale-controller.ts';
import { markdown } from '../element/markdown.ts';
import type { ScreenFocus } from '../element/screen-focus.ts';
import type { FieldContext, ShownProblem } from './field.ts';
import { Fields } from './fields/fields.ts';
import type { PageProblems } from './page-problems.ts';

interface FormViewHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/**
 * Shows a form a page at a time. Owns which page is open, which problems are shown and where the focus goes; does not own
 * the answers (the form's) nor what happens with them (the element's). Being invalid and showing it are two states: a
 * problem appears when somebody wants to go on, and leaves as soon as it is mended.
 */
export class FormView {
  readonly #host: FormViewHost;
  readonly #locale: LocaleController;
  readonly #focus: ScreenFocus;
  readonly #fields = new Fields((styles) => adoptStyles(this.#host.renderRoot, styles));
  /** Questions whose fields have been fetched: what logic brings onto the open page may need another. */
  readonly #prepared = new Set<string>();
  #form: Form | undefined;
  #unsubscribe: (() => void) | undefined;
  #settled: Promise<void> = Promise.resolve();
  #page = '';
  /** Those of the open page, once anybody has asked for them. */
  #problems: PageProblems | undefined;
  /** Off on a shared computer. */
  autocomplete = true;
  /** Answers may be left open: one is asked for them once, and goes on without. */
  mayLeaveOpen = false;

  constructor(host: FormViewHost, locale: LocaleController, focus: ScreenFocus) {
    this.#host = host;
    this.#locale = locale;
    this.#focus = focus;
  }

  /** Takes a form over: a new one, or the same questions from another engine or in another language. */
  async open(form: Form, page?: string): Promise<void> {
    await this.prepare(form, page);
    this.take(form, page);
  }

  /** Fetches what a form's page is drawn with. */
  async prepare(form: Form, page?: string): Promise<void> {
    await this.#prepare(pageOf(form, page));
  }

  /** In place and at once, a form whose page is prepared. */
  take(form: Form, page?: string): void {
    this.#unsubscribe?.();
    this.#form = form;
    this.#unsubscribe = form.subscribe(() => {
      this.#settled = this.#changed();
    });
    this.#page = pageOf(form, page)?.name ?? '';
    this.#problems?.calm();
    this.#host.requestUpdate();
  }

  /** Fetches what the other pages and the first Next will need, while the first page is being read. */
  async getReady(): Promise<void> {
    await Promise.all([
      ...this.#pages.map((page) => this.#prepare(page)),
      this.#form?.problems(),
      import('./page-problems.ts'),
    ]);
  }

  /** Resolves once the last answer shows in all that it brought with it. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  get form(): Form | undefined {
    return this.#form;
  }

  /** The open page's name. */
  get page(): string {
    return this.#page;
  }

  get index(): number {
    return Math.max(
      0,
      this.#pages.findIndex(({ name }) => name === this.#page),
    );
  }

  get count(): number {
    return this.#pages.length;
  }

  get isLast(): boolean {
    return this.index === this.count - 1;
  }

  /** Questions from the open page to the end: what an honest estimate of the time left counts. */
  get questionsLeft(): number {
    return this.#pages.slice(this.index).flatMap(({ items }) => [...questionsIn(items)]).length;
  }

  /** Shows what is wrong on the open page, if anything, and moves the focus to it. True: nothing is. */
  async check(): Promise<boolean> {
    return (await this.#bringProblems()).check();
  }

  /** The same for the whole form: opens the first page on which something is wrong. True: nothing is. */
  async checkAll(): Promise<boolean> {
    return (await this.#bringProblems()).checkAll();
  }

  async next(): Promise<void> {
    await this.#go(this.index + 1);
  }

  async back(): Promise<void> {
    await this.#go(this.index - 1);
  }

  /** At the next drawing the page's heading takes the focus: for a step that somebody else has made. */
  focusHeading(): void {
    this.#focus.bring();
  }

  /**
   * The open page: summary of problems, heading, questions.
   *
   * @param fallback names a page that has no title of its own
   * @param note stands below all titles, before the first question
   * @param intro stands above the page's own title, under a heading of its own, on the form's first page
   */
  render(
    fallback: string,
    note?: TemplateResult,
    intro?: { readonly heading: string; readonly text: TemplateResult },
  ): TemplateResult | typeof nothing {
    const page = this.#pages[this.index];
    if (page === undefined) return nothing;
    const problems = this.#problems?.shown ?? [];
    const language = this.#form?.language ?? '';
    return html`
      ${this.#problems?.summary() ?? nothing}
      ${
        intro !== undefined && this.index === 0
          ? html`<h2 tabindex="-1" data-focus="heading">${intro.heading}</h2>${intro.text}${page.title === undefined ? nothing : html`<h3>${page.title}</h3>`}`
          : html`<h2 tabindex="-1" data-focus="heading">${page.title ?? (this.#form?.title || fallback)}</h2>`
      }
      ${this.index === 0 && this.#form?.description ? html`<div class="lead">${markdown(this.#form.description)}</div>` : nothing}
      ${page.description === undefined ? nothing : html`<div class="lead">${markdown(page.description)}</div>`}
      ${note}
      ${keyed(page.name, html`<div class="questions" lang=${language} dir=${directionOf(language)}>${this.#items(page.items, problems)}</div>`)}
    `;
  }

  get #pages(): readonly Page[] {
    return this.#form?.pages ?? [];
  }

  readonly #say: FieldContext['say'] = (key, params) => this.#locale.say(key, params);

  async #go(index: number): Promise<void> {
    const page = this.#pages[Math.min(Math.max(index, 0), this.count - 1)];
    if (page === undefined) return;
    await this.#turn(page);
    this.focusHeading();
  }

  async #turn(page: Page): Promise<void> {
    await this.#prepare(page);
    this.#page = page.name;
    this.#problems?.calm();
  }

  async #prepare(page: Page | undefined): Promise<void> {
    const questions = [...questionsIn(page?.items ?? [])];
    await this.#fields.prepare(questions);
    for (const question of questions) this.#prepared.add(kindOf(question));
  }

  /** A problem that is shown leaves as soon as it is mended; new ones wait for the next check. */
  async #changed(): Promise<void> {
    this.#host.requestUpdate();
    const open = this.#pages[this.index];
    if ([...questionsIn(open?.items ?? [])].some((question) => !this.#prepared.has(kindOf(question)))) {
      await this.#prepare(open);
      this.#host.requestUpdate();
    }
    await this.#problems?.mend();
  }

  async #bringProblems(): Promise<PageProblems> {
    const [{ PageProblems, styles }] = await Promise.all([import('./page-problems.ts'), this.#locale.whole]);
    adoptStyles(this.#host.renderRoot, styles);
    this.#problems ??= new PageProblems({
      view: this,
      root: this.#host.renderRoot,
      say: this.#say,
      idOf,
      open: (page) => this.#turn(page),
      changed: (isNew) => {
        if (isNew) this.#focus.bring();
        else this.#host.requestUpdate();
      },
    });
    return this.#problems;
  }

  /** By name: a question that logic brings in must not take the controls, and the focus, of the one it moves down. */
  #items(items: readonly Item[], problems: readonly ShownProblem[]): unknown {
    return repeat(
      items,
      ({ name }) => name,
      (item) => this.#item(item, problems),
    );
  }

  #item(item: Item, problems: readonly ShownProblem[]): TemplateResult {
    if (item.type === 'html') return html`<div class="prose">${markdown(item.text)}</div>`;
    if (item.type === 'panel') {
      return html`
        <section class="panel">
          ${item.title === undefined ? nothing : html`<h3>${item.title}</h3>`}
          ${item.description === undefined ? nothing : html`<div class="help">${markdown(item.description)}</div>`}
          ${this.#items(item.items, problems)}
        </section>`;
    }
    const own = problems.filter(({ question }) => question === item.name);
    return html`<div class=${own.length > 0 ? 'slot bad' : 'slot'}>${this.#fields.draw(this.#context(item, own, idOf(item.name)))}</div>`;
  }

  #context(question: Question, problems: readonly ShownProblem[], id: string): FieldContext {
    const form = this.#form;
    return {
      question,
      problems,
      id,
      // As it is when it is asked for: two answers may come between two drawings.
      get value() {
        return form?.answers[question.name];
      },
      comment: form?.answers[commentKey(question.name)],
      autocomplete: this.autocomplete,
      say: this.#say,
      answer: (value) => form?.answer(question.name, value),
      answerComment: (text) => form?.answer(commentKey(question.name), text === '' ? undefined : text),
      left: () => void this.#changed(),
    };
  }
}

/** Another form may ask something else by the same name. */
function kindOf({ name, type }: Question): string {
  return `${type} ${name}`;
}

/** The page of that name, else the first. */
function pageOf(form: Form, name: string | undefined): Page | undefined {
  return form.pages.find((page) => page.name === name) ?? form.pages[0];
}

/** An id that a question keeps whatever is shown around it, and that no list of ids falls apart at. */
function idOf(question: string): string {
  return `q-${question.replace(/[^\w-]/g, (sign) => `_${sign.codePointAt(0)?.toString(16)}`)}`;
}
