import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import { foresee } from '../form-view/fields/foresee.ts';
import { type Desk, warnOf } from './hand-in.ts';

/** What the screener needs once its first page is drawn: one file, fetched while that page is being read. */

export * from './endings.ts';
export { mergeInto, next, postLeft } from './hand-in.ts';

/**
 * Fetches what the rest of the way to the end takes, so that it can be gone without a network, and tells what there is to
 * tell of the draft that was found.
 */
export async function fetchTheRest(study: ScreeningStudy, found: FoundDraft | undefined, desk: Desk): Promise<void> {
  if (found) warnOf(found, study, desk);
  const { contact, form } = study.screening;
  await Promise.all([import('./conclusion.ts'), foresee(form, contact)]);
}
