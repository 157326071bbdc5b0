import { html, nothing, type ReactiveController, render, type TemplateResult } from 'lit';
import { asSteadyError, SteadyError } from '../../src/study/steady-error.ts';
import { adoptStyles } from '../element/adopt-styles.ts';
import type { ElementState } from '../element/element-state.ts';
import { dropInvitation } from '../element/invitation.ts';
import { directionOf, type LocaleController } from '../element/locale-controller.ts';
import type { SteadyElement } from '../element/steady-element.ts';
import type { ThemeController } from '../element/theme-controller.ts';
import { type FrameAddress, frameAddress, IsolationError } from './frame-address.ts';
import { isolatedStyles } from './isolated.styles.ts';
import { type Hello, readFromFrame, type Surroundings } from './messages.ts';

/** How an element speaks to its page: as it does when it is drawn in place. */
export interface Voice {
  setState(state: ElementState): void;
  report(error: SteadyError): void;
}

/** How long a frame may take to load, and to answer once it has, in milliseconds. */
const PATIENCE = { toLoad: 20_000, toAnswer: 5_000 };

/** Calls back after so many milliseconds. Returns the way to forget it. */
export type Wait = (milliseconds: number, then: () => void) => () => void;

const byClock: Wait = (milliseconds, then) => {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
};

const frames = new WeakMap<SteadyElement, IsolatedFrame>();

/** Draws the element as a frame of the endpoint's. Called at each update. */
export function drawFrame(
  host: SteadyElement,
  study: string,
  locale: LocaleController,
  colours: ThemeController,
  voice: Voice,
): void {
  const frame = frames.get(host) ?? new IsolatedFrame(host, locale, colours, voice);
  frames.set(host, frame);
  frame.draw(study);
}

/**
 * The host page's side of an isolated element. Owns the frame, its port and its height, and what is said where it cannot
 * be drawn: a link to the hosted page, never the questions. Does not own anything that is asked or answered.
 *
 * The frame has no `sandbox`: without `allow-same-origin` it would have no storage and no origin to be recognised by, and
 * with it a sandbox keeps nothing from a page that the study trusts but downloads and links, which the participant needs.
 * Of permissions (`allow`) it has one, to copy a link when the participant presses the button for it.
 */
export class IsolatedFrame implements ReactiveController {
  readonly #host: SteadyElement;
  readonly #locale: LocaleController;
  readonly #colours: ThemeController;
  readonly #voice: Voice;
  readonly #wait: Wait;
  readonly #size = new CSSStyleSheet();
  #asked = '';
  #address: FrameAddress | undefined;
  /** By the page's policy: there is nothing that could still come. */
  #isRefused = false;
  #status: 'loading' | 'ready' | 'failed' = 'loading';
  #port: MessagePort | undefined;
  #told: Surroundings | undefined;
  #stopWaiting: (() => void) | undefined;

  constructor(host: SteadyElement, locale: LocaleController, colours: ThemeController, voice: Voice, wait = byClock) {
    this.#host = host;
    this.#locale = locale;
    this.#colours = colours;
    this.#voice = voice;
    this.#wait = wait;
    adoptStyles(host.renderRoot, [isolatedStyles]);
    if (host.renderRoot instanceof ShadowRoot) host.renderRoot.adoptedStyleSheets.push(this.#size);
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('securitypolicyviolation', this.#violated);
  }

  hostDisconnected(): void {
    document.removeEventListener('securitypolicyviolation', this.#violated);
    this.#stopWaiting?.();
    this.#port?.close();
  }

  draw(study: string): void {
    const asked = `${study}\n${this.#host.endpoint}`;
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#begin(study);
    }
    this.#tell();
    this.#draw();
  }

  #begin(study: string): void {
    this.#address = undefined;
    this.#isRefused = false;
    this.#status = 'loading';
    this.#resize(0);
    this.#voice.setState('loading');
    try {
      this.#address = frameAddress(this.#host, study, location);
      if (!this.#isApart) throw sameOrigin(this.#host.endpoint);
      this.#expect(PATIENCE.toLoad);
    } catch (error) {
      this.#fail(asSteadyError(error));
    }
  }

  /** A frame of the page's own origin would be open to its scripts. */
  get #isApart(): boolean {
    return this.#address !== undefined && this.#address.frame.origin !== location.origin;
  }

  /** Gives the frame so long to say something. */
  #expect(milliseconds: number): void {
    this.#stopWaiting?.();
    this.#stopWaiting = this.#wait(milliseconds, () =>
      this.#fail(new IsolationError('frame-unreachable', `${this.#address?.frame.href} does not answer in its frame.`)),
    );
  }

  /** Every document that loads in the frame is greeted with a port of its own; only the endpoint's gets it. */
  readonly #greet = (event: Event): void => {
    const frame = event.currentTarget;
    if (!(frame instanceof HTMLIFrameElement) || this.#address === undefined) return;
    this.#port?.close();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#told = this.#surroundings;
    port1.onmessage = ({ data }) => this.#hear(data);
    const hello: Hello = { steady: 'hello', ...this.#told };
    frame.contentWindow?.postMessage(hello, this.#address.frame.origin, [port2]);
    if (this.#status === 'loading') this.#expect(PATIENCE.toAnswer);
  };

  #hear(data: unknown): void {
    const message = readFromFrame(data);
    if (message === undefined) return;
    this.#stopWaiting?.();
    if (this.#status !== 'ready') {
      // One that was given up may answer after all.
      this.#status = 'ready';
      // The frame has it, and keeps it for as long as the tab lives; another frame is not to be invited once more.
      dropInvitation();
      this.#draw();
    }
    if ('height' in message) this.#resize(message.height);
    else if ('state' in message) this.#voice.setState(message.state);
    else this.#voice.report(new SteadyError(message.error.code, message.error.message));
  }

  #tell(): void {
    const now = this.#surroundings;
    const isNews = now.language !== this.#told?.language || now.theme !== this.#told?.theme;
    if (!isNews || this.#told === undefined) return;
    this.#told = now;
    this.#port?.postMessage(now);
  }

  get #surroundings(): Surroundings {
    return { language: this.#locale.wanted, theme: this.#colours.current };
  }

  #resize(height: number): void {
    this.#size.replaceSync(`iframe { height: ${height}px }`);
  }

  /** The page's own policy forbids the frame: said at once, not when patience ends. */
  readonly #violated = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    const origin = this.#address?.frame.origin;
    if (this.#status !== 'loading' || origin === undefined) return;
    if (effectiveDirective !== 'frame-src' || !blockedURI.startsWith(origin)) return;
    this.#isRefused = true;
    this.#fail(
      new IsolationError('frame-refused', `This page's policy forbids the frame. Add frame-src ${origin} to it.`),
    );
  };

  #fail(error: SteadyError): void {
    this.#stopWaiting?.();
    this.#status = 'failed';
    this.#resize(0);
    this.#voice.setState('failed');
    this.#voice.report(error);
    this.#draw();
  }

  #draw(): void {
    render(this.#template(), this.#host.renderRoot, this.#host.renderOptions);
  }

  #template(): TemplateResult {
    const { language } = this.#locale;
    return html`
      <div class="root" lang=${language} dir=${directionOf(language)} data-theme=${this.#colours.current}>
        ${this.#status === 'loading' ? this.#loading() : this.#status === 'failed' ? this.#failed() : nothing}
        ${
          this.#isApart && !this.#isRefused
            ? html`<iframe src=${this.#address?.frame.href} title=${this.#locale.say('frame-title')} referrerpolicy="no-referrer" allow="clipboard-write"
                data-shown=${this.#status === 'ready' ? 'yes' : 'no'} @load=${this.#greet}></iframe>`
            : nothing
        }
      </div>
      <div class="strut"></div>`;
  }

  #loading(): TemplateResult {
    return html`
      <div class="card" aria-busy="true">
        <p class="meta" role="status">${this.#locale.say('loading')}</p>
        <div class="fallback"><slot></slot></div>
      </div>`;
  }

  /** The way on is a page of its own, where there is one. The questions themselves are never drawn here. */
  #failed(): TemplateResult {
    const page = this.#address?.page;
    page?.searchParams.set('lang', this.#locale.wanted);
    return html`
      <div class="card" part="card">
        ${
          page === undefined
            ? html`<h2>${this.#locale.say('link-failed-title') || this.#locale.say('failed-title')}</h2><p role="alert">${this.#locale.say('failed-text')}</p>`
            : html`
                <h2>${this.#locale.say('frame-failed-title')}</h2>
                <p role="alert">${this.#locale.say('frame-failed-text')}</p>
                <p><a class="go" href=${page.href} target="_blank" rel="noopener noreferrer">${this.#locale.say('frame-open')}</a></p>`
        }
        <div class="fallback"><slot></slot></div>
      </div>`;
  }
}

function sameOrigin(endpoint: string): IsolationError {
  return new IsolationError(
    'not-isolated',
    `endpoint="${endpoint}" has this page's own origin, whose scripts could read a frame of it. An isolated element needs an endpoint on another origin.`,
  );
}
