import { loadInstrument as fromLibrary } from '../../src/instruments/library.ts';
import type { Instrument } from '../../src/instruments/schema.ts';
import type { InstrumentEntry } from '../../src/study/assessments-part.ts';

/** The endpoint that a site may have brought words to, and under whose token it is asked. */
export interface Bringer {
  readonly endpoint: string;
  readonly study: string;
  readonly token: string | undefined;
}

/**
 * An instrument with its words: the kit's own file, or the one that the site has brought to the endpoint.
 *
 * @throws UnknownInstrumentError, InstrumentError, CallError
 */
export async function loadInstrument({ id, items }: InstrumentEntry, bringer: Bringer): Promise<Instrument> {
  if (items !== 'site') return fromLibrary(id);
  const { loadBrought } = await import('./brought-instrument.ts');
  return loadBrought(id, bringer);
}
