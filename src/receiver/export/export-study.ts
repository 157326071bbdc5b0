import { parseStudy } from '../../study/parse-study.ts';
import type { Study } from '../../study/schema.ts';
import { StudyError } from '../../study/study-error.ts';
import { recordEvent, STUDY_CHAIN } from '../audit.ts';
import { newestStudy } from '../kept-study.ts';
import type { KeyRing } from '../keys.ts';
import type { Mode } from '../mode.ts';
import { keptInstruments } from '../questionnaires/shelf.ts';
import type { LinkRow } from '../store/links-store.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { CODEBOOK_COLUMNS, codebookRows } from './codebook.ts';
import { createCoding } from './coding.ts';
import { contactsTable } from './contacts-table.ts';
import type { ExportFolder, WrittenFile } from './export-files.ts';
import { type Person, type PersonRules, personOf } from './person.ts';
import { armColumns, seriesIn, sessionTables } from './session-tables.ts';
import { csvSink, jsonSink, rowsSink, writeRows } from './sinks.ts';
import { PERSON_TABLES, screeningsTable, type Table, wideTable } from './tables.ts';
import { variableName, variablesOf } from './variables.ts';

/**
 * All of a study, as it stands at one moment, written to files person by person: of all of them at once no more is held than
 * their ids. What it is made of is the study's own definitions, in every version that was served.
 */

export interface ExportOffice {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly now?: () => Date;
}

export interface ExportOptions {
  readonly study: string;
  readonly format: 'csv' | 'jsonl';
  /** What people wrote in their own words, and sources that no link has verified. */
  readonly freeText: boolean;
  /** Who they are, in a file of its own. */
  readonly contacts: boolean;
  /** Which arm each is in, and all that tells it: above all their sessions. */
  readonly arms: boolean;
  /** Whose right it is by; needed for contacts and arms. */
  readonly by?: Pick<StaffRow, 'id'> | undefined;
  readonly onProgress?: (done: { readonly participants: number; readonly screenings: number }) => void;
}

export interface Manifest {
  /** Of these rules: docs/exports.md. */
  readonly format: 'steady-export/1';
  readonly study: string;
  /** The newest that was served. */
  readonly studyVersion: string;
  readonly mode: Mode;
  /** UTC. */
  readonly at: string;
  readonly freeText: boolean;
  readonly contacts: boolean;
  readonly arms: boolean;
  readonly participants: number;
  readonly leftOut: {
    /** Participants who have signed nothing. */
    readonly withoutConsent: number;
    /** Participants and screenings of the other mode. */
    readonly otherMode: number;
    /** Questionnaires that are kept apart, or claim the other mode; with arms also what was so said of sessions. */
    readonly keptApart: number;
    /** Answers in free text, and such as no version of the study has. */
    readonly values: number;
  };
  readonly files: readonly WrittenFile[];
}

/** Rows in one page. */
const AT_ONCE = 100;

/**
 * Writes an export, and an audit row before it: none leaves without one.
 *
 * @throws SteadyError `unknown-study`; StudyError; whatever the folder throws
 */
export async function exportStudy(
  office: ExportOffice,
  options: ExportOptions,
  folder: ExportFolder,
): Promise<Manifest> {
  const { store, keys, now = () => new Date() } = office;
  const { study: id, by, format, freeText, contacts, arms } = options;
  const at = now().toISOString();
  const { mode } = await store.transaction(async (tx) => {
    const newest = await newestStudy(tx, id);
    await tx.keepKeyId({ study: id, keyId: keys.current.id, firstUsedAt: at });
    const what = [
      format,
      ...(freeText ? ['free-text'] : []),
      ...(contacts ? ['contacts'] : []),
      ...(arms ? ['arms'] : []),
    ];
    const subjects = [...what, ...(by === undefined ? [] : [by.id])];
    const event = { study: id, chain: STUDY_CHAIN, event: 'data-exported', subjects, at, mode: newest.mode } as const;
    await recordEvent(tx, keys.current, event);
    return newest;
  });
  try {
    const manifest = await store.snapshot((tx) => writeAll(tx, { ...options, keys, at, mode }, folder));
    await folder.finish();
    return manifest;
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

type Work = ExportOptions & { readonly keys: KeyRing; readonly at: string; readonly mode: Mode };

async function writeAll(tx: StoreTransaction, work: Work, folder: ExportFolder): Promise<Manifest> {
  const { study: id, format, freeText, contacts, arms, keys, at, mode, onProgress = () => {} } = work;
  await folder.begin();
  const { study } = await newestStudy(tx, id);
  const kept = await tx.studyFiles(id);
  const studies = kept.flatMap(({ content, version }) => readable(content, `${id} ${version}`));
  const variables = variablesOf(studies, await keptInstruments(tx, id, () => {}));
  const coding = createCoding(keys, id);
  const written: WrittenFile[] = [];
  const leftOut = { withoutConsent: 0, otherMode: 0, keptApart: 0, values: 0 };

  const shown = freeText ? variables : variables.filter(({ kind }) => kind !== 'free-text');
  const wide = wideTable(shown, arms ? armColumns(seriesIn(studies)) : undefined);
  const tables: readonly Table<Person>[] = [wide, ...PERSON_TABLES, ...sessionTables({ arms, freeText })];
  const people =
    format === 'csv' ? await csvSink(tables, folder) : await jsonSink<Person>('participants.jsonl', folder);
  const rules: PersonRules = { study, coding, variables: byName(variables), freeText, arms, at };
  let participants = 0;
  // By their codes: in the order of their ids, which is that of enrolment, the first row would be the first participant.
  const coded = (await participantIds(tx, id)).map((one) => [coding.participant(one), one] as const);
  for (const [, participant] of coded.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const row = await tx.participant(id, participant);
    if (row === undefined || row.mode !== mode) {
      leftOut.otherMode += 1;
      continue;
    }
    const found = await personOf(tx, row, rules);
    if (found === undefined) {
      leftOut.withoutConsent += 1;
      continue;
    }
    leftOut.keptApart += found.leftOut.keptApart;
    leftOut.values += found.leftOut.values;
    await people.write(found.person);
    participants += 1;
    if (participants % AT_ONCE === 0) onProgress({ participants, screenings: 0 });
  }
  written.push(...(await people.close()));

  const first = (kept[0]?.firstServedAt ?? at).slice(0, 10);
  const found = screeningsTable(coding, { first, freeText });
  const sink = format === 'csv' ? await csvSink([found], folder) : await rowsSink(found, 'screenings.jsonl', folder);
  let [after, screenings]: [string | undefined, number] = [undefined, 0];
  const linkBy = linkFinder(tx, id);
  for (let more = true; more; ) {
    const page = await tx.screeningPage(id, { after, limit: AT_ONCE });
    for (const row of page) {
      const isOurs = row.mode === mode && !row.deviations.includes('mode');
      if (isOurs) await sink.write({ ...row, by: await linkBy(row.link) });
      else leftOut.otherMode += 1;
    }
    after = page.at(-1)?.idHash;
    screenings += page.length;
    more = page.length === AT_ONCE;
    onProgress({ participants, screenings });
  }
  written.push(...(await sink.close()));

  const reached = contactsTable(studies, coding);
  if (contacts) {
    const file =
      format === 'csv' ? await csvSink([reached], folder) : await rowsSink(reached, 'contacts.jsonl', folder);
    let last: string | undefined;
    for (let more = true; more; ) {
      const page = await tx.contactPage(id, { after: last, limit: AT_ONCE });
      for (const row of page.filter((one) => one.mode === mode)) await file.write(row);
      last = page.at(-1)?.id;
      more = page.length === AT_ONCE;
    }
    written.push(...(await file.close()));
  }
  const all = [...tables, found, ...(contacts ? [reached] : [])];
  written.push(await writeRows('codebook.csv', [CODEBOOK_COLUMNS, ...codebookRows(all, variables, freeText)], folder));
  const manifest: Manifest = {
    ...{ format: 'steady-export/1', study: id, studyVersion: study.version, mode, at },
    ...{ freeText, contacts, arms, participants, leftOut, files: written },
  };
  const file = await folder.file('manifest.json');
  await file.write(`${JSON.stringify(manifest, null, 2)}\n`);
  await file.close();
  return manifest;
}

/** A recruiter's link by its code, asked for once: there are few, and many come by each. */
function linkFinder(tx: StoreTransaction, study: string): (code: string | null) => Promise<LinkRow | undefined> {
  const found = new Map<string, LinkRow | undefined>();
  return async (code) => {
    if (code === null) return undefined;
    if (!found.has(code)) found.set(code, await tx.link(study, code));
    return found.get(code);
  };
}

/** All of a study, by id; of each a few bytes. */
async function participantIds(tx: StoreTransaction, study: string): Promise<string[]> {
  const ids: string[] = [];
  for (let more = true; more; ) {
    const page = await tx.participants(study, { after: ids.at(-1), limit: AT_ONCE });
    ids.push(...page.map(({ id }) => id));
    more = page.length === AT_ONCE;
  }
  return ids;
}

/** A version that this release can no longer read has no columns of its own. */
function readable(content: string, name: string): readonly Study[] {
  try {
    return [parseStudy(content, `${name}, as served before`)];
  } catch (error) {
    if (error instanceof StudyError) return [];
    throw error;
  }
}

const byName = (variables: ReturnType<typeof variablesOf>) => new Map(variables.map((one) => [variableName(one), one]));
