import { list, nearest } from '../study/wording.ts';
import { UnknownInstrumentError } from './instrument-error.ts';

/** What to say of an id that the library has nothing to show for: fetched only then. */
export function unknownInstrument(
  id: string,
  ids: readonly string[],
  licensed: readonly string[],
): UnknownInstrumentError {
  if (licensed.includes(id)) {
    return new UnknownInstrumentError(
      `"${id}" is sold by the use, and the kit has nothing of it. Hand in the definition that your licence gives you.`,
    );
  }
  const meant = nearest(id, [...ids, ...licensed]);
  const fix = meant === undefined ? `It has ${list(ids, 'and', 30)}.` : `Did you mean "${meant}"?`;
  return new UnknownInstrumentError(`The library has no instrument "${id}". ${fix}`);
}
