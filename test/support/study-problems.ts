import assert from 'node:assert/strict';
import { parseStudy } from '../../src/study/parse-study.ts';
import { describeProblem, StudyError } from '../../src/study/study-error.ts';

/** What a study team reads of a file, without its name; nothing of one that is good. */
export function problemsOf(study: unknown): readonly string[] {
  const file = 'calm.study.json';
  try {
    parseStudy(JSON.stringify(study), file);
    return [];
  } catch (error) {
    assert.ok(error instanceof StudyError);
    return error.problems.map((problem) => describeProblem(problem).replace(`${file}: `, ''));
  }
}
