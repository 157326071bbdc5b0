/** The clock of the page that a test runs in. */

const RealDate = Date;

/** From now on it is this time here, and time goes on from it. */
export function setPageClock(now: string): void {
  const ahead = RealDate.parse(now) - RealDate.now();
  globalThis.Date = class extends RealDate {
    constructor(...parts: readonly unknown[]) {
      super(...((parts.length === 0 ? [RealDate.now() + ahead] : parts) as [number]));
    }

    static override now(): number {
      return RealDate.now() + ahead;
    }
  } as DateConstructor;
}

export function restorePageClock(): void {
  globalThis.Date = RealDate;
}
