import type { Instrument, InstrumentStub } from './schema.ts';

/**
 * The library: each instrument is a file of its own, fetched when it is asked for and never with anything else. The files
 * are the kit's, read and linted by its tests, so a phone does not read the schema to trust them.
 */

type Load = () => Promise<{ readonly default: unknown }>;

/** Written out, so that a bundler sees each. */
const FILES: Readonly<Record<string, Load>> = {
  bat12: () => import('./library/bat12.json', { with: { type: 'json' } }),
  brcs: () => import('./library/brcs.json', { with: { type: 'json' } }),
  brs: () => import('./library/brs.json', { with: { type: 'json' } }),
  cbi: () => import('./library/cbi.json', { with: { type: 'json' } }),
  gad2: () => import('./library/gad2.json', { with: { type: 'json' } }),
  gad7: () => import('./library/gad7.json', { with: { type: 'json' } }),
  miniz2: () => import('./library/miniz2.json', { with: { type: 'json' } }),
  nasa_rtlx: () => import('./library/nasa_rtlx.json', { with: { type: 'json' } }),
  olbi: () => import('./library/olbi.json', { with: { type: 'json' } }),
  pfi: () => import('./library/pfi.json', { with: { type: 'json' } }),
  phq2: () => import('./library/phq2.json', { with: { type: 'json' } }),
  phq8: () => import('./library/phq8.json', { with: { type: 'json' } }),
  phq9: () => import('./library/phq9.json', { with: { type: 'json' } }),
  pss10: () => import('./library/pss10.json', { with: { type: 'json' } }),
  pss4: () => import('./library/pss4.json', { with: { type: 'json' } }),
  single_item_burnout: () => import('./library/single_item_burnout.json', { with: { type: 'json' } }),
  sus: () => import('./library/sus.json', { with: { type: 'json' } }),
  uwes3: () => import('./library/uwes3.json', { with: { type: 'json' } }),
  uwes9: () => import('./library/uwes9.json', { with: { type: 'json' } }),
  who5: () => import('./library/who5.json', { with: { type: 'json' } }),
};

const STUBS: Readonly<Record<string, Load>> = {
  mbi_hss_mp: () => import('./library/mbi_hss_mp.json', { with: { type: 'json' } }),
};

/** Those that `loadInstrument` has, with their words or as a structure. */
export const instrumentIds: readonly string[] = Object.keys(FILES);

/** Those of which the kit has nothing: a site brings the definition that its licence gives it. */
export const licensedIds: readonly string[] = Object.keys(STUBS);

/**
 * An instrument of the library. Of one whose `ship` is `structure` the words are missing: `withSiteText` adds them.
 *
 * @throws UnknownInstrumentError for an id that the library does not have, or of which it has nothing to show
 */
export async function loadInstrument(id: string): Promise<Instrument> {
  const load = own(FILES, id);
  if (load !== undefined) return (await load()).default as Instrument;
  const { unknownInstrument } = await import('./unknown-instrument.ts');
  throw unknownInstrument(id, instrumentIds, licensedIds);
}

/** What is known of an instrument of `licensedIds`: for `withLicence`. Undefined for any other. */
export async function loadStub(id: string): Promise<InstrumentStub | undefined> {
  return (await own(STUBS, id)?.())?.default as InstrumentStub | undefined;
}

const own = (files: Readonly<Record<string, Load>>, id: string): Load | undefined =>
  Object.hasOwn(files, id) ? files[id] : undefined;
