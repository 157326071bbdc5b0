import { CallError, type ParticipantCalls } from '../../src/delivery/participant-calls.ts';
import {
  LONGEST_HOMEWORK,
  type ParticipantEvent,
  type SessionSubmission,
} from '../../src/submission/session-submission.ts';
import { callsFor } from '../element/calls.ts';
import { type EnvelopeOptions, envelopeOf } from '../element/envelope.ts';
import type { LocaleController } from '../element/locale-controller.ts';
import type { Post } from '../element/post.ts';
import { saveFile } from '../element/save-file.ts';
import type { Session } from '../element/session/session.ts';
import type { Stage } from './stage.ts';
import type { TrackerVisit } from './tracker-visit.ts';

/** What the desk uses of its element. */
export interface DeskParts {
  readonly visit: TrackerVisit;
  readonly post: Pick<Post, 'submit' | 'save'>;
  readonly locale: Pick<LocaleController, 'language'>;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly session: () => Pick<Session, 'endpoint' | 'study' | 'credentials' | 'refused'> | undefined;
  readonly mode: () => 'live' | 'test';
  /** Where the participant came from. */
  readonly origin: () => string | undefined;
  /** Asks the endpoint again where this participant stands. */
  readonly refresh: () => void;
  readonly calls?: Pick<ParticipantCalls, 'calendar' | 'makeFeed' | 'revokeFeed'>;
  readonly save?: (file: File, root: HTMLElement | DocumentFragment) => void;
}

/**
 * Where what a participant says of their sessions is handed in, and where they take what is theirs: calendar files, and the
 * address of a feed. Fetched while the overview is being looked at. Owns no screen and no text.
 */
export class TrackerDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** "I could not come", once it is said to what and why. */
  async sendAbsence(session: string | undefined): Promise<void> {
    const { visit } = this.#parts;
    const { stage } = visit;
    if (stage.at !== 'absence') return;
    const reason = stage.reason.trim();
    if (session === undefined || reason === '') return visit.show({ ...stage, tried: (stage.tried ?? 0) + 1 });
    await this.#say({ type: 'missed', session, reason }, session);
    visit.show({ at: 'session', session });
  }

  async sendNewTime(): Promise<void> {
    const { visit } = this.#parts;
    const { stage } = visit;
    if (stage.at !== 'new-time') return;
    const { session, slot } = stage;
    if (slot === undefined) return visit.show({ ...stage, tried: (stage.tried ?? 0) + 1 });
    await this.#say({ type: 'reschedule-asked', session, slot }, session);
    visit.show({ at: 'session', session });
  }

  async confirmRecording(session: string): Promise<void> {
    await this.#say({ type: 'recording-viewed', session }, session);
  }

  async leaveSessions(): Promise<void> {
    const { visit } = this.#parts;
    const { stage } = visit;
    if (stage.at !== 'leaving') return;
    const reason = stage.reason.trim();
    await this.#say({ type: 'left-intervention', ...(reason !== '' && { reason }) });
    visit.show({ at: 'overview' });
  }

  /** Every text that was typed and not handed in yet, whole and as it was typed. What is too long stays a draft. */
  async handInHomework(): Promise<void> {
    const { visit, post } = this.#parts;
    for (const written of visit.homework.typed) {
      const { session, task, text } = written;
      if (text.length > LONGEST_HOMEWORK) continue;
      const submission = this.#submission({ type: 'homework', session, task, text });
      // Before anything is waited for: what is typed meanwhile is another text.
      visit.homework.handedIn(written, submission.id, false);
      const durable = await post.submit(submission);
      if (durable) visit.homework.handedIn(written, submission.id, true);
      post.save();
    }
  }

  /** One session as a calendar file; without it, all that have a time. */
  async takeCalendar(session?: string): Promise<void> {
    await this.#asking(async (calls, token) => {
      const file = await calls.calendar(token, this.#parts.locale.language, session);
      // Names neither study nor session: it may lie in a folder that others see.
      const { save = saveFile, renderRoot } = this.#parts;
      save(
        new File([file], session === undefined ? 'appointments.ics' : 'appointment.ics', { type: 'text/calendar' }),
        renderRoot,
      );
    });
  }

  async makeFeed(): Promise<void> {
    await this.#asking(async (calls, token) => {
      const feed = await calls.makeFeed(token, this.#parts.locale.language);
      this.#show({ at: 'calendar', feed });
      this.#parts.refresh();
    });
  }

  async revokeFeed(): Promise<void> {
    await this.#asking(async (calls, token) => {
      await calls.revokeFeed(token);
      this.#show({ at: 'calendar', told: 'revoked' });
      this.#parts.refresh();
    });
  }

  async copyFeed(): Promise<void> {
    const { stage } = this.#parts.visit;
    if (stage.at !== 'calendar' || stage.feed === undefined) return;
    try {
      await navigator.clipboard.writeText(stage.feed);
      this.#show({ ...stage, told: 'copied' });
    } catch {
      // Refused, or absent on plain http: the address stands there to be copied by hand.
      this.#show({ ...stage, told: 'copy-failed' });
    }
  }

  async #say(event: ParticipantEvent, session?: string): Promise<void> {
    const { visit, post } = this.#parts;
    const submission = this.#submission(event);
    await post.submit(submission);
    visit.handedIn(session, submission.id);
  }

  #submission(event: ParticipantEvent): SessionSubmission {
    const { visit, locale, origin, mode } = this.#parts;
    const { study } = visit;
    if (study === undefined) throw new TypeError('Nothing can be handed in before a study is there.');
    const options: EnvelopeOptions = {
      ...{ study, language: locale.language, startedAt: visit.startedAt, source: origin(), mode: mode() },
    };
    return { ...envelopeOf(options), kind: 'session', event };
  }

  /** Of the endpoint, for whoever is signed in. What it cannot be asked for now is said where somebody pressed. */
  async #asking(ask: (calls: NonNullable<DeskParts['calls']>, token: string) => Promise<void>): Promise<void> {
    const session = this.#parts.session();
    const token = session?.credentials?.token;
    if (session === undefined || token === undefined) return;
    try {
      await ask(this.#parts.calls ?? callsFor(session.endpoint, session.study), token);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.status === 401) return session.refused(token);
      const { stage } = this.#parts.visit;
      if (stage.at === 'calendar' || stage.at === 'session') this.#show({ ...stage, told: 'unreachable' });
    }
  }

  #show(stage: Stage): void {
    this.#parts.visit.show(stage);
  }
}
