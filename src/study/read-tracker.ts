import { read } from './read.ts';
import { type TrackerStudy, trackerStudySchema } from './tracker-part.ts';

/**
 * Reads what the session tracker needs of a study, whatever else the file holds.
 *
 * @param text the file's content
 * @param file its name or address, for the messages
 * @throws StudyError with every problem found in these parts, each with its path and fix
 */
export async function readTrackerStudy(text: string, file: string): Promise<TrackerStudy> {
  const study = read(text, trackerStudySchema);
  if (study !== undefined) return study;
  const { explain } = await import('./explain.ts');
  throw explain(text, file, trackerStudySchema);
}
