import type { z } from 'zod/mini';
import { pathText } from './path.ts';
import type { FileProblem } from './study-error.ts';

/** What a schema found, in sentences that name the place and the fix. */

type Issue = z.core.$ZodIssue;
type Finding = Pick<FileProblem, 'message' | 'fix'> & { path: readonly PropertyKey[] };

export function schemaProblems(issues: readonly Issue[], input: unknown, file: string): FileProblem[] {
  return issues
    .flatMap((issue) => findings(issue, input, issue.path))
    .map(({ path, message, fix }) => ({ file, path: pathText(path), message, fix }));
}

function findings(issue: Issue, input: unknown, path: readonly PropertyKey[]): Finding[] {
  switch (issue.code) {
    case 'invalid_type': {
      const found = at(input, path);
      return found === undefined
        ? [{ path, message: 'is missing.', fix: `Add it: ${article(issue.expected)}.` }]
        : [
            {
              path,
              message: `is ${kindOf(found)}, not ${article(issue.expected)}.`,
              fix: `Write ${article(issue.expected)}.`,
            },
          ];
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: 'is not a property the kit knows here.',
        fix: 'Remove it or correct its spelling: what is not known is never skipped in silence.',
      }));
    case 'invalid_value':
      return [{ path, message: `is ${show(at(input, path))}.`, fix: `Use ${oneOf(issue.values.map(show))}.` }];
    case 'invalid_union':
      return unionFindings(issue, input, path);
    case 'invalid_format':
      return [
        { path, message: `is ${show(at(input, path))}, which is not in the form asked for.`, fix: formatFix(path) },
      ];
    case 'too_small':
      return [{ path, message: 'is too short or too small.', fix: `Give at least ${issue.minimum}.` }];
    case 'too_big':
      return [{ path, message: 'is too long or too large.', fix: `Give at most ${issue.maximum}.` }];
    default:
      return [
        { path, message: issue.message || 'is not valid.', fix: 'See the study schema for what is allowed here.' },
      ];
  }
}

function unionFindings(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  input: unknown,
  path: readonly PropertyKey[],
): Finding[] {
  const found = at(input, path);
  if (issue.discriminator !== undefined && 'options' in issue && Array.isArray(issue.options)) {
    const place = path.at(-1) === issue.discriminator ? path : [...path, issue.discriminator];
    const type = at(input, place);
    return [
      {
        path: place,
        message: type === undefined ? 'is missing.' : `is ${show(type)}, which the kit does not have.`,
        fix: `Use ${oneOf(issue.options.map(show))}.`,
      },
    ];
  }
  // The alternative that came nearest is the one the author meant: it failed deepest, or for the fewest reasons.
  const [nearest] = issue.errors
    .filter((errors) => errors.length > 0)
    .toSorted((a, b) => distance(a) - distance(b) || a.length - b.length);
  if (nearest === undefined || typeof found !== 'object' || found === null) {
    return [
      { path, message: `is ${kindOf(found)}.`, fix: 'See the study schema for the forms that are allowed here.' },
    ];
  }
  return nearest.flatMap((inner) => findings(inner, input, [...path, ...inner.path]));
}

/** How far an alternative is from what was written: a wrong kind or a missing key weighs more than a wrong value inside. */
function distance(errors: readonly Issue[]): number {
  return Math.max(
    ...errors.map((error) => {
      if (error.path.length > 1) return 0;
      if (error.code === 'unrecognized_keys') return 2 + error.keys.length;
      return error.code === 'invalid_type' ? 2 : 1;
    }),
  );
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

function formatFix(path: readonly PropertyKey[]): string {
  const key = String(path.at(-1));
  return FORMATS[key] ?? 'See the study schema for the form of this text.';
}

const FORMATS: Readonly<Record<string, string>> = {
  id: 'Use lower-case letters, digits and hyphens, starting with a letter or digit, 63 at most: "baseline-2".',
  version: 'Use three numbers: "1.0.0".',
  url: 'Write the whole address, starting with https://.',
  email: 'Write an address like team@example.org.',
};

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : article(typeof value);
}

const ARTICLES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

function article(type: string): string {
  return ARTICLES[type] ?? type;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function oneOf(values: readonly string[]): string {
  return values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${values.at(-1)}` : (values[0] ?? '');
}
