import { type ConsentStudy, consentStudySchema } from './consent-part.ts';
import { read } from './read.ts';

/**
 * Reads what the consent element needs of a study, whatever else the file holds.
 *
 * @param text the file's content
 * @param file its name or address, for the messages
 * @throws StudyError with every problem found in these parts, each with its path and fix
 */
export async function readConsentStudy(text: string, file: string): Promise<ConsentStudy> {
  const study = read(text, consentStudySchema);
  if (study !== undefined) return study;
  const { explain } = await import('./explain.ts');
  throw explain(text, file, consentStudySchema);
}
