import { UsageError } from './io.ts';

/** The id of the one study that a command is given. @throws UsageError where there is none, or more than one */
export function oneStudy([id, ...others]: readonly string[]): string {
  if (id === undefined) throw new UsageError('Name the study by its id, as its file has it.');
  if (others.length > 0) throw new UsageError(`Name one study, not "${others.join(' ')}" too.`);
  return id;
}
