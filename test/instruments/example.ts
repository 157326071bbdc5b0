import type { Instrument } from '../../src/instruments/schema.ts';
import type { Answers } from '../../src/study/answers.ts';

/** Answers with the scores that they must give: data of the tests. */
export interface Example {
  readonly instrument: string;
  readonly name: string;
  /** In the order of the items; `none` where there is no answer. */
  readonly answers: readonly (number | undefined)[];
  readonly kitRules?: boolean;
  readonly conventionalBands?: boolean;
  readonly scores: Readonly<Record<string, number | null>>;
  /** Where the instrument has bands. */
  readonly bands?: Readonly<Record<string, string | null>>;
  /** Items whose answers raise a safety flag. */
  readonly flags?: readonly string[];
}

export const none = undefined;

/** The same answer to each of so many items. */
export const all = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

export function answersOf({ items }: Instrument, values: readonly (number | undefined)[]): Answers {
  if (values.length !== items.length) throw new Error(`${values.length} answers for ${items.length} items`);
  return Object.fromEntries(
    items.flatMap(({ id }, index) => {
      const value = values[index];
      return value === undefined ? [] : [[id, value]];
    }),
  );
}
