/**
 * What the schemas say in words of their own. The schemas that a page reads before its first question give only a key, such
 * as `@id`: the words are fetched when there is a mistake to explain.
 */
const WORDS: Readonly<Record<string, string>> = {
  '@address': 'Write the whole address, starting with https://, without spaces.',
  '@bound': 'Compare with a number, or with a date as "2026-01-31".',
  '@condition': 'Write a condition, like { "question": "age", "atLeast": 18 }.',
  '@currency': 'Write its three letters: "USD".',
  '@duration': 'Write whole days, weeks, months or years: "P3D", "P2W", "P6M", "P1Y"; "P0D" for none.',
  '@id': 'Use lower-case letters, digits and hyphens, starting with a letter or digit, 63 at most: "baseline-2".',
  '@instrument': 'Name an instrument by its id: "phq8". docs/instruments.md lists them.',
  '@instrument-entry': 'Write an id, as "phq8", or { "id": "ces", "items": "site" }.',
  '@language': 'Name the language by its tag: "en", "es", "pt-BR".',
  '@mail': 'Write one address, like "team@example.org".',
  '@minutes': 'Write whole minutes.',
  '@response-time': 'Write hours or days: "PT4H", "P1D".',
  '@text': 'Write a text, or one per language: { "en": "…", "es": "…" }.',
  '@version': 'Use three numbers: "1.0.0".',
};

/** @param message of a schema or of one of its checks: words, or a key of theirs */
export function ownWordsOf(message: unknown): string {
  return typeof message === 'string' ? (WORDS[message] ?? message) : '';
}
