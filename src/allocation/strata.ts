import { bandOf, OWN_STRATUM, type Stratum } from '../study/allocation-part.ts';
import { SPECIAL_VALUES } from '../study/choice-values.ts';

/** Which stratum somebody, or a site, belongs to. Each has a list of its own. */

/** What a source says of one participant or site; undefined where it says nothing. */
export type SourceValue = string | number | boolean | undefined;

/** By source, as the study file names it. */
export type SourceValues = ReadonlyMap<string, SourceValue>;

/**
 * The value that counts: the band or group it is in, else itself. Null for none, which is a stratum of its own: nothing
 * was answered, or "prefer not to answer" or "I don't know" was, unless a group names that answer.
 *
 * @returns undefined where the study's bands and groups have no place for the value
 */
export function levelOf(stratum: Stratum, value: SourceValue): string | number | boolean | null | undefined {
  const { bands, groups, absent = OWN_STRATUM } = stratum;
  const named = value === undefined ? undefined : groups?.find(({ anyOf }) => anyOf.includes(value));
  if (named !== undefined) return named.id;
  if (value === undefined || value === SPECIAL_VALUES.refuse || value === SPECIAL_VALUES.unknown) {
    return absent === OWN_STRATUM ? null : absent;
  }
  if (groups !== undefined) return undefined;
  if (bands === undefined) return value;
  return (typeof value === 'number' ? bandOf(bands, value) : bands.find(({ id }) => id === value))?.id;
}

/**
 * The name of a stratum: sources and levels as JSON, so that no two can be taken for one. A study that changes its strata
 * begins new lists. A value that has no place counts as none: `misfit` finds it, where somebody can still mend it.
 */
export function stratumName(strata: readonly Stratum[], values: SourceValues): string {
  const levels = strata.map((stratum) => {
    const level = levelOf(stratum, values.get(stratum.source));
    return [stratum.source, level === undefined ? levelOf(stratum, undefined) : level];
  });
  return JSON.stringify(levels);
}

/** The first source whose value has no place. */
export function misfit(strata: readonly Stratum[], values: SourceValues): string | undefined {
  return strata.find((stratum) => levelOf(stratum, values.get(stratum.source)) === undefined)?.source;
}
