import { instrumentIds, loadInstrument } from '../../instruments/library.ts';
import { parseInstrument } from '../../instruments/parse-instrument.ts';
import type { Instrument } from '../../instruments/schema.ts';
import { rulesOf, structureOf } from '../../instruments/structure.ts';
import type { Study } from '../../study/schema.ts';
import { digestOf } from '../../submission/digest.ts';
import { recordEvent, STUDY_CHAIN } from '../audit.ts';
import { ServeError } from '../serve-error.ts';
import type { KeepOptions } from '../served-study.ts';
import type { StoreTransaction } from '../store/store.ts';

/**
 * The instruments that a study's answers are read and scored by, in every version that was ever served: an answer may wait
 * for weeks, and is judged by the version that it was given to. Their words are not kept.
 */
export interface Shelf {
  /** The rules of a version; undefined of one that was never served here. */
  rules(instrument: string, version: string): Instrument | undefined;
  /** The version that is asked now; undefined of one that nobody has brought. */
  current(instrument: string): string | undefined;
  /** With the words that the site brought; undefined of those that come with the kit. */
  brought(instrument: string): Instrument | undefined;
}

/**
 * Keeps the instruments that are asked now, and opens all that were ever kept.
 *
 * @param studies every version of the study, for what older ones ask
 * @param brought as `broughtInstruments` reads them
 * @throws ServeError `instrument-reused`: a version was served with other rules before
 */
export async function openShelf(
  id: string,
  studies: readonly Study[],
  brought: ReadonlyMap<string, Instrument>,
  options: KeepOptions,
): Promise<Shelf> {
  const asked = new Set(studies.flatMap(instrumentsOf));
  const inLibrary = [...asked].filter((one) => instrumentIds.includes(one) && !brought.has(one));
  const current = [...brought.values(), ...(await Promise.all(inLibrary.map(loadInstrument)))];
  const rows = await Promise.all(
    current.map(async (one) => ({ structure: structureOf(one), digest: await rulesDigest(one) })),
  );
  const kept = await options.store.transaction(async (tx) => {
    for (const row of rows) await keep(tx, id, row, options);
    return keptInstruments(tx, id, options.unreadable);
  });
  const versions = new Map(current.map(({ id: instrument, version }) => [instrument, version]));
  return {
    rules: (instrument, version) => kept.find((one) => one.id === instrument && one.version === version),
    current: (instrument) => versions.get(instrument),
    brought: (instrument) => brought.get(instrument),
  };
}

/** Every instrument that a study names, by id. */
function instrumentsOf({ assessments = [] }: Study): readonly string[] {
  return assessments.flatMap(({ instruments = [] }) => instruments.map(({ id }) => id));
}

/**
 * Every version that a study was served with, without its words.
 *
 * @param unreadable told of one that this release can no longer read
 */
export async function keptInstruments(
  tx: StoreTransaction,
  study: string,
  unreadable: KeepOptions['unreadable'],
): Promise<readonly Instrument[]> {
  return (await tx.instruments(study)).flatMap(({ instrument, version, content }) => {
    const name = `${instrument} ${version}`;
    try {
      return [parseInstrument(content, `${name}, as served before`)];
    } catch (cause) {
      unreadable(name, cause);
      return [];
    }
  });
}

async function keep(
  tx: StoreTransaction,
  study: string,
  { structure, digest }: { readonly structure: Instrument; readonly digest: string },
  { keys, mode, now }: KeepOptions,
): Promise<void> {
  const { id: instrument, version } = structure;
  const at = now().toISOString();
  const row = { study, instrument, version, digest, content: JSON.stringify(structure), firstServedAt: at };
  const { kept, added } = await tx.keepInstrument(row);
  if (kept.digest !== digest) {
    throw new ServeError(
      'instrument-reused',
      `Version ${version} of "${instrument}" was served for "${study}" with other rules since ${kept.firstServedAt}. Answers are scored by the version they were given to: give the changed file a new version.`,
    );
  }
  if (!added) return;
  const subjects = [instrument, version, digest];
  await recordEvent(tx, keys.current, { study, chain: STUDY_CHAIN, event: 'instrument-kept', subjects, at, mode });
}

function rulesDigest(instrument: Instrument): Promise<string> {
  return digestOf(rulesOf(structureOf(instrument)));
}
