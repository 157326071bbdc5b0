/** What all tests of a process share, because it takes long to start: a browser, a stage. */
import { after } from 'node:test';

const endings: (() => Promise<void>)[] = [];

// Of the whole process: after the last of its tests, whichever files they stand in.
after(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/**
 * Something that is started by whoever needs it first, used by all tests of the process, and ended after them. What could
 * not be started is tried again by the next.
 */
export function sharedThing<Thing>(start: () => Promise<Thing>, end: (thing: Thing) => Promise<void>): Shared<Thing> {
  let started: Promise<Thing> | undefined;
  const forget = (): void => {
    started = undefined;
  };
  return {
    get() {
      if (started !== undefined) return started;
      const starting = start();
      started = starting;
      starting.then((thing) => void endings.push(() => end(thing)), forget);
      return starting;
    },
    forget,
  };
}

export interface Shared<Thing> {
  get(): Promise<Thing>;
  /** It is broken: the next that asks gets a new one. */
  forget(): void;
}
