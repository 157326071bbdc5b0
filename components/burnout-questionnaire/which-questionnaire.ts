import type { AssessmentHead, InstrumentEntry } from '../../src/study/assessments-part.ts';
import type { QuestionnaireStudy } from '../../src/study/read-questionnaires.ts';
import { SteadyError } from '../../src/study/steady-error.ts';
import type { Me, MyAssessment } from '../../src/submission/participation.ts';

/** What is asked of whoever is here: an assessment of the study, or one of its instruments on its own. */

export type Asked =
  | { readonly kind: 'assessment'; readonly assessment: AssessmentHead; readonly mine: MyAssessment | undefined }
  | { readonly kind: 'instrument'; readonly entry: InstrumentEntry };

/** Why nothing is asked. */
export type Instead =
  /** It is for participants, and nobody is signed in. */
  | 'members'
  /** Somebody is, and the endpoint cannot be asked what is due. */
  | 'unreachable'
  | 'consent-first'
  | 'not-yet'
  | 'missed'
  | 'done'
  | 'nothing-due';

export interface Which {
  readonly asked?: Asked;
  readonly instead?: Instead;
  /** The assessment that is spoken of in its stead. */
  readonly mine?: MyAssessment | undefined;
  /** The one that opens next. */
  readonly next?: MyAssessment | undefined;
  /** What is asked as well, once this has been answered. */
  readonly also?: Asked | undefined;
}

export interface WhichOptions {
  /** What the page asks for; without either, what is due. */
  readonly assessment: string;
  readonly instrument: string;
  readonly isSignedIn: boolean;
  /** What the endpoint has said of whoever is signed in. */
  readonly me: Me | undefined;
  /** The assessment that was begun here before. */
  readonly begun: string | undefined;
}

/** Whether it is asked on the endpoint's own origin alone. */
export function isIsolated(asked: Asked): boolean {
  return asked.kind === 'assessment' && asked.assessment.isolation === 'required';
}

/** @throws SteadyError `unknown-assessment`, `unknown-instrument` for what the study does not have */
export function whichQuestionnaire(study: QuestionnaireStudy, options: WhichOptions): Which {
  const { assessment, instrument, isSignedIn, me } = options;
  if (instrument !== '') return oneInstrument(study, instrument, isSignedIn);
  if (assessment !== '') return oneAssessment(study, assessment, options);
  if (!isSignedIn) return { instead: 'members' };
  if (me === undefined) return begun(study, options) ?? { instead: 'unreachable' };
  const { assessments = [] } = me;
  // The endpoint may already have an assessment that this page's copy of the study does not.
  const open = assessments.find(({ id, state }) => state === 'open' && assessmentOf(study, id) !== undefined);
  const found = open && assessmentOf(study, open.id);
  if (found !== undefined) return { asked: { kind: 'assessment', assessment: found, mine: open } };
  if (isConsentMissing(me)) return { instead: 'consent-first' };
  const next = nextOf(me);
  const last = assessments.findLast(({ state }) => state === 'done' || state === 'missed');
  if (last === undefined) return { instead: 'nothing-due', next };
  return { instead: last.state === 'done' ? 'done' : 'missed', mine: last, next };
}

function oneInstrument(study: QuestionnaireStudy, id: string, isSignedIn: boolean): Which {
  const all = study.assessments ?? [];
  const naming = all.filter(({ instruments = [] }) => instruments.some((entry) => entry.id === id));
  const entry = naming.flatMap(({ instruments = [] }) => instruments).find((one) => one.id === id);
  if (entry === undefined) {
    const ids = [...new Set(all.flatMap(({ instruments = [] }) => instruments.map((one) => one.id)))];
    throw new SteadyError(
      'unknown-instrument',
      `instrument="${id}" is in no assessment of the study. It has ${ids.join(', ') || 'none'}.`,
    );
  }
  const isForAnybody = naming.some(({ access }) => access === 'open');
  return isSignedIn || isForAnybody ? { asked: { kind: 'instrument', entry } } : { instead: 'members' };
}

function oneAssessment(
  study: QuestionnaireStudy,
  id: string,
  { isSignedIn, me, begun: left }: Pick<WhichOptions, 'isSignedIn' | 'me' | 'begun'>,
): Which {
  const assessment = assessmentOf(study, id);
  if (assessment === undefined) {
    const ids = (study.assessments ?? []).map((one) => one.id);
    throw new SteadyError(
      'unknown-assessment',
      `assessment="${id}" is not in the study. It has ${ids.join(', ') || 'none'}.`,
    );
  }
  const isForAnybody = assessment.access === 'open';
  if (!isSignedIn && !isForAnybody) return { instead: 'members' };
  const mine = me?.assessments?.find((one) => one.id === id);
  const asked: Asked = { kind: 'assessment', assessment, mine };
  if (mine?.state === 'open' || (isForAnybody && mine?.state !== 'done')) return { asked };
  if (me === undefined) return left === id ? { asked } : { instead: 'unreachable' };
  if (mine === undefined || mine.state === 'unknown') {
    return isConsentMissing(me) ? { instead: 'consent-first' } : { instead: 'nothing-due', next: nextOf(me) };
  }
  return { instead: mine.state, mine, next: nextOf(me) };
}

/** What was begun here goes on, whether or not the endpoint can be asked. */
function begun(study: QuestionnaireStudy, { begun: id }: WhichOptions): Which | undefined {
  const assessment = id === undefined ? undefined : assessmentOf(study, id);
  return assessment && { asked: { kind: 'assessment', assessment, mine: undefined } };
}

function assessmentOf({ assessments = [] }: QuestionnaireStudy, id: string): AssessmentHead | undefined {
  return assessments.find((one) => one.id === id);
}

/** They are asked to decide, and nothing is asked of them before they have. */
function isConsentMissing({ consent }: Me): boolean {
  return consent?.state === 'none' && consent.asked !== undefined;
}

function nextOf({ assessments = [] }: Me): MyAssessment | undefined {
  return assessments.find(({ state, opens }) => state === 'not-yet' && opens !== undefined);
}
