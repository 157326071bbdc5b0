import type { Answers } from '../../../src/study/answers.ts';
import type { Draft } from '../../../src/submission/draft.ts';

/** What was answered in a draft; nothing where it is none, or one of something that is read. */
export function answersOf(draft: Draft | undefined): Answers | undefined {
  return draft === undefined || draft.step === 'consent' ? undefined : draft.answers;
}
