import type { ScreeningStudy } from '../../src/study/screening-part.ts';
import { asSteadyError, SteadyError } from '../../src/study/steady-error.ts';
import type { Draft } from '../../src/submission/draft.ts';
import type { Submission } from '../../src/submission/submission.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import type { Post } from '../element/post.ts';
import type { SessionView } from '../element/session/session-view.ts';
import type { FormOnScreen } from '../form-view/form-on-screen.ts';
import type { FormView } from '../form-view/form-view.ts';
import { mergeAnswers } from '../form-view/merge-answers.ts';
import { screeningDraft } from './open-visit.ts';
import type { Notice } from './screen.ts';
import type { ScreeningVisit } from './screening-visit.ts';

/** From page to page, and the end of a step: fetched while the first page is being read. */

/** What is under way, one thing at a time, and what has to be told of it. */
export interface Now {
  notice: Notice | undefined;
  isBusy: boolean;
  isSending: boolean;
}

export interface Desk {
  readonly now: Now;
  readonly post: Post;
  readonly session: { readonly view: SessionView | undefined };
  readonly shown: FormOnScreen<ScreeningVisit>;
  readonly view: FormView;
  /** Undefined where it cannot be gone on with. */
  readonly study: () => ScreeningStudy | undefined;
  /** To be drawn again. */
  readonly changed: () => void;
  readonly report: (error: SteadyError) => void;
  readonly fail: (error: SteadyError) => void;
}

/** On to the next page, or to the end of the step. A second press while the first is under way changes nothing. */
export async function next(desk: Desk): Promise<void> {
  const { changed, fail, now, shown } = desk;
  const { visit } = shown;
  if (visit === undefined || now.isBusy) return;
  now.isBusy = true;
  changed();
  try {
    if (visit.partial) await shown.complete();
    await goOn(visit, desk);
  } catch (error) {
    fail(asSteadyError(error));
  } finally {
    now.isBusy = false;
    now.isSending = false;
    changed();
  }
}

/** What has to be told of the draft that was found: to the participant, and to the developer. */
export function warnOf(found: FoundDraft, { id, version }: ScreeningStudy, { changed, now, report }: Desk): void {
  const warn = (notice: Notice, message: string): void => {
    now.notice = notice;
    report(new SteadyError(notice, message));
    changed();
  };
  const draft = screeningDraft(found, id);
  if (found.status === 'damaged') {
    warn('draft-damaged', 'The draft could not be read and was set aside in sessionStorage.');
  } else if (draft !== undefined && draft.studyVersion !== version) {
    warn('draft-older', `The draft is of version ${draft.studyVersion}; the study is ${version} now.`);
  }
}

async function goOn(visit: ScreeningVisit, desk: Desk): Promise<void> {
  const { now, post, session, study: studyNow, view } = desk;
  if (studyNow() === undefined) return;
  const stop = await visit.mustStop();
  if (!(view.isLast && !stop ? await view.checkAll() : await view.check())) return;
  if (!view.isLast && !stop) {
    now.notice = undefined;
    await view.next();
    post.save();
    return;
  }
  const study = studyNow();
  if (study === undefined) return;
  const posting = await finished(visit, study, session.view);
  now.isSending = true;
  post.hold(posting);
  try {
    await handIn(posting, desk);
    now.notice = undefined;
    view.focusHeading();
  } catch (error) {
    // Nothing left this page, and no outbox has it: the answers stay where they are, to be sent by another press.
    now.notice = 'unsent';
    desk.report(asSteadyError(error));
    post.drop(posting);
  }
}

/** What a crash left unsent, under the ids that it had; and the step that it leads to is taken. */
export async function postLeft(left: readonly Submission[], desk: Desk): Promise<void> {
  for (const submission of left) await handIn(submission, desk);
  Object.assign(desk.now, { isBusy: false, isSending: false });
  desk.changed();
}

/** What is to be posted; a contact of a study that enrols by itself also makes its sender a participant. */
async function finished(
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

/** Into the outbox, and on to the step that it leads to. */
async function handIn(submission: Submission, desk: Desk): Promise<void> {
  const { post, shown } = desk;
  const before = shown.visit;
  const durable = await post.submit(submission);
  // Whoever it was may have left in the meantime.
  if (before !== undefined && before === shown.visit) {
    if (submission.kind === 'contact') {
      before.contactLeft(submission);
    } else if (before.step === 'asking') {
      await before.concluded(submission);
      await showNext(desk);
    }
  }
  post.settle(submission, durable);
}

async function showNext({ now, shown }: Desk): Promise<void> {
  await shown.show();
  // From here on the next step can be answered, whatever is still to be tidied up of the last.
  Object.assign(now, { isBusy: false, isSending: false });
  void shown.complete();
}
