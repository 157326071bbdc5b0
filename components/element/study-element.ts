import { html, type TemplateResult } from 'lit';
import type { StudyHead } from '../../src/study/schema.ts';
import { asSteadyError, type SteadyError } from '../../src/study/steady-error.ts';
import { directionOf } from './locale-controller.ts';
import { ScreenFocus } from './screen-focus.ts';
import { SteadyElement } from './steady-element.ts';
import { StudyController } from './study-controller.ts';

/**
 * What all elements do that are of a study: they fetch it, begin with it anew whenever it is another, say so when they
 * cannot, and draw one screen after another on the same ground. Does not own what is on the screens.
 */
export abstract class StudyElement<Study extends StudyHead> extends SteadyElement {
  protected readonly screenFocus = new ScreenFocus(this);
  protected readonly studies: StudyController<Study>;
  /** Why nothing can be done here now. */
  protected failure: SteadyError | undefined;

  constructor() {
    super();
    this.studies = new StudyController<Study>(
      this,
      (text, file) => this.read(text, file),
      (status) => {
        this.failure = undefined;
        this.clear();
        if (status.status === 'failed') this.withoutStudy(status.error);
        else if (status.status === 'ready') this.doing(this.#begin(status.study));
      },
    );
  }

  /** Reads the element's part of a study file. @throws StudyError */
  protected abstract read(text: string, file: string): Promise<Study>;

  /** Nothing of another study, or of an earlier visit to this one, stays on the screen. */
  protected abstract clear(): void;

  /** From the study's first screen. What it throws is what the screen then says. */
  protected abstract begin(study: Study): Promise<void>;

  /** What is on the screen, once the kit's words are there. */
  protected abstract draw(): TemplateResult;

  /** The study could not be read. */
  protected withoutStudy(error: SteadyError): void {
    this.fail(error);
  }

  /** The language that is read on the screen: the study's, where it says something of its own there. */
  protected get readIn(): string {
    return this.locale.language;
  }

  protected override render(): TemplateResult {
    const language = this.readIn;
    return html`
      <div class="root" lang=${language} dir=${directionOf(language)} data-theme=${this.colours.current}>
        ${this.locale.ready ? this.draw() : html`<slot></slot>`}
      </div>
      <div class="strut"></div>`;
  }

  /** The study, once it has been read. */
  protected get current(): Study | undefined {
    const status = this.studies.current;
    return status.status === 'ready' ? status.study : undefined;
  }

  /** What the study's server says of its submissions, else the page. */
  protected get currentMode(): 'live' | 'test' {
    return this.current?.mode ?? this.mode;
  }

  protected fail(error: SteadyError): void {
    this.failure = error;
    this.report(error);
    this.requestUpdate();
  }

  /** Asks for the study again. The button goes away with the message; the focus goes to what comes. */
  protected reload(): void {
    this.failure = undefined;
    this.screenFocus.bring();
    void this.studies.load();
  }

  /** What nobody waits for still says when it fails. */
  protected doing(work: Promise<void>): void {
    work.catch((error: unknown) => this.report(asSteadyError(error)));
  }

  async #begin(study: Study): Promise<void> {
    this.locale.among = study.languages;
    try {
      await this.begin(study);
    } catch (error) {
      if (this.current === study) this.fail(asSteadyError(error));
    }
  }
}
