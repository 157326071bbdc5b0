import { UsageError } from './io.ts';

/** Options that say something of one study among several: `STUDY=VALUE`, repeated. */

export interface StudyOption {
  /** As it is typed: `--origin`. */
  readonly name: string;
  /** What the value is called in the usage text. */
  readonly value: string;
  readonly example: string;
}

/**
 * Every value by study, in the order they were given.
 *
 * @throws UsageError
 */
export function byStudy(
  { name, value: what, example }: StudyOption,
  entries: readonly string[] = [],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const entry of entries) {
    const [, study, value] = /^([a-z0-9-]+)=(.+)$/.exec(entry) ?? [];
    if (study === undefined || value === undefined) {
      throw new UsageError(`${name} is STUDY=${what}, as in keck-thrive=${example}, not "${entry}".`);
    }
    found.set(study, [...(found.get(study) ?? []), value]);
  }
  return found;
}

/**
 * The one value of each study.
 *
 * @throws UsageError
 */
export function oneByStudy(option: StudyOption, entries?: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [study, [value = '', ...more]] of byStudy(option, entries)) {
    if (more.length > 0) throw new UsageError(`${option.name} is given once for each study; ${study} has several.`);
    found.set(study, value);
  }
  return found;
}
