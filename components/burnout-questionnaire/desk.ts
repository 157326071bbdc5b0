import { asSteadyError, SteadyError } from '../../src/study/steady-error.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import type { Post } from '../element/post.ts';
import type { FormOnScreen } from '../form-view/form-on-screen.ts';
import type { FormView } from '../form-view/form-view.ts';
import type { Notice } from './screen.ts';
import type { Sitting } from './sitting.ts';

/** What is under way, one thing at a time, and what has to be told of it. */
export interface Now {
  notice: Notice | undefined;
  /** A button was pressed, and what it asks for is being done. */
  isBusy: boolean;
  isSending: boolean;
}

interface DeskParts {
  readonly now: Now;
  readonly view: FormView;
  readonly shown: FormOnScreen<Sitting>;
  readonly post: Post<QuestionnaireSubmission>;
  /** To be drawn again. */
  readonly changed: () => void;
  /** Puts the open part of a sitting onto the screen. */
  readonly show: (sitting: Sitting, page?: string) => Promise<void>;
  readonly report: (error: SteadyError) => void;
  readonly fail: (error: SteadyError) => void;
}

/**
 * Takes a sitting from page to page, from part to part and to its end, one thing at a time: fetched while the first page is
 * being read. Does not own the answers (the sitting's) nor how they leave (the post's).
 */
export class Desk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async next(): Promise<void> {
    const { now, post, show, shown, view } = this.#parts;
    await this.#alone(async (sitting) => {
      await shown.complete();
      if (!(await (view.isLast ? view.checkAll() : view.check()))) return;
      now.notice = undefined;
      if (!view.isLast) {
        await view.next();
      } else if (await sitting.turn(1)) {
        await show(sitting);
        view.focusHeading();
      } else {
        return this.#end(sitting);
      }
      post.save();
    });
  }

  async back(): Promise<void> {
    const { post, show, view } = this.#parts;
    await this.#alone(async (sitting) => {
      if (view.index > 0) {
        await view.back();
      } else if (await sitting.turn(-1)) {
        await show(sitting, sitting.form.pages.at(-1)?.name);
        view.focusHeading();
      }
      post.save();
    });
  }

  /** Under the ids that they had: what a crash, or a page without a disk, left unsent. */
  async handInLeft(left: readonly QuestionnaireSubmission[]): Promise<void> {
    const { changed, now } = this.#parts;
    try {
      for (const submission of left) await this.#handIn(submission);
    } finally {
      now.isBusy = false;
      now.isSending = false;
      changed();
    }
  }

  /** What has to be told of a draft that was found. */
  warnOf(found: FoundDraft, sitting: Sitting, version: string): void {
    if (found.status === 'damaged') {
      this.#warn('draft-damaged', 'The draft could not be read and was set aside in sessionStorage.');
    }
    if (found.status !== 'found') return;
    const { draft } = found;
    if (sitting.outdated.size > 0) {
      this.#parts.post.setAside(draft);
      const which = [...sitting.outdated].join(', ');
      this.#warn('draft-other-words', `The draft has answers to another version of ${which}; it was set aside.`);
    } else if (draft.studyVersion !== version) {
      this.#warn('draft-older', `The draft is of version ${draft.studyVersion}; the study is ${version} now.`);
    }
  }

  #warn(notice: Notice, message: string): void {
    this.#parts.now.notice = notice;
    this.#parts.report(new SteadyError(notice, message));
  }

  async #end(sitting: Sitting): Promise<void> {
    const { now, post, report, view } = this.#parts;
    const submission = await sitting.submission();
    now.isSending = true;
    post.hold(submission);
    try {
      await this.#handIn(submission);
      view.focusHeading();
    } catch (error) {
      // Nothing left this page, and no outbox has it: the answers stay where they are, to be sent by another press.
      now.notice = 'unsent';
      report(asSteadyError(error));
      post.drop(submission);
    }
  }

  async #handIn(submission: QuestionnaireSubmission): Promise<void> {
    const { post, shown } = this.#parts;
    const sitting = shown.visit;
    const durable = await post.submit(submission);
    // Whoever it was may have left in the meantime.
    if (sitting !== undefined && sitting === shown.visit) sitting.handedIn(submission);
    post.settle(submission, durable);
  }

  /** A second press while the first is under way changes nothing. */
  async #alone(work: (sitting: Sitting) => Promise<void>): Promise<void> {
    const { changed, fail, now, shown } = this.#parts;
    const sitting = shown.visit;
    if (sitting === undefined || now.isBusy) return;
    now.isBusy = true;
    changed();
    try {
      await work(sitting);
    } catch (error) {
      fail(asSteadyError(error));
    } finally {
      now.isBusy = false;
      now.isSending = false;
      changed();
    }
  }
}
