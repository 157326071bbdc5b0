import type { Issue } from './issues.ts';

/**
 * Where a schema allows several forms, none of which fits: what the author meant. The form that came nearest counts, by
 * the properties that it lacks or does not know; what is wrong inside a property does not make a form another one.
 */

export type Meant =
  /** Another kind of value altogether: the kinds that would do, as schemas name them. */
  | { readonly kinds: readonly string[] }
  /** This form, with these mistakes. */
  | { readonly errors: readonly Issue[] }
  /** Several forms at once: the properties that exclude each other. */
  | { readonly together: readonly string[] }
  /** One of several forms: the properties that would tell which, and the unknown one that stands in their place. */
  | { readonly lacks: readonly string[]; readonly stray: string | undefined };

/**
 * @param alternatives what is wrong by each of the forms allowed
 * @param depth the length of the path at which the forms differ
 * @param given the properties of what was written; undefined where it is no object
 */
export function nearestForm(
  alternatives: readonly (readonly Issue[])[],
  depth: number,
  given: readonly string[] | undefined,
): Meant {
  const forms = alternatives
    .filter((errors) => kindsWanted(errors, depth) === undefined)
    .map((errors) => new Form(errors, depth, given ?? []))
    .sort((a, b) => a.distance - b.distance || a.errors.length - b.errors.length);
  const [first] = forms;
  if (first === undefined)
    return { kinds: [...new Set(alternatives.flatMap((errors) => kindsWanted(errors, depth) ?? []))] };
  const tied = forms.filter(({ distance }) => distance === first.distance);
  if (tied.length === 1 || first.distance === 0) return first;
  if (tied.every(({ missing }) => missing.length === 0)) {
    return { together: [...new Set(tied.flatMap(({ unknown }) => unknown))] };
  }
  const lacks = [...new Set(tied.flatMap(({ missing }) => missing))];
  return { lacks, stray: first.unknown.find((key) => tied.every(({ unknown }) => unknown.includes(key))) };
}

class Form {
  readonly errors: readonly Issue[];
  /** Properties that this form needs and the file lacks. */
  readonly missing: readonly string[];
  /** Properties that the file has and this form does not know. */
  readonly unknown: readonly string[];

  constructor(errors: readonly Issue[], depth: number, given: readonly string[]) {
    this.errors = errors;
    this.missing = errors
      .filter(({ path }) => path.length === depth + 1 && !given.includes(String(path[depth])))
      .map(({ path }) => String(path[depth]));
    this.unknown = errors.flatMap((error) =>
      error.code === 'unknown' && error.path.length === depth ? error.keys : [],
    );
  }

  get distance(): number {
    return this.missing.length + this.unknown.length;
  }
}

/** The kinds of value that a form wants, where it failed for its kind alone; undefined where it failed deeper. */
function kindsWanted(errors: readonly Issue[], depth: number): readonly string[] | undefined {
  const [error] = errors;
  if (errors.length !== 1 || error === undefined || error.path.length > depth) return undefined;
  if (error.code === 'kind') return [error.expected];
  if (error.code !== 'none-of') return undefined;
  const kinds = error.alternatives.map((one) => kindsWanted(one, depth));
  return kinds.includes(undefined) ? undefined : kinds.flatMap((one) => one ?? []);
}
