import { expandSites } from './expand-sites.ts';
import { explain } from './explain.ts';
import { atFile } from './finding.ts';
import { lintStudy } from './lint.ts';
import { read } from './read.ts';
import type { Study } from './schema.ts';
import { StudyError } from './study-error.ts';
import { formsIn } from './study-forms.ts';
import { studySchema } from './whole-study.ts';

/**
 * Reads a whole study file, as the receiver and the command line do: every part, every lint.
 *
 * @param text the file's content
 * @param file its name, for the messages
 * @throws StudyError with every problem found, each with its path and fix
 */
export function parseStudy(text: string, file: string): Study {
  const study = read(text, studySchema);
  if (study === undefined) throw explain(text, file, studySchema);
  const findings = lintStudy(study);
  if (findings.length > 0) throw new StudyError(atFile(findings, file));
  expandSites(
    formsIn(study).map(({ form }) => form),
    study.sites,
  );
  return study;
}
