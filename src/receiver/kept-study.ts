import * as v from 'valibot';
import { parseStudy } from '../study/parse-study.ts';
import type { Study } from '../study/schema.ts';
import { SteadyError } from '../study/steady-error.ts';
import type { Mode } from './mode.ts';
import type { StoreTransaction, StudyFileRow } from './store/store.ts';

/** A study as a database knows it: for whoever works on one without its file. */
export interface KeptStudy {
  readonly id: string;
  readonly mode: Mode;
  /** Of the file that was kept last. */
  readonly sites: readonly string[];
  readonly series: readonly string[];
}

const named = v.object({ id: v.string() });
/** What is read of a file that a receiver has checked when it kept it. */
const keptSchema = v.object({
  sites: v.optional(v.array(named), []),
  arms: v.optional(v.array(v.object({ series: v.optional(v.array(named), []) })), []),
});

/** @throws SteadyError `unknown-study`, `unreadable-study` */
export async function keptStudy(tx: StoreTransaction, id: string): Promise<KeptStudy> {
  const file = await newestFile(tx, id);
  const read = v.safeParse(keptSchema, JSON.parse(file.content.replace(/^\uFEFF/, '')));
  if (!read.success) {
    throw new SteadyError('unreadable-study', `${id} ${file.version}, as it was kept, cannot be read by this release.`);
  }
  const { sites, arms } = read.output;
  const series = arms.flatMap((arm) => arm.series.map((one) => one.id));
  return { id, mode: file.mode, sites: sites.map((one) => one.id), series: [...new Set(series)] };
}

/**
 * The whole of the file that was kept last.
 *
 * @throws SteadyError `unknown-study`; StudyError where this release can no longer read it
 */
export async function newestStudy(
  tx: StoreTransaction,
  id: string,
): Promise<{ readonly study: Study; readonly mode: Mode }> {
  const { content, version, mode } = await newestFile(tx, id);
  return { study: parseStudy(content, `${id} ${version}, as it was kept`), mode };
}

/** @throws SteadyError `unknown-study` */
async function newestFile(tx: StoreTransaction, id: string): Promise<StudyFileRow> {
  const file = (await tx.studyFiles(id)).at(-1);
  if (file !== undefined) return file;
  const known = await tx.studies();
  const fix =
    known.length === 0
      ? 'It has none yet: start steady serve with the study’s file first.'
      : `It has ${known.map((one) => `"${one}"`).join(', ')}.`;
  throw new SteadyError('unknown-study', `There is no study "${id}" in this database. ${fix}`);
}

/**
 * Whether every one of some ids is known; the first that is not is named, with those there are.
 *
 * @param what the kind of thing, as in "site"
 * @throws SteadyError `unknown-<what>`
 */
export function assertKnown(
  what: 'site' | 'series',
  ids: readonly string[],
  known: readonly string[],
  study: string,
): void {
  const wrong = ids.find((id) => !known.includes(id));
  if (wrong === undefined) return;
  const fix =
    known.length === 0 ? `It has none: leave --${what} out.` : `It has ${known.map((one) => `"${one}"`).join(', ')}.`;
  throw new SteadyError(
    `unknown-${what}`,
    `The study "${study}", in its newest file, has no ${what} "${wrong}". ${fix}`,
  );
}
