import type { ReactiveControllerHost } from 'lit';
import type { DeliveryState } from '../../src/delivery/delivery-state.ts';
import type { EntrySummary, Outbox, SubmitOptions } from '../../src/delivery/outbox.ts';
import type { AnySubmission, SubmissionKind } from '../../src/submission/any-submission.ts';
import { SubmissionChangedEvent } from '../events/submission-changed-event.ts';
import { saveFile } from './save-file.ts';

interface DeliveryHost extends ReactiveControllerHost, EventTarget {
  endpoint: string;
  receipt: 'required' | 'none';
}

interface Own {
  readonly kind: SubmissionKind;
  status: DeliveryState['status'];
  deliveredAt?: Date;
}

/**
 * Owns the element's way to the outbox: fetched after the first page is drawn, and started at once so that what an
 * earlier visit left behind goes out. Reports every step as an event; does not own what is submitted, nor what is said
 * about it.
 */
export class DeliveryController {
  readonly #host: DeliveryHost;
  readonly #delivered: (id: string) => void;
  readonly #own = new Map<string, Own>();
  readonly #identity: () => Pick<SubmitOptions, 'participant' | 'writeKey'>;
  #opening: Promise<Outbox> | undefined;
  #outbox: Outbox | undefined;
  #unsubscribe: (() => void) | undefined;
  #study = '';
  #earlier: readonly EntrySummary[] = [];

  /**
   * @param delivered called for each submission that was acknowledged, the element's own or from an earlier page
   * @param identity who is signed in: what is posted goes out under their key, and only theirs is spoken of
   */
  constructor(
    host: DeliveryHost,
    delivered: (id: string) => void,
    identity: () => Pick<SubmitOptions, 'participant' | 'writeKey'> = () => ({}),
  ) {
    this.#host = host;
    this.#delivered = delivered;
    this.#identity = identity;
  }

  /** Opens the outbox, which sends what waits in it. Call again when the study or the endpoint has changed. */
  async start(study: string): Promise<void> {
    this.#study = study;
    await this.#open();
    await this.#lookAround();
  }

  /** Resolves once the submission is written: on disk where this page has one, else in memory. */
  async submit(submission: AnySubmission): Promise<DeliveryState> {
    const outbox = await this.#open();
    this.#own.set(submission.id, { kind: submission.kind, status: 'gone' });
    return outbox.submit(submission, { receipt: this.#host.receipt, ...this.#identity() });
  }

  /** One that this element handed in before its page was loaded again. */
  adopt(id: string, kind: SubmissionKind): void {
    if (!this.#own.has(id)) this.#own.set(id, { kind, status: 'gone' });
  }

  state(id: string): DeliveryState | undefined {
    return this.#own.has(id) ? this.#outbox?.state(id) : undefined;
  }

  /** When this device learned of the delivery. */
  deliveredAt(id: string): Date | undefined {
    return this.#own.get(id)?.deliveredAt;
  }

  /** What earlier visits left of this study, after an attempt that failed: still on its way, or refused. */
  get earlier(): readonly EntrySummary[] {
    return this.#earlier;
  }

  sendAgain(id: string): void {
    void this.#outbox?.retry(id);
  }

  async discard(id: string): Promise<void> {
    this.#own.delete(id);
    await this.#outbox?.discard(id);
  }

  /** A copy of the answers as a file, for the participant alone. */
  async download(id: string, root: HTMLElement | DocumentFragment): Promise<void> {
    const file = await this.#outbox?.download(id);
    if (file) saveFile(file, root);
  }

  async #open(): Promise<Outbox> {
    const opening = import('./open-outbox.ts').then(({ openOutbox }) => openOutbox(this.#host.endpoint));
    this.#opening = opening;
    const outbox = await opening;
    if (outbox !== this.#outbox && this.#opening === opening) {
      this.#unsubscribe?.();
      this.#outbox = outbox;
      this.#unsubscribe = outbox.subscribe((id, state) => this.#changed(id, state));
    }
    return outbox;
  }

  #changed(id: string, state: DeliveryState): void {
    const own = this.#own.get(id);
    if (own && own.status !== state.status) {
      own.status = state.status;
      if (state.status === 'delivered') {
        own.deliveredAt = new Date();
        this.#delivered(id);
      }
      this.#host.dispatchEvent(new SubmissionChangedEvent(own.kind, id, state.status));
    }
    if (own === undefined) {
      if (state.status === 'delivered') this.#delivered(id);
      void this.#lookAround();
    }
    this.#host.requestUpdate();
  }

  /** Somebody else is at the page: what the one before handed in is not theirs to see. */
  async changeHands(): Promise<void> {
    this.#own.clear();
    this.#earlier = [];
    await this.#lookAround();
  }

  async #lookAround(): Promise<void> {
    const { participant = null } = this.#identity();
    const entries = (await this.#outbox?.entries({ study: this.#study, participant })) ?? [];
    // What another tab is just sending for the first time is that tab's to speak of.
    const failed = entries.filter(({ attempts, state }) => attempts > 0 || isHeldUp(state));
    this.#earlier = failed.filter(({ id }) => !this.#own.has(id));
    this.#host.requestUpdate();
  }
}

function isHeldUp({ status, reason }: DeliveryState): boolean {
  return status === 'held' || status === 'parked' || reason === 'after-another';
}
