import { pathText } from './path.ts';
import type { FileProblem } from './study-error.ts';

/** What is wrong at one place, before it is given its file. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly fix: string;
}

/** The same findings as problems of a file. */
export function atFile(findings: readonly Finding[], file: string): FileProblem[] {
  return findings.map(({ path, message, fix }) => ({ file, path: pathText(path), message, fix }));
}

/** Finds what must be unique and is not. `key` is the property that holds it, where the items are objects. */
export function* repeated<Item>(
  items: readonly Item[],
  path: readonly PropertyKey[],
  identity: (item: Item, index: number) => unknown,
  key?: string,
): Generator<Finding> {
  const seen = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    const value = identity(item, index);
    if (seen.has(value)) {
      yield {
        path: key === undefined ? [...path, index] : [...path, index, key],
        message: `is ${JSON.stringify(value)}, which stands in this list already.`,
        fix: 'Give each its own, or remove one.',
      };
    }
    seen.add(value);
  }
}
