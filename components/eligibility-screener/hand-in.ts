import type { ScreeningStudy } from '../../src/study/schema.ts';
import type { Draft } from '../../src/submission/draft.ts';
import type { Submission } from '../../src/submission/submission.ts';
import type { Post } from '../element/post.ts';
import type { SessionView } from '../element/session/session-view.ts';
import { mergeAnswers } from '../form-view/merge-answers.ts';
import type { ScreeningVisit } from './screening-visit.ts';

/** The end of a step: fetched while the first page is being read. */

/** What is to be posted; a contact of a study that enrols by itself also makes its sender a participant. */
export async function finished(
  visit: ScreeningVisit,
  study: ScreeningStudy,
  session: SessionView | undefined,
): Promise<Submission> {
  const enrols = visit.step === 'contact' && study.screening.enrolment === 'self';
  const enrolment = enrols ? await session?.hashes() : undefined;
  const submission = await visit.submission(enrolment);
  if (enrolment) await session?.session.expect(submission.id);
  return submission;
}

/** Another device has answered the same questions: what it answered later stands here too. */
export function mergeInto(visit: ScreeningVisit | undefined, draft: Draft): void {
  if (draft.step !== (visit?.step === 'contact' ? 'contact' : 'screening')) return;
  if (visit !== undefined) mergeAnswers(visit.form, draft.answers);
}

/** Into the outbox, and on to the step that it leads to. @param show draws that step */
export async function handIn(
  submission: Submission,
  post: Post,
  visit: () => ScreeningVisit | undefined,
  show: () => Promise<void>,
): Promise<void> {
  const before = visit();
  const durable = await post.submit(submission);
  // Whoever it was may have left in the meantime.
  if (before !== undefined && before === visit()) {
    if (submission.kind === 'contact') {
      before.contactLeft(submission);
    } else if (before.step === 'asking') {
      await before.concluded(submission);
      await show();
    }
  }
  post.settle(submission, durable);
}
