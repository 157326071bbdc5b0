import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asSteadyError, type SteadyError } from '../../src/study/steady-error.ts';
import { fetchStudy, studyAddress } from './load-study.ts';

export type StudyStatus<Study> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly study: Study }
  | { readonly status: 'failed'; readonly error: SteadyError };

interface StudyHost extends ReactiveControllerHost, Element {
  study: string;
  endpoint: string;
}

/**
 * Owns the study: fetches it again when `study` or `endpoint` change, and drops an answer that came too late. Reading it is
 * the element's, because each reads only its own part. Fetched once: a study does not change under a participant's hands.
 */
export class StudyController<Study> implements ReactiveController {
  readonly #host: StudyHost;
  readonly #read: (text: string, file: string) => Promise<Study>;
  readonly #settled: (status: StudyStatus<Study>) => void;
  #current: StudyStatus<Study> = { status: 'loading' };
  #asked: string | undefined;
  #abort: AbortController | undefined;

  constructor(
    host: StudyHost,
    read: (text: string, file: string) => Promise<Study>,
    settled: (status: StudyStatus<Study>) => void,
  ) {
    this.#host = host;
    this.#read = read;
    this.#settled = settled;
    host.addController(this);
  }

  get current(): StudyStatus<Study> {
    return this.#current;
  }

  hostUpdate(): void {
    // Its provider is still being fetched, and will say where the study is.
    if (this.#host.study === '' && this.#host.closest('steady-study:not(:defined)')) return;
    const asked = `${this.#host.study}\n${this.#host.endpoint}`;
    if (asked !== this.#asked) {
      this.#asked = asked;
      void this.load();
    }
  }

  async load(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#current = { status: 'loading' };
    let next: StudyStatus<Study>;
    try {
      const address = studyAddress(this.#host.study, this.#host.endpoint, document.baseURI);
      const { text, file } = await fetchStudy(address, abort.signal);
      next = { status: 'ready', study: await this.#read(text, file) };
    } catch (error) {
      next = { status: 'failed', error: asSteadyError(error) };
    }
    if (abort.signal.aborted) return;
    this.#current = next;
    this.#settled(next);
    this.#host.requestUpdate();
  }
}
