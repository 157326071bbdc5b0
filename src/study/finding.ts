/** What a lint found, before it is given its file. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly fix: string;
}

/** Finds what must be unique and is not. `key` is the property that holds it, where the items are objects. */
export function* repeated<Item>(
  items: readonly Item[],
  path: readonly PropertyKey[],
  identity: (item: Item) => unknown,
  key?: string,
): Generator<Finding> {
  const seen = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    const value = identity(item);
    if (seen.has(value)) {
      yield {
        path: key === undefined ? [...path, index] : [...path, index, key],
        message: `is ${JSON.stringify(value)}, which stands here already.`,
        fix: 'Give each its own.',
      };
    }
    seen.add(value);
  }
}
