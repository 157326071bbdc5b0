import { chooseLanguage } from '../../src/study/text.ts';
import type { Catalogue } from './catalogue.ts';

/** The languages that the kit's own words are in, each fetched only when it is used. */
const catalogues: Record<string, () => Promise<Catalogue>> = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
};

/** The kit's words in the language that serves a reader of `wanted` best; English where there is none. */
export async function loadCatalogue(wanted: string): Promise<{ language: string; catalogue: Catalogue }> {
  const language = chooseLanguage(wanted, Object.keys(catalogues));
  const load = catalogues[language] ?? catalogues.en;
  if (load === undefined) throw new TypeError(`No catalogue for ${language}.`);
  return { language, catalogue: await load() };
}

/** Adds a language, or replaces one. Words that it lacks are a type error, not a blank on the page. */
export function registerCatalogue(language: string, load: () => Promise<Catalogue>): void {
  catalogues[language] = load;
}
