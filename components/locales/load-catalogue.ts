import { chooseLanguage } from '../../src/study/text.ts';
import type { Catalogue, CatalogueParts } from './catalogue.ts';

type Loader<Part> = () => Promise<Part>;

/** Words in two parts: what a first page needs, and the rest. */
export interface Loaders<First, Later> {
  readonly first: Loader<First>;
  readonly later: Loader<Later>;
}

/** What single elements say besides, by language. A language that a page has added says all of it at once. */
export type ElementWords = Readonly<Record<string, Loaders<Partial<Catalogue>, Partial<Catalogue>>>>;

/** The languages that there are, each fetched only when it is used. */
const catalogues: Record<string, Loaders<CatalogueParts['first'], CatalogueParts['later']>> = {
  en: {
    first: async () => (await import('./en.ts')).en,
    later: async () => (await import('./en-later.ts')).enLater,
  },
  es: {
    first: async () => (await import('./es.ts')).es,
    later: async () => (await import('./es-later.ts')).esLater,
  },
};

/**
 * The kit's words in the language that serves a reader of `wanted` best; English where there is none.
 *
 * @param own what the element says besides
 */
export function catalogueFor(
  wanted: string,
  own: ElementWords = {},
): { readonly language: string; load(part: 'first' | 'later'): Promise<Partial<Catalogue>> } {
  const language = chooseLanguage(wanted, Object.keys(catalogues));
  return {
    language,
    load: async (part) =>
      Object.assign({}, ...(await Promise.all([catalogues[language]?.[part](), own[language]?.[part]()]))),
  };
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
