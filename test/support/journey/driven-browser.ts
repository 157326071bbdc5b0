/** The journey browser itself, over any driver: finding and waiting are done by the agent in the page. */
import { agentScript } from './agent-script.ts';
import {
  defaultPatience,
  type FieldState,
  type JourneyBrowser,
  JourneyError,
  type Key,
  type Target,
  type Viewport,
} from './journey-browser.ts';
import type * as agent from './page-agent.ts';
import type { PageDriver } from './page-driver.ts';

type Agent = typeof agent;
/** What a function of the agent answers with when nothing is wrong. */
type Value<N extends keyof Agent> = Extract<ReturnType<Agent[N]>, { value: unknown }>['value'];

/** Milliseconds between two looks at the page. */
const pause = 50;

export class DrivenBrowser implements JourneyBrowser {
  readonly #driver: PageDriver;
  readonly #patience: number;

  constructor(driver: PageDriver, patience = defaultPatience) {
    this.#driver = driver;
    this.#patience = patience;
  }

  get name(): JourneyBrowser['name'] {
    return this.#driver.name;
  }

  get isControllable(): boolean {
    return this.#driver.control !== undefined;
  }

  async open(url: string): Promise<void> {
    await this.#driver.open(url);
  }

  async reload(): Promise<void> {
    await this.#driver.reload();
  }

  async click(target: Target): Promise<void> {
    const { x, y } = await this.#standingStill(target);
    await this.#driver.clickAt(x, y);
  }

  async tap(target: Target): Promise<void> {
    const { tapAt } = this.#control('be touched');
    const { x, y } = await this.#standingStill(target);
    await tapAt(x, y);
  }

  /** A click or a touch goes to what has been drawn there last, and whoever aims waits until it stands still. */
  async #standingStill(target: Target): Promise<Value<'point'>> {
    let at = await this.#until(() => true, 'point', target);
    for (let before = Number.NaN; before !== at.y; ) {
      before = at.y;
      await this.evaluate(async () => {
        for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      });
      at = await this.#until(() => true, 'point', target);
    }
    return at;
  }

  async type(target: Target, text: string): Promise<void> {
    await this.click(target);
    await this.#driver.typeText(text);
  }

  async press(key: Key): Promise<void> {
    const isShifted = key.startsWith('Shift+');
    const plain = isShifted ? key.slice('Shift+'.length) : key;
    await this.#driver.pressKey(plain === 'Space' ? ' ' : plain, isShifted);
  }

  async fill(target: Target, value: string): Promise<void> {
    await this.waitFor(target);
    await this.#ask('fill', target, value);
  }

  async waitFor(target: Target): Promise<void> {
    await this.#until((count) => count > 0, 'count', target);
  }

  async waitUntilGone(target: Target): Promise<void> {
    await this.#until((count) => count === 0, 'count', target);
  }

  async textOf(target: Target): Promise<string> {
    return await this.#until(() => true, 'text', target);
  }

  async stateOf(target: Target): Promise<FieldState> {
    return await this.#until(() => true, 'state', target);
  }

  async count(target: Target): Promise<number> {
    return await this.#ask('count', target);
  }

  async focused(): Promise<{ role: string; name: string }> {
    return await this.#ask('focused');
  }

  async evaluate<A extends readonly unknown[], T>(work: (...given: A) => T | Promise<T>, ...given: A): Promise<T> {
    return (await this.#driver.evaluate(calling(work, given))) as T;
  }

  async beforePages<A extends readonly unknown[]>(work: (...given: A) => void, ...given: A): Promise<void> {
    await this.#control('run a script before those of the page').beforePages(calling(work, given));
  }

  complaints(): readonly string[] {
    return this.#control('hear its console').complaints();
  }

  async screenshot(): Promise<Uint8Array> {
    return await this.#driver.screenshot();
  }

  async resize(viewport: Viewport): Promise<Viewport> {
    await this.#driver.resize(viewport);
    return await this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  }

  async offline(isOffline: boolean): Promise<void> {
    await this.#control('take the network away').offline(isOffline);
  }

  async tab(): Promise<JourneyBrowser> {
    return new DrivenBrowser(await this.#control('open another tab').tab(), this.#patience);
  }

  async guest(): Promise<JourneyBrowser> {
    return new DrivenBrowser(await this.#control('have a guest').guest(), this.#patience);
  }

  async frame(address: string): Promise<JourneyBrowser> {
    return new DrivenBrowser(await this.#control('go into a frame').frame(address), this.#patience);
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }

  async crash(): Promise<void> {
    await this.#control('crash').crash();
  }

  async kill(): Promise<void> {
    await this.#control('be killed').kill();
  }

  #control(wish: string): NonNullable<PageDriver['control']> {
    if (this.#driver.control === undefined) throw new JourneyError(`${this.name} cannot ${wish}.`);
    return this.#driver.control;
  }

  /** Asks the agent once. @throws JourneyError with what it found wrong */
  async #ask<N extends keyof Agent>(name: N, target?: Target, ...rest: string[]): Promise<Value<N>> {
    const given = [...(target === undefined ? [] : [onTheWire(target)]), ...rest];
    const call = `globalThis.steadyJourney?.${name}(...${JSON.stringify(given)}) ?? null`;
    let answer = await this.#driver.evaluate(call);
    if (answer === null) {
      await this.#driver.evaluate(await agentScript());
      answer = await this.#driver.evaluate(call);
    }
    const found = answer as { value: Value<N> } | { problem: string } | null;
    if (found === null) throw new JourneyError('The page left while it was asked.');
    if ('problem' in found) throw new JourneyError(found.problem);
    return found.value;
  }

  /** Asks until the answer fits. @throws JourneyError with the last problem, once patience ends */
  async #until<N extends keyof Agent>(fits: (value: Value<N>) => boolean, name: N, target: Target): Promise<Value<N>> {
    const end = performance.now() + this.#patience;
    for (;;) {
      // A page that is just being left fails in ways of its own: the next one will answer.
      const attempt = await this.#ask(name, target).then(
        (value) => ({ value, isGood: fits(value) }),
        (error: unknown) => ({ error }),
      );
      if ('value' in attempt && attempt.isGood) return attempt.value;
      if (performance.now() > end)
        throw 'error' in attempt
          ? attempt.error
          : new JourneyError(`${JSON.stringify(target)}: still ${attempt.value}`);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A function of this process as an expression of the page's. */
const calling = (work: { toString(): string }, given: readonly unknown[]): string =>
  `(${work.toString()})(...${JSON.stringify(given)})`;

function onTheWire({ name, ...rest }: Target): agent.WireTarget {
  if (name === undefined) return rest;
  return { ...rest, name: typeof name === 'string' ? name : { source: name.source, flags: name.flags } };
}
