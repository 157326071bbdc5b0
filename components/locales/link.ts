import type { ElementWords } from './load-catalogue.ts';

/** What the recruiter's element says besides, in each language of the kit. */
export const linkWords: ElementWords = {
  en: {
    first: async () => (await import('./en-link.ts')).enLink,
    later: async () => (await import('./en-link-later.ts')).enLinkLater,
  },
  es: {
    first: async () => (await import('./es-link.ts')).esLink,
    later: async () => (await import('./es-link-later.ts')).esLinkLater,
  },
};
