/** The clock of a tab's pages: a moment that has been agreed on, from which time goes on. */
import type { JourneyBrowser } from './journey-browser.ts';

/** From the next page on. @param ahead milliseconds between the machine's clock and that of the page */
export function setClock(tab: JourneyBrowser, ahead: number): Promise<void> {
  return tab.beforePages((offset: number) => {
    const Machine: DateConstructor = Reflect.get(globalThis, 'steadyMachineDate') ?? Date;
    Object.assign(globalThis, { steadyMachineDate: Machine });
    globalThis.Date = class extends Machine {
      constructor(...parts: readonly unknown[]) {
        super(...((parts.length === 0 ? [Machine.now() + offset] : parts) as [number]));
      }

      static override now(): number {
        return Machine.now() + offset;
      }
    } as DateConstructor;
  }, ahead);
}
