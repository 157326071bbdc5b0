import type { ElementWords } from './load-catalogue.ts';

/** What the questionnaire says besides, in each language of the kit. */
export const questionnaireWords: ElementWords = {
  en: {
    first: async () => (await import('./en-questionnaire.ts')).enQuestionnaire,
    later: async () => (await import('./en-questionnaire-later.ts')).enQuestionnaireLater,
  },
  es: {
    first: async () => (await import('./es-questionnaire.ts')).esQuestionnaire,
    later: async () => (await import('./es-questionnaire-later.ts')).esQuestionnaireLater,
  },
};
