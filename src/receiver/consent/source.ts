import type { ConsentSource } from '../../consent/document.ts';
import type { KnownStudy } from '../served-study.ts';

/** What a study's consent documents are made of, as the study stands now; undefined where it has none. */
export function consentSource({ current: { study } }: Pick<KnownStudy, 'current'>): ConsentSource | undefined {
  const { consent } = study;
  return consent && { ...study, consent };
}
