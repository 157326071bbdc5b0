import type { PropertyValues, TemplateResult } from 'lit';
import { readStudyHead } from '../../src/study/read-head.ts';
import type { StudyHead } from '../../src/study/schema.ts';
import { asSteadyError, SteadyError } from '../../src/study/steady-error.ts';
import { groupLinkCode } from '../../src/submission/link-code.ts';
import type { Link, NewLink } from '../../src/submission/links.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { ElementState } from '../element/element-state.ts';
import { endpointBase } from '../element/load-study.ts';
import type { ShownProblem } from '../element/problem-summary.ts';
import type { IdleWatch } from '../element/session/idle-watch.ts';
import { StudyElement } from '../element/study-element.ts';
import { selectStyles } from '../form-view/fields/select.styles.ts';
import { textStyles } from '../form-view/fields/text.styles.ts';
import { linkWords } from '../locales/link.ts';
import { base } from '../styles/base.styles.ts';
import { choiceStyles } from '../styles/choice.styles.ts';
import { formStyles } from '../styles/form.styles.ts';
import { tokens } from '../styles/tokens.styles.ts';
import { pageAddress } from './addresses.ts';
import { Copying } from './copying.ts';
import { firstStyles } from './first.styles.ts';
import { LinkForm } from './link-form.ts';
import { Recruiter } from './recruiter.ts';
import type { Actions, Screen } from './screen.ts';
import { screen } from './screens.ts';
import type { ShownLink } from './shown-link.ts';

type Later = typeof import('./after-first-screen.ts');

/**
 * For recruiters: makes links that lead to the screener, with the code to scan, words to send and a poster to print, and
 * shows what came of each, as numbers and never as people. Without an endpoint it makes a plain address instead, and says
 * that nothing of it is checked or counted.
 *
 * @tagname steady-screener-link
 * @summary A recruiter's links to the screener: made, copied, scanned, printed, counted, and ended.
 *
 * @slot - Shown while the element cannot be: before the script has loaded, and when it fails.
 *
 * @fires {StateChangedEvent} steady-state-changed - `state` is loading, ready, sending or failed.
 * @fires {SteadyErrorEvent} steady-error - Something that a developer or a network can mend: `code` and `message`.
 *
 * @csspart card - The element's surface.
 * @csspart problem-summary - What the form lacks.
 * @csspart choice - One choice, a whole row.
 * @csspart primary - The button that goes on.
 *
 * @cssproperty --steady-accent - Buttons, marks and focus. `--steady-dark-accent` in the dark set; so for each below.
 * @cssproperty --steady-accent-strong - Links, and buttons under the pointer.
 * @cssproperty --steady-accent-weak - Behind what is chosen.
 * @cssproperty --steady-on-accent - Words on the accent.
 * @cssproperty --steady-ink - Text.
 * @cssproperty --steady-ink-2 - Help and meta.
 * @cssproperty --steady-line - Quiet lines.
 * @cssproperty --steady-line-strong - Lines of controls.
 * @cssproperty --steady-paper - The surface.
 * @cssproperty --steady-ground - Behind notices.
 * @cssproperty --steady-bad - Problems.
 * @cssproperty --steady-bad-weak - Behind problems.
 * @cssproperty --steady-good - What went well.
 * @cssproperty --steady-warn - What needs attention.
 * @cssproperty --steady-warn-weak - Behind what needs attention.
 * @cssproperty --steady-radius - Corners of controls.
 * @cssproperty --steady-font - Typeface.
 */
export class ScreenerLink extends StudyElement<StudyHead> {
  static override readonly styles = [tokens, base, formStyles, choiceStyles, textStyles, selectStyles, firstStyles];
  static override readonly words = linkWords;
  static override readonly properties = { ...StudyElement.properties, page: {}, token: { attribute: false } };

  /** Where there is no endpoint: the address of the page that the screener stands on. */
  page = '';
  /** Signs a recruiter in, where the page knows their token. Never an attribute, and empty again as soon as it is taken. */
  token = '';

  #form = new LinkForm();
  readonly #copying = new Copying(() => this.requestUpdate());
  readonly #recruiter = new Recruiter({
    changed: () => this.requestUpdate(),
    focus: () => this.#focusHeading(),
  });
  /** What is made without an endpoint. */
  #made: NewLink | undefined;
  #shown: ShownLink | undefined;
  /** Which link that is. */
  #shownFor: Link | NewLink | undefined;
  #problems: readonly ShownProblem[] = [];
  #pictureFailed = false;
  #later: Later | undefined;
  #idle: IdleWatch | undefined;
  #isOpen = false;
  #wasSignedIn = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#left);
    this.#idle?.stop();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#left);
    if (this.#recruiter.staff !== undefined) this.#idle?.watch(this.idleMinutes);
    if (this.hasAttribute('token')) this.report(new SteadyError('token-attribute', TOKEN_ATTRIBUTE));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('page') && this.hasUpdated) void this.studies.load();
    if (this.#isOpen && !this.#isPlain && this.token !== '') {
      const { token } = this;
      this.token = '';
      this.doing(this.#signIn(token));
    }
    const { link, staff } = this.#recruiter;
    if (staff === undefined && this.#wasSignedIn) this.#forget();
    this.#wasSignedIn = staff !== undefined;
    if ((link ?? this.#made) !== this.#shownFor) this.doing(this.#lookAt(link, this.#made));
    this.setState(this.#currentState());
  }

  /** A page that is left may be shown again, as it was, to whoever presses Back. */
  readonly #left = () => this.#recruiter.signOut();

  protected override draw(): TemplateResult {
    return screen(this.#screen());
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const box of this.renderRoot.querySelectorAll('textarea')) growToText(box);
  }

  /** Without an endpoint nobody looks a code up. */
  get #isPlain(): boolean {
    return this.endpoint.trim() === '' && this.page.trim() !== '';
  }

  #currentState(): ElementState {
    if (this.failure) return 'failed';
    if (!this.#isOpen || !this.locale.ready) return 'loading';
    return this.#recruiter.busy ? 'sending' : 'ready';
  }

  #screen(): Screen {
    return {
      ready: this.#isOpen,
      study: this.current,
      failure: this.failure,
      locale: this.locale,
      mode: this.currentMode,
      plain: this.#isPlain,
      recruiter: this.#recruiter,
      form: this.#form,
      problems: this.#problems,
      copying: this.#copying,
      shown: this.#shown,
      opening: this.#shownFor !== undefined && this.#shown === undefined,
      pictureFailed: this.#pictureFailed,
      shared: this.sharedComputer,
      later: this.#later,
      act: this.#actions,
    };
  }

  readonly #actions: Actions = {
    signIn: (token) => this.doing(this.#signIn(token)),
    signOut: () => this.#recruiter.signOut(),
    changed: () => {
      // What was mended is said no more.
      if (this.#problems.length > 0) this.#problems = this.#findProblems();
      this.requestUpdate();
    },
    make: () => this.doing(this.#make()),
    show: (code) => this.#recruiter.show(code),
    showAll: () => this.doing(this.#showAll()),
    showMore: () => this.doing(this.#recruiter.showMore()),
    askToEnd: (isEnding) => this.#recruiter.askToEnd(isEnding),
    end: () => this.doing(this.#recruiter.end()),
    copy: (what) => this.doing(this.#copy(what)),
    take: (as) => this.doing(this.#take(as)),
    print: () => {
      if (this.#shown) this.#later?.printPoster(this.#shown, this.renderRoot);
    },
    reload: () => this.reload(),
  };

  protected override async read(text: string, file: string): Promise<StudyHead> {
    return readStudyHead(text, file);
  }

  protected override clear(): void {
    this.#isOpen = false;
    this.#made = undefined;
    this.#recruiter.use(undefined);
  }

  /** A page that has no endpoint may have no study file either. */
  protected override withoutStudy(error: SteadyError): void {
    const needsNone = this.#isPlain && this.study.trim() === '';
    if (needsNone) this.begin(undefined).catch((reason: unknown) => this.fail(asSteadyError(reason)));
    else super.withoutStudy(error);
  }

  protected override async begin(study: StudyHead | undefined): Promise<void> {
    this.#form.offer(study, this.locale.wanted);
    // What is no address is the developer's to mend, before anybody has chosen anything.
    if (this.#isPlain) pageAddress(this.page, document.baseURI, '');
    else endpointBase(this.endpoint, document.baseURI);
    this.#isOpen = true;
    this.requestUpdate();
    // The rest is fetched while the first screen is being looked at.
    await this.#bringLater();
  }

  async #bringLater(): Promise<Later> {
    const [later] = await Promise.all([import('./after-first-screen.ts'), this.locale.whole]);
    adoptStyles(this.renderRoot, later.styles);
    this.#later = later;
    this.#idle ??= new later.IdleWatch(() => this.#recruiter.signOut({ words: 'link-idle' }));
    this.requestUpdate();
    return later;
  }

  async #signIn(token: string): Promise<void> {
    const { staffCalls } = await this.#bringLater();
    const study = this.current;
    if (study === undefined) return;
    this.#recruiter.use(staffCalls(endpointBase(this.endpoint, document.baseURI), study.id));
    await this.#recruiter.signIn(token);
    const { staff } = this.#recruiter;
    if (staff === undefined) return;
    this.#form.offer(this.current, this.locale.wanted, staff.sites);
    this.#idle?.watch(this.idleMinutes);
    this.requestUpdate();
  }

  /** What one recruiter has chosen is not the next one's. */
  #forget(): void {
    this.#idle?.stop();
    this.#form = new LinkForm();
    this.#form.offer(this.current, this.locale.wanted);
    this.#problems = [];
  }

  async #make(): Promise<void> {
    await this.#bringLater();
    this.#problems = this.#findProblems();
    if (this.#problems.length > 0) {
      this.#focusHeading();
      return;
    }
    const wanted = this.#form.asked();
    if (this.#isPlain) {
      this.#made = wanted;
      this.#focusHeading();
    } else if (await this.#recruiter.make(wanted)) {
      this.#form.clear();
    }
  }

  #findProblems(): readonly ShownProblem[] {
    return this.#form.problems(new Date()).map(({ field, code }) => ({
      question: field,
      missing: code !== 'day' && code !== 'past',
      sentence: this.locale.say(`link-problem.${code}`),
      control: field,
      name: this.locale.say(`link-${field}`),
    }));
  }

  /** Another link on the screen, or none. */
  async #lookAt(link: Link | undefined, made: NewLink | undefined): Promise<void> {
    const looked = link ?? made;
    this.#shownFor = looked;
    const isSame = link !== undefined && this.#shown?.code === groupLinkCode(link.code);
    if (!isSame) this.#copying.forget();
    this.#pictureFailed = false;
    const later = looked && (await this.#bringLater());
    const { baseURI } = document;
    const place = { study: this.current, mode: this.currentMode, words: linkWords };
    const shown = link
      ? await later?.shownLink(link, endpointBase(this.endpoint, baseURI), place)
      : made && (await later?.shownPage(made, { page: this.page, base: baseURI }, place));
    if (this.#shownFor !== looked) return;
    this.#shown = shown;
    if (!isSame) this.#focusHeading();
    this.requestUpdate();
  }

  async #showAll(): Promise<void> {
    this.#made = undefined;
    this.#focusHeading();
    if (!this.#isPlain) await this.#recruiter.showAll();
  }

  async #copy(what: string): Promise<void> {
    const box = this.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${what}`);
    if (box === null) return;
    await this.#copying.copy(what, box.value, () => {
      box.focus();
      box.select();
    });
  }

  async #take(as: 'svg' | 'png'): Promise<void> {
    if (this.#shown === undefined) return;
    this.#pictureFailed = false;
    try {
      await this.#later?.takeQr(this.#shown, as, this.renderRoot);
    } catch (error) {
      this.#pictureFailed = true;
      this.requestUpdate();
      throw error;
    }
  }

  #focusHeading(): void {
    this.screenFocus.bring();
  }
}

/** The box is as high as what stands in it, without a style of its own: a strict page would refuse one. */
function growToText(box: HTMLTextAreaElement): void {
  box.rows = FEWEST_ROWS;
  while (box.scrollHeight > box.clientHeight && box.rows < MOST_ROWS) box.rows += 1;
}

const FEWEST_ROWS = 2;
const MOST_ROWS = 60;

const TOKEN_ATTRIBUTE =
  'A token in the page’s source is nobody’s secret: take the attribute away, end that token, and set the property "token" or let the recruiter type it.';

declare global {
  interface HTMLElementTagNameMap {
    'steady-screener-link': ScreenerLink;
  }
}
