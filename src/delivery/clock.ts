/** Time as this room needs it, handed in so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970 by the device's clock, which may be wrong and may jump. */
  now(): number;
  /** Calls `run` once, after `ms` milliseconds awake. Returns the way to call it off. */
  wait(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
