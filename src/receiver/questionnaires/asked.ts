import type { Assessment, InstrumentEntry } from '../../study/assessments-part.ts';
import type { FormDefinition } from '../../study/form-definition.ts';
import type { Study } from '../../study/schema.ts';
import { formOf } from '../../study/study-forms.ts';
import type { QuestionnaireSubmission } from '../../submission/questionnaire-submission.ts';
import { notSignedIn } from '../gate.ts';
import { Refusal } from '../refusal.ts';

/** What one sitting may hold, and who may hand it in. */
export interface Asked {
  /** Undefined where an instrument was asked on its own. */
  readonly assessment: Assessment | undefined;
  /** How the study asks each instrument, by id. */
  readonly instruments: ReadonlyMap<string, InstrumentEntry>;
  /** By name. */
  readonly forms: ReadonlyMap<string, FormDefinition>;
}

/**
 * By the study that asked. Whoever is signed in answers any assessment, and any instrument that the study names; others what
 * the study marks as open to anybody.
 *
 * @throws Refusal `not-offered` for an assessment that the study has not; `not-signed-in`
 */
export function askedOf(
  study: Study,
  { assessment: id, parts }: Pick<QuestionnaireSubmission, 'assessment' | 'parts'>,
  isSignedIn: boolean,
): Asked {
  const { assessments = [] } = study;
  if (id === undefined) {
    const instruments = entriesOf(assessments.filter(({ access }) => isSignedIn || access === 'open'));
    if (!isSignedIn && parts.some((part) => !('instrument' in part && instruments.has(part.instrument)))) {
      throw notSignedIn();
    }
    return { assessment: undefined, instruments, forms: new Map() };
  }
  const assessment = assessments.find((one) => one.id === id);
  if (assessment === undefined) throw new Refusal('not-offered', 'This study has no such assessment.');
  if (!isSignedIn && assessment.access !== 'open') throw notSignedIn();
  const names = Object.keys(assessment.forms ?? {});
  const forms = names.flatMap((name): [string, FormDefinition][] => {
    const form = formOf(assessments, id, name);
    return form === undefined ? [] : [[name, form]];
  });
  return { assessment, instruments: entriesOf([assessment]), forms: new Map(forms) };
}

/** How the study asks an instrument: in this assessment, or where it is named first. */
export function entryOf(
  { assessments = [] }: Pick<Study, 'assessments'>,
  assessment: string | undefined,
  instrument: string,
): InstrumentEntry | undefined {
  const here = assessments.filter(({ id }) => id === assessment);
  return entriesOf([...here, ...assessments]).get(instrument);
}

/** The first of each instrument. */
function entriesOf(assessments: readonly Assessment[]): ReadonlyMap<string, InstrumentEntry> {
  const entries = assessments.flatMap(({ instruments = [] }) => instruments);
  return new Map(entries.toReversed().map((entry) => [entry.id, entry]));
}
