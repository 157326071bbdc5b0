import type { Form } from '../../src/form/form.ts';
import type { FormAtOnce } from '../../src/form/open-form.ts';
import type { Instrument } from '../../src/instruments/schema.ts';
import type { Answers } from '../../src/study/answers.ts';
import type { InstrumentEntry } from '../../src/study/assessments-part.ts';
import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import { chooseLanguage, textIn } from '../../src/study/text.ts';
import type { SittingDraft } from '../../src/submission/draft.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import type { FormVisit } from '../form-view/form-on-screen.ts';
import { InstrumentForm } from './instrument-form.ts';
import type { Asked } from './which-questionnaire.ts';

/** What is asked as one: an instrument, or a form of the study's own. */
export type Part = InstrumentPart | { readonly kind: 'form'; readonly name: string };

interface InstrumentPart {
  readonly kind: 'instrument';
  readonly name: string;
  readonly entry: InstrumentEntry;
}

export interface SittingOptions {
  readonly study: QuestionnaireStudy;
  readonly asked: Asked;
  /** What the reader asks for; the study may not have it. */
  readonly language: string;
  readonly source: string | undefined;
  readonly mode: 'live' | 'test';
  readonly load: (entry: InstrumentEntry) => Promise<Instrument>;
  readonly now?: () => Date;
  readonly newId?: () => string;
}

/**
 * One person's way through an assessment, without a screen: which part of it they are at, the form of that part, what was
 * answered in all of them, and what is to be posted at the end. Only the open part has a form: a long sitting takes no more
 * room than a short one.
 */
export class Sitting implements FormVisit {
  readonly parts: readonly Part[];
  readonly #options: SittingOptions;
  readonly #instruments = new Map<string, Instrument>();
  /** By part, as far as they were answered: of an instrument by item. */
  readonly #answers = new Map<string, Answers>();
  /** Parts of which a draft had answers to other words than are shown now. */
  readonly #outdated = new Set<string>();
  /** By form. */
  #questions: ReadonlyMap<string, number> = new Map();
  #index = 0;
  #form: Form | undefined;
  #whole: FormAtOnce['whole'];
  #language: string;
  #startedAt: Date;
  #posted: string | undefined;

  private constructor(options: SittingOptions) {
    this.#options = options;
    this.parts = partsOf(options);
    this.#language = chooseLanguage(options.language, options.study.languages);
    this.#startedAt = options.now?.() ?? new Date();
  }

  /**
   * Begins, or goes on where a draft left off.
   *
   * @returns the sitting, and the page that was open
   * @throws FormError for a form that cannot be opened; whatever `load` throws
   */
  static async open(options: SittingOptions, draft?: SittingDraft): Promise<{ sitting: Sitting; page?: string }> {
    const sitting = new Sitting(options);
    if (draft === undefined) {
      await sitting.#open(0);
      return { sitting };
    }
    sitting.#startedAt = new Date(Date.parse(draft.startedAt) || sitting.#startedAt.getTime());
    for (const [place, value] of Object.entries(draft.answers)) sitting.#put(place, value);
    await sitting.#compareVersions(draft.versions);
    const [name = '', page] = split(draft.page ?? '');
    const left = sitting.parts.findIndex((part) => part.name === name);
    const stale = sitting.parts.findIndex((part) => sitting.#outdated.has(part.name));
    const index = stale >= 0 && (left < 0 || stale < left) ? stale : Math.max(left, 0);
    await sitting.#open(index);
    const isSame = index === left && draft.studyVersion === options.study.version;
    return { sitting, ...(isSame && page !== undefined && { page }) };
  }

  get part(): Part {
    const part = this.parts[this.#index];
    if (part === undefined) throw new Error('A sitting has a part.');
    return part;
  }

  get index(): number {
    return this.#index;
  }

  /** Of the open part; undefined where it is a form of the study's. */
  get instrument(): Instrument | undefined {
    return this.#instruments.get(this.part.name);
  }

  /** How many questions a part has, as soon as that is known. */
  questionsIn(part: string): number | undefined {
    return this.#instruments.get(part)?.items.length ?? this.#questions.get(part);
  }

  get form(): Form {
    if (this.#form === undefined) throw new Error('A sitting is opened before it is shown.');
    return this.#form;
  }

  get partial(): boolean {
    return this.#whole !== undefined;
  }

  get language(): string {
    return this.#language;
  }

  /** The language of the items that are shown, where it is not the one that is read. */
  get itemsLanguage(): string | undefined {
    const { language } = this.form;
    return this.instrument === undefined || language === this.#language ? undefined : language;
  }

  /** Whether every item must be answered. */
  get mustBeWhole(): boolean {
    const { asked } = this.#options;
    return asked.kind === 'assessment' && asked.assessment.skipping === false;
  }

  get isLastPart(): boolean {
    return this.#index === this.parts.length - 1;
  }

  /** Instruments whose words have changed since a draft was left: their answers were not taken over. */
  get outdated(): ReadonlySet<string> {
    return this.#outdated;
  }

  /** Once it is handed in: the submission's id. */
  get posted(): string | undefined {
    return this.#posted;
  }

  /** Whether anything was answered. */
  get isBegun(): boolean {
    this.#keep();
    return [...this.#answers.values()].some((answers) => Object.keys(answers).length > 0);
  }

  /** What was answered in the open part so far: of an instrument by item. */
  get answers(): Answers {
    const { form } = this;
    return form instanceof InstrumentForm ? form.items : form.answers;
  }

  /** On to the next part, or back to the one before. Resolves to whether there was one. */
  async turn(by: 1 | -1): Promise<boolean> {
    if (this.parts[this.#index + by] === undefined) return false;
    await this.complete();
    this.#keep();
    await this.#open(this.#index + by);
    return true;
  }

  /** Fetches what the further parts need, so that they can be answered without a network. */
  async foresee(): Promise<void> {
    const instruments = this.parts.flatMap((part) => (part.kind === 'instrument' ? [this.#bring(part)] : []));
    const { foreseeForms } = await import('./study-form.ts');
    const [questions] = await Promise.all([foreseeForms(this.#options), ...instruments]);
    this.#questions = questions;
  }

  async complete(prepare?: (form: Form) => Promise<void>): Promise<void> {
    const whole = this.#whole;
    if (whole === undefined) return;
    const takeOver = await whole;
    await prepare?.(takeOver(this.form.answers));
    // Another language, or another call, may have come first.
    if (this.#whole !== whole) return this.complete(prepare);
    this.#form = takeOver(this.form.answers);
    this.#whole = undefined;
  }

  async speak(wanted: string): Promise<boolean> {
    const language = chooseLanguage(wanted, this.#options.study.languages);
    if (language === this.#language) return false;
    this.#language = language;
    this.#keep();
    await this.#open(this.#index);
    return true;
  }

  /** Another device has gone on with the same draft. */
  merge(draft: SittingDraft): void {
    const before = this.form.answers;
    this.#keep();
    for (const part of this.parts) if (!this.#outdated.has(part.name)) this.#answers.delete(part.name);
    for (const [place, value] of Object.entries(draft.answers)) this.#put(place, value);
    const merged = this.#answers.get(this.part.name) ?? {};
    const { instrument } = this;
    const after = instrument ? new InstrumentForm(instrument, this.form.language, '', merged).answers : merged;
    for (const question of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (JSON.stringify(before[question]) === JSON.stringify(after[question])) continue;
      if (this.form.shown.has(question)) this.form.answer(question, after[question]);
    }
  }

  /** What to keep while it is filled in. @param page the open page's name */
  draft(page: string): Omit<SittingDraft, 'pending'> {
    this.#keep();
    const { asked, study } = this.#options;
    const answers = [...this.#answers].flatMap(([part, given]) =>
      Object.entries(given).map(([question, value]) => [`${part}/${question}`, value] as const),
    );
    return {
      study: study.id,
      studyVersion: study.version,
      step: 'questionnaire',
      ...(asked.kind === 'assessment' ? { assessment: asked.assessment.id } : { instrument: asked.entry.id }),
      page: `${this.part.name}/${page}`,
      startedAt: this.#startedAt.toISOString(),
      versions: Object.fromEntries([...this.#instruments].map(([id, { version }]) => [id, version])),
      answers: Object.fromEntries(answers),
    };
  }

  /** What ends it. */
  async submission(): Promise<QuestionnaireSubmission> {
    await this.complete();
    this.#keep();
    const { sittingSubmission } = await import('./sitting-submission.ts');
    const answered = await Promise.all(
      this.parts.map(async (part) => ({
        name: part.name,
        instrument: part.kind === 'instrument' ? await this.#bring(part) : undefined,
        answers: this.#answers.get(part.name) ?? {},
      })),
    );
    return sittingSubmission(answered, { ...this.#options, language: this.#language, startedAt: this.#startedAt });
  }

  handedIn({ id }: QuestionnaireSubmission): void {
    this.#posted = id;
  }

  async #open(index: number): Promise<void> {
    const part = this.parts[index];
    if (part === undefined) throw new Error(`A sitting has no part ${index}.`);
    const { form, whole } = await this.#formOf(part);
    this.#index = index;
    this.#form = form;
    this.#whole = whole;
  }

  async #formOf(part: Part): Promise<FormAtOnce> {
    const { study } = this.#options;
    const answers = this.#answers.get(part.name);
    if (part.kind === 'form') {
      const { openStudyForm } = await import('./study-form.ts');
      return openStudyForm(this.#options, part.name, this.#language, answers);
    }
    const instrument = await this.#bring(part);
    const { introduction } = part.entry;
    const said = introduction && textIn(introduction, this.#language, study.languages);
    return { form: new InstrumentForm(instrument, itemsLanguage(instrument, this.#language), said, answers) };
  }

  async #bring({ entry, name }: InstrumentPart): Promise<Instrument> {
    const instrument = this.#instruments.get(name) ?? (await this.#options.load(entry));
    this.#instruments.set(name, instrument);
    return instrument;
  }

  /** Answers to other words are other answers. */
  async #compareVersions(versions: SittingDraft['versions']): Promise<void> {
    for (const part of this.parts) {
      if (part.kind === 'form' || !Object.hasOwn(versions, part.name)) continue;
      const { version } = await this.#bring(part);
      if (version !== versions[part.name] && this.#answers.delete(part.name)) this.#outdated.add(part.name);
    }
  }

  #keep(): void {
    if (this.#form !== undefined) this.#answers.set(this.part.name, this.answers);
  }

  #put(place: string, value: Answers[string]): void {
    const [name, question = ''] = split(place);
    if (!this.parts.some((part) => part.name === name) || question === '') return;
    this.#answers.set(name, { ...this.#answers.get(name), [question]: value });
  }
}

function partsOf({ asked }: SittingOptions): readonly Part[] {
  if (asked.kind === 'instrument') return [{ kind: 'instrument', name: asked.entry.id, entry: asked.entry }];
  const { forms = {}, instruments = [] } = asked.assessment;
  return [
    ...instruments.map((entry): Part => ({ kind: 'instrument', name: entry.id, entry })),
    ...Object.keys(forms).map((name): Part => ({ kind: 'form', name })),
  ];
}

/** The language of the items that serves a reader of `wanted` best. Items are never translated here. */
export function itemsLanguage({ languages }: Pick<Instrument, 'languages'>, wanted: string): string {
  return chooseLanguage(wanted, languages);
}

/** At the first slash: no part has one in its name. */
function split(place: string): [name: string, rest?: string] {
  const at = place.indexOf('/');
  return at < 0 ? [place] : [place.slice(0, at), place.slice(at + 1)];
}
