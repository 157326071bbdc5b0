import type { TemplateResult } from 'lit';
import { readTrackerStudy } from '../../src/study/read-tracker.ts';
import { asSteadyError, SteadyError } from '../../src/study/steady-error.ts';
import { isKeptApart, type TrackerStudy } from '../../src/study/tracker-part.ts';
import type { SubmissionKind } from '../../src/submission/any-submission.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { ElementState } from '../element/element-state.ts';
import { HeadingHeir } from '../element/heading-heir.ts';
import { endpointBase } from '../element/load-study.ts';
import { OneAtATime } from '../element/one-at-a-time.ts';
import { Post } from '../element/post.ts';
import { SessionController } from '../element/session-controller.ts';
import { StudyElement } from '../element/study-element.ts';
import { AssessmentChosenEvent } from '../events/assessment-chosen-event.ts';
import { trackerWords } from '../locales/tracker.ts';
import { base } from '../styles/base.styles.ts';
import { tokens } from '../styles/tokens.styles.ts';
import { overviewStyles } from './overview.styles.ts';
import { screen } from './overview.ts';
import { questionnaireAddress } from './questionnaire-address.ts';
import type { Actions, Delivery, Screen } from './screen.ts';
import type { Reckoning } from './times.ts';
import type { TrackerDesk } from './tracker-desk.ts';
import { TrackerVisit } from './tracker-visit.ts';

/** Without a receipt nobody knows whether what was said of a session has arrived. */
const RECEIPT_NEEDED =
  'What participants say of their sessions has to arrive: take receipt="none" away, and use an endpoint that gives receipts.';

/**
 * Shows a participant what is next: the sessions of their own arm and the questionnaires of the study, each with its day, its
 * state and what can be done about it. What is due and how things stand, the endpoint says.
 *
 * @tagname steady-session-tracker
 * @summary A participant's sessions and questionnaires: what is next, what was missed, homework, calendar, and the way out.
 *
 * @slot - Shown while the plan cannot be: before the script has loaded, and when it fails. A sentence with a phone number.
 *
 * @attr {string} questionnaire - Address of the page where `<steady-burnout-questionnaire>` stands; https, or of this page's origin.
 *
 * @fires {StateChangedEvent} steady-state-changed - `state` is loading, ready, sending or failed.
 * @fires {SubmissionChangedEvent} steady-submission-changed - A submission (`kind`, `id`) reached another `status`.
 * @fires {AssessmentChosenEvent} steady-assessment-chosen - On the way to a questionnaire (`assessment`). Cancelable: the page then takes the participant there itself.
 * @fires {SteadyErrorEvent} steady-error - Something that a developer or a network can mend: `code` and `message`.
 *
 * @csspart card - The element's surface.
 * @csspart choice - One choice, a whole row.
 * @csspart decision - The buttons to stop and to go on, which look alike.
 * @csspart primary - The button or link that goes on.
 *
 * @cssproperty --steady-accent - Buttons, marks and focus. `--steady-dark-accent` in the dark set; so for each below.
 * @cssproperty --steady-accent-strong - Links, and buttons under the pointer.
 * @cssproperty --steady-accent-weak - Behind what comes next.
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
export class SessionTracker extends StudyElement<TrackerStudy> {
  static override readonly styles = [tokens, base, overviewStyles];
  static override readonly words = trackerWords;
  static override readonly properties = {
    ...StudyElement.properties,
    questionnaire: {},
    plan: { attribute: false },
  };

  /** Where questionnaires are answered. */
  questionnaire = '';
  /**
   * `{ sessions, assessments }` as `GET /me` tells them, where no endpoint does. Then nothing is handed in: what there is to do
   * is shown, and no more. A property, never an attribute.
   */
  plan: unknown;

  readonly #session = new SessionController(this, {
    locale: this.locale,
    // What there is to do is said in this element's own words.
    isDone: () => false,
    touched: () => this.#visit.touched,
    merge: (draft) => this.#visit.merge(draft),
    contact: () => undefined,
    leave: () => this.#leave(),
    restart: () => this.#restart(),
    share: () => this.#post.share(),
    focusHeading: () => this.#focusHeading(),
    report: (error) => this.report(error),
  });
  readonly #press = new OneAtATime(this, (error) => this.report(error));
  readonly #post = new Post(this, {
    element: 'sessions',
    session: this.#session,
    draft: () => this.#visit.draft(),
    delivered: (id) => this.#delivered(id),
  });
  readonly #visit = new TrackerVisit({
    changed: (what) => (what === 'entered' ? this.#post.save() : this.requestUpdate()),
    focus: () => this.#focusHeading(),
  });
  #later: Screen['later'];
  #desk: TrackerDesk | undefined;
  #isUnreachable = false;
  /** Nothing on this page tells of a participant. */
  #isNobody = false;
  #given: unknown;
  /** What is read in words of days goes on by itself; nothing is decided by it. */
  #minute: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    new HeadingHeir(this, this.screenFocus);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#minute = setInterval(() => this.requestUpdate(), 60_000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#minute);
  }

  protected override willUpdate(): void {
    if (this.plan !== this.#given) {
      this.#given = this.plan;
      this.doing(this.#take(this.plan));
    }
    const known = this.#session.view?.session.known;
    if (known !== undefined && this.#visit.study !== undefined) this.#visit.meet(known);
    this.setState(this.#currentState());
  }

  protected override draw(): TemplateResult {
    return screen(this.#screen());
  }

  #currentState(): ElementState {
    if (this.failure) return 'failed';
    if (this.current === undefined || !this.locale.ready) return 'loading';
    return this.#press.isBusy ? 'sending' : 'ready';
  }

  #screen(): Screen {
    const { view } = this.#session;
    const { delivery } = this.#post;
    const { plan, isGiven, stage, homework } = this.#visit;
    return {
      ...{ plan, isGiven, stage, homework },
      study: this.current,
      failure: this.failure,
      locale: this.locale,
      kept: this.#post.kept,
      mode: this.currentMode,
      cover: isGiven ? undefined : view?.cover(),
      footing: isGiven ? undefined : view?.footing(),
      isAnonymous: view === undefined ? this.#isNobody : view.session.state === 'anonymous',
      isUnreachable: this.#isUnreachable,
      shared: view?.session.shared ?? false,
      busy: this.#press.isBusy,
      questionnaire: questionnaireAddress(this.questionnaire, document.baseURI),
      reckoning: this.#reckoning(),
      deliveryOf: (session) => this.#deliveryOf(this.#visit.sentFor(session)),
      stateOf: (submission) => (submission === undefined ? undefined : delivery?.state(submission)),
      earlier: delivery?.earlier ?? [],
      later: this.#later,
      act: this.#actions,
    };
  }

  #deliveryOf(submission: string | undefined): Delivery | undefined {
    if (submission === undefined) return undefined;
    const { delivery } = this.#post;
    return { submission, state: delivery?.state(submission), at: delivery?.deliveredAt(submission) };
  }

  #reckoning(): Reckoning {
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
    return {
      ...{ language: this.locale.language, here, now: new Date() },
      zone: this.#visit.plan?.sessions?.timeZone ?? here,
    };
  }

  readonly #actions: Actions = {
    show: (stage) => {
      // Whoever turns to something else has finished with what they were writing.
      this.#handInHomework();
      this.#visit.show(stage);
    },
    goToAssessment: (event, assessment) => {
      if (!this.dispatchEvent(new AssessmentChosenEvent(assessment))) event.preventDefault();
    },
    write: (session, task, text) => this.#visit.write(session, task, text),
    handInHomework: () => this.#handInHomework(),
    sendAbsence: () =>
      this.#atDesk((desk) => {
        const { stage, plan } = this.#visit;
        const which = plan?.sessions === undefined ? [] : (this.#later?.absences(plan.sessions, new Date()) ?? []);
        const only = which.length === 1 ? which[0]?.id : undefined;
        return desk.sendAbsence((stage.at === 'absence' ? stage.session : undefined) ?? only);
      }),
    sendNewTime: () => this.#atDesk((desk) => desk.sendNewTime()),
    confirmRecording: (session) => this.#atDesk((desk) => desk.confirmRecording(session)),
    leaveSessions: () => this.#atDesk((desk) => desk.leaveSessions()),
    takeCalendar: (session) => this.#atDesk((desk) => desk.takeCalendar(session)),
    makeFeed: () => this.#atDesk((desk) => desk.makeFeed()),
    revokeFeed: () => this.#atDesk((desk) => desk.revokeFeed()),
    copyFeed: () => this.#atDesk((desk) => desk.copyFeed()),
    sendAgain: (id) => this.#post.delivery?.sendAgain(id),
    download: (id) => void this.#post.delivery?.download(id, this.renderRoot),
    reload: () => this.reload(),
    askForCode: () => this.#session.view?.askForCode(),
  };

  protected override read(text: string, file: string): Promise<TrackerStudy> {
    return readTrackerStudy(text, file);
  }

  protected override clear(): void {
    this.#visit.clear();
    this.#isUnreachable = false;
  }

  protected override async begin(study: TrackerStudy): Promise<void> {
    if (isKeptApart(study) && this.requireIsolation(study.id)) return;
    // By the page: nobody is asked, and nothing is handed in.
    if (this.plan !== undefined) return await this.#restart();
    endpointBase(this.endpoint, document.baseURI);
    if (this.receipt === 'none') throw new SteadyError('receipt-needed', RECEIPT_NEEDED);
    await this.#session.begin(study);
    this.#isNobody = this.#session.view === undefined;
    if (this.current === study) await this.#restart();
  }

  /** For whoever is here now. */
  async #restart(): Promise<void> {
    const study = this.current;
    if (study === undefined) return;
    if (this.plan !== undefined) {
      this.#visit.open(study, undefined);
      await this.#bringLater();
      return this.requestUpdate();
    }
    await this.#session.open(study);
    if (!this.#session.view?.covered) await this.#open(study);
    // The rest is fetched while the overview is being looked at.
    await Promise.all([this.#bringLater(), this.#post.start(study.id)]);
    await this.#takeUp();
    this.requestUpdate();
  }

  async #open(study: TrackerStudy): Promise<void> {
    const { view } = this.#session;
    const [found] = await Promise.all([this.#post.read(study.id), view?.ready()]);
    if (this.current !== study) return;
    const draft = found.status === 'found' && found.draft.study === study.id ? found.draft : undefined;
    const known = view?.session.known;
    this.#isUnreachable = view?.session.state === 'signed-in' && known === undefined;
    this.#visit.open(study, known, draft?.step === 'session' ? draft : undefined);
    await this.updateComplete;
  }

  /** What an earlier page handed in and no endpoint has yet: once it has arrived, the plan is asked for again. */
  async #takeUp(): Promise<void> {
    for (const { id, kind } of this.#post.delivery?.earlier ?? []) {
      if (kind === 'session') await this.#post.adopt(id, kind as SubmissionKind);
    }
  }

  /** Nothing of what somebody entered or was told stays on the screen. */
  async #leave(): Promise<void> {
    this.#visit.clear();
    this.#isUnreachable = false;
    await this.#post.leave();
    this.requestUpdate();
  }

  #delivered(submission: string): void {
    this.#visit.homework.arrived(submission);
    this.#post.save();
  }

  #refresh(): void {
    this.#session.view?.session.me(true).catch(() => undefined);
  }

  async #take(given: unknown): Promise<void> {
    if (this.failure?.code === 'plan-invalid') this.failure = undefined;
    if (given === undefined) return this.#visit.give(undefined);
    const { readGivenPlan } = await import('../../src/submission/given-plan.ts');
    try {
      const plan = await readGivenPlan(given);
      if (given === this.#given) this.#visit.give(plan);
    } catch (error) {
      if (given === this.#given) this.fail(asSteadyError(error));
    }
  }

  async #bringLater(): Promise<TrackerDesk> {
    const [later] = await Promise.all([import('./after-overview.ts'), this.locale.whole]);
    adoptStyles(this.renderRoot, later.styles);
    this.#later = later;
    this.#desk ??= new later.TrackerDesk({
      visit: this.#visit,
      post: this.#post,
      locale: this.locale,
      renderRoot: this.renderRoot,
      session: () => this.#session.view?.session,
      mode: () => this.currentMode,
      origin: () => this.origin,
      refresh: () => this.#refresh(),
    });
    return this.#desk;
  }

  #handInHomework(): void {
    if (this.#visit.homework.typed.length > 0) this.doing(this.#desk?.handInHomework() ?? Promise.resolve());
  }

  async #atDesk(work: (desk: TrackerDesk) => Promise<void>): Promise<void> {
    await this.#press.do(() => this.#bringLater().then(work));
  }

  #focusHeading(): void {
    this.screenFocus.bring();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'steady-session-tracker': SessionTracker;
  }
}
