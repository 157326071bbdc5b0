import { html, type PropertyValues, type TemplateResult } from 'lit';
import { readScreeningStudy } from '../../src/study/read-part.ts';
import type { ScreeningStudy } from '../../src/study/schema.ts';
import { asSteadyError, SteadyError } from '../../src/study/steady-error.ts';
import type { Draft } from '../../src/submission/draft.ts';
import type { Submission } from '../../src/submission/submission.ts';
import { DeliveryController } from '../element/delivery-controller.ts';
import type { ElementState } from '../element/element-state.ts';
import { endpointBase } from '../element/load-study.ts';
import { directionOf } from '../element/locale-controller.ts';
import { saveFile } from '../element/save-file.ts';
import { SteadyElement } from '../element/steady-element.ts';
import { StudyController, type StudyStatus } from '../element/study-controller.ts';
import { TabDrafts } from '../element/tab-drafts.ts';
import { FormView } from '../form-view/form-view.ts';
import { base } from '../styles/base.styles.ts';
import { formStyles } from '../styles/form.styles.ts';
import { tokens } from '../styles/tokens.styles.ts';
import { AboutController } from './about-controller.ts';
import { screenerStyles } from './eligibility-screener.styles.ts';
import type { Notice, Screen } from './screen.ts';
import { ScreeningVisit, type Step } from './screening-visit.ts';
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
export class EligibilityScreener extends SteadyElement {
  static override readonly styles = [tokens, base, formStyles, screenerStyles];

  readonly #studies = new StudyController(this, readScreeningStudy, (status) => void this.#begin(status));
  readonly #delivery = new DeliveryController(this, (id) => this.#delivered(id));
  readonly #view = new FormView(this, this.locale);
  readonly #about = new AboutController(this, this.locale);
  #drafts: TabDrafts | undefined;
  #endings: Screen['endings'];
  #visit: ScreeningVisit | undefined;
  /** Whose form the view has, and of which step: between two steps it is still the one before. */
  #shown: { readonly visit: ScreeningVisit; readonly step: Step } | undefined;
  #failure: SteadyError | undefined;
  #notice: Notice | undefined;
  /** Finished submissions that no disk holds yet: kept with the draft until one does. */
  #pending: readonly Submission[] = [];
  #saved: boolean | undefined;
  /** Next was pressed, and what it asks for is under way. */
  #busy = false;
  #sending = false;
  #stopSaving: (() => void) | undefined;

  /** Until the form of the next step can be drawn, the last screen stays. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!super.shouldUpdate(changed)) return false;
    const { visit, step } = this.#shown ?? {};
    const next = this.#visit?.step;
    const between = visit !== undefined && visit === this.#visit && step !== next && next === 'contact';
    return !between || this.#failure !== undefined;
  }

  protected override willUpdate(): void {
    if (this.#visit && this.locale.ready) void this.#speak();
    this.setState(this.#currentState());
  }

  protected override render(): TemplateResult {
    const language = this.#visit?.language ?? this.locale.language;
    return html`
      <div class="root" lang=${language} dir=${directionOf(language)} data-theme=${this.colours.current}>
        ${this.locale.ready ? screen(this.#screen()) : html`<slot></slot>`}
      </div>
      <div class="strut"></div>`;
  }

  /** An answer may bring on a question whose field is still being fetched. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#view.settled;
    return super.getUpdateComplete();
  }

  get #study(): ScreeningStudy | undefined {
    const status = this.#studies.current;
    return status.status === 'ready' ? status.study : undefined;
  }

  #currentState(): ElementState {
    if (this.#failure) return 'failed';
    if (this.#study?.recruitment === 'closed') return 'closed';
    if (this.#visit === undefined || this.#study === undefined || !this.locale.ready) return 'loading';
    const { step, posted: submission } = this.#visit;
    if (step === 'asking' || step === 'contact') return this.#sending ? 'sending' : 'ready';
    const status = submission === undefined ? undefined : this.#delivery.state(submission)?.status;
    if (status === 'delivered') return 'sent';
    return status === 'waiting' || status === 'held' || status === 'parked' ? 'kept' : 'sending';
  }

  #screen(): Screen {
    const submission = this.#visit?.posted;
    return {
      state: this.state,
      study: this.#study,
      failure: this.#failure,
      visit: this.#visit,
      between: this.#shown?.visit !== this.#visit,
      view: this.#view,
      locale: this.locale,
      notice: this.#notice,
      saved: this.#saved,
      busy: this.#busy,
      mode: this.#study?.mode ?? this.mode,
      earlier: this.#delivery.earlier,
      delivery: submission === undefined ? undefined : this.#delivery.state(submission),
      deliveredAt: submission === undefined ? undefined : this.#delivery.deliveredAt(submission),
      submission,
      endings: this.#endings,
      about: this.#study && this.#about.render(this.#study, this.#visit?.language ?? this.locale.language),
      toggleAbout: () => void this.#about.toggle(),
      next: () => void this.#next(),
      back: () => void this.#back(),
      decline: () => this.#decline(),
      reload: () => this.#reload(),
      sendAgain: (id) => this.#delivery.sendAgain(id),
      download: (id) => void this.#download(id),
    };
  }

  async #begin(status: StudyStatus<ScreeningStudy>): Promise<void> {
    this.#failure = undefined;
    this.#visit = undefined;
    this.#notice = undefined;
    this.#pending = [];
    this.#busy = false;
    this.#sending = false;
    this.#stopSaving?.();
    if (status.status === 'failed') {
      this.#fail(status.error);
      return this.#sendEarlier();
    }
    if (status.status !== 'ready') return;
    const { study } = status;
    this.locale.among = study.languages;
    if (study.screening.isolation === 'required' && this.requireIsolation(study.id)) return;
    try {
      endpointBase(this.endpoint, document.baseURI);
      this.#drafts = new TabDrafts([this.endpoint, study.id, this.id, 'screener'].join('|'));
      const left = await this.#open(study);
      // What is needed from the first verdict on is fetched while the first page is being read; to reach a person takes text.
      const later = [
        this.#delivery.start(study.id),
        this.#view.getReady(),
        this.locale.whole,
        import('../form-view/fields/text-field.ts'),
      ];
      [this.#endings] = await Promise.all([import('./endings.ts'), ...later]);
      this.requestUpdate();
      if (left.length > 0) await this.#postLeft(left);
    } catch (error) {
      if (this.#study === study) this.#fail(asSteadyError(error));
    }
  }

  /** What earlier visits left behind goes out all the same, and is spoken of, where the study cannot be read now. */
  async #sendEarlier(): Promise<void> {
    if (this.endpoint.trim() === '') return;
    try {
      endpointBase(this.endpoint, document.baseURI);
      const [endings] = await Promise.all([
        import('./endings.ts'),
        this.#delivery.start(this.study),
        this.locale.whole,
      ]);
      this.#endings = endings;
      this.requestUpdate();
    } catch (error) {
      const problem = asSteadyError(error);
      // An endpoint that cannot be used has been reported already.
      if (problem.code !== this.#failure?.code) this.report(problem);
    }
  }

  /** Resolves to what a crash, or a page without a disk, left unsent. */
  async #open(study: ScreeningStudy): Promise<readonly Submission[]> {
    const found = await this.#drafts?.read();
    const draft = found?.status === 'found' && found.draft.study === study.id ? found.draft : undefined;
    const left = draft?.pending ?? [];
    this.#pending = left;
    // Nobody goes on while it is posted: the same answers would go out under a second id.
    this.#busy = left.length > 0;
    this.#sending = this.#busy;
    if (study.recruitment === 'closed') return left;
    const options = { study, language: this.locale.wanted, source: this.origin, mode: study.mode ?? this.mode };
    const { visit, stray } = await ScreeningVisit.open(options, draft);
    if (this.#study !== study) return [];
    if (found?.status === 'damaged') {
      this.#warn('draft-damaged', 'The draft in this tab could not be read and was set aside in sessionStorage.');
    } else if (draft && draft.studyVersion !== study.version) {
      if (stray.length > 0) this.#drafts?.setAside(draft);
      this.#warn(
        'draft-older',
        `The draft in this tab is of version ${draft.studyVersion}; the study is ${study.version} now.`,
      );
    }
    if (visit.posted !== undefined) this.#delivery.adopt(visit.posted, 'screening');
    this.#visit = visit;
    await this.#show(draft?.studyVersion === study.version ? draft.page : undefined);
    this.requestUpdate();
    await this.updateComplete;
    void this.#complete();
    return left;
  }

  /** The form's engine takes over in place, whenever it arrives: what was typed stays, and so does the focus. */
  async #complete(): Promise<void> {
    const visit = this.#visit;
    if (visit === undefined) return;
    try {
      const { page } = this.#view;
      await visit.complete((form) => this.#view.prepare(form, page));
      if (visit === this.#visit && this.#view.form !== visit.form) this.#take(visit, this.#view.page);
    } catch (error) {
      if (visit === this.#visit) this.#fail(asSteadyError(error));
    }
  }

  /** Under the ids that it had; and the step that it leads to is taken. */
  async #postLeft(left: readonly Submission[]): Promise<void> {
    for (const submission of left) await this.#post(submission);
    this.#busy = false;
    this.#sending = false;
    this.requestUpdate();
  }

  async #next(): Promise<void> {
    const visit = this.#visit;
    if (visit === undefined || this.#busy) return;
    this.#busy = true;
    this.requestUpdate();
    let posting: Submission | undefined;
    try {
      if (visit.partial) await this.#complete();
      if (this.#failure) return;
      const stop = await visit.mustStop();
      if (!(this.#view.isLast && !stop ? await this.#view.checkAll() : await this.#view.check())) return;
      if (!this.#view.isLast && !stop) {
        this.#notice = undefined;
        await this.#view.next();
        this.#save();
        return;
      }
      const submission = await visit.submission();
      posting = submission;
      this.#sending = true;
      // Into the draft first: whatever happens from here on, it goes out under this id and no other.
      this.#pending = [...this.#pending, submission];
      this.#save();
      await this.#post(submission);
      this.#notice = undefined;
      this.#view.focusHeading();
    } catch (error) {
      if (posting) this.#unsent(posting, asSteadyError(error));
      else this.#fail(asSteadyError(error));
    } finally {
      this.#busy = false;
      this.#sending = false;
      this.requestUpdate();
    }
  }

  #reload(): void {
    this.#failure = undefined;
    // The button goes away with the message; the focus goes to what comes, questions or message.
    this.#view.focusHeading();
    void this.#studies.load();
  }

  async #back(): Promise<void> {
    await this.#view.back();
    this.#save();
  }

  async #post(submission: Submission): Promise<void> {
    this.#endings ??= await import('./endings.ts');
    await this.locale.whole;
    const { durable } = await this.#delivery.submit(submission);
    const visit = this.#visit;
    if (submission.kind === 'contact') {
      visit?.contactLeft(submission);
    } else if (visit?.step === 'asking') {
      await visit.concluded(submission);
      await this.#show();
      void this.#complete();
    }
    if (durable) this.#pending = this.#pending.filter(({ id }) => id !== submission.id);
    this.#save();
  }

  #delivered(id: string): void {
    if (!this.#pending.some((submission) => submission.id === id)) return;
    this.#pending = this.#pending.filter((submission) => submission.id !== id);
    this.#save();
  }

  #decline(): void {
    this.#visit?.declineContact();
    this.#save();
    this.#view.focusHeading();
  }

  async #show(page?: Draft['page']): Promise<void> {
    const visit = this.#visit;
    if (visit === undefined) return;
    const { form } = visit;
    await this.#view.prepare(form, page);
    if (visit === this.#visit && form === visit.form) this.#take(visit, page);
  }

  #take(visit: ScreeningVisit, page?: Draft['page']): void {
    this.#stopSaving?.();
    this.#stopSaving = visit.form.subscribe(() => this.#save());
    this.#view.take(visit.form, page);
    this.#shown = { visit, step: visit.step };
  }

  async #speak(): Promise<void> {
    const page = this.#view.page;
    if (!(await this.#visit?.speak(this.locale.wanted))) return;
    await this.#show(page);
    await this.#complete();
  }

  /** Keeps what was typed in this tab, or wipes it where there is nothing more to keep. */
  #save(): void {
    const draft = this.#visit?.draft(this.#view.page, this.#pending);
    if (draft) this.#saved = this.#drafts?.write(draft);
    else if (this.#pending.length === 0) this.#drafts?.wipe();
    this.requestUpdate();
  }

  async #download(id: string): Promise<void> {
    const file = await this.#delivery.download(id);
    if (file) saveFile(file, this.renderRoot);
  }

  #warn(notice: Notice, message: string): void {
    this.#notice = notice;
    this.report(new SteadyError(notice, message));
  }

  /** Nothing left this page, and no outbox has it: the answers stay where they are, to be sent by another press. */
  #unsent({ id }: Submission, error: SteadyError): void {
    this.#pending = this.#pending.filter((submission) => submission.id !== id);
    this.#notice = 'unsent';
    this.report(error);
    this.#save();
  }

  #fail(error: SteadyError): void {
    this.#failure = error;
    this.report(error);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'steady-eligibility-screener': EligibilityScreener;
  }
}
