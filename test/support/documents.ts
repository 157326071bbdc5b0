/** The documents of the repository, taken apart, so that tests can hold what they say against the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../checks/check.ts';

export const documents = [
  'README.md',
  'docs/embedding.md',
  'docs/study-file.md',
  'docs/consent.md',
  'docs/schedule.md',
  'docs/allocation.md',
  'docs/endpoint.md',
  'docs/instruments.md',
  'docs/accessibility-and-privacy.md',
] as const;

export type DocumentName = (typeof documents)[number];

/** @param path from the root */
export function readDocument(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}

export interface Fence {
  readonly language: string;
  readonly text: string;
}

/** Fenced blocks, in order; the indentation of one that stands in a list is taken off. */
export function fencesIn(markdown: string, language?: string): readonly Fence[] {
  const fences = [...markdown.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', name = '', text = '']) => ({
      language: name,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
  return language === undefined ? fences : fences.filter((fence) => fence.language === language);
}

/** The document without its fenced blocks, where a `#` is a comment. */
export function proseOf(markdown: string): string {
  return markdown.replace(/^( *)```\w*\n[\s\S]*?^\1```$/gm, '');
}

/**
 * What stands under a heading, its own subheadings left out.
 *
 * @param heading as written, without its `#`
 * @throws Error where there is none
 */
export function sectionOf(markdown: string, heading: string): string {
  const parts = markdown.split(/^#{1,6} /m);
  const section = parts.find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`There is no heading "${heading}".`);
  return section.slice(heading.length);
}

/** The first table's rows, as cells, its head left out; `|` in code does not occur. */
export function rowsOf(section: string): readonly (readonly string[])[] {
  const lines = section.split('\n');
  const rule = lines.findIndex((line) => /^\|[-|: ]+\|$/.test(line));
  const rows: string[][] = [];
  for (const line of lines.slice(rule + 1)) {
    if (!line.startsWith('|')) break;
    rows.push(
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  }
  return rule < 0 ? [] : rows;
}

/** What stands in backticks. */
export function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code);
}

/** The names in the first column of the first table. */
export function namesIn(section: string): readonly string[] {
  return rowsOf(section).flatMap(([cell = '']) => codeIn(cell));
}

/** The anchors that headings get. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const headings = [...proseOf(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, text = '']) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/**
 * What stands between the two marks of a name, which no reader sees.
 *
 * @throws Error where there are none
 */
export function marked(markdown: string, name: string): string {
  const [, text] = new RegExp(`<!-- ${name} -->\n([^]*?)<!-- /${name} -->`).exec(markdown) ?? [];
  if (text === undefined) throw new Error(`Nothing is marked as "${name}".`);
  return text;
}
