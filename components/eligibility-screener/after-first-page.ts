import type { ScreeningStudy } from '../../src/study/schema.ts';
import { foresee } from '../form-view/fields/foresee.ts';

/** What the screener needs once its first page is drawn: one file, fetched while that page is being read. */

export * from './endings.ts';
export { finished, handIn, mergeInto } from './hand-in.ts';

/** Fetches what the rest of the way to the end takes, so that it can be gone without a network. */
export async function fetchTheRest({ screening }: ScreeningStudy): Promise<void> {
  await Promise.all([import('./conclusion.ts'), foresee(screening.form, screening.contact)]);
}
