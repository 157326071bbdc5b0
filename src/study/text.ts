import * as v from 'valibot';
import { recordOf } from './record.ts';

/**
 * A text in the languages of a study, keyed by BCP 47 tag. `default` holds a text that was written as a plain string:
 * it belongs to the study's first language.
 */
export type Text = Readonly<Record<string, string>>;

/** Every text that a schema has read, so that a walk over a parsed study tells a text from any other record. */
const texts = new WeakSet<object>();

export function asText(raw: string | Readonly<Record<string, string>>): Text {
  const text = Object.freeze(typeof raw === 'string' ? { default: raw } : { ...raw });
  texts.add(text);
  return text;
}

export function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && texts.has(value);
}

const language = v.pipe(v.string(), v.regex(/^(default|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/, '@language'));

/** In a study file: `"Yes"` or `{ "en": "Yes", "es": "Sí" }`. */
export const textSchema = v.pipe(v.union([v.string(), recordOf(language, v.string())], '@text'), v.transform(asText));

/**
 * The text in `language`, else in its base language (`es` for `es-MX`), else in the study's first language.
 * `languages` are the study's, first one first.
 */
export function textIn(text: Text, language: string, languages: readonly string[]): string {
  const base = language.split('-', 1)[0] ?? language;
  const first = languages[0] ?? 'en';
  return text[language] ?? text[base] ?? text[first] ?? text.default ?? Object.values(text)[0] ?? '';
}

/** The study's language that serves a reader of `wanted` best: the same tag, the same base language, else its first. */
export function chooseLanguage(wanted: string, languages: readonly string[]): string {
  const base = (tag: string) => tag.toLowerCase().split('-', 1)[0];
  return (
    languages.find((language) => language.toLowerCase() === wanted.toLowerCase()) ??
    languages.find((language) => base(language) === base(wanted)) ??
    languages[0] ??
    'en'
  );
}
