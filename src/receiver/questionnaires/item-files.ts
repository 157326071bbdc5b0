import { checkBrought } from '../../instruments/check-study.ts';
import { InstrumentError } from '../../instruments/instrument-error.ts';
import { instrumentIds, loadInstrument, loadStub } from '../../instruments/library.ts';
import { withLicence } from '../../instruments/licensed.ts';
import { parseInstrument, readJson } from '../../instruments/parse-instrument.ts';
import type { Instrument } from '../../instruments/schema.ts';
import { withSiteText } from '../../instruments/site-text.ts';
import type { Study } from '../../study/schema.ts';
import { list } from '../../study/wording.ts';
import type { Mode } from '../mode.ts';
import { ServeError } from '../serve-error.ts';
import type { ServedStudy } from '../served-study.ts';

/**
 * Instruments whose words the kit has no right to: a site that has brings them when the receiver is started, each as a file.
 * They are served to those who answer them, and stand in no table and no log.
 */

/** The words of an instrument of the library, or the whole of another one. */
export interface ItemFile {
  /** Its name, for messages. */
  readonly file: string;
  readonly text: string;
}

/** Files by study id. */
export type ItemFiles = Readonly<Record<string, readonly ItemFile[]>>;

/** @throws ServeError `items-without-study` */
export function refuseStrayItems(items: ItemFiles, studies: readonly string[]): void {
  const stray = Object.keys(items).find((id) => !studies.includes(id));
  if (stray === undefined) return;
  throw new ServeError('items-without-study', `There is no study "${stray}" to bring instruments for.`);
}

/**
 * What the site has brought for a study. Live mode does not start without all that it asks: whoever came meanwhile could not
 * be asked again.
 *
 * @param missed told of those that nobody has brought
 * @returns by id
 * @throws as `broughtInstruments`; ServeError `items-missing`
 */
export async function itemsFor(
  served: Pick<ServedStudy, 'study' | 'file'>,
  items: ItemFiles,
  { mode, missed }: { readonly mode: Mode; readonly missed: (instruments: readonly string[]) => void },
): Promise<ReadonlyMap<string, Instrument>> {
  const { id } = served.study;
  const brought = await broughtInstruments(served, Object.hasOwn(items, id) ? (items[id] ?? []) : []);
  const missing = askedFromSite(served.study).filter((one) => !brought.has(one));
  if (missing.length > 0 && mode === 'live') {
    const fix = `Bring a file of each with --items ${id}=FILE, or serve it in test mode.`;
    throw new ServeError('items-missing', `${served.file}: nobody has brought ${list(missing, 'and')}. ${fix}`);
  }
  if (missing.length > 0) missed(missing);
  return brought;
}

/**
 * Reads what a site brings for a study, and whether the study may ask it.
 *
 * @returns by id
 * @throws InstrumentError for a file that cannot be used, such as one without a licence; StudyError where an answer to it can
 *   speak of danger, and the study says nowhere who answers; ServeError `items-unasked`, `items-twice`
 */
export async function broughtInstruments(
  { study, file: studyFile }: Pick<ServedStudy, 'study' | 'file'>,
  files: readonly ItemFile[],
): Promise<ReadonlyMap<string, Instrument>> {
  const brought = new Map<string, Instrument>();
  const asked = askedFromSite(study);
  for (const { file, text } of files) {
    const instrument = await readItems(text, file);
    const { id } = instrument;
    if (!asked.includes(id)) {
      const wanted = asked.length === 0 ? 'none' : list(asked, 'and');
      const message = `${file}: is of "${id}", but "${study.id}" asks ${wanted} with "items": "site".`;
      throw new ServeError('items-unasked', `${message} Leave it out, or correct the study file.`);
    }
    if (brought.has(id)) {
      throw new ServeError('items-twice', `${file}: is of "${id}", of which there is another file. Bring one of them.`);
    }
    checkBrought(instrument, study, studyFile);
    brought.set(id, instrument);
  }
  return brought;
}

/** The instruments whose words a study expects from its site, by id. */
function askedFromSite({ assessments = [] }: Pick<Study, 'assessments'>): readonly string[] {
  const entries = assessments.flatMap(({ instruments = [] }) => instruments);
  return [...new Set(entries.filter(({ items }) => items === 'site').map(({ id }) => id))];
}

async function readItems(text: string, file: string): Promise<Instrument> {
  const json = readJson(text, file);
  const isObject = typeof json === 'object' && json !== null;
  if (isObject && 'instrument' in json && !('subscales' in json)) {
    const id = String(json.instrument);
    if (instrumentIds.includes(id)) return withSiteText(await loadInstrument(id), text, file);
    throw badFile(file, 'instrument', `is "${id}", of which the library has no structure.`, 'Bring the whole of it.');
  }
  const instrument = parseInstrument(text, file);
  const { id, ship } = instrument;
  if (instrumentIds.includes(id)) {
    throw badFile(
      file,
      'id',
      `is "${id}", which the library has.`,
      `Bring its words alone: { "instrument": "${id}", … }.`,
    );
  }
  if (ship !== 'site') throw badFile(file, 'ship', `is "${ship}".`, 'Write "site": it is the site’s own.');
  const stub = await loadStub(id);
  return stub === undefined ? instrument : withLicence(stub, text, file);
}

function badFile(file: string, path: string, message: string, fix: string): InstrumentError {
  return new InstrumentError([{ file, path, message, fix }]);
}
