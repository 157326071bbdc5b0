/** The page's side of the questionnaire's benchmark: when it can be answered, and what an answer takes. Runs in the browser alone. */

declare global {
  interface Window {
    items: {
      /** Resolves with milliseconds since the navigation: the first item is drawn and can be chosen. */
      readonly answerable: Promise<number>;
      /** Chooses in the first ten items of the open page, each in a frame of its own. Resolves with the milliseconds of script, style and layout of each. */
      answerPage(option: number): Promise<number[]>;
      /** Answers every page to the last. Resolves with how many there were. */
      walk(): Promise<number>;
    };
  }
}

/** Handed to the page as text: it may use nothing from outside. */
export function probe(): void {
  const root = (): ParentNode => document.querySelector('steady-burnout-questionnaire')?.shadowRoot ?? document;
  const radios = (): HTMLInputElement[] => [...root().querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const frame = (): Promise<number> => new Promise(requestAnimationFrame);
  /** After everything that was waiting in promises. */
  const task = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(undefined);
    });
  const firstItem = async (): Promise<number> => {
    while (radios().length === 0) await frame();
    await frame();
    await task();
    return performance.now();
  };
  /** The options of each item on the open page. */
  const asked = (): HTMLInputElement[][] => [...Map.groupBy(radios(), ({ name }) => name).values()];
  const answerPage = async (option: number): Promise<number[]> => {
    const times: number[] = [];
    for (let at = 0; at < 10; at += 1) {
      await frame();
      const input = asked()[at]?.[option];
      const start = performance.now();
      input?.click();
      await task();
      document.body.getBoundingClientRect();
      times.push(performance.now() - start);
    }
    return times;
  };
  window.items = {
    answerable: firstItem(),
    answerPage,
    async walk() {
      for (let page = 1; ; page += 1) {
        const first = radios()[0]?.name;
        for (const options of asked()) options[1]?.click();
        await task();
        const next = root().querySelector<HTMLElement>('button.primary, .sd-navigation__next-btn');
        // The last page's button hands in.
        if (next === null || next.getBoundingClientRect().width === 0 || /send/i.test(next.textContent)) return page;
        next.click();
        while (radios()[0]?.name === first) await frame();
      }
    },
  };
}
