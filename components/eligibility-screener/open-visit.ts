import type { AnswerDraft } from '../../src/submission/draft.ts';
import type { FoundDraft } from '../element/drafts/drafts.ts';
import type { Notice } from './screen.ts';
import { ScreeningVisit, type VisitOptions } from './screening-visit.ts';

interface OpenedVisit {
  readonly visit: ScreeningVisit;
  /** The page that was open. */
  readonly page: string | undefined;
  /** What has to be told of the draft: to the participant, and to the developer. */
  readonly notice: readonly [notice: Notice, message: string] | undefined;
  /** Of another version, with answers that fit no question any more. */
  readonly aside: AnswerDraft | undefined;
}

/**
 * Begins a visit, or goes on where a draft left off.
 *
 * @throws FormError for a form that cannot be opened
 */
export async function openVisit(options: VisitOptions, found: FoundDraft): Promise<OpenedVisit> {
  const { id, version } = options.study;
  const kept = found.status === 'found' && found.draft.study === id ? found.draft : undefined;
  const draft = kept?.step === 'consent' ? undefined : kept;
  const { visit, stray } = await ScreeningVisit.open(options, draft);
  const isOlder = draft !== undefined && draft.studyVersion !== version;
  return {
    visit,
    page: isOlder ? undefined : draft?.page,
    notice:
      found.status === 'damaged'
        ? ['draft-damaged', 'The draft could not be read and was set aside in sessionStorage.']
        : isOlder
          ? ['draft-older', `The draft is of version ${draft.studyVersion}; the study is ${version} now.`]
          : undefined,
    aside: isOlder && stray.length > 0 ? draft : undefined,
  };
}
