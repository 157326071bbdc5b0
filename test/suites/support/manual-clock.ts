import type { Clock } from '../../../src/delivery/clock.ts';

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now = Date.UTC(2025, 2, 3, 9, 0, 0);
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  now(): number {
    return this.#now;
  }

  wait(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass: timers that fall due run in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  /** The device's clock is set, or it slept: time jumps and no timer has run. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Milliseconds until the next timer; `undefined` when none is set. */
  get nextTimer(): number | undefined {
    const ats = [...this.#timers].map((timer) => timer.at - this.#now);
    return ats.length > 0 ? Math.min(...ats) : undefined;
  }

  #next(end: number) {
    return [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
