import type { Form } from '../../src/form/form.ts';
import { type FormAtOnce, openFormAtOnce, strayAnswers } from '../../src/form/open-form.ts';
import type { Verdict } from '../../src/screening/verdict.ts';
import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import { chooseLanguage } from '../../src/study/text.ts';
import type { AnswerDraft } from '../../src/submission/draft.ts';
import type { Submission } from '../../src/submission/submission.ts';
import type { EnrolmentHashes } from '../element/session/session-state.ts';
import type { FormVisit } from '../form-view/form-on-screen.ts';

/**
 * One person's way through a screening, without a screen: which step they are at, the form of that step, and what is to
 * be posted at its end.
 *
 * asking -> ineligible | incomplete | contact -> thanks | declined
 */
export type Step = 'asking' | 'ineligible' | 'incomplete' | 'contact' | 'thanks' | 'declined';

export interface VisitOptions {
  readonly study: ScreeningStudy;
  /** What the reader asks for; the study may not have it. */
  readonly language: string;
  readonly source: string | undefined;
  readonly mode: 'live' | 'test';
  readonly now?: () => Date;
  readonly newId?: () => string;
}

export class ScreeningVisit implements FormVisit {
  readonly #options: VisitOptions;
  #step: Step = 'asking';
  #form: Form;
  #whole: FormAtOnce['whole'];
  #language: string;
  #startedAt: Date;
  #verdict: Verdict | undefined;
  #screening: string | undefined;
  #contact: string | undefined;

  private constructor(options: VisitOptions, opened: FormAtOnce, language: string) {
    this.#options = options;
    this.#form = opened.form;
    this.#whole = opened.whole;
    this.#language = language;
    this.#startedAt = this.#now();
  }

  /**
   * Begins, or goes on where a draft left off.
   *
   * @throws FormError for a form that cannot be opened
   */
  static async open(
    options: VisitOptions,
    draft?: AnswerDraft,
  ): Promise<{ visit: ScreeningVisit; stray: readonly string[] }> {
    const { study } = options;
    const language = chooseLanguage(options.language, study.languages);
    const contact = draft?.step === 'contact' && draft.screening !== undefined;
    const definition = contact ? study.screening.contact : study.screening.form;
    const answers = contact || draft?.step === 'screening' ? draft?.answers : undefined;
    const visit = new ScreeningVisit(
      options,
      await openFormAtOnce(definition, { language, languages: study.languages, ...(answers && { answers }) }),
      language,
    );
    if (draft !== undefined) visit.#startedAt = new Date(Date.parse(draft.startedAt) || visit.#now());
    if (contact) {
      visit.#step = 'contact';
      visit.#screening = draft.screening;
    }
    return { visit, stray: strayAnswers(definition, answers ?? {}) };
  }

  get step(): Step {
    return this.#step;
  }

  get form(): Form {
    return this.#form;
  }

  /** Whether what can be answered now is not the whole form yet: its engine is on the way. */
  get partial(): boolean {
    return this.#whole !== undefined;
  }

  /**
   * Waits for the form's engine, where it has one, and takes over what was answered meanwhile.
   *
   * @param prepare fetches what the whole form is drawn with, so that it can be shown in the moment it takes over
   * @throws FormError for a form that cannot be opened, or an engine that cannot be fetched
   */
  async complete(prepare?: (form: Form) => Promise<void>): Promise<void> {
    const whole = this.#whole;
    if (whole === undefined) return;
    const takeOver = await whole;
    await prepare?.(takeOver(this.#form.answers));
    // Another language, or another call, may have come first.
    if (this.#whole !== whole) return this.complete(prepare);
    this.#form = takeOver(this.#form.answers);
    this.#whole = undefined;
  }

  /** The study's language that is being read. */
  get language(): string {
    return this.#language;
  }

  get verdict(): Verdict | undefined {
    return this.#verdict;
  }

  /** The id of the submission whose delivery matters now. */
  get posted(): string | undefined {
    return this.#contact ?? this.#screening;
  }

  /** The study may ask to stop as soon as the answers so far exclude. */
  async mustStop(): Promise<boolean> {
    if (this.#step !== 'asking' || this.#options.study.screening.stopWhenIneligible !== true) return false;
    return (await this.#decide()).verdict === 'ineligible';
  }

  /** The same answers in another language. Resolves to whether anything changed. */
  async speak(wanted: string): Promise<boolean> {
    const { study } = this.#options;
    const language = chooseLanguage(wanted, study.languages);
    if (language === this.#language) return false;
    this.#language = language;
    const definition = this.#step === 'contact' ? study.screening.contact : study.screening.form;
    await this.#openForm(definition, this.#form.answers);
    return true;
  }

  /**
   * What ends the step: the anonymous screening, or, in another table, how to reach this person.
   *
   * @param enrolment what a contact enrols its sender with
   */
  async submission(enrolment?: EnrolmentHashes): Promise<Submission> {
    await this.complete();
    const { postFor } = await import('./conclusion.ts');
    return postFor(this.#step === 'contact' ? this.#screening : undefined, this.#form.data(), {
      ...this.#options,
      language: this.#language,
      startedAt: this.#startedAt,
      ...(enrolment && { enrolment }),
    });
  }

  /** Once it is written down: on to the step that the verdict leads to. */
  async concluded({ id }: Submission): Promise<void> {
    await this.complete();
    this.#verdict = await this.#decide();
    this.#screening = id;
    if (this.#verdict.verdict !== 'eligible') {
      this.#step = this.#verdict.verdict;
      return;
    }
    await this.#openForm(this.#options.study.screening.contact);
    this.#startedAt = this.#now();
    this.#step = 'contact';
  }

  contactLeft({ id }: Submission): void {
    this.#contact = id;
    this.#step = 'thanks';
  }

  declineContact(): void {
    this.#step = 'declined';
  }

  /** What to keep while somebody is answering; undefined where there is nothing to keep. */
  draft(page: string, pending: readonly Submission[] = []): AnswerDraft | undefined {
    const answering = this.#step === 'asking' || this.#step === 'contact';
    if (!answering && pending.length === 0) return undefined;
    const { study } = this.#options;
    const inContact =
      this.#screening !== undefined &&
      this.#verdict?.verdict !== 'ineligible' &&
      this.#verdict?.verdict !== 'incomplete';
    return {
      study: study.id,
      studyVersion: study.version,
      step: inContact ? 'contact' : 'screening',
      page,
      startedAt: this.#startedAt.toISOString(),
      answers: this.#form.answers,
      ...(inContact && { screening: this.#screening }),
      ...(pending.length > 0 && { pending: [...pending] }),
    };
  }

  async #decide(): Promise<Verdict> {
    const { verdict } = await import('./conclusion.ts');
    return verdict(this.#options.study.screening.criteria, this.#form.data(), this.#form.shown);
  }

  async #openForm(definition: ScreeningStudy['screening']['form'], answers?: Form['answers']): Promise<void> {
    const { languages } = this.#options.study;
    const opened = await openFormAtOnce(definition, {
      language: this.#language,
      languages,
      ...(answers && { answers }),
    });
    this.#form = opened.form;
    this.#whole = opened.whole;
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
