import type { PropertyValues, TemplateResult } from 'lit';
import { readScreeningStudy } from '../../src/study/read-part.ts';
import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import { asSteadyError, type SteadyError } from '../../src/study/steady-error.ts';
import type { Draft } from '../../src/submission/draft.ts';
import type { Submission } from '../../src/submission/submission.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import type { ElementState } from '../element/element-state.ts';
import { endpointBase } from '../element/load-study.ts';
import { Post } from '../element/post.ts';
import { SessionController } from '../element/session-controller.ts';
import { StudyElement } from '../element/study-element.ts';
import { FormOnScreen } from '../form-view/form-on-screen.ts';
import { FormView } from '../form-view/form-view.ts';
import { base } from '../styles/base.styles.ts';
import { formStyles } from '../styles/form.styles.ts';
import { tokens } from '../styles/tokens.styles.ts';
import type { AboutController } from './about-controller.ts';
import type { Desk, Now } from './hand-in.ts';
import { openVisit } from './open-visit.ts';
import type { Screen } from './screen.ts';
import type { ScreeningVisit } from './screening-visit.ts';
import { screen } from './screens.ts';

/**
 * Asks the study's screening questions a page at a time, decides by its declared criteria, asks for contact details only
 * of those who may take part, and is kind to the rest. The answers are posted without a name when the questions end.
 *
 * @tagname steady-eligibility-screener
 * @summary Screens for one study: questions, verdict, and contact details of those who are eligible.
 *
 * @slot - Shown while the study cannot be: before the script has loaded, and when it fails. A sentence with a phone number.
 *
 * @fires {StateChangedEvent} steady-state-changed - `state` is loading, ready, sending, sent, kept, closed or failed.
 * @fires {SubmissionChangedEvent} steady-submission-changed - A submission (`kind`, `id`) reached another `status`.
 * @fires {SteadyErrorEvent} steady-error - Something that a developer or a network can mend: `code` and `message`.
 *
 * @csspart card - The element's surface.
 * @csspart progress - Where one is and how long it will take.
 * @csspart problem-summary - What needs another look, on top of a page.
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
export class EligibilityScreener extends StudyElement<ScreeningStudy> {
  static override readonly styles = [tokens, base, formStyles];

  readonly #session = new SessionController(this, {
    locale: this.locale,
    isDone: ({ next }) => !this.#touched && next !== 'screening' && next !== 'contact',
    touched: () => this.#touched,
    merge: (draft) => void this.#bringEnd().then((end) => end.mergeInto(this.#visit, draft)),
    contact: () => (this.#visit?.step === 'thanks' ? this.#visit.posted : undefined),
    leave: () => this.#leave(),
    restart: () => this.#restart(),
    share: () => {
      this.#view.autocomplete = false;
      this.#post.share();
    },
    focusHeading: () => this.#view.focusHeading(),
    report: (error) => this.report(error),
  });
  readonly #post = new Post(this, {
    element: 'screener',
    session: this.#session,
    draft: (pending) => this.#draft(pending),
  });
  readonly #view = new FormView(this, this.locale, this.screenFocus);
  readonly #shown = new FormOnScreen<ScreeningVisit>({
    view: this.#view,
    changed: () => this.#post.save(),
    fail: (error) => this.fail(error),
  });
  #about: AboutController | undefined;
  #endings: Screen['endings'];
  /** Next was pressed, and what it asks for is under way. */
  readonly #now: Now = { notice: undefined, isBusy: false, isSending: false };

  /** Until the form of the next step can be drawn, the last screen stays. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    return super.shouldUpdate(changed) && (!this.#shown.isBetweenSteps || this.failure !== undefined);
  }

  protected override willUpdate(): void {
    if (this.locale.ready) void this.#shown.speak(this.locale.wanted);
    this.setState(this.#currentState());
  }

  protected override get readIn(): string {
    return this.#visit?.language ?? this.locale.language;
  }

  protected override draw(): TemplateResult {
    return screen(this.#screen());
  }

  /** An answer may bring on a question whose field is still being fetched. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#view.settled;
    return super.getUpdateComplete();
  }

  get #visit(): ScreeningVisit | undefined {
    return this.#shown.visit;
  }

  /** What takes a visit from page to page and to the end of its steps works with. */
  get #desk(): Desk {
    return {
      now: this.#now,
      post: this.#post,
      session: this.#session,
      shown: this.#shown,
      view: this.#view,
      study: () => (this.failure ? undefined : this.current),
      changed: () => this.requestUpdate(),
      report: (error) => this.report(error),
      fail: (error) => this.fail(error),
    };
  }

  #currentState(): ElementState {
    if (this.failure) return 'failed';
    if (this.current?.recruitment === 'closed') return 'closed';
    if (this.#session.view?.covered) return 'ready';
    if (this.#visit === undefined || this.current === undefined || !this.locale.ready) return 'loading';
    const { step, posted } = this.#visit;
    if (step === 'asking' || step === 'contact') return this.#now.isSending ? 'sending' : 'ready';
    return (
      this.#endings?.endState(posted === undefined ? undefined : this.#post.delivery?.state(posted)?.status) ??
      'sending'
    );
  }

  #screen(): Screen {
    const submission = this.#visit?.posted;
    const { delivery } = this.#post;
    const { view } = this.#session;
    return {
      state: this.state,
      study: this.current,
      failure: this.failure,
      visit: this.#visit,
      between: this.#shown.isComing,
      view: this.#view,
      locale: this.locale,
      notice: this.#now.notice,
      kept: this.#post.kept,
      cover: view?.cover(),
      footing: view?.footing(),
      afterEnrolment: view?.afterEnrolment(submission),
      anonymous: view?.session.participant === undefined,
      shared: view?.session.shared ?? false,
      busy: this.#now.isBusy,
      mode: this.currentMode,
      earlier: delivery?.earlier ?? [],
      delivery: submission === undefined ? undefined : delivery?.state(submission),
      deliveredAt: submission === undefined ? undefined : delivery?.deliveredAt(submission),
      submission,
      endings: this.#endings,
      about: this.current && this.#about?.render(this.current, this.#visit?.language ?? this.locale.language),
      toggleAbout: () => void this.#toggleAbout(),
      next: () => void this.#bringEnd().then(({ next }) => next(this.#desk)),
      back: () => void this.#back(),
      decline: () => this.#decline(),
      reload: () => this.reload(),
      sendAgain: (id) => delivery?.sendAgain(id),
      download: (id) => void delivery?.download(id, this.renderRoot),
    };
  }

  protected override read(text: string, file: string): Promise<ScreeningStudy> {
    return readScreeningStudy(text, file);
  }

  protected override withoutStudy(error: SteadyError): void {
    super.withoutStudy(error);
    this.doing(this.#sendEarlier());
  }

  protected override async begin(study: ScreeningStudy): Promise<void> {
    if (study.screening.isolation === 'required' && this.requireIsolation(study.id)) return;
    endpointBase(this.endpoint, document.baseURI);
    await this.#session.begin(study);
    if (this.current === study) await this.#restart();
  }

  /** From the beginning, or from where a draft left off: for whoever is here now. */
  async #restart(): Promise<void> {
    const study = this.current;
    if (study === undefined) return;
    const [found, left] = this.#session.view?.covered ? [] : await this.#open(study);
    // The rest is fetched while the first page is being read.
    const rest = this.#bringEnd().then((end) => end.fetchTheRest(study, found, this.#desk));
    await Promise.all([rest, this.#post.start(study.id), this.#view.getReady(), this.#session.open(study)]);
    this.requestUpdate();
    if (left?.length) await (await this.#bringEnd()).postLeft(left, this.#desk);
  }

  /** What earlier visits left behind goes out all the same, and is spoken of, where the study cannot be read now. */
  async #sendEarlier(): Promise<void> {
    if (this.endpoint.trim() === '') return;
    try {
      endpointBase(this.endpoint, document.baseURI);
      await Promise.all([this.#bringEnd(), this.#post.start(this.study), this.locale.whole]);
      this.requestUpdate();
    } catch (error) {
      const problem = asSteadyError(error);
      // An endpoint that cannot be used has been reported already.
      if (problem.code !== this.failure?.code) this.report(problem);
    }
  }

  /** What the end of a step is made of, its screens and words included. */
  async #bringEnd(): Promise<typeof import('./after-first-page.ts')> {
    const [end] = await Promise.all([import('./after-first-page.ts'), this.locale.whole]);
    adoptStyles(this.renderRoot, end.styles);
    this.#endings = end;
    return end;
  }

  /** Resolves to the draft that was found, and what a crash, or a page without a disk, left unsent in it. */
  async #open(study: ScreeningStudy): Promise<readonly [found?: FoundDraft, left?: readonly Submission[]]> {
    const [found] = await Promise.all([this.#post.read(study.id), this.#session.view?.ready()]);
    const left = this.#post.pending;
    // Nobody goes on while it is posted: the same answers would go out under a second id.
    const isLeft = left.length > 0;
    Object.assign(this.#now, { isBusy: isLeft, isSending: isLeft });
    if (study.recruitment === 'closed') return [found, left];
    const options = { study, language: this.locale.wanted, source: this.origin, mode: study.mode ?? this.mode };
    const { visit, page, aside } = await openVisit(options, found);
    if (this.current !== study) return [];
    if (aside) this.#post.setAside(aside);
    this.#shown.set(visit);
    await this.#shown.show(page);
    this.requestUpdate();
    await this.updateComplete;
    if (visit.posted !== undefined) await this.#post.adopt(visit.posted, 'screening');
    void this.#shown.complete();
    return [found, left];
  }

  /** Nothing of what somebody entered or was told stays on the screen. */
  async #leave(): Promise<void> {
    this.clear();
    await this.#post.leave();
    this.requestUpdate();
  }

  protected override clear(): void {
    this.#shown.set(undefined);
    Object.assign(this.#now, { notice: undefined, isBusy: false, isSending: false });
  }

  /** Whether anything is shown that somebody entered or was told. */
  get #touched(): boolean {
    const visit = this.#visit;
    return visit !== undefined && (visit.step !== 'asking' || Object.keys(visit.form.answers).length > 0);
  }

  #draft(pending: readonly Submission[]): Draft | 'nothing' | 'unknown' {
    if (this.#visit) return this.#visit.draft(this.#view.page, pending) ?? 'nothing';
    return this.current?.recruitment === 'closed' && pending.length === 0 ? 'nothing' : 'unknown';
  }

  async #back(): Promise<void> {
    await this.#view.back();
    this.#post.save();
  }

  async #toggleAbout(): Promise<void> {
    const [{ AboutController }] = await Promise.all([import('./about-controller.ts'), this.locale.whole]);
    this.#about ??= new AboutController(this, this.locale);
    this.#about.toggle();
  }

  #decline(): void {
    this.#visit?.declineContact();
    this.#post.save();
    this.#view.focusHeading();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'steady-eligibility-screener': EligibilityScreener;
  }
}
