import type { Finding } from './finding.ts';
import type { Issue } from './issues.ts';
import { nearestForm } from './nearest-form.ts';
import { INSTEAD_OF_PROPERTY, INSTEAD_OF_TYPE, INSTEAD_OF_VALUE, NEWER_NAME } from './surveyjs.ts';
import { kindNamed, kindOf, list, nearest, show, useOneOf } from './wording.ts';

/** What a schema found, in sentences that name the place and the fix. */

type Path = readonly PropertyKey[];

interface Found extends Finding {
  readonly missing?: boolean;
  /** The path, as JSON, that a misspelt property was meant to have. */
  readonly meant?: string;
}

/**
 * @param input what the issues were found in
 */
export function schemaFindings(issues: readonly Issue[], input: unknown): Finding[] {
  const found = issues.flatMap((issue) => findings(issue, input));
  // A misspelt property is one mistake, not two: what it was meant to be is not missing as well.
  const meant = new Set(found.map((one) => one.meant));
  return found.filter(({ path, missing }) => !(missing && meant.has(JSON.stringify(path))));
}

function findings(issue: Issue, input: unknown): Found[] {
  const { path, words: own } = issue;
  const found = at(input, path);
  if (found === undefined && (issue.code === 'kind' || issue.code === 'value')) {
    const wanted = issue.code === 'value' ? list(issue.values) : kindNamed(issue.expected);
    return [{ path, message: 'is missing.', fix: own || add(path, wanted), missing: true }];
  }
  switch (issue.code) {
    case 'kind':
      return [wrongKind(path, found, [issue.expected], own)];
    case 'unknown':
      return issue.keys.map((key) => unknownKey([...path, key], key, issue.known));
    case 'value':
      return [
        {
          path,
          message: `is ${show(found)}.`,
          fix: INSTEAD_OF_VALUE[String(path.at(-1))] ?? useOneOf(found, issue.values),
        },
      ];
    case 'none-of':
      return formFindings(issue, input);
    case 'no-such':
      return [wrongType(input, path, issue.key, issue.values)];
    case 'name':
      return [{ path, message: 'has a name that does not fit here.', fix: own || FALLBACK }];
    case 'least':
    case 'most':
      return [{ path, message: sizeOf(found), fix: own || sized(found, issue.code, issue.bound) }];
    case 'form':
      return [{ path, message: `is ${show(found)}.`, fix: own || FALLBACK }];
  }
}

const FALLBACK = 'See the study schema for what is allowed here.';

function formFindings({ path, words, alternatives }: Extract<Issue, { code: 'none-of' }>, input: unknown): Found[] {
  const found = at(input, path);
  const given = typeof found === 'object' && found !== null ? Object.keys(found) : undefined;
  const meant = nearestForm(alternatives, path.length, given);
  if ('errors' in meant) return meant.errors.flatMap((inner) => findings(inner, input));
  if ('kinds' in meant) return [wrongKind(path, found, meant.kinds, words)];
  if ('together' in meant) {
    const together = list(meant.together, 'and');
    return [{ path, message: `has ${together}, which exclude each other.`, fix: 'Keep one of them.' }];
  }
  if (meant.stray === undefined) {
    return [{ path, message: `has none of ${list(meant.lacks)}.`, fix: 'Add the one that is meant.' }];
  }
  const { fix, ...stray } = unknownKey([...path, meant.stray], meant.stray, meant.lacks);
  return [{ ...stray, fix: stray.meant === undefined ? `Use ${list(meant.lacks)}.` : fix }];
}

function wrongKind(path: Path, found: unknown, kinds: readonly string[], own: string): Found {
  const wanted = kinds
    .map(kindNamed)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
  if (found === undefined) return { path, message: 'is missing.', fix: own || add(path, wanted), missing: true };
  const fix = path.length === 0 ? 'A study file is one object: { "id": …, "version": …, … }.' : `Write ${wanted}.`;
  return own === ''
    ? { path, message: `is ${kindOf(found)}, not ${wanted}.`, fix }
    : { path, message: `is ${kindOf(found)}.`, fix: own };
}

function wrongType(input: unknown, path: Path, key: string, options: readonly unknown[]): Found {
  const place = path.at(-1) === key ? path : [...path, key];
  const type = at(input, place);
  return type === undefined
    ? { path: place, message: 'is missing.', fix: add(place, list(options)) }
    : {
        path: place,
        message: `is ${show(type)}, which the kit does not have.`,
        fix: INSTEAD_OF_TYPE[String(type)] ?? useOneOf(type, options),
      };
}

function unknownKey(path: Path, key: string, known: readonly string[]): Found {
  const message = 'is not a property the kit knows here.';
  const instead = INSTEAD_OF_PROPERTY[key];
  if (instead !== undefined) return { path, message, fix: instead };
  const near = known.find((name) => name === NEWER_NAME[key]) ?? nearest(key, known);
  if (near !== undefined) {
    return { path, message, fix: `Did you mean "${near}"?`, meant: JSON.stringify([...path.slice(0, -1), near]) };
  }
  const fix =
    known.length <= 8
      ? `Use ${list(known)}, or remove it.`
      : 'Remove it: nothing in a study file is skipped in silence.';
  return { path, message, fix };
}

function sizeOf(found: unknown): string {
  if (Array.isArray(found)) return found.length === 0 ? 'is an empty list.' : `is a list of ${found.length}.`;
  if (typeof found === 'string') return found === '' ? 'is empty.' : `is ${found.length} characters long.`;
  return `is ${show(found)}.`;
}

function sized(found: unknown, bound: 'least' | 'most', count: number): string {
  if (Array.isArray(found)) return `List at ${bound} ${count}.`;
  if (typeof found === 'string') return `Write at ${bound} ${count} character${count === 1 ? '' : 's'}.`;
  return `Give at ${bound} ${count}.`;
}

function add(path: Path, wanted: string): string {
  const key = path.at(-1);
  return typeof key === 'string' ? `Add "${key}": ${wanted}.` : `Add ${wanted}.`;
}

function at(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
