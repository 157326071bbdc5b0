import { chooseLanguage } from '../../src/study/text.ts';
import type { Catalogue, FirstWords, LaterWords } from './catalogue.ts';

/** One language of the kit's own words, in two parts: what a first page needs, and the rest. */
export interface CatalogueParts {
  readonly language: string;
  first(): Promise<FirstWords>;
  later(): Promise<LaterWords>;
}

/** The languages that there are, each fetched only when it is used. */
const catalogues: Record<string, Omit<CatalogueParts, 'language'>> = {
  en: {
    first: async () => (await import('./en.ts')).en,
    later: async () => (await import('./en-later.ts')).enLater,
  },
  es: {
    first: async () => (await import('./es.ts')).es,
    later: async () => (await import('./es-later.ts')).esLater,
  },
};

/** The kit's words in the language that serves a reader of `wanted` best; English where there is none. */
export function catalogueFor(wanted: string): CatalogueParts {
  const language = chooseLanguage(wanted, Object.keys(catalogues));
  const parts = catalogues[language];
  if (parts === undefined) throw new TypeError(`No catalogue for ${language}.`);
  return { language, ...parts };
}

const listeners = new Set<() => void>();

/**
 * Adds a language, or replaces one, from a file of the page's own: elements that are on the page already change over.
 * Words that it lacks are a type error, not a blank on the page.
 *
 * @param language BCP 47 tag
 */
export function registerCatalogue(language: string, load: () => Promise<Catalogue>): void {
  catalogues[language] = { first: load, later: load };
  for (const listener of listeners) listener();
}

/** Called after a language was added. Returns the way to stop. */
export function onCatalogueRegistered(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
