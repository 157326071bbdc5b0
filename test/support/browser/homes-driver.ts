import { assert } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { sampleStudy } from './sample-study.ts';
import { clean, ScreenerDriver } from './screener-driver.ts';
import { TestEndpoint } from './test-endpoint.ts';

/** A dropdown of so many homes as a test uses it, by keys, mouse and touch. */

export const TREES = ['Maple', 'Oak', 'Birch', 'Peñón', 'Willow', 'Águila', 'Juniper', 'Rowan', 'St. Mary’s'];
export const KINDS = ['House', 'Hill', 'Street', 'Court', 'Lane'];

/** Invented names, no two alike, in a fixed order. */
export function nameOf(at: number): string {
  const number = at < 45 ? '' : ` ${Math.floor(at / 45) + 1}`;
  return `${TREES[at % TREES.length]} ${KINDS[Math.floor(at / TREES.length) % KINDS.length]}${number}`;
}

/** Firefox says that it has resized before the page has. */
export async function resize(size: { readonly width: number; readonly height: number }): Promise<void> {
  await setViewport(size);
  while (innerWidth !== size.width || innerHeight !== size.height) {
    await new Promise((resolve) => addEventListener('resize', resolve, { once: true }));
  }
}

export interface Offered {
  readonly homes?: number;
  readonly required?: boolean;
  readonly more?: object;
  /** Brings in the engine with logic. */
  readonly logic?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A screener whose one page asks for a home, as a page shows it. */
export class Homes extends ScreenerDriver {
  readonly endpoint: TestEndpoint;

  constructor(element: ScreenerDriver['element'], endpoint: TestEndpoint) {
    super(element);
    this.endpoint = endpoint;
  }

  static async show({
    homes = 180,
    required = true,
    more = {},
    logic = false,
    attributes = {},
  }: Offered = {}): Promise<Homes> {
    const home = {
      type: 'dropdown',
      name: 'home',
      title: { en: 'Which home?', es: '¿Qué hogar?' },
      isRequired: required,
      choices: Array.from({ length: homes }, (_, at) => ({ value: `h${at}`, text: nameOf(at) })),
      showNoneItem: true,
      noneText: { en: 'My home is not on this list', es: 'Mi hogar no está en la lista' },
      ...more,
    };
    const since = { type: 'text', name: 'since', title: { en: 'Since when?', es: '¿Desde cuándo?' } };
    const elements = [home, ...(logic ? [{ ...since, visibleIf: '{home} notempty' }] : [since])];
    const criteria = [{ id: 'listed', kind: 'exclusion', wording: 'None', when: { question: 'home', equals: 'none' } }];
    const form = { pages: [{ name: 'home', title: { en: 'Your home', es: 'Su hogar' }, elements }] };
    const endpoint = await TestEndpoint.open(sampleStudy({ form, criteria }));
    const { element } = ScreenerDriver.open({ endpoint: endpoint.address, attributes });
    const shown = new Homes(element, endpoint);
    await shown.until('the line of text', () => shown.root.querySelector('[role="combobox"]') !== null);
    return shown;
  }

  /** The answers that arrived, once the element says so. */
  async sent(): Promise<unknown> {
    await this.untilText('Your answers were sent');
    return (await this.endpoint.stored(1))[0]?.answers;
  }

  get input(): HTMLInputElement {
    return this.get<HTMLInputElement>('[role="combobox"]');
  }

  get isOpen(): boolean {
    assert.equal(this.list.checkVisibility?.() ?? true, this.input.getAttribute('aria-expanded') === 'true');
    return this.input.getAttribute('aria-expanded') === 'true';
  }

  get list(): HTMLElement {
    return this.get(`#${this.input.getAttribute('aria-controls')}`);
  }

  get options(): readonly HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  get names(): readonly string[] {
    return this.options.map((option) => clean(option.textContent));
  }

  get active(): string | undefined {
    const id = this.input.getAttribute('aria-activedescendant');
    return id === null ? undefined : clean(this.get(`#${id}`).textContent);
  }

  /** Types as a person does, into the line that has the focus. */
  async types(text: string): Promise<void> {
    this.input.focus();
    await sendKeys({ type: text });
  }

  async presses(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await sendKeys({ press: key });
    await this.element.updateComplete;
  }

  async clicks(target: Element): Promise<void> {
    const { left, top, width, height } = target.getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)] });
    await this.element.updateComplete;
  }

  option(name: string): HTMLElement {
    const found = this.options.find((option) => clean(option.textContent) === name);
    if (found === undefined) throw new Error(`No option “${name}” among ${this.names.join(', ')}`);
    return found;
  }

  get toggle(): HTMLElement {
    return this.get('.tools [aria-expanded]');
  }
}

export const NOT_LISTED = 'My home is not on this list';
