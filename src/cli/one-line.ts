import { UsageError } from './io.ts';

/**
 * A text that is one line, without space around it.
 *
 * @param option which one it was given to, for the message
 * @param missing what to say where there is none
 * @throws UsageError
 */
export function oneLine(text: string | undefined, option: string, most: number, missing: string): string {
  const line = text?.trim() ?? '';
  if (line === '') throw new UsageError(missing);
  if (line.length > most || /\p{Cc}/u.test(line)) {
    throw new UsageError(`${option} is one line of at most ${most} characters.`);
  }
  return line;
}
