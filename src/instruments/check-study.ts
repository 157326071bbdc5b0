import type { Assessment, InstrumentEntry } from '../study/assessments-part.ts';
import { atFile, type Finding } from '../study/finding.ts';
import type { Study } from '../study/schema.ts';
import { StudyError } from '../study/study-error.ts';
import { list, nearest } from '../study/wording.ts';
import { instrumentIds, licensedIds, loadInstrument } from './library.ts';
import type { Instrument } from './schema.ts';

/**
 * Whether the instruments that a study names can be asked as it says: part of what is checked of a study file, and here
 * because only this room knows the library.
 *
 * @param file the study file's name, for the messages
 * @throws StudyError with every problem found, each with its path and fix
 */
export async function checkInstruments(study: Study, file: string): Promise<void> {
  const { assessments = [] } = study;
  const findings = await Promise.all(
    assessments.flatMap((assessment, index) =>
      (assessment.instruments ?? []).map((entry, place) =>
        lintEntry(entry, assessment, study, ['assessments', index, 'instruments', place]),
      ),
    ),
  );
  const problems = findings.flat();
  if (problems.length > 0) throw new StudyError(atFile(problems, file));
}

/**
 * Whether a study may ask an instrument that its site has brought: what the study file alone could not show, because it has
 * neither items nor rules of it.
 *
 * @param file the study file's name, for the messages
 * @throws StudyError
 */
export function checkBrought(instrument: Instrument, study: Study, file: string): void {
  const findings = (study.assessments ?? []).flatMap((assessment, index) =>
    (assessment.instruments ?? []).flatMap((entry, place) => {
      const path = ['assessments', index, 'instruments', place];
      if (entry.id !== instrument.id) return [];
      return [...lintKitRules(entry, instrument, path), ...lintSafety(instrument, assessment, study, path)];
    }),
  );
  if (findings.length > 0) throw new StudyError(atFile(findings, file));
}

type Path = readonly PropertyKey[];

async function lintEntry(entry: InstrumentEntry, assessment: Assessment, study: Study, path: Path): Promise<Finding[]> {
  const { id, items } = entry;
  if (!instrumentIds.includes(id)) return items === 'site' ? [] : [strange(id, path)];
  const instrument = await loadInstrument(id);
  return [
    ...(instrument.ship === 'structure' && items !== 'site' ? [wordless(instrument, path)] : []),
    ...lintKitRules(entry, instrument, path),
    ...lintSafety(instrument, assessment, study, path),
  ];
}

function strange(id: string, path: Path): Finding {
  if (licensedIds.includes(id)) {
    return {
      path,
      message: `is "${id}", which is sold by the use: the kit has nothing of it.`,
      fix: `Write { "id": "${id}", "items": "site" }, and bring the definition that your licence gives you.`,
    };
  }
  const meant = nearest(id, instrumentIds);
  return {
    path,
    message: `is "${id}", which the library does not have.`,
    fix:
      meant === undefined
        ? `It has ${list(instrumentIds, 'and', 30)}. One that the site brings is { "id": "${id}", "items": "site" }.`
        : `Did you mean "${meant}"?`,
  };
}

function wordless({ id }: Instrument, path: Path): Finding {
  return {
    path,
    message: `is "${id}", of which the kit has no right to the words.`,
    fix: `Write { "id": "${id}", "items": "site" }, and bring a file of words that you may use.`,
  };
}

function lintKitRules({ kitRules }: InstrumentEntry, { id, missing, subscales }: Instrument, path: Path): Finding[] {
  const hasOwn = missing.basis === 'kit' || subscales.some(({ kitMinAnswered }) => kitMinAnswered !== undefined);
  if (kitRules === undefined || hasOwn) return [];
  return [
    {
      path: [...path, 'kitRules'],
      message: `is about a rule of the kit's, but that of "${id}" is published.`,
      fix: 'Remove it: the published rule counts.',
    },
  ];
}

/** An answer that speaks of danger is only asked for where somebody answers it. */
function lintSafety({ id, safety = [] }: Instrument, assessment: Assessment, study: Study, path: Path): Finding[] {
  const item = safety.find(({ needsContact }) => needsContact)?.item;
  if (item === undefined || assessment.safety !== undefined) return [];
  const isAnswered = study.contacts.some(({ role }) => role === 'safety');
  const contact = isAnswered ? '' : 'Add a contact with the role "safety" and a phone or an e-mail, and ';
  const instead = id === 'phq9' ? ' Or ask the PHQ-8, which leaves that item out.' : '';
  return [
    {
      path,
      message: `is "${id}", whose item ${item} can speak of danger, and nothing says who answers, and how soon.`,
      fix: `${contact === '' ? 'Add' : `${contact}add`} "safety": { "respondsWithin": "PT4H" } to the assessment.${instead}`,
    },
  ];
}
