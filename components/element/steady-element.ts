import { LitElement, type PropertyValues } from 'lit';
import { asSteadyError, type SteadyError } from '../../src/study/steady-error.ts';
import { StateChangedEvent } from '../events/state-changed-event.ts';
import { SteadyErrorEvent } from '../events/steady-error-event.ts';
import type { ElementWords } from '../locales/load-catalogue.ts';
import type { DraftsMode } from './drafts/drafts.ts';
import type { ElementState } from './element-state.ts';
import { isAtHome } from './home.ts';
import { StudyLoadError } from './load-study.ts';
import { LocaleController } from './locale-controller.ts';
import { StudyContextController } from './study-context.ts';
import { type Theme, ThemeController } from './theme-controller.ts';

/**
 * What every element is told by its page, and how it speaks back: attributes, language, theme, state and errors. Does not
 * own a study or a form: controllers do, and each element takes those it needs.
 */
export abstract class SteadyElement extends LitElement {
  /** What it says besides what all elements do. */
  static readonly words: ElementWords | undefined = undefined;
  /** Declared by hand: the decorators would cost every first page a third of a kilobyte. */
  static override readonly properties = {
    study: {},
    endpoint: {},
    theme: {},
    receipt: {},
    source: {},
    mode: {},
    isolated: { type: Boolean },
    drafts: {},
    idleMinutes: { type: Number, attribute: 'idle-minutes' },
    sharedComputer: { type: Boolean, attribute: 'shared-computer' },
  };

  /** A study's id, asked of the endpoint, or the address of its file on the page's or the endpoint's origin. */
  study = '';
  /** Base address of the endpoint that answers go to. A study file can never set it. */
  endpoint = '';
  /** `auto` follows the reader's preference where the page does. */
  theme: Theme = 'auto';
  /** `none` accepts an endpoint that answers any 2xx without a receipt. */
  receipt: 'required' | 'none' = 'required';
  /** Where the participant came from; the page's `?source=` if not set. Recorded as unverified. */
  source = '';
  /** What submissions claim where the study's server does not say. */
  mode: 'live' | 'test' = 'live';
  /** Drawn by the endpoint in a frame of its own origin, where this page's scripts cannot read what is typed. */
  isolated = false;

  /** Where drafts are kept; by itself on the server for a participant who is signed in, else in the tab. */
  drafts: DraftsMode | undefined;
  /** Minutes without a hand on the page after which what was entered is hidden. 0: never. */
  idleMinutes = 15;
  /** The page stands on a computer that others use too: nothing is kept on it. */
  sharedComputer = false;

  /** First of all: what a provider around it says holds before anything is fetched. */
  protected readonly context = new StudyContextController(this);
  protected readonly locale = new LocaleController(this, (this.constructor as typeof SteadyElement).words);
  protected readonly colours = new ThemeController(this);
  #state: ElementState = 'loading';
  #isolatedStudy: string | undefined;

  /** What the element is doing. Never whether a person is eligible. */
  get state(): ElementState {
    return this.#state;
  }

  protected setState(state: ElementState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new StateChangedEvent(state));
  }

  /** Once a study has required it, no attribute takes it back. True where it is drawn in a frame from now on. */
  protected requireIsolation(study: string): boolean {
    if (isAtHome(this)) return false;
    this.#isolatedStudy = study;
    this.requestUpdate();
    return true;
  }

  /** In a frame nothing of the element itself is drawn, fetched or decided here. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    // Another study says for itself what it requires.
    if (changed.has('study') || changed.has('endpoint')) this.#isolatedStudy = undefined;
    const study = this.#isolatedStudy ?? (this.isolated && !isAtHome(this) ? this.study : undefined);
    if (study === undefined) return true;
    import('../isolated/isolated-frame.ts').then(
      ({ drawFrame }) =>
        drawFrame(this, study, this.locale, this.colours, {
          setState: (state) => this.setState(state),
          report: (error) => this.report(error),
        }),
      (error) => {
        this.renderRoot.append(document.createElement('slot'));
        this.report(asSteadyError(error));
      },
    );
    return false;
  }

  /** Tells the page's developer. The participant is told by what the element shows. */
  protected report(error: SteadyError): void {
    const tell = (message: string): void => {
      this.dispatchEvent(new SteadyErrorEvent(error.code, message));
      console.error(`<${this.localName}> ${error.code}: ${message}`);
    };
    if (!(error instanceof StudyLoadError)) {
      tell(error.message);
      return;
    }
    // Where even the words cannot be fetched, what it is about has to do.
    import('./load-words.ts').then(
      ({ loadWords }) => tell(loadWords(error)),
      () => tell(error.message),
    );
  }

  /** `source`, as far as a submission takes it. */
  protected get origin(): string | undefined {
    const source = this.source || new URLSearchParams(location.search).get('source') || '';
    return source.trim() === '' ? undefined : source.trim().slice(0, 200);
  }
}
