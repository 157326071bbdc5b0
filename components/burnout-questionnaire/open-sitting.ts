import type { SittingDraft } from '../../src/submission/draft.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import { Sitting, type SittingOptions } from './sitting.ts';
import type { Asked } from './which-questionnaire.ts';

export interface OpenedSitting {
  readonly sitting: Sitting;
  /** The page that was open. */
  readonly page?: string;
  /** Of something else than is asked now. */
  readonly aside: SittingDraft | undefined;
}

/** What was left of a questionnaire, whichever. */
export function sittingDraft(found: FoundDraft): SittingDraft | undefined {
  return found.status === 'found' && found.draft.step === 'questionnaire' ? found.draft : undefined;
}

/**
 * Begins a sitting, or goes on where a draft left off.
 *
 * @throws whatever `Sitting.open` throws
 */
export async function openSitting(options: SittingOptions, draft: SittingDraft | undefined): Promise<OpenedSitting> {
  const own = draft !== undefined && isOf(draft, options.asked) ? draft : undefined;
  return { ...(await Sitting.open(options, own)), aside: own === undefined ? draft : undefined };
}

function isOf(draft: SittingDraft, asked: Asked): boolean {
  return asked.kind === 'assessment'
    ? draft.assessment === asked.assessment.id
    : draft.assessment === undefined && draft.instrument === asked.entry.id;
}
