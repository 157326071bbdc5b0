import type { ReactiveControllerHost } from 'lit';
import type { AnySubmission, SubmissionKind } from '../../src/submission/any-submission.ts';
import type { Draft, PendingSubmission } from '../../src/submission/draft.ts';
import type { Submission } from '../../src/submission/submission.ts';
import type { DeliveryController } from './delivery-controller.ts';
import type { Drafts, FoundDraft, Kept } from './drafts/drafts.ts';
import { StorageDrafts } from './drafts/storage-drafts.ts';
import type { SessionHost } from './session/session-host.ts';
import type { SessionController } from './session-controller.ts';

interface PostHost extends SessionHost, ReactiveControllerHost {
  receipt: 'required' | 'none';
}

export interface PostParts<Finished extends PendingSubmission> {
  /** The kind of element, as its drafts are named by. */
  readonly element: string;
  readonly session: SessionController;
  /**
   * What is to be kept now, with the finished submissions that no disk holds yet: a draft, nothing any more, or `unknown`
   * where nobody has begun.
   */
  readonly draft: (pending: readonly Finished[]) => Draft | 'nothing' | 'unknown';
  /** One that was handed in has arrived, here or from an earlier page. */
  readonly delivered?: (id: string) => void;
}

/**
 * Owns how what a participant enters leaves the element: the draft while they are being given, the finished submission that no
 * disk holds yet, and the outbox, which is fetched while the first page is being read. Does not own what is entered.
 */
export class Post<Finished extends PendingSubmission = Submission> {
  readonly #host: PostHost;
  readonly #parts: PostParts<Finished>;
  #delivery: DeliveryController | undefined;
  #drafts: Drafts | undefined;
  /** Finished submissions that no disk holds yet: kept with the draft until one does. */
  #pending: readonly Finished[] = [];

  constructor(host: PostHost, parts: PostParts<Finished>) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Where the draft is, as may be told. */
  get kept(): Kept | undefined {
    return this.#drafts?.kept;
  }

  /** The way to the outbox, once it is fetched. */
  get delivery(): DeliveryController | undefined {
    return this.#delivery;
  }

  /**
   * Reads what was left of a draft of this study, of whoever is here. Its `pending` has to be posted.
   *
   * @param which of several that one element may have, as its name goes on
   */
  async read(study: string, which = ''): Promise<FoundDraft> {
    const { endpoint, id, drafts } = this.#host;
    const element = this.#parts.element + which;
    const key = [endpoint, study, id, element].join('|');
    const { view } = this.#parts.session;
    this.#drafts =
      view?.drafts(key, element) ??
      new StorageDrafts(key, drafts === 'device' ? 'device' : drafts === 'off' ? 'nowhere' : 'tab');
    const found = await this.#drafts.read();
    const draft = found.status === 'found' && found.draft.study === study ? found.draft : undefined;
    // What lies under an element's own key is of its own kind.
    const left: readonly PendingSubmission[] = (draft?.step !== 'consent' && draft?.pending) || [];
    this.#pending = left as readonly Finished[];
    return found;
  }

  /** What a crash, or a page without a disk, left unsent. */
  get pending(): readonly Finished[] {
    return this.#pending;
  }

  /** Opens the outbox, which sends what waits in it. */
  async start(study: string): Promise<void> {
    await (await this.#opened()).start(study);
  }

  /** One that this element handed in before its page was loaded again. */
  async adopt(submission: string, kind: SubmissionKind): Promise<void> {
    (await this.#opened()).adopt(submission, kind);
  }

  setAside(draft: Draft): void {
    this.#drafts?.setAside(draft);
  }

  /** Keeps what was typed, or wipes it where there is nothing more to keep. */
  save(): void {
    const draft = this.#parts.draft(this.#pending);
    if (draft === 'nothing') this.#drafts?.wipe();
    else if (draft !== 'unknown') this.#drafts?.write(draft);
    this.#host.requestUpdate();
  }

  /** Into the draft first: whatever happens from here on, it goes out under this id and no other. */
  hold(submission: Finished): void {
    this.#pending = [...this.#pending, submission];
    this.save();
  }

  /** Nothing has left this page, and no outbox has it. */
  drop({ id }: Finished): void {
    this.#release(id);
  }

  /** To the outbox. Resolves to whether its disk holds it. */
  async submit(submission: AnySubmission): Promise<boolean> {
    return (await (await this.#opened()).submit(submission)).durable;
  }

  /** Thrown away, unsent, by the participant's own press. */
  async discard(id: string): Promise<void> {
    await (await this.#opened()).discard(id);
  }

  /** What it leads to has been done, so the draft can do without it, if a disk holds it. */
  settle(submission: Finished, durable: boolean): void {
    if (durable) this.#pending = this.#pending.filter(({ id }) => id !== submission.id);
    this.save();
  }

  /** Whoever was here has left: of what they typed, nothing stays on this device but what no outbox on a disk holds. */
  async leave(): Promise<void> {
    const drafts = this.#drafts;
    this.#drafts = undefined;
    this.#pending = [];
    await drafts?.leave();
    await this.#delivery?.changeHands();
  }

  share(): void {
    this.#drafts?.share();
    this.save();
  }

  #release(id: string): void {
    if (!this.#pending.some((submission) => submission.id === id)) return;
    this.#pending = this.#pending.filter((submission) => submission.id !== id);
    this.save();
  }

  async #opened(): Promise<DeliveryController> {
    const { DeliveryController } = await import('./delivery-controller.ts');
    this.#delivery ??= new DeliveryController(
      this.#host,
      (id) => {
        this.#release(id);
        this.#parts.delivered?.(id);
      },
      () => this.#parts.session.view?.identity ?? {},
    );
    return this.#delivery;
  }
}
