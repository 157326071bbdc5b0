import { changesBetween, type DocumentChange } from '../../src/consent/changes.ts';
import type { DigestOf } from '../../src/consent/digest-of.ts';
import type { ConsentDocument, DocumentCheck, DocumentChoice } from '../../src/consent/document.ts';
import {
  advance,
  type ConsentProgress,
  isPassed,
  type Missing,
  missing,
  NOT_OPENED,
  refusal,
} from '../../src/consent/progress.ts';
import { carryOver, draftOf, resume } from '../../src/consent/replay.ts';
import type { Signed, Unsigned } from '../../src/consent/statement.ts';
import type { ConsentEvent, Signature } from '../../src/study/consent-answers.ts';
import type { ReadingDraft } from '../../src/submission/draft.ts';
import { minutesOf, nameOfSection, type Place, placesOf } from './places.ts';

export interface ReadingOptions {
  readonly document: ConsentDocument;
  /** The version that this person signed before, where they are asked again. */
  readonly before?: ConsentDocument | undefined;
  /** Submission of the last decision that this reading knows of. */
  readonly after?: string | undefined;
  readonly digestOf: DigestOf;
  readonly now?: () => Date;
}

/**
 * One person's way through one document, without a screen: where they are, what they have read, answered and chosen, and
 * what is to be posted at its end. It holds no name and no signature.
 */
export class Reading {
  readonly #now: () => Date;
  readonly #digestOf: DigestOf;
  readonly #before: ConsentDocument | undefined;
  #after: string | undefined;
  #document: ConsentDocument;
  #digest: string;
  #progress: ConsentProgress = NOT_OPENED;
  #places: readonly [Place, ...Place[]];
  #place: Place;
  #startedAt: Date;

  private constructor({ document, before, after, digestOf, now = () => new Date() }: ReadingOptions, digest: string) {
    this.#now = now;
    this.#digestOf = digestOf;
    this.#before = before;
    this.#after = after;
    this.#document = document;
    this.#digest = digest;
    this.#places = placesOf(document, this.changes.length > 0);
    [this.#place] = this.#places;
    this.#startedAt = now();
  }

  /** Begins, or goes on where a draft of the same words left off; of other words, from the beginning. */
  static async open(options: ReadingOptions, draft?: ReadingDraft): Promise<Reading> {
    const { digestOf, document } = options;
    const reading = new Reading(options, await digestOf(document));
    if (draft !== undefined) await reading.#resume(draft);
    reading.#begin();
    if (draft !== undefined) reading.go(draft.page ?? '');
    return reading;
  }

  /** What another device has read and chosen of the same words stands here too. */
  async merge(draft: ReadingDraft): Promise<void> {
    const theirs = await resume(this.#document, draft.reading, this.#digestOf);
    if (theirs.events.length > this.#progress.events.length) this.#progress = theirs;
  }

  /** Submission of the last decision that this reading knows of. */
  get after(): string | undefined {
    return this.#after;
  }

  knows(after: string | undefined): void {
    this.#after = after;
  }

  get document(): ConsentDocument {
    return this.#document;
  }

  get startedAt(): Date {
    return this.#startedAt;
  }

  get progress(): ConsentProgress {
    return this.#progress;
  }

  /** Of the document: what a draft, a proof and a submission name it by. */
  get digest(): string {
    return this.#digest;
  }

  /** What keeps the document from being signed. */
  get missing(): readonly Missing[] {
    return missing(this.#document, this.#progress);
  }

  /** What has changed since this person signed; empty where they are not asked again. */
  get changes(): readonly DocumentChange[] {
    return this.#before === undefined ? [] : changesBetween(this.#before, this.#document);
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  get place(): Place {
    return this.#place;
  }

  get index(): number {
    return this.#places.indexOf(this.#place);
  }

  /** Minutes that what has not been read will take. */
  get minutesLeft(): number {
    const open = this.#document.sections.filter(({ id }) => !this.#progress.viewed.includes(id) || this.#isAt(id));
    return open.reduce((sum, section) => sum + minutesOf(section), 0);
  }

  isViewed(section: string): boolean {
    return this.#progress.viewed.includes(section);
  }

  isPassed(check: DocumentCheck): boolean {
    return isPassed(check, this.#progress);
  }

  /** The option that was given last. */
  answerTo({ id }: DocumentCheck): string | undefined {
    return Object.hasOwn(this.#progress.checks, id) ? this.#progress.checks[id]?.at(-1) : undefined;
  }

  chosen({ id }: DocumentChoice): string | undefined {
    return Object.hasOwn(this.#progress.choices, id) ? this.#progress.choices[id] : undefined;
  }

  /** To the place of that name; nowhere where there is none. A section that is shown counts as viewed. */
  go(name: string): void {
    const place = this.#places.find((one) => one.name === name);
    if (place === undefined) return;
    this.#place = place;
    if (place.kind === 'section') this.#take({ type: 'section-viewed', at: this.#time, section: place.section.id });
  }

  goToSection(id: string): void {
    this.go(nameOfSection(id));
  }

  next(): void {
    this.go(this.#places[this.index + 1]?.name ?? '');
  }

  back(): void {
    this.go(this.#places[this.index - 1]?.name ?? '');
  }

  answer(check: DocumentCheck, value: string): void {
    this.#take({ type: 'check-answered', at: this.#time, check: check.id, value });
  }

  choose(choice: DocumentChoice, value: string): void {
    this.#take({ type: 'choice-changed', at: this.#time, choice: choice.id, value });
  }

  /** "I have a question": nothing is signed until it is settled. What it is about is never kept. */
  ask(): void {
    this.#take({ type: 'question-asked', at: this.#time });
  }

  settle(): void {
    this.#take({ type: 'question-settled', at: this.#time });
  }

  /**
   * The words have changed under the reader: what was read and answered stands wherever its words are the same.
   *
   * @returns whether any word is other than before
   */
  async replace(document: ConsentDocument): Promise<boolean> {
    const digest = await this.#digestOf(document);
    if (digest === this.#digest) return false;
    this.#digest = digest;
    this.#progress = carryOver(this.#document, document, this.#progress);
    this.#document = document;
    this.#places = placesOf(document, this.changes.length > 0);
    this.#begin();
    this.go(this.#firstUnread.name);
    return true;
  }

  /** What is posted of a signature. @throws ConsentError where nothing could be signed */
  async sign(signature: Signature): Promise<Signed> {
    const { sign } = await import('../../src/consent/statement.ts');
    return sign(this.#document, this.#progress, signature, this.#digestOf);
  }

  /** What is posted of any other end: that, and when. */
  async leave(outcome: Unsigned['outcome']): Promise<Unsigned> {
    const { leaveUnsigned } = await import('../../src/consent/statement.ts');
    return leaveUnsigned(this.#document, this.#progress, outcome, this.#time, this.#digestOf);
  }

  /** What may be kept of it anywhere. */
  draft(): Pick<ReadingDraft, 'step' | 'page' | 'startedAt' | 'reading'> {
    return {
      step: 'consent',
      page: this.#place.name,
      startedAt: this.#startedAt.toISOString(),
      reading: draftOf(this.#document, this.#progress, this.#digest),
    };
  }

  get #time(): string {
    return this.#now().toISOString();
  }

  /** The first section that has to be read, else the first place. */
  get #firstUnread(): Place {
    const unread = this.#places.find((place) => place.kind === 'section' && !this.isViewed(place.section.id));
    return unread ?? this.#places[0];
  }

  #isAt(section: string): boolean {
    return this.#place.kind === 'section' && this.#place.section.id === section;
  }

  async #resume(draft: ReadingDraft): Promise<void> {
    const kept = await resume(this.#document, draft.reading, this.#digestOf);
    if (kept === NOT_OPENED) return;
    this.#progress = kept;
    this.#startedAt = new Date(Date.parse(draft.startedAt) || this.#now());
  }

  #begin(): void {
    this.#take({ type: 'opened', at: this.#time });
    const [first] = this.#places;
    if (this.#progress.viewed.length === 0) this.go(first.name);
  }

  /** A step that cannot be taken is offered nowhere; one that comes all the same (a second press) changes nothing. */
  #take(event: ConsentEvent): void {
    if (refusal(this.#document, this.#progress, event) !== undefined) return;
    this.#progress = advance(this.#document, this.#progress, event);
  }
}
