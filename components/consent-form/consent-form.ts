import type { TemplateResult } from 'lit';
import type { ConsentStudy } from '../../src/study/consent-part.ts';
import { readConsentStudy } from '../../src/study/read-consent.ts';
import { asSteadyError, SteadyError } from '../../src/study/steady-error.ts';
import type { SubmissionKind } from '../../src/submission/any-submission.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { ElementState } from '../element/element-state.ts';
import { HeadingHeir } from '../element/heading-heir.ts';
import { endpointBase, fetchStudy, studyAddress } from '../element/load-study.ts';
import { OneAtATime } from '../element/one-at-a-time.ts';
import { Post } from '../element/post.ts';
import { SessionController } from '../element/session-controller.ts';
import { StudyElement } from '../element/study-element.ts';
import { consentWords } from '../locales/consent.ts';
import { base } from '../styles/base.styles.ts';
import { formStyles } from '../styles/form.styles.ts';
import { tokens } from '../styles/tokens.styles.ts';
import { ConsentVisit } from './consent-visit.ts';
import type { Desk, Reauthenticate } from './desk.ts';
import { readingStyles } from './reading.styles.ts';
import type { Actions, Screen } from './screen.ts';
import { screen } from './screens.ts';

/** Without a receipt nobody knows whether a signature stands. */
const RECEIPT_NEEDED =
  'A signature is one when a receiver has said so: take receipt="none" away, and use an endpoint that gives receipts.';

/**
 * Asks for a participant's consent with the study's own document: key information first, every section opened before
 * anything is signed, questions about what was understood, choices, and a signature that is a record. Signed is what the
 * endpoint has acknowledged, and nothing before.
 *
 * @tagname steady-consent-form
 * @summary Consent to one study: reading, deciding, signing, a copy to keep, and the way out again.
 *
 * @slot - Shown while the document cannot be: before the script has loaded, and when it fails. A sentence with a phone number.
 *
 * @fires {StateChangedEvent} steady-state-changed - `state` is loading, ready, sending, sent, kept, closed or failed.
 * @fires {SubmissionChangedEvent} steady-submission-changed - A submission (`kind`, `id`) reached another `status`.
 * @fires {SteadyErrorEvent} steady-error - Something that a developer or a network can mend: `code` and `message`.
 *
 * @csspart card - The element's surface.
 * @csspart progress - Where one is and how long it will take.
 * @csspart problem-summary - What the signature block lacks.
 * @csspart choice - One choice, a whole row.
 * @csspart decision - The buttons to agree and to decline, which look alike.
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
export class ConsentForm extends StudyElement<ConsentStudy> {
  static override readonly styles = [tokens, base, formStyles, readingStyles];
  static override readonly words = consentWords;

  /**
   * Asks whoever is about to sign to show again who they are, where the study's receiver wants it: resolves to a JWT of an
   * identity provider, with the `nonce` it is given. A property, never an attribute.
   */
  reauthenticate: Reauthenticate | undefined;

  readonly #session = new SessionController(this, {
    locale: this.locale,
    // Where somebody stands is said in this element's own words.
    isDone: () => false,
    touched: () => this.#visit.touched,
    merge: (draft) => this.doing(this.#visit.merge(draft)),
    contact: () => undefined,
    leave: () => this.#leave(),
    restart: () => this.#restart(),
    share: () => this.#post.share(),
    focusHeading: () => this.#focusHeading(),
    report: (error) => this.report(error),
  });
  readonly #press = new OneAtATime(this, (error) => this.report(error));
  readonly #post = new Post(this, {
    element: 'consent',
    session: this.#session,
    draft: () => this.#visit.draft(),
    delivered: (id) => this.#delivered(id),
  });
  readonly #visit = new ConsentVisit({
    wanted: () => this.locale.wanted,
    changed: (what) => (what === 'entered' ? this.#post.save() : this.requestUpdate()),
    focus: () => this.#focusHeading(),
  });
  #later: Screen['later'];
  #desk: Desk | undefined;

  constructor() {
    super();
    new HeadingHeir(this, this.screenFocus);
  }

  protected override willUpdate(): void {
    const known = this.#session.view?.session.known;
    if (known !== undefined && known !== this.#visit.known) this.doing(this.#visit.meet(known));
    if (this.locale.ready) this.doing(this.#visit.speak());
    this.setState(this.#currentState());
  }

  protected override get readIn(): string {
    return this.#visit.reading?.document.language ?? this.locale.language;
  }

  protected override draw(): TemplateResult {
    return screen(this.#screen());
  }

  #currentState(): ElementState {
    const { isClosed, stage } = this.#visit;
    if (this.failure) return 'failed';
    if (this.current === undefined || !this.locale.ready) return 'loading';
    if (this.#session.view?.covered) return 'ready';
    if (stage.at === 'sent') {
      return this.#later?.endState(this.#post.delivery?.state(stage.submission)?.status) ?? 'sending';
    }
    if (isClosed) return 'closed';
    return this.#press.isBusy ? 'sending' : 'ready';
  }

  #screen(): Screen {
    const { view } = this.#session;
    const { delivery } = this.#post;
    const { isAsked, isClosed, notice, panel, reading, signing, stage, standing } = this.#visit;
    return {
      ...{ isAsked, isClosed, notice, panel, reading, signing, stage, standing },
      study: this.current,
      failure: this.failure,
      next: this.#visit.known?.next,
      locale: this.locale,
      kept: this.#post.kept,
      mode: this.currentMode,
      cover: view?.cover(),
      footing: view?.footing(),
      signedIn: view?.session.state === 'signed-in',
      shared: view?.session.shared ?? false,
      busy: this.#press.isBusy,
      delivery: stage.at === 'sent' ? delivery?.state(stage.submission) : undefined,
      earlier: delivery?.earlier ?? [],
      later: this.#later,
      act: this.#actions,
    };
  }

  readonly #actions: Actions = {
    go: (place) => this.#visit.move((reading) => reading.go(place)),
    goToSection: (id) => this.#visit.move((reading) => reading.goToSection(id)),
    next: () => this.#visit.move((reading) => reading.next()),
    back: () => this.#visit.move((reading) => reading.back()),
    toggle: (panel) => this.#visit.toggle(panel),
    answer: (check, value) => this.#visit.enter((reading) => reading.answer(check, value)),
    choose: (choice, value) => this.#visit.enter((reading) => reading.choose(choice, value)),
    ask: () => this.#visit.enter((reading) => reading.ask()),
    settle: () => this.#visit.enter((reading) => reading.settle()),
    stage: (stage) => this.#visit.show(stage),
    sign: () => this.#atDesk((desk) => desk.sign()),
    leave: (outcome) => this.#atDesk((desk) => desk.leave(outcome)),
    withdraw: () =>
      this.#atDesk(async (desk) => {
        const { stage } = this.#visit;
        if (stage.at === 'withdrawing') await desk.withdraw(stage);
      }),
    readAgain: () =>
      this.#atDesk(async (desk) => {
        const { stage } = this.#visit;
        if (stage.at === 'sent') await desk.afterRefusal(stage.submission);
      }),
    sendAgain: (id) => this.#post.delivery?.sendAgain(id),
    download: (id) => void this.#post.delivery?.download(id, this.renderRoot),
    take: (record, as) => this.#atDesk((desk) => desk.take(record, as)),
    showRecord: (record) => this.#atDesk((desk) => desk.showRecord(record)),
    reload: () => this.reload(),
    changed: () => {
      const { reading, signing } = this.#visit;
      if (reading) signing?.mend(reading.document, this.locale);
      this.requestUpdate();
    },
    askForCode: () => this.#session.view?.askForCode(),
  };

  protected override read(text: string, file: string): Promise<ConsentStudy> {
    return readConsentStudy(text, file);
  }

  protected override clear(): void {
    this.#visit.clear();
  }

  protected override async begin(study: ConsentStudy): Promise<void> {
    if (study.consent.isolation === 'required' && this.requireIsolation(study.id)) return;
    endpointBase(this.endpoint, document.baseURI);
    if (this.receipt === 'none') throw new SteadyError('receipt-needed', RECEIPT_NEEDED);
    await this.#session.begin(study);
    if (this.current === study) await this.#restart();
  }

  /** From the beginning, or from where a draft left off: for whoever is here now. */
  async #restart(): Promise<void> {
    const study = this.current;
    if (study === undefined) return;
    if (!this.#session.view?.covered) await this.#open(study);
    // The rest is fetched while the first section is being read.
    await Promise.all([this.#bringLater(), this.#post.start(study.id), this.#session.open(study)]);
    await this.#takeUp();
    this.requestUpdate();
  }

  async #open(study: ConsentStudy): Promise<void> {
    const [found] = await Promise.all([this.#post.read(study.id), this.#session.view?.ready()]);
    if (this.current !== study) return;
    const draft = found.status === 'found' && found.draft.study === study.id ? found.draft : undefined;
    const known = this.#session.view?.session.known;
    await this.#visit.open(study, known, draft?.step === 'consent' ? draft : undefined);
    if (found.status === 'damaged') this.#visit.warn('draft-damaged');
    await this.updateComplete;
  }

  /** What an earlier page handed in and no endpoint has yet: nothing of it is signed or decided. */
  async #takeUp(): Promise<void> {
    const left = this.#post.delivery?.earlier.find(({ kind }) => kind === 'consent' || kind === 'withdrawal');
    if (left === undefined || this.#visit.stage.at === 'sent') return;
    await this.#post.adopt(left.id, left.kind as SubmissionKind);
    this.#visit.show({ at: 'sent', what: 'unknown', submission: left.id });
  }

  /** Nothing of what somebody entered or was told stays on the screen. */
  async #leave(): Promise<void> {
    this.#visit.clear();
    await this.#post.leave();
    this.requestUpdate();
  }

  /** Also of what an earlier page had handed in: this one may have waited for it. */
  #delivered(submission: string): void {
    const { stage } = this.#visit;
    if (stage.at === 'sent' && stage.submission === submission) this.#visit.handedIn(stage.what);
  }

  async #refresh(): Promise<void> {
    await Promise.allSettled([this.#lookAgain(), this.#session.view?.ready()]);
    await this.#visit.meet(this.#session.view?.session.known);
  }

  async #lookAgain(): Promise<void> {
    const address = studyAddress(this.study, this.endpoint, document.baseURI);
    const { text, file } = await fetchStudy(address, AbortSignal.timeout(10_000));
    await this.#visit.renew(await readConsentStudy(text, file));
  }

  async #bringLater(): Promise<Desk> {
    const [later] = await Promise.all([import('./after-first-section.ts'), this.locale.whole]);
    adoptStyles(this.renderRoot, later.styles);
    this.#later = later;
    this.#visit.signing ??= new later.Signing();
    this.#desk ??= new later.Desk({
      visit: this.#visit,
      post: this.#post,
      locale: this.locale,
      renderRoot: this.renderRoot,
      session: () => this.#session.view?.session,
      mode: () => this.currentMode,
      origin: () => this.origin,
      reauthenticate: () => this.reauthenticate,
      refresh: () => this.#refresh(),
      focus: () => this.#focusHeading(),
      report: (error) => this.report(asSteadyError(error)),
    });
    return this.#desk;
  }

  async #atDesk(work: (desk: Desk) => Promise<void>): Promise<void> {
    await this.#press.do(() => this.#bringLater().then(work));
  }

  #focusHeading(): void {
    this.screenFocus.bring();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'steady-consent-form': ConsentForm;
  }
}
