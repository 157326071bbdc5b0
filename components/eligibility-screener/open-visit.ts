import type { AnswerDraft } from '../../src/submission/draft.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import { ScreeningVisit, type VisitOptions } from './screening-visit.ts';

interface OpenedVisit {
  readonly visit: ScreeningVisit;
  /** The page that was open. */
  readonly page: string | undefined;
  /** Of another version, with answers that fit no question any more. */
  readonly aside: AnswerDraft | undefined;
}

/**
 * Begins a visit, or goes on where a draft left off.
 *
 * @throws FormError for a form that cannot be opened
 */
export async function openVisit(options: VisitOptions, found: FoundDraft): Promise<OpenedVisit> {
  const draft = screeningDraft(found, options.study.id);
  const { visit, stray } = await ScreeningVisit.open(options, draft);
  const isOlder = draft?.studyVersion !== options.study.version;
  return { visit, page: isOlder ? undefined : draft?.page, aside: isOlder && stray.length > 0 ? draft : undefined };
}

/** What was left of this study's screening. */
export function screeningDraft(found: FoundDraft, study: string): AnswerDraft | undefined {
  const draft = found.status === 'found' && found.draft.study === study ? found.draft : undefined;
  return draft?.step === 'screening' || draft?.step === 'contact' ? draft : undefined;
}
