import type { Finding } from './finding.ts';
import { safeHref } from './markdown.ts';
import type { Study } from './schema.ts';
import { isText, type Text } from './text.ts';
import { list, show } from './wording.ts';

type Path = readonly PropertyKey[];

/** Every text, in every language that the study claims; and no markup, because texts are shown as they stand. */
export function* lintTexts(study: Study): Generator<Finding> {
  for (const { text, path } of textsIn(study, [])) {
    yield* lintLanguages(text, path, study.languages);
    yield* lintMarkup(text, path);
  }
}

function* lintLanguages(text: Text, path: Path, languages: readonly string[]): Generator<Finding> {
  const missing = languages.filter((language, index) => !has(text, language, index === 0));
  if (missing.length > 0) {
    const empty = languages.length === 1 ? 'is empty.' : `lacks ${list(missing, 'and')}, which the study claims.`;
    yield { path, message: empty, fix: example(text, languages) };
  }
  const surplus = Object.keys(text).filter((language) => language !== 'default' && !languages.includes(language));
  if (surplus.length > 0) {
    yield {
      path,
      message: `has ${list(surplus, 'and')}, which the study does not claim.`,
      fix: 'Add the language to "languages", or remove the text.',
    };
  }
}

/** Tags, comments and entities of HTML. "a < b" is none of them. */
const MARKUP = /<\/?[a-z][^<>]*>|<!--|&(#\d+|#x[0-9a-f]+|[a-z]+\d*);/i;

/** Where a text is read as Markdown; everywhere else it is shown letter by letter. */
function isMarkdown(path: Path): boolean {
  const last = path.at(-1);
  if (path[0] === 'consent') return last === 'body' || last === 'whatChanged';
  return last === 'html' || last === 'introduction' || (path[0] === 'arms' && last === 'text');
}

function* lintMarkup(text: Text, path: Path): Generator<Finding> {
  for (const words of Object.values(text)) {
    const [markup] = MARKUP.exec(words) ?? [];
    if (markup === undefined) continue;
    yield {
      path,
      message: `contains ${show(markup)}: markup is never rendered, so people would read it as it stands.`,
      fix: isMarkdown(path)
        ? 'Write Markdown: paragraphs, # headings, - lists, *emphasis* and [links](https://…).'
        : 'Write plain text.',
    };
    return;
  }
  if (isMarkdown(path)) yield* lintLinks(text, path);
}

function* lintLinks(text: Text, path: Path): Generator<Finding> {
  for (const words of Object.values(text)) {
    for (const [, address = ''] of words.matchAll(/\]\(([^()\s]*)\)/g)) {
      if (safeHref(address) !== undefined) continue;
      yield {
        path,
        message: `links to ${show(address)}, which is not shown as a link.`,
        fix: 'Link to an address that starts with https://, mailto: or tel:.',
      };
    }
  }
}

function* textsIn(value: unknown, path: Path): Generator<{ text: Text; path: Path }> {
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
    return `"${language}": ${own === undefined || own.trim() === '' ? '"…"' : show(own)}`;
  });
  return languages.length === 1 ? 'Write it, or remove it.' : `Write { ${parts.join(', ')} }.`;
}
