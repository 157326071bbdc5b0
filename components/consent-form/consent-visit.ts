import type { ConsentStudy } from '../../src/study/consent-part.ts';
import { digestOf } from '../../src/submission/digest.ts';
import type { Draft, ReadingDraft } from '../../src/submission/draft.ts';
import type { Me, MyConsent } from '../../src/submission/participation.ts';
import { Reading } from './reading.ts';
import type { Signing } from './signing.ts';
import type { Sent, Stage } from './stage.ts';
import { type Chosen, whichDocument } from './which-document.ts';

/** What may be told besides, above whatever stands there. */
export type Notice =
  | 'draft-damaged'
  | 'consent-decided'
  | 'consent-other-words'
  | 'consent-other-language'
  | 'consent-draft-older'
  | 'consent-unsent'
  | 'consent-not-confirmed'
  | 'consent-not-seen'
  | 'copy-unreachable';

/** What is open below a place: one at a time. */
export type Panel = 'contents' | 'question';

export interface VisitEdges {
  /** The reader's language, a BCP 47 tag. */
  readonly wanted: () => string;
  /** To be drawn again; `entered`: and to be kept. */
  readonly changed: (what: 'shown' | 'entered') => void;
  /** The focus goes to what is wrong, or to the heading. */
  readonly focus: () => void;
  readonly now?: () => Date;
}

/**
 * One person's visit to a consent form, without a screen: which document they read, where they stand by the endpoint, and
 * what the form is about at the moment. Owns no decision that is handed in (the desk), and nothing that is kept or sent.
 */
export class ConsentVisit {
  readonly #edges: VisitEdges;
  #study: ConsentStudy | undefined;
  #reading: Reading | undefined;
  #stage: Stage = { at: 'reading' };
  #panel: Panel | undefined;
  #notice: Notice | undefined;
  #known: Me | undefined;
  #turn: Promise<void> = Promise.resolve();
  /** It is known which document there is to read, if any. */
  #hasLooked = false;
  /** What was read has led to a decision that is safe. */
  #isOver = false;
  /** Of the signature block, while it is filled in. */
  signing: Signing | undefined;

  constructor(edges: VisitEdges) {
    this.#edges = edges;
  }

  get study(): ConsentStudy | undefined {
    return this.#study;
  }

  get reading(): Reading | undefined {
    return this.#reading;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get panel(): Panel | undefined {
    return this.#panel;
  }

  get notice(): Notice | undefined {
    return this.#notice;
  }

  /** What the endpoint last said of this participant. */
  get known(): Me | undefined {
    return this.#known;
  }

  /** Where they stand with this study's consent. */
  get standing(): MyConsent | undefined {
    return this.#known?.consent;
  }

  /** Whether the study asks for their decision now, and nothing else comes before it. */
  get isAsked(): boolean {
    if (this.standing?.asked === undefined) return false;
    // Who has declined or left is asked for nothing, and may still decide otherwise.
    return this.standing.state !== 'none' || this.#known?.steps.some(({ id }) => id === 'consent') === true;
  }

  /** No version of the document is in use yet. */
  get isClosed(): boolean {
    return this.#hasLooked && this.#reading === undefined && this.#stage.at === 'reading';
  }

  /** Whether anything is shown that somebody entered or was told. */
  get touched(): boolean {
    return (this.#reading?.index ?? 0) > 0 || this.#stage.at !== 'reading';
  }

  /** Begins, or goes on where a draft left off. */
  async open(study: ConsentStudy, known: Me | undefined, draft?: ReadingDraft): Promise<void> {
    this.clear();
    this.#study = study;
    this.#known = known;
    await this.#inTurn(async () => {
      await this.#read(draft);
      this.#stage = stageFor(this.standing);
      this.#hasLooked = true;
    });
  }

  clear(): void {
    this.#study = undefined;
    this.#reading = undefined;
    this.#stage = { at: 'reading' };
    this.#panel = undefined;
    this.#notice = undefined;
    this.#known = undefined;
    this.#isOver = false;
    this.#hasLooked = false;
    this.signing = undefined;
  }

  /** The endpoint has said where this participant stands. */
  meet(known: Me | undefined): Promise<void> {
    const before = this.standing;
    this.#known = known;
    if (known === undefined || JSON.stringify(this.standing) === JSON.stringify(before)) return this.#turn;
    return this.#inTurn(async () => {
      this.#place(before?.state);
      await this.#follow();
    });
  }

  /** The study file may be another one than before. */
  renew(study: ConsentStudy): Promise<void> {
    this.#study = study;
    return this.#inTurn(() => this.#follow());
  }

  /** Another language is another document: nobody is taken to have read words that they have not seen. */
  speak(): Promise<void> {
    const reading = this.#reading;
    if (reading === undefined || this.#chosen?.document.language === reading.document.language) return this.#turn;
    return this.#inTurn(async () => {
      if (reading !== this.#reading) return;
      await this.#read();
      if (reading.index > 0) this.#notice = 'consent-other-language';
    });
  }

  async merge(draft: Draft): Promise<void> {
    if (draft.step !== 'consent') return;
    await this.#reading?.merge(draft);
    this.#edges.changed('shown');
  }

  /** What is to be kept: a draft, nothing any more, or `unknown` where nobody has begun. */
  draft(): ReadingDraft | 'nothing' | 'unknown' {
    if (this.#isOver) return 'nothing';
    const study = this.#study;
    if (study === undefined || this.#reading === undefined) return 'unknown';
    return { ...this.#reading.draft(), study: study.id, studyVersion: study.version };
  }

  /** To another place of the document. */
  move(to: (reading: Reading) => void): void {
    if (this.#reading === undefined) return;
    to(this.#reading);
    this.#panel = undefined;
    this.#notice = undefined;
    this.#stage = { at: 'reading' };
    this.#edges.changed('entered');
    this.#edges.focus();
  }

  /** Something is answered or chosen where one is. */
  enter(what: (reading: Reading) => void): void {
    if (this.#reading === undefined) return;
    what(this.#reading);
    this.#edges.changed('entered');
  }

  toggle(panel: Panel): void {
    this.#panel = this.#panel === panel ? undefined : panel;
    this.#edges.changed('shown');
  }

  show(stage: Stage): void {
    const isSame = stage.at === this.#stage.at;
    this.#stage = stage;
    this.#notice = undefined;
    this.#panel = undefined;
    this.#edges.changed('shown');
    // What is chosen within a screen leaves the focus where it is.
    if (!isSame) this.#edges.focus();
  }

  warn(notice: Notice): void {
    this.#notice = notice;
    this.#edges.changed('shown');
  }

  /** Safe on a disk, or with the endpoint. A reading that was put off goes on. */
  handedIn(what: Sent): void {
    this.#isOver = what === 'signed' || what === 'declined';
    this.#edges.changed('entered');
  }

  get #chosen(): Chosen | undefined {
    const now = this.#edges.now?.() ?? new Date();
    return this.#study && whichDocument(this.#study, this.standing, this.#edges.wanted(), now);
  }

  /** One change of the document after another: each by what is known when its turn comes. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work).finally(() => this.#edges.changed('shown'));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Where a decision was taken on another device or in another tab, nothing is signed over it unawares. */
  #place(before: MyConsent['state'] | undefined): void {
    const { at } = this.#stage;
    const hasDecided = before !== undefined && before !== this.standing?.state;
    if (hasDecided && (at === 'reading' || at === 'signing')) {
      this.show({ at: 'standing' });
      this.warn('consent-decided');
    } else if (at === 'reading' && (this.#reading?.index ?? 0) === 0) {
      this.#stage = stageFor(this.standing);
    }
  }

  /** The reading goes on by what the endpoint has said: under the reader's hands the same words stay as they were. */
  async #follow(): Promise<void> {
    if (this.#stage.at === 'sent') return;
    const [reading, chosen] = [this.#reading, this.#chosen];
    const isAskedAgain = chosen?.before !== undefined && chosen.document.version !== reading?.document.version;
    if (reading === undefined || chosen === undefined || isAskedAgain) {
      const draft = this.draft();
      return this.#read(typeof draft === 'string' ? undefined : draft);
    }
    reading.knows(this.standing?.after);
    if (await reading.replace(chosen.document)) this.#notice = 'consent-other-words';
  }

  /** The document that is to be read now, from the beginning or from where a draft left off. */
  async #read(draft?: ReadingDraft): Promise<void> {
    const chosen = this.#chosen;
    if (chosen === undefined) {
      this.#reading = undefined;
      return;
    }
    const options = {
      ...chosen,
      after: this.standing?.after,
      digestOf,
      ...(this.#edges.now && { now: this.#edges.now }),
    };
    const reading = await Reading.open(options, draft);
    if (draft !== undefined && draft.reading.documentDigest !== reading.digest) this.#notice = 'consent-draft-older';
    this.#reading = reading;
  }
}

/** Where a decision stands and nothing is asked, the document is not the first thing to see. */
function stageFor(standing: MyConsent | undefined): Stage {
  const state = standing?.state ?? 'none';
  const isAskedAgain = state === 'signed' && standing?.asked !== undefined;
  return { at: state === 'none' || isAskedAgain ? 'reading' : 'standing' };
}
