import { type ContextRequest, STUDY_CONTEXT, type StudyContext } from '../element/study-context.ts';

/** Attributes that the elements inside take over, and the names of their properties. */
const HANDED = {
  study: 'study',
  endpoint: 'endpoint',
  theme: 'theme',
  receipt: 'receipt',
  source: 'source',
  mode: 'mode',
  drafts: 'drafts',
  'idle-minutes': 'idleMinutes',
  'shared-computer': 'sharedComputer',
  isolated: 'isolated',
} as const;

const FLAGS: readonly string[] = ['sharedComputer', 'isolated'];

/**
 * Hands its attributes to the kit's elements inside it, so that a page with several says them once. Draws nothing itself.
 * What an element says itself wins; the language is found without it, by `lang`.
 *
 * @tagname steady-study
 * @summary Says study, endpoint and the rest once for all elements inside it.
 *
 * @slot - The page's own content, with elements of the kit anywhere in it.
 *
 * @attr {string} study - As on the elements.
 * @attr {string} endpoint - As on the elements.
 * @attr {auto | light | dark} theme - As on the elements.
 * @attr {required | none} receipt - As on the elements.
 * @attr {string} source - As on the elements.
 * @attr {live | test} mode - As on the elements.
 * @attr {server | device | tab | off} drafts - As on the elements.
 * @attr {number} idle-minutes - As on the elements.
 * @attr {boolean} shared-computer - As on the elements.
 * @attr {boolean} isolated - As on the elements.
 */
export class StudyProvider extends HTMLElement {
  static readonly observedAttributes = Object.keys(HANDED);
  readonly #listeners = new Set<(values: StudyContext) => void>();

  constructor() {
    super();
    this.addEventListener('context-request', (event) => this.#answer(event as ContextRequest));
  }

  attributeChangedCallback(): void {
    const { values } = this;
    for (const listener of this.#listeners) listener(values);
  }

  /** What the elements inside get. */
  get values(): StudyContext {
    const said = Object.entries(HANDED).filter(([attribute]) => this.hasAttribute(attribute));
    return said.map(([attribute, name]) => {
      const text = this.getAttribute(attribute) ?? '';
      const value = name === 'idleMinutes' ? Number(text) : FLAGS.includes(name) ? true : text;
      return { attribute, name, value };
    });
  }

  #answer(event: ContextRequest): void {
    if (event.context !== STUDY_CONTEXT || event.composedPath()[0] === this) return;
    event.stopPropagation();
    const listener = (values: StudyContext) => event.callback(values, () => this.#listeners.delete(listener));
    this.#listeners.add(listener);
    listener(this.values);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'steady-study': StudyProvider;
  }
}
