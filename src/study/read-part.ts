import { expandSites } from './expand-sites.ts';
import { read } from './read.ts';
import { plainScreenerPart, type ScreeningStudy } from './screening-part.ts';

/**
 * Reads what the screener needs of a study, whatever else the file holds.
 *
 * @param text the file's content
 * @param file its name or address, for the messages
 * @throws StudyError with every problem found in these parts, each with its path and fix
 */
export async function readScreeningStudy(text: string, file: string): Promise<ScreeningStudy> {
  const plain = read(text, plainScreenerPart);
  if (plain !== undefined) return withSites(plain);
  const { screeningStudySchema } = await import('./study-file.ts');
  const study = read(text, screeningStudySchema);
  if (study !== undefined) return withSites(study);
  const { explain } = await import('./explain.ts');
  throw explain(text, file, screeningStudySchema);
}

function withSites(study: ScreeningStudy): ScreeningStudy {
  expandSites([study.screening.form, study.screening.contact], study.sites);
  return study;
}
