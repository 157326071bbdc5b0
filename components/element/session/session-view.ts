import type { ReactiveController, TemplateResult } from 'lit';
import type { EntrySummary, SubmitOptions } from '../../../src/delivery/outbox.ts';
import { CallError } from '../../../src/delivery/participant-calls.ts';
import type { StudyHead } from '../../../src/study/schema.ts';
import { asSteadyError } from '../../../src/study/steady-error.ts';
import { lineStyles } from '../../styles/line.styles.ts';
import { noticeStyles } from '../../styles/notice.styles.ts';
import { adoptStyles } from '../adopt-styles.ts';
import { callsFor } from '../calls.ts';
import type { Drafts } from '../drafts/drafts.ts';
import { StorageDrafts } from '../drafts/storage-drafts.ts';
import { heldInvitation, takeInvitation } from '../invitation.ts';
import { openOutbox } from '../open-outbox.ts';
import { saveFile } from '../save-file.ts';
import { IdleWatch } from './idle-watch.ts';
import { openSession, shareComputer } from './open-session.ts';
import { ParticipantDrafts } from './participant-drafts.ts';
import { sessionStyles } from './session.styles.ts';
import type { Session } from './session.ts';
import type { SessionHost, SessionNeeds } from './session-host.ts';
import * as screens from './session-screens.ts';
import { codeIn } from './session-secrets.ts';
import type { EnrolmentHashes, SessionState } from './session-state.ts';

/** States that stand in the place of what the element itself would show. */
const COVERED: readonly SessionState[] = ['invited', 'signing-in', 'signed-out', 'idle'];

export async function openSessionView(host: SessionHost, needs: SessionNeeds, study: StudyHead): Promise<SessionView> {
  if (host.sharedComputer) await shareComputer();
  const [session] = await Promise.all([openSession(host.endpoint, study.id), needs.locale.whole]);
  return new SessionView(host, needs, study, session);
}

/**
 * One element's side of the page's session: which screen of it stands in the element's place, whose drafts it reads, and that
 * nobody sees what another entered. Does not own who is signed in: the session does, for all elements.
 */
export class SessionView implements ReactiveController {
  readonly session: Session;
  readonly #host: SessionHost;
  readonly #needs: SessionNeeds;
  readonly #study: StudyHead;
  readonly #stops: (() => void)[] = [];
  readonly #watch = new IdleWatch(() => this.#rest());
  /** For whom the element was begun. */
  #for: string | undefined;
  #was: SessionState;
  #shared = false;
  #shareFailed = false;
  #minutes: number | undefined;
  /** Nothing of the element stands behind a cover. */
  #hidden: boolean;
  #panel: 'code' | 'unsent' | 'way-back' | undefined;
  #codeWrong = false;
  #sure: string | undefined;
  /** To be counted; of these, what whoever is here may send and throw away. */
  #waiting: readonly EntrySummary[] = [];
  #unsent: readonly EntrySummary[] = [];
  #wayBack: screens.WayBack | 'failed' | undefined;
  #copied: 'copied' | 'copy-failed' | undefined;
  readonly #drafts: ParticipantDrafts;

  constructor(host: SessionHost, needs: SessionNeeds, study: StudyHead, session: Session) {
    this.#host = host;
    this.#needs = needs;
    this.#study = study;
    this.session = session;
    this.#drafts = new ParticipantDrafts({
      session,
      calls: callsFor(session.endpoint, session.study),
      changed: () => host.requestUpdate(),
      merged: (draft) => needs.merge(draft),
    });
    this.#for = session.participant;
    this.#was = session.state;
    this.#hidden = COVERED.includes(session.state);
    adoptStyles(host.renderRoot, [noticeStyles, lineStyles, sessionStyles]);
    if (session.shared) this.#share();
    host.addController(this);
  }

  hostConnected(): void {
    this.#stops.push(
      this.session.subscribe(() => this.#changed()),
      openOutbox(this.#host.endpoint).subscribe(() => void this.#count()),
    );
    addEventListener('hashchange', this.#follow);
    this.#watch.watch(this.#host.idleMinutes);
    void this.#count();
    // What happened while the element was nowhere.
    this.#changed();
  }

  hostDisconnected(): void {
    for (const stop of this.#stops.splice(0)) stop();
    removeEventListener('hashchange', this.#follow);
    this.#watch.stop();
  }

  /** The page may change its mind at any time. */
  hostUpdated(): void {
    const { idleMinutes, sharedComputer } = this.#host;
    if (!Object.is(idleMinutes, this.#minutes)) this.#watch.watch(idleMinutes);
    this.#minutes = idleMinutes;
    if (sharedComputer && !this.session.shared) void this.#shareComputer();
  }

  /** For good. */
  stop(): void {
    this.#host.removeController(this);
    this.hostDisconnected();
  }

  /** Whether a screen of the session stands in the element's place and nothing of the element is behind it. */
  get covered(): boolean {
    return COVERED.includes(this.session.state);
  }

  /** Under whose name and key the element posts. */
  get identity(): Pick<SubmitOptions, 'participant' | 'writeKey'> {
    const { state, credentials } = this.session;
    if (state !== 'signed-in' || credentials === undefined) return {};
    return { participant: credentials.participant, writeKey: credentials.writeKey };
  }

  /** Resolves once it is known what this participant has to do, or that it cannot be known now. */
  async ready(): Promise<void> {
    await this.session.me().catch((error) => {
      if (!(error instanceof CallError)) throw error;
    });
  }

  /** Where the draft of that key goes, for whoever is here. */
  drafts(key: string, element: string): Drafts {
    const { credentials, state, shared } = this.session;
    const mode = this.#host.drafts ?? (state === 'signed-in' ? 'server' : 'tab');
    const whose = credentials === undefined ? key : `${key}|${credentials.participant}`;
    if (mode !== 'server' || credentials === undefined) {
      return new StorageDrafts(whose, shared || mode === 'off' ? 'nowhere' : mode === 'device' ? 'device' : 'tab');
    }
    return this.#drafts.of(credentials, key, draftId(element, this.#host.id));
  }

  /** What enrols whoever leaves a contact here. Nobody is enrolled twice, and an endpoint without receipts enrols nobody. */
  async hashes(): Promise<EnrolmentHashes | undefined> {
    const enrols = this.session.state === 'anonymous' && this.#host.receipt === 'required';
    return enrols ? this.session.hashes() : undefined;
  }

  /** What stands in the element's place. */
  cover(): TemplateResult | undefined {
    const words = { locale: this.#needs.locale, study: this.#study };
    const { session } = this;
    if (this.#panel === 'code') {
      return screens.codeScreen(words, this.#codeWrong, { go: (code) => this.#go(code), cancel: () => this.#open() });
    }
    switch (session.state) {
      case 'invited':
      case 'signing-in':
        return screens.invitation(words, session, {
          accept: (check) => void this.#do(() => session.accept(check)),
          dismiss: () => session.dismiss(),
        });
      case 'signed-out':
        return screens.signedOut(words, session, this.#waiting, {
          again: () => session.startAgain(),
          code: () => this.#open('code'),
        });
      case 'idle':
        return screens.idle(words, session, this.#waiting, {
          resume: () => session.resume(),
          signOut: () => void this.#do(() => session.signOut()),
        });
    }
    if (this.#panel === 'unsent') return screens.unsent(words, this.#unsent, this.#sure, this.#unsentActions());
    if (this.#panel === 'way-back') return screens.wayBackScreen(words, this.#drawWayBack(), () => this.#open());
    return this.#isDone() ? screens.done(words) : undefined;
  }

  /** What stands below the words of thanks to somebody who was enrolled by them. */
  afterEnrolment(contact: string | undefined): TemplateResult | undefined {
    const { session } = this;
    if (contact === undefined || session.enrolledBy !== contact || session.state !== 'signed-in') return undefined;
    const code = session.takeReturnCode();
    if (code !== undefined) this.#wayBack = { code, link: this.#linkTo(code) };
    const drawn = this.#drawWayBack();
    return drawn === 'failed' ? undefined : drawn;
  }

  /** The field for a link or a code stands in the element's place. */
  askForCode(): void {
    this.#open('code');
  }

  footing(): TemplateResult {
    const words = { locale: this.#needs.locale, study: this.#study };
    const about = { shareFailed: this.#shareFailed, covered: this.covered || this.#panel !== undefined };
    return screens.footing(words, this.session, about, {
      share: () => void this.#shareComputer(),
      code: () => this.#open('code'),
      wayBack: () => void this.#makeWayBack(),
      signOut: () => void this.#signOut(),
    });
  }

  /** A link was pasted into the address bar of the page as it stands. */
  readonly #follow = () => {
    const code = takeInvitation() ? heldInvitation() : undefined;
    if (code !== undefined) this.session.invite(code);
  };

  #changed(): void {
    const { state, participant, shared } = this.session;
    const before = this.#was;
    this.#was = state;
    if (shared && !this.#shared) this.#share();
    if (state !== before && (state === 'idle' || state === 'signed-out')) void this.#do(() => this.#hide());
    if (state === 'signed-in' && this.#for === undefined && this.session.enrolledBy === this.#needs.contact()) {
      // It is the one who has just left their contact: what they see is theirs.
      if (participant !== undefined && this.session.enrolledBy !== undefined) this.#for = participant;
    }
    if (!this.covered && (this.#hidden || participant !== this.#for)) void this.#do(() => this.#begin());
    if (state !== before && this.covered) this.#needs.focusHeading();
    this.#host.requestUpdate();
  }

  async #hide(): Promise<void> {
    if (this.#hidden) return;
    this.#hidden = true;
    this.#open();
    this.#wayBack = undefined;
    await this.#needs.leave();
    await this.#count();
  }

  async #begin(): Promise<void> {
    const { participant } = this.session;
    if (!this.#hidden) await this.#needs.leave();
    if (this.#for !== participant) this.#drafts.forget();
    this.#hidden = false;
    this.#for = participant;
    this.#open();
    this.#wayBack = undefined;
    this.#watch.watch(this.#host.idleMinutes);
    await this.#needs.restart();
    this.#needs.focusHeading();
  }

  #rest(): void {
    const { participant, state } = this.session;
    // Else nothing has been entered that anybody could see.
    const left = this.#needs.touched() || participant !== undefined || state === 'invited';
    if (left) void this.#do(() => this.session.rest());
    // Whatever stands here now: somebody may come back to it, and leave again.
    this.#watch.watch(this.#host.idleMinutes);
  }

  #share(): void {
    this.#shared = true;
    this.#drafts.share();
    this.#needs.share();
  }

  async #shareComputer(): Promise<void> {
    try {
      await shareComputer();
    } catch (error) {
      this.#shareFailed = true;
      this.#needs.report(asSteadyError(error));
    }
    this.#host.requestUpdate();
  }

  async #signOut(): Promise<void> {
    await this.#count();
    if (this.#unsent.length > 0) return this.#open('unsent');
    await this.#do(() => this.session.signOut());
  }

  #unsentActions(): screens.UnsentActions {
    const outbox = openOutbox(this.session.endpoint);
    return {
      send: (id) => void this.#do(() => outbox.retry(id)),
      download: (id) => void this.#do(async () => saveFile(await outbox.download(id), this.#host.renderRoot)),
      discard: (id) => {
        if (this.#sure === id && id !== '') void this.#do(() => outbox.discard(id));
        this.#sure = this.#sure === id ? undefined : id;
        this.#host.requestUpdate();
      },
      leave: () => void this.#do(() => this.session.signOut()),
      cancel: () => this.#open(),
    };
  }

  #go(code: string): void {
    this.#codeWrong = codeIn(code) === undefined;
    if (!this.#codeWrong) {
      this.session.invite(code);
      this.#open();
    }
    this.#host.requestUpdate();
  }

  async #makeWayBack(): Promise<void> {
    this.#wayBack = undefined;
    this.#open('way-back');
    try {
      const code = await this.session.newReturnCode();
      if (code !== undefined) this.#wayBack = { code, link: this.#linkTo(code) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.#wayBack = 'failed';
    }
    this.#host.requestUpdate();
  }

  #drawWayBack(): TemplateResult | 'failed' | undefined {
    const shown = this.#wayBack;
    if (shown === undefined || shown === 'failed') return shown;
    const words = { locale: this.#needs.locale, study: this.#study };
    return screens.wayBack(words, shown, this.#copied, () => void this.#copy(shown.link));
  }

  async #copy(link: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.#copied = 'copied';
    } catch {
      // Refused, or absent on plain http: the link stands there to be copied by hand.
      this.#copied = 'copy-failed';
    }
    this.#host.requestUpdate();
  }

  /** To this page; in a frame of the endpoint's own, to the page that it has for participants. */
  #linkTo(code: string): string {
    const page =
      window.parent === window ? new URL(location.href) : new URL(`${this.session.endpoint}/p/${this.session.study}`);
    page.hash = `steady-invite=${code}`;
    return page.href;
  }

  #isDone(): boolean {
    const { state, known } = this.session;
    return state === 'signed-in' && known !== undefined && this.#needs.isDone(known);
  }

  #open(panel?: 'code' | 'unsent' | 'way-back'): void {
    if (this.#panel === panel) return;
    this.#panel = panel;
    this.#codeWrong = false;
    this.#sure = undefined;
    this.#copied = undefined;
    this.#needs.focusHeading();
    this.#host.requestUpdate();
  }

  async #count(): Promise<void> {
    [this.#waiting, this.#unsent] = await Promise.all([this.session.waiting(), this.session.unsent()]);
    this.#host.requestUpdate();
  }

  /** Something that nobody waits for. */
  async #do(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#needs.report(asSteadyError(error));
    }
  }
}

/** A draft's key at the endpoint: of two elements of a kind on one page each has its own, by its `id`. */
function draftId(element: string, id: string): string {
  const own = id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return (own === '' ? element : `${element}-${own}`).slice(0, 64);
}
