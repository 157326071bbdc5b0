import { normaliseEndpoint } from '../../src/delivery/endpoint.ts';
import { InstrumentError } from '../../src/instruments/instrument-error.ts';
import { parseInstrument } from '../../src/instruments/parse-instrument.ts';
import type { Instrument } from '../../src/instruments/schema.ts';
import { callsFor } from '../element/calls.ts';
import type { Bringer } from './load-instrument.ts';

/**
 * An instrument that a site has brought to its endpoint.
 *
 * @throws InstrumentError, CallError
 */
export async function loadBrought(id: string, { endpoint, study, token }: Bringer): Promise<Instrument> {
  const address = normaliseEndpoint(endpoint, document.baseURI);
  return readBrought(id, await callsFor(address, study).instrument(id, token));
}

/**
 * Reads an instrument that the endpoint serves for a site: as untrusted as any other answer, and shown only where it says
 * by whose permission. Its words are kept nowhere.
 *
 * @throws InstrumentError
 */
export function readBrought(id: string, json: unknown): Instrument {
  const file = `instruments/${id}`;
  const { siteText, ...rest } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  const instrument = parseInstrument(JSON.stringify(rest), file);
  if (instrument.id !== id) {
    const fix = 'Bring the file of the instrument that the study names.';
    throw new InstrumentError([{ file, path: 'id', message: `is "${instrument.id}", not "${id}".`, fix }]);
  }
  return siteText === undefined ? instrument : { ...instrument, ...licenceOf(siteText, file) };
}

/** The line that says whose permission the site has. */
function licenceOf(siteText: unknown, file: string): Pick<Instrument, 'siteText'> {
  const { licence, version } = (siteText ?? {}) as Record<string, unknown>;
  if (typeof licence === 'string' && /\S/.test(licence) && typeof version === 'string') {
    return { siteText: { licence, version } };
  }
  const fix = 'Say in the file of words by whose permission the site has them.';
  throw new InstrumentError([{ file, path: 'siteText.licence', message: 'is missing.', fix }]);
}
