/** How a file's content is named in the sentences about it. */

/** A value as it stands in the file, cut where it is long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** `"a", "b" or "c"`; of a long list the first ones and how many more. */
export function list(values: readonly unknown[], word: 'or' | 'and' = 'or', most = 12): string {
  return joined(values.map(show), word, most);
}

/** The same of what is not to be put in quotation marks, or is already. */
export function joined(texts: readonly string[], word: 'or' | 'and', most = 12): string {
  const shown = texts.slice(0, most);
  if (texts.length > most) return `${shown.join(', ')} ${word} ${texts.length - most} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} ${word} ${last}`;
}

/** What kind of JSON value it is, in words. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : kindNamed(typeof value);
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  record: 'an object',
  object: 'an object',
  string: 'a text',
  boolean: 'true or false',
};

/** A kind as schemas name it, in words. */
export function kindNamed(kind: string): string {
  return KINDS[kind] ?? `a ${kind}`;
}

/**
 * The one of `known` that a misspelt word was meant to be: the nearest by edits (insert, delete, replace, swap
 * neighbours), capitals aside, else one that begins with it. Undefined where none is near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  const [best] = known
    .map((candidate) => ({ candidate, edits: editsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate ?? known.find((candidate) => word.length > 3 && candidate.startsWith(word));
}

/** The fix where only these values are allowed and another was found. */
export function useOneOf(found: unknown, allowed: readonly unknown[]): string {
  const values = [...new Set(allowed)];
  const near = typeof found === 'string' ? nearest(found, values.map(String)) : undefined;
  const meant = values.find((value) => String(value) === (near ?? String(found)));
  return meant === undefined ? `Use ${list(values)}.` : `Did you mean ${show(meant)}? It can be ${list(values)}.`;
}

/** Optimal string alignment distance. */
function editsBetween(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
