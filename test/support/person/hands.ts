/** Three ways to fill in an element: by mouse, by keyboard alone, and at once, where the filling in is not the point. */
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import { type AskedQuestion, type Focus, isBehind, readFocus, tag } from './sheet.ts';

export interface Hands {
  /** @param place which of the choices with these words on the page, from 0 */
  choose(question: AskedQuestion, choice: string, place: number): Promise<void>;
  write(question: AskedQuestion, text: string): Promise<void>;
  /** Ticks a box that stands alone. */
  tick(words: string): Promise<void>;
  press(button: string): Promise<void>;
  follow(link: string): Promise<void>;
}

export type HandsOf = (browser: JourneyBrowser, element?: string) => Hands;

const startOf = (words: string): RegExp => new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

export const byMouse: HandsOf = (browser) => ({
  async choose({ kind, title }, choice, place) {
    // The popup of a native list is not the page's own: no pointer of ours reaches into it.
    if (kind === 'list') await browser.fill({ role: 'combobox', name: startOf(title) }, choice);
    else if (kind === 'one' || kind === 'several') await browser.click({ css: 'input', name: choice, nth: place });
    else {
      await browser.type({ role: 'combobox', name: startOf(title) }, choice.slice(0, 8));
      await browser.click({ role: 'option', name: startOf(choice) });
    }
  },
  write: ({ title }, text) => browser.type({ role: 'textbox', name: startOf(title) }, text),
  tick: (name) => browser.click({ css: 'input', name: startOf(name) }),
  press: (name) => browser.click({ role: 'button', name }),
  follow: (name) => browser.click({ role: 'link', name }),
});

/** A finger: chooses and presses by touch, writes as by mouse. */
export const byTouch: HandsOf = (browser, element) => ({
  ...byMouse(browser, element),
  choose: (question, choice, place) =>
    question.kind === 'one' || question.kind === 'several'
      ? browser.tap({ css: 'input', name: choice, nth: place })
      : byMouse(browser, element).choose(question, choice, place),
  press: (name) => browser.tap({ role: 'button', name }),
  follow: (name) => browser.tap({ role: 'link', name }),
});

/** Tab, arrows, Space and Enter, and letters into lines of text. Nothing is pointed at. */
export const byKeyboard: HandsOf = (browser) => {
  /** More than the host page and the form have. */
  const most = 120;
  const reach = async (what: string, fits: (focus: Focus) => boolean, key = 'Tab'): Promise<Focus> => {
    const seen: string[] = [];

    for (let presses = 0; presses < most; presses += 1) {
      const focus = await readFocus(browser);
      if (fits(focus)) return focus;
      seen.push(focus.words.slice(0, 30));
      await browser.press(key);
    }
    throw new Error(`Tab does not lead to ${what}, but to ${seen.join(', ')}`);
  };
  /** Back to what stands before: past the last of a page, keys go to the browser's own buttons. */
  const towards = async (kind: string, words: string): Promise<string> =>
    (await isBehind(browser, kind, words)) ? 'Shift+Tab' : 'Tab';
  const walkTo = async (choice: string, current: (focus: Focus) => string): Promise<void> => {
    const first = current(await readFocus(browser));
    for (let focus = first, presses = 0; focus !== choice; presses += 1) {
      if (presses > most) throw new Error(`Arrows do not lead to ${choice}`);
      await browser.press('ArrowDown');
      focus = current(await readFocus(browser));
    }
  };
  let presses = 0;
  return {
    async choose({ kind, title }, choice) {
      if (kind === 'several') {
        await reach(choice, ({ group, words }) => group === title && words === choice);
        await browser.press('Space');
      } else if (kind === 'one') {
        await reach(title, ({ group }) => group === title);
        const first = (await readFocus(browser)).words;
        await walkTo(choice, ({ words }) => words);
        // Arrows choose what they come to; the first of a group has to be chosen where it is.
        if (first === choice) await browser.press('Space');
      } else {
        await reach(title, ({ words }) => words === title);
        if (kind === 'list') await walkTo(choice, ({ value }) => value);
        else {
          for (const letter of choice.slice(0, 8)) await browser.press(letter === ' ' ? 'Space' : letter);
          await browser.press('ArrowDown');
          await browser.press('Enter');
        }
      }
    },
    async write({ title }, text) {
      await reach(title, ({ words }) => words === title);
      for (const letter of text) await browser.press(letter === ' ' ? 'Space' : letter);
    },
    async tick(name) {
      await reach(name, ({ kind, words }) => kind === 'checkbox' && words.startsWith(name));
      await browser.press('Space');
    },
    async press(name) {
      await reach(name, ({ kind, words }) => kind === 'button' && words === name, await towards('button', name));
      // Both keys press a button.
      await browser.press(presses++ % 2 === 0 ? 'Enter' : 'Space');
    },
    async follow(name) {
      await reach(name, ({ kind, words }) => kind === 'a' && words === name, await towards('a', name));
      await browser.press('Enter');
    },
  };
};

/** Through the page's own script, in the fewest messages. */
export const atOnce: HandsOf = (browser, element = tag) => {
  const act = (kind: AskedQuestion['kind'] | 'button' | 'link' | 'box', title: string, value: string): Promise<void> =>
    browser.evaluate(
      async (name: string, what: string, asked: string, answer: string) => {
        const root = document.querySelector(name)?.shadowRoot;
        const words = (node: Element | null): string =>
          (node instanceof HTMLElement ? node.innerText : '').replace(/\s+/g, ' ').trim();
        const one = <T>(found: T | undefined): T => {
          if (found === undefined) throw new Error(`${asked}, ${answer}: not there`);
          return found;
        };
        const find = (selector: string): Element[] => [...(root?.querySelectorAll(selector) ?? [])];
        if (what === 'button' || what === 'link') {
          // It may be away for as long as something is being sent.
          let button: Element | undefined;
          for (let looks = 0; button === undefined && looks < 600; looks += 1) {
            if (looks > 0) await new Promise((resolve) => setTimeout(resolve, 50));
            button = find(what === 'link' ? 'a' : what).find((candidate) => words(candidate) === asked);
          }
          if (one(button) instanceof HTMLElement) (button as HTMLElement).click();
        } else if (what === 'box') {
          one(find('label').find((candidate) => words(candidate).startsWith(asked)) as HTMLElement | undefined).click();
        } else if (what === 'one' || what === 'several') {
          const group = one(find('fieldset').find((candidate) => words(candidate.querySelector('legend')) === asked));
          const label = one([...group.querySelectorAll('label')].find((candidate) => words(candidate) === answer));
          label.click();
        } else {
          const label = one(find('label').find((candidate) => words(candidate) === asked));
          const control = label instanceof HTMLLabelElement ? label.control : null;
          if (control instanceof HTMLSelectElement) {
            control.value = one([...control.options].find((option) => option.label.trim() === answer)).value;
            control.dispatchEvent(new Event('change', { bubbles: true }));
          } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
            control.value = answer;
            control.dispatchEvent(new Event('input', { bubbles: true }));
            // A searched list takes what was written for chosen when it is left.
            if (what === 'search') control.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
          }
        }
      },
      element,
      kind,
      title,
      value,
    );
  return {
    choose: ({ kind, title }, choice) => act(kind, title, choice),
    write: ({ title }, text) => act('text', title, text),
    tick: (name) => act('box', name, ''),
    press: (name) => act('button', name, ''),
    follow: (name) => act('link', name, ''),
  };
};
