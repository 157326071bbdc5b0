/** What the screener told its page of submissions on their way, and what the device holds of them. */
import type { JourneyBrowser } from '../journey/journey-browser.ts';

export interface Told {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
}

/** Call before the page is opened. */
export function listen(tab: JourneyBrowser): Promise<void> {
  return tab.beforePages(() => {
    const told: unknown[] = [];
    Object.assign(globalThis, { steadyTold: told });
    addEventListener('steady-submission-changed', (event) => {
      const { id, kind, status } = event as unknown as Told;
      told.push({ id, kind, status });
    });
  });
}

export function toldBy(tab: JourneyBrowser): Promise<readonly Told[]> {
  return tab.evaluate(() => Reflect.get(globalThis, 'steadyTold'));
}

/** How many submissions the page's disk holds, as IndexedDB itself says. */
export function heldOnDisk(tab: JourneyBrowser): Promise<number> {
  return tab.evaluate(async () => {
    // Opening what is not there would make it, without what the kit puts into it.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'steady-outbox')) return 0;
    return await new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('steady-outbox');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const counting = opening.result.transaction('entries').objectStore('entries').count();
        counting.onerror = () => reject(counting.error);
        counting.onsuccess = () => resolve(counting.result);
        opening.result.close();
      };
    });
  });
}

/** Waits until the page's disk holds nothing more. @throws Error after a minute */
export async function untilLetGo(tab: JourneyBrowser): Promise<void> {
  const end = performance.now() + 60_000;
  for (let held = await heldOnDisk(tab); held > 0; held = await heldOnDisk(tab)) {
    if (performance.now() > end) throw new Error(`The device still holds ${held}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
