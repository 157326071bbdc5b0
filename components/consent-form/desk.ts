import { type ConsentRecord, readRecord } from '../../src/consent/record.ts';
import { CallError } from '../../src/delivery/participant-calls.ts';
import type { AnySubmission } from '../../src/submission/any-submission.ts';
import { newSubmissionId } from '../../src/submission/submission-id.ts';
import { callsFor } from '../element/calls.ts';
import type { EnvelopeOptions } from '../element/envelope.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { Post } from '../element/post.ts';
import { saveFile } from '../element/save-file.ts';
import type { Session } from '../element/session/session.ts';
import type { ConsentVisit } from './consent-visit.ts';
import { isSeen } from './is-seen.ts';
import type { Reading } from './reading.ts';
import { refusalWords } from './refusals.ts';
import type { Sent, Stage } from './stage.ts';
import { consentSubmission, withdrawalSubmission } from './submissions.ts';

/** What a page is asked to prove: that whoever is about to sign is who they say they are. */
export interface ReauthenticationRequest {
  readonly study: string;
  /** To be the `nonce` of the proof. */
  readonly nonce: string;
}

/** Resolves to a JWT of an identity provider that the study's receiver trusts. */
export type Reauthenticate = (request: ReauthenticationRequest) => Promise<string>;

/** What the desk uses of its element. */
export interface DeskParts {
  readonly visit: ConsentVisit;
  readonly post: Post;
  readonly locale: LocaleController;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly session: () => Session | undefined;
  readonly mode: () => 'live' | 'test';
  /** Where the participant came from. */
  readonly origin: () => string | undefined;
  readonly reauthenticate: () => Reauthenticate | undefined;
  /** Asks for the study, and where the participant stands, as they are now. Nobody may answer. */
  readonly refresh: () => Promise<void>;
  readonly focus: () => void;
  readonly report: (error: unknown) => void;
}

/**
 * Where decisions are made and handed in. Owns the order of things: that the words are looked at once more, who signs is
 * shown, and only then is anything signed; what becomes of it, the outbox knows. Fetched while the first section is being
 * read.
 */
export class Desk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async sign(): Promise<void> {
    const { visit, locale, renderRoot } = this.#parts;
    const { reading: shown, signing } = visit;
    if (shown === undefined || signing === undefined) return;
    if (signing.check(shown.document, locale).length > 0) return this.#parts.focus();
    const button = renderRoot.querySelector('[data-sign]');
    if (button !== null && !(await isSeen(button))) return visit.warn('consent-not-seen');
    const reading = await this.#lookOnceMore(shown);
    if (reading === undefined) return;

    const id = newSubmissionId();
    const proof = await this.#prove(id, reading);
    if (proof === 'failed') return visit.warn('consent-not-confirmed');
    const signed = await reading.sign(signing.block(reading.document, new Date()));
    const options = { ...this.#envelope(reading), newId: () => id };
    await this.#handIn('signed', consentSubmission(signed, options, { after: reading.after, proof }));
  }

  async leave(outcome: 'declined' | 'deferred' | 'paper'): Promise<void> {
    const { reading } = this.#parts.visit;
    if (reading === undefined) return;
    const ended = await reading.leave(outcome);
    await this.#handIn(outcome, consentSubmission(ended, this.#envelope(reading), { after: reading.after }));
  }

  async withdraw({ scope, erase = false }: Extract<Stage, { at: 'withdrawing' }>): Promise<void> {
    if (scope === undefined) return;
    const submission = withdrawalSubmission(scope, erase, this.#envelope());
    await this.#handIn(scope === 'study' ? 'withdrawn' : 'withdrawn-part', submission);
  }

  /** After a refusal: what was refused is thrown away by this press, and the document is read as it stands now. */
  async afterRefusal(refused: string): Promise<void> {
    const { post, visit } = this.#parts;
    const words = refusalWords(post.delivery?.state(refused)?.problem?.type);
    await post.discard(refused);
    visit.show({ at: 'reading' });
    const { reading } = visit;
    if (reading === undefined || (await this.#lookOnceMore(reading)) === undefined) return;
    visit.show(words?.helps === 'sign-again' ? { at: 'signing' } : { at: 'reading' });
  }

  /** As a file of the participant's own. */
  async take(record: string, as: 'record' | 'pdf'): Promise<void> {
    const blob = await this.#fetch(record, as);
    if (blob === undefined) return;
    const { renderRoot, visit } = this.#parts;
    const name = `${visit.study?.id}-consent-${record}.${as === 'pdf' ? 'pdf' : 'json'}`;
    saveFile(new File([blob], name, { type: blob.type }), renderRoot);
  }

  async showRecord(submission: string): Promise<void> {
    const blob = await this.#fetch(submission, 'record');
    const record: ConsentRecord | undefined = blob && readRecord(await blob.text());
    if (blob !== undefined && record === undefined) return this.#parts.visit.warn('copy-unreachable');
    if (record !== undefined) this.#parts.visit.show({ at: 'copy', record });
  }

  /**
   * The study and where the participant stands, asked once more; what cannot be asked now is the endpoint's to judge when
   * the signature arrives.
   *
   * @returns the reading that can be signed: of the words that are shown. Else it has been said why there is none.
   */
  async #lookOnceMore(shown: Reading): Promise<Reading | undefined> {
    const { visit, refresh } = this.#parts;
    const [before, digest] = [visit.standing?.state, shown.digest];
    await refresh();
    // Where somebody has decided elsewhere, the visit has said so.
    if (visit.standing?.state !== before) return undefined;
    const { reading } = visit;
    if (reading?.digest === digest) return reading;
    visit.show({ at: 'reading' });
    visit.warn('consent-other-words');
    return undefined;
  }

  async #prove(id: string, reading: Reading): Promise<string | undefined | 'failed'> {
    const reauthenticate = this.#parts.reauthenticate();
    if (reauthenticate === undefined) return undefined;
    try {
      const proof = await reauthenticate({
        study: this.#parts.visit.study?.id ?? '',
        nonce: `${id}.${reading.digest}`,
      });
      return proof === '' ? 'failed' : proof;
    } catch (error) {
      this.#parts.report(error);
      return 'failed';
    }
  }

  async #handIn(what: Sent, submission: AnySubmission): Promise<void> {
    const { visit, post, report } = this.#parts;
    const before = visit.stage;
    visit.show({ at: 'sent', what, submission: submission.id });
    try {
      if (await post.submit(submission)) visit.handedIn(what);
    } catch (error) {
      // No outbox has it: it is here still, to be sent by another press.
      visit.show(before);
      visit.warn('consent-unsent');
      report(error);
    }
  }

  #envelope(reading?: Reading): EnvelopeOptions {
    const { visit, mode, origin, locale } = this.#parts;
    const { study } = visit;
    if (study === undefined) throw new TypeError('Nothing is handed in before a study is there.');
    return {
      ...{ study, mode: mode(), source: origin(), language: reading?.document.language ?? locale.language },
      startedAt: reading?.startedAt ?? new Date(),
    };
  }

  async #fetch(record: string, as: 'record' | 'pdf'): Promise<Blob | undefined> {
    const session = this.#parts.session();
    const token = session?.credentials?.token;
    if (session === undefined || token === undefined) return undefined;
    try {
      return await callsFor(session.endpoint, session.study).record(token, record, as);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.status === 401) await session.refused(token);
      this.#parts.visit.warn('copy-unreachable');
      return undefined;
    }
  }
}
