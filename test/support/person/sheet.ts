/** What stands in an element now, as a person reads it: by native HTML alone, not by the kit's own classes. */
import type { JourneyBrowser } from '../journey/journey-browser.ts';

export interface AskedQuestion {
  /** One or several of choices that all stand in view, a native list, a list that is searched, or a line of text. */
  readonly kind: 'one' | 'several' | 'list' | 'search' | 'text';
  readonly title: string;
  readonly choices: readonly string[];
}

export interface Sheet {
  readonly state: string;
  readonly heading: string;
  readonly text: string;
  readonly questions: readonly AskedQuestion[];
  readonly buttons: readonly string[];
}

/** The element that is meant where none is named. */
export const tag = 'steady-eligibility-screener';

export const consentTag = 'steady-consent-form';

export const questionnaireTag = 'steady-burnout-questionnaire';

export const trackerTag = 'steady-session-tracker';

export const linkTag = 'steady-screener-link';

/** What has the focus: its own words, and those of the group it stands in. */
export interface Focus {
  readonly kind: string;
  readonly words: string;
  readonly group: string;
  /** What is chosen or written in it. */
  readonly value: string;
}

export function readSheet(browser: JourneyBrowser, element = tag): Promise<Sheet | null> {
  return browser.evaluate(async (name: string): Promise<Sheet | null> => {
    const element = document.querySelector(name);
    const root = element?.shadowRoot;
    if (!root) return null;
    // What was just answered may have brought on another question. (A timer would take a second in a hidden tab.)
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage('');
    });
    await Reflect.get(element, 'updateComplete');
    const words = (node: Element | null): string =>
      (node instanceof HTMLElement ? node.innerText : '').replace(/\s+/g, ' ').trim();
    const questions: AskedQuestion[] = [];
    for (const node of root.querySelectorAll('fieldset, label[for]')) {
      if (node instanceof HTMLFieldSetElement) {
        // What holds questions is none itself.
        if (node.querySelector('fieldset') !== null) continue;
        const choices = [...node.querySelectorAll('label:has(input:is([type="radio"], [type="checkbox"]))')].map(words);
        const kind = node.querySelector('input[type="checkbox"]') === null ? 'one' : 'several';
        questions.push({ kind, title: words(node.querySelector('legend')), choices });
      } else if (node instanceof HTMLLabelElement && node.closest('fieldset') === null) {
        const control = root.getElementById(node.htmlFor);
        const choices =
          control instanceof HTMLSelectElement ? [...control.options].map(({ label }) => label.trim()) : [];
        const searched = control?.getAttribute('role') === 'combobox';
        const kind = control instanceof HTMLSelectElement ? 'list' : searched ? 'search' : 'text';
        questions.push({ kind, title: words(node), choices });
      }
    }
    return {
      state: String(Reflect.get(element, 'state')),
      heading: words(root.querySelector('h2')),
      text: [...root.children].map(words).join(' '),
      questions,
      buttons: [...root.querySelectorAll('button')].map(words),
    };
  }, element);
}

export function readFocus(browser: JourneyBrowser): Promise<Focus> {
  return browser.evaluate((): Focus => {
    const words = (node: Element | null | undefined): string =>
      (node instanceof HTMLElement ? node.innerText : '').replace(/\s+/g, ' ').trim();
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return { kind: '', words: '', group: '', value: '' };
    const label = 'labels' in element && element.labels instanceof NodeList ? element.labels[0] : undefined;
    const list = element instanceof HTMLSelectElement ? element.selectedOptions[0]?.label.trim() : undefined;
    return {
      kind: element instanceof HTMLInputElement ? element.type : element.localName,
      words: words(label instanceof Element ? label : element),
      group: words(element.closest('fieldset')?.querySelector('legend')),
      value: list ?? ('value' in element ? String(element.value) : ''),
    };
  });
}

/** Whether what has these words stands before whatever has the focus, and nowhere after it. */
export function isBehind(browser: JourneyBrowser, selector: string, words: string): Promise<boolean> {
  return browser.evaluate(
    (which: string, wanted: string) => {
      const inOrder = (root: ParentNode): Element[] =>
        [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? inOrder(one.shadowRoot) : [])]);
      const isWanted = (one: Element) =>
        one instanceof HTMLElement && one.matches(which) && one.innerText.replace(/\s+/g, ' ').trim() === wanted;
      let focus = document.activeElement;
      while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
      const all = inOrder(document);
      const at = focus === null ? -1 : all.indexOf(focus);
      return all.slice(0, Math.max(at, 0)).some(isWanted) && !all.slice(Math.max(at, 0)).some(isWanted);
    },
    selector,
    words,
  );
}

/** Looks at the page until it fits; patient, since a failed delivery is tried again later and later. @throws Error with what stood there last, once patience ends */
export async function untilSheet(
  browser: JourneyBrowser,
  what: string,
  fits: (sheet: Sheet) => boolean,
  { element = tag, patience = 60_000 }: { readonly element?: string; readonly patience?: number } = {},
): Promise<Sheet> {
  const end = performance.now() + patience;
  for (;;) {
    // A page that is just being left fails in ways of its own: the next one will answer.
    const sheet = await readSheet(browser, element).catch(() => null);
    if (sheet !== null && fits(sheet)) return sheet;
    if (performance.now() > end)
      throw new Error(`${what}: still ${sheet === null ? `no ${element}` : describe(sheet)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until the element says these words. */
export function untilSaid(browser: JourneyBrowser, words: string, element = tag): Promise<Sheet> {
  return untilSheet(browser, `waiting for "${words}"`, ({ text }) => text.includes(words), { element });
}

/** Waits until the browser is at this path, with its fragment. */
export async function untilAt(browser: JourneyBrowser, place: string): Promise<void> {
  const end = performance.now() + 15_000;
  for (;;) {
    const at = await browser.evaluate(() => location.pathname + location.hash).catch(() => 'on its way');
    if (at === place) return;
    if (performance.now() > end) throw new Error(`The browser is not at ${place}, but at ${at}.`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until the focus is at the element's heading: where somebody is led who has asked for it. */
export async function isLedTo(browser: JourneyBrowser, element: string): Promise<void> {
  const { heading } = await untilSheet(browser, 'waiting for a heading', (sheet) => sheet.heading !== '', { element });
  const end = performance.now() + 15_000;
  for (;;) {
    const { kind, words } = await readFocus(browser);
    if (kind === 'h2' && words === heading) return;
    if (performance.now() > end) throw new Error(`The focus is not at "${heading}", but at ${kind} "${words}".`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

function describe({ heading, state, text }: Sheet): string {
  return `"${heading}" (${state}): ${text.slice(0, 600)}`;
}
