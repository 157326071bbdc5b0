import type { PropertyValues, TemplateResult } from 'lit';
import type { InstrumentEntry } from '../../src/study/assessments-part.ts';
import { type QuestionnaireStudy, readQuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import { asSteadyError } from '../../src/study/steady-error.ts';
import type { Draft } from '../../src/submission/draft.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import type { ElementState } from '../element/element-state.ts';
import { LeaveGuard } from '../element/leave-guard.ts';
import { endpointBase } from '../element/load-study.ts';
import { Post } from '../element/post.ts';
import { SessionController } from '../element/session-controller.ts';
import { StudyElement } from '../element/study-element.ts';
import { FormOnScreen } from '../form-view/form-on-screen.ts';
import { FormView } from '../form-view/form-view.ts';
import { questionnaireWords } from '../locales/questionnaire.ts';
import { base } from '../styles/base.styles.ts';
import { formStyles } from '../styles/form.styles.ts';
import { tokens } from '../styles/tokens.styles.ts';
import type { Course } from './course.ts';
import type { Desk, Now } from './desk.ts';
import { loadInstrument } from './load-instrument.ts';
import { openSitting, sittingDraft } from './open-sitting.ts';
import type { Actions, Screen } from './screen.ts';
import { screen } from './screens.ts';
import type { Sitting, SittingOptions } from './sitting.ts';
import { type Enquiry, Standing } from './standing.ts';
import { type Asked, isIsolated } from './which-questionnaire.ts';

/**
 * Asks what is due for a participant: the instruments and forms of one assessment in one sitting, or one instrument on its
 * own. Answers are kept while they are given, handed in once, and scored by the endpoint.
 *
 * @tagname steady-burnout-questionnaire
 * @summary Validated instruments and a study's own forms, at their time points.
 *
 * @slot - Shown while the questions cannot be: before the script has loaded, and when it fails. A sentence with a phone number.
 *
 * @fires {StateChangedEvent} steady-state-changed - `state` is loading, ready, sending, sent, kept, closed or failed.
 * @fires {SubmissionChangedEvent} steady-submission-changed - A submission (`kind`, `id`) reached another `status`.
 * @fires {SteadyErrorEvent} steady-error - Something that a developer or a network can mend: `code` and `message`.
 *
 * @csspart card - The element's surface.
 * @csspart progress - Where one is and how long it will take.
 * @csspart problem-summary - What needs another look, or is still open, on top of a page.
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
export class BurnoutQuestionnaire extends StudyElement<QuestionnaireStudy> {
  static override readonly styles = [tokens, base, formStyles];
  static override readonly words = questionnaireWords;
  static override readonly properties = { ...StudyElement.properties, assessment: {}, instrument: {} };

  /** One assessment of the study, by its id; what is due, if not set. */
  assessment = '';
  /** One instrument of the study on its own, by its id. */
  instrument = '';

  readonly #session = new SessionController(this, {
    locale: this.locale,
    // Where somebody stands is said in this element's own words.
    isDone: () => false,
    touched: () => this.#sitting?.isBegun === true || this.#course !== undefined,
    merge: (draft) => draft.step === 'questionnaire' && this.#sitting?.merge(draft),
    contact: () => undefined,
    leave: () => this.#leave(),
    restart: () => this.#restart(),
    share: () => {
      this.#view.autocomplete = false;
      this.#post.share();
    },
    focusHeading: () => this.#view.focusHeading(),
    report: (error) => this.report(error),
  });
  readonly #post = new Post<QuestionnaireSubmission>(this, {
    element: 'questionnaire',
    session: this.#session,
    draft: (pending) => this.#draft(pending),
    delivered: (id) => this.#delivered(id),
  });
  readonly #view = new FormView(this, this.locale, this.screenFocus);
  readonly #shown = new FormOnScreen<Sitting>({
    view: this.#view,
    changed: () => this.#post.save(),
    fail: (error) => this.fail(error),
  });
  readonly #now: Now = { notice: undefined, isBusy: false, isSending: false };
  #asked = '';
  readonly #standing = new Standing();
  #later: Screen['later'];
  #desk: Desk | undefined;
  #course: Course | undefined;

  constructor() {
    super();
    new LeaveGuard(this, () => this.#isAtRisk);
  }

  /** Until the form of the next part can be drawn, the last one stays. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    return super.shouldUpdate(changed) && (!this.#shown.isBetweenSteps || this.failure !== undefined);
  }

  protected override willUpdate(): void {
    const asked = JSON.stringify([this.assessment, this.instrument]);
    if (this.#asked !== asked && this.#standing.which !== undefined) this.doing(this.#restart());
    this.#asked = asked;
    this.#meet();
    if (this.locale.ready && this.#sitting !== undefined) this.doing(this.#shown.speak(this.locale.wanted));
    this.setState(this.#currentState());
  }

  protected override get readIn(): string {
    return this.#sitting?.language ?? this.locale.language;
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

  get #sitting(): Sitting | undefined {
    return this.#shown.visit;
  }

  /** What was answered would go with the page: nothing keeps it, or a shared computer must not. */
  get #isAtRisk(): boolean {
    const { kept } = this.#post;
    const isShared = this.#session.view?.session.shared === true;
    return (
      (kept === 'nowhere' || (isShared && kept === 'saving')) &&
      this.drafts !== 'off' &&
      this.#sitting?.posted === undefined &&
      this.#sitting?.isBegun === true
    );
  }

  #currentState(): ElementState {
    if (this.failure) return 'failed';
    if (this.#session.view?.covered) return 'ready';
    if (this.current === undefined || this.#standing.which === undefined || !this.locale.ready) return 'loading';
    const posted = this.#sitting?.posted;
    if (posted === undefined) return this.#now.isSending ? 'sending' : 'ready';
    return this.#later?.endState(this.#post.delivery?.state(posted)?.status) ?? 'sending';
  }

  #screen(): Screen {
    const { view } = this.#session;
    const { delivery } = this.#post;
    const posted = this.#sitting?.posted;
    return {
      state: this.state,
      study: this.current,
      failure: this.failure,
      which: this.#standing.which,
      sitting: this.#sitting,
      between: this.#shown.isComing,
      view: this.#view,
      locale: this.locale,
      notice: this.#now.notice,
      kept: this.#post.kept,
      cover: view?.cover(),
      footing: view?.footing(),
      shared: view?.session.shared ?? false,
      busy: this.#now.isBusy,
      mode: this.currentMode,
      earlier: delivery?.earlier ?? [],
      delivery: posted === undefined ? undefined : delivery?.state(posted),
      deliveredAt: posted === undefined ? undefined : delivery?.deliveredAt(posted),
      course: this.#course,
      later: this.#later,
      act: this.#actions,
    };
  }

  readonly #actions: Actions = {
    next: () => this.doing(this.#bringDesk().then((desk) => desk.next())),
    back: () => this.doing(this.#bringDesk().then((desk) => desk.back())),
    reload: () => this.reload(),
    askForCode: () => this.#session.view?.askForCode(),
    sendAgain: (id) => this.#post.delivery?.sendAgain(id),
    download: (id) => void this.#post.delivery?.download(id, this.renderRoot),
  };

  protected override read(text: string, file: string): Promise<QuestionnaireStudy> {
    return readQuestionnaireStudy(text, file);
  }

  protected override async begin(study: QuestionnaireStudy): Promise<void> {
    endpointBase(this.endpoint, document.baseURI);
    await this.#session.begin(study);
    if (this.current === study) await this.#restart();
  }

  /** From the beginning, or from where a draft left off: for whoever is here now. */
  async #restart(): Promise<void> {
    const study = this.current;
    if (study === undefined) return;
    this.clear();
    try {
      const [found, left] = this.#session.view?.covered ? [] : await this.#open(study);
      // The rest is fetched while the first page is being read.
      const [desk] = await Promise.all([this.#bringDesk(), this.#post.start(study.id), this.#session.open(study)]);
      if (found && this.#sitting) desk.warnOf(found, this.#sitting, study.version);
      if (left?.length) await desk.handInLeft(left);
      // So that the rest of the way can be gone without a network.
      this.doing(Promise.all([this.#view.getReady(), this.#sitting?.foresee()]).then(() => this.requestUpdate()));
      this.doing(this.#bringCourse());
    } catch (error) {
      if (this.current === study) this.fail(asSteadyError(error));
    }
  }

  /** Resolves to the draft that was found, where it is of what is asked now, and what it had finished and unsent. */
  async #open(
    study: QuestionnaireStudy,
  ): Promise<readonly [found?: FoundDraft | undefined, left?: readonly QuestionnaireSubmission[]]> {
    const which = [this.assessment || this.instrument].map((id) => id && `-${id}`).join('');
    const [found] = await Promise.all([this.#post.read(study.id, which), this.#session.view?.ready()]);
    if (this.current !== study) return [];
    const left = this.#post.pending;
    // Nobody goes on while it is posted: the same answers would go out under a second id.
    const isLeft = left.length > 0;
    Object.assign(this.#now, { isBusy: isLeft, isSending: isLeft });
    const draft = sittingDraft(found);
    const { asked } = this.#standing.decide(this.#enquiry(study), draft?.assessment);
    if (asked === undefined || (isIsolated(asked) && this.requireIsolation(study.id))) return [undefined, left];
    const { aside, page, sitting } = await openSitting(this.#options(study, asked), draft);
    if (this.current !== study) return [];
    if (aside) this.#post.setAside(aside);
    await this.#show(sitting, page);
    return [aside === undefined ? found : undefined, left];
  }

  /** Puts the open part of a sitting onto the screen. */
  async #show(sitting: Sitting, page?: string): Promise<void> {
    this.#view.mayLeaveOpen = sitting.part.kind === 'instrument' && !sitting.mustBeWhole;
    this.#shown.set(sitting);
    await this.#shown.show(page);
    this.requestUpdate();
    await this.updateComplete;
    void this.#shown.complete();
  }

  #enquiry(study: QuestionnaireStudy): Enquiry {
    const session = this.#session.view?.session;
    const { assessment, instrument } = this;
    return { study, assessment, instrument, me: session?.known, isSignedIn: session?.state === 'signed-in' };
  }

  /** The endpoint has said where this participant stands. */
  #meet(): void {
    const study = this.current;
    if (study === undefined || !this.#standing.isNews(this.#session.view?.session.known)) return;
    const sitting = this.#sitting;
    // Something was answered elsewhere, or has just arrived from an earlier page: nobody is asked it again.
    const isStale = this.#standing.update(this.#enquiry(study)) && sitting?.posted === undefined && !sitting?.isBegun;
    if (sitting === undefined || isStale) this.doing(this.#restart());
  }

  /** Nothing of what somebody entered or was told stays on the screen. */
  async #leave(): Promise<void> {
    this.clear();
    await this.#post.leave();
    this.requestUpdate();
  }

  protected override clear(): void {
    this.#shown.set(undefined);
    this.#standing.clear();
    this.#course = undefined;
    Object.assign(this.#now, { notice: undefined, isBusy: false, isSending: false });
  }

  #draft(pending: readonly QuestionnaireSubmission[]): Draft | 'nothing' | 'unknown' {
    const sitting = this.#sitting;
    if (sitting === undefined) {
      return pending.length === 0 && this.#standing.which?.instead === 'done' ? 'nothing' : 'unknown';
    }
    if (sitting.posted !== undefined && pending.length === 0) return 'nothing';
    const draft = sitting.draft(this.#view.page);
    return pending.length === 0 ? draft : { ...draft, pending: [...pending] };
  }

  #delivered(submission: string): void {
    if (submission === this.#sitting?.posted) this.doing(this.#bringCourse());
  }

  async #bringDesk(): Promise<Desk> {
    const later = await this.#bringLater();
    this.#desk ??= new later.Desk({
      ...{ now: this.#now, post: this.#post, shown: this.#shown, view: this.#view },
      changed: () => this.requestUpdate(),
      show: (sitting, page) => this.#show(sitting, page),
      report: (error) => this.report(error),
      fail: (error) => this.fail(error),
    });
    return this.#desk;
  }

  async #bringLater(): Promise<NonNullable<Screen['later']>> {
    const [later] = await Promise.all([import('./after-first-page.ts'), this.locale.whole]);
    adoptStyles(this.renderRoot, later.styles);
    this.#later = later;
    return later;
  }

  /** The participant's own scores, where there are any that the study lets them see. */
  async #bringCourse(): Promise<void> {
    const study = this.current;
    const token = this.#session.view?.session.credentials?.token;
    const mayBeSeen = study?.assessments?.some(({ feedback = 'none' }) => feedback !== 'none') === true;
    const isOver = this.#standing.which?.instead === 'done' || this.#sitting?.posted !== undefined;
    if (!mayBeSeen || !isOver || token === undefined || study === undefined) return;
    const { ownCourse } = await this.#bringLater();
    const bringer = { endpoint: this.endpoint, study: study.id, token };
    const course = await ownCourse(bringer, study.assessments ?? [], (entry) => this.#load(entry));
    if (token === this.#session.view?.session.credentials?.token) this.#course = course;
    this.requestUpdate();
  }

  #options(study: QuestionnaireStudy, asked: Asked): SittingOptions {
    return {
      study,
      asked,
      language: this.locale.wanted,
      source: this.origin,
      mode: study.mode ?? this.mode,
      load: (entry) => this.#load(entry),
    };
  }

  #load(entry: InstrumentEntry) {
    const token = this.#session.view?.session.credentials?.token;
    return loadInstrument(entry, { endpoint: this.endpoint, study: this.current?.id ?? '', token });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'steady-burnout-questionnaire': BurnoutQuestionnaire;
  }
}
