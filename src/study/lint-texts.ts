import type { Finding } from './finding.ts';
import type { Study } from './schema.ts';
import { isText, type Text } from './text.ts';

/** Every text, in every language that the study claims; and no markup, because texts are shown as they stand. */
export function* lintTexts(study: Study): Generator<Finding> {
  for (const { text, path } of textsIn(study, [])) {
    const missing = study.languages.filter((language, index) => !has(text, language, index === 0));
    if (missing.length > 0) {
      yield {
        path,
        message: `lacks ${missing.map((language) => `"${language}"`).join(' and ')}, which the study claims.`,
        fix: example(text, study.languages),
      };
    }
    const surplus = Object.keys(text).filter(
      (language) => language !== 'default' && !study.languages.includes(language),
    );
    if (surplus.length > 0) {
      yield {
        path,
        message: `has ${surplus.map((language) => `"${language}"`).join(' and ')}, which the study does not claim.`,
        fix: 'Add the language to "languages", or remove the text.',
      };
    }
    const markup = Object.values(text).find((value) => /<\/?[a-z][^>]*>/i.test(value));
    if (markup !== undefined) {
      yield {
        path,
        message: 'contains markup, which is never rendered.',
        fix: 'Write plain text; where Markdown is taken, paragraphs, headings, lists, *emphasis* and [links](https://…).',
      };
    }
  }
}

function* textsIn(
  value: unknown,
  path: readonly PropertyKey[],
): Generator<{ text: Text; path: readonly PropertyKey[] }> {
  if (isText(value)) {
    yield { text: value, path };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, [...path, key]);
  }
}

function has(text: Text, language: string, first: boolean): boolean {
  const own = text[language] ?? (first ? text.default : undefined) ?? '';
  // What has no letters reads the same in every language: "18", "+1 555 0100", "–".
  const wordless = Object.keys(text).length === 1 && text.default !== undefined && !/\p{L}/u.test(text.default);
  return own.trim() !== '' || wordless;
}

function example(text: Text, languages: readonly string[]): string {
  const parts = languages.map((language, index) => {
    const own = text[language] ?? (index === 0 ? text.default : undefined);
    return `"${language}": ${own === undefined || own.trim() === '' ? '"…"' : JSON.stringify(own)}`;
  });
  return `Write { ${parts.join(', ')} }.`;
}
