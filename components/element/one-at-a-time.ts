import type { ReactiveControllerHost } from 'lit';
import { asSteadyError, type SteadyError } from '../../src/study/steady-error.ts';

/** Owns what is under way by somebody's press: a second press meanwhile changes nothing. What goes wrong is reported. */
export class OneAtATime {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #report: (error: SteadyError) => void;
  #isBusy = false;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>, report: (error: SteadyError) => void) {
    this.#host = host;
    this.#report = report;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  async do(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#host.requestUpdate();
    try {
      await work();
    } catch (error) {
      this.#report(asSteadyError(error));
    } finally {
      this.#isBusy = false;
      this.#host.requestUpdate();
    }
  }
}
