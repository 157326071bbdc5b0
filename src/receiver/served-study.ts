import { openForm } from '../form/open-form.ts';
import { checkInstruments } from '../instruments/check-study.ts';
import type { Instrument } from '../instruments/schema.ts';
import { parseStudy } from '../study/parse-study.ts';
import { pathText } from '../study/path.ts';
import type { Study } from '../study/schema.ts';
import { formsIn } from '../study/study-forms.ts';
import { digestOf } from '../submission/digest.ts';
import { recordEvent, STUDY_CHAIN } from './audit.ts';
import { assertKeysKnown, type KeyRing } from './keys.ts';
import type { Mode } from './mode.ts';
import { openShelf, type Shelf } from './questionnaires/shelf.ts';
import { ServeError } from './serve-error.ts';
import type { Store } from './store/store.ts';

/** The studies that a receiver serves, and every version of them that it ever served. */

/** A study file that was read whole. */
export interface ServedStudy {
  /** Its name, for messages. */
  readonly file: string;
  readonly text: string;
  /** What the text says, as it was written. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly study: Study;
  /** SHA-256, hex, of the canonical form: white space and the order of members make no other content. */
  readonly digest: string;
}

export interface KnownStudy {
  readonly current: ServedStudy;
  /** The study as it stood in a version that was served; nothing for a version that this receiver never served. */
  version(version: string): Study | undefined;
  /** The instruments that any version asks. */
  readonly shelf: Shelf;
}

/** @throws StudyError; FormError where a form cannot be opened */
export async function readStudy(text: string, file: string): Promise<ServedStudy> {
  const study = await openStudy(text, file);
  const json: Readonly<Record<string, unknown>> = JSON.parse(text.replace(/^\uFEFF/, ''));
  return { file, text, json, study, digest: await digestOf(json) };
}

/** Opens every form and instrument once: what cannot be opened is found before a participant has answered it. */
async function openStudy(text: string, file: string): Promise<Study> {
  const study = parseStudy(text, file);
  await checkInstruments(study, file);
  const { languages } = study;
  for (const language of languages) {
    for (const { form } of formsIn(study)) await openForm(form, { language, languages });
  }
  return study;
}

/**
 * A study that says of itself that it is a draft (contacts or sites that are placeholders) is not for live participants.
 *
 * @throws ServeError `placeholders-live`, naming each place
 */
export function refusePlaceholders({ file, json }: ServedStudy): void {
  const paths = [...placeholders(json, [])].map(pathText);
  if (paths.length === 0) return;
  throw new ServeError(
    'placeholders-live',
    `${file}: still has placeholders at ${paths.join(', ')}. Write the real ones and remove "placeholder", or serve it in test mode.`,
  );
}

function* placeholders(value: unknown, path: readonly PropertyKey[]): Generator<readonly PropertyKey[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'placeholder' && inner === true) yield path;
    else yield* placeholders(inner, at);
  }
}

export interface KeepOptions {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly mode: Mode;
  readonly now: () => Date;
  /** Told of a version that was served once and that this release can no longer read. */
  readonly unreadable: (version: string, cause: unknown) => void;
  /** Instruments that the site has brought, by id. */
  readonly brought?: ReadonlyMap<string, Instrument>;
}

/**
 * Keeps the file and the instruments that it asks, for the answers that are given to them, and opens all earlier versions.
 *
 * @throws ServeError `version-reused`, `instrument-reused`; KeyError `keys-missing`
 */
export async function keepStudy(served: ServedStudy, options: KeepOptions): Promise<KnownStudy> {
  const { store, keys, mode, now, unreadable } = options;
  const { id: study, version } = served.study;
  const at = now().toISOString();
  const files = await store.transaction(async (tx) => {
    await tx.keepKeyId({ study, keyId: keys.current.id, firstUsedAt: at });
    // Another receiver may have begun at the same time, with a key of its own.
    assertKeysKnown(keys, await tx.keyIds(), 'this receiver’s directory');
    const row = { study, version, digest: served.digest, content: served.text, mode, firstServedAt: at };
    const { kept, added } = await tx.keepStudyFile(row);
    if (kept.digest !== served.digest) throw reused(served, kept.firstServedAt);
    if (added) {
      const subjects = [version, served.digest];
      await recordEvent(tx, keys.current, { study, chain: STUDY_CHAIN, event: 'study-kept', subjects, at, mode });
    }
    return tx.studyFiles(study);
  });

  const versions = new Map([[version, served.study]]);
  for (const file of files.filter((one) => one.version !== version)) {
    try {
      versions.set(file.version, await openStudy(file.content, `${study} ${file.version}, as served before`));
    } catch (cause) {
      unreadable(file.version, cause);
    }
  }
  const shelf = await openShelf(study, [...versions.values()], options.brought ?? new Map(), options);
  return { current: served, version: (wanted) => versions.get(wanted), shelf };
}

function reused({ file, study }: ServedStudy, firstServedAt: string): ServeError {
  return new ServeError(
    'version-reused',
    `${file}: version: version ${study.version} of "${study.id}" was served with other content since ${firstServedAt}. Answers are judged by the version they were asked from: give the changed file a new version.`,
  );
}
