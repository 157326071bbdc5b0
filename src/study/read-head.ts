import { read } from './read.ts';
import { type StudyHead, studyHeadSchema } from './schema.ts';

/**
 * Reads what every element needs of a study, and nothing else.
 *
 * @param text the file's content
 * @param file its name or address, for the messages
 * @throws StudyError with every problem found in these parts, each with its path and fix
 */
export async function readStudyHead(text: string, file: string): Promise<StudyHead> {
  const study = read(text, studyHeadSchema);
  if (study !== undefined) return study;
  const { explain } = await import('./explain.ts');
  throw explain(text, file, studyHeadSchema);
}
