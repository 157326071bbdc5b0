import type { ElementWords } from './load-catalogue.ts';

/** What the consent form says besides, in each language of the kit. */
export const consentWords: ElementWords = {
  en: {
    first: async () => (await import('./en-consent.ts')).enConsent,
    later: async () => (await import('./en-consent-later.ts')).enConsentLater,
  },
  es: {
    first: async () => (await import('./es-consent.ts')).esConsent,
    later: async () => (await import('./es-consent-later.ts')).esConsentLater,
  },
};
