import type { ElementWords } from './load-catalogue.ts';

/** What the session tracker says besides, in each language of the kit. */
export const trackerWords: ElementWords = {
  en: {
    first: async () => (await import('./en-tracker.ts')).enTracker,
    later: async () => (await import('./en-tracker-later.ts')).enTrackerLater,
  },
  es: {
    first: async () => (await import('./es-tracker.ts')).esTracker,
    later: async () => (await import('./es-tracker-later.ts')).esTrackerLater,
  },
};
