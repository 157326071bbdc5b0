import type { ConsentDraft, ConsentEvent } from '../study/consent-answers.ts';
import { changedSections } from './changes.ts';
import type { DigestOf } from './digest-of.ts';
import type { ConsentDocument } from './document.ts';
import { advance, type ConsentProgress, NOT_OPENED, refusal } from './progress.ts';

/** A progress made again from its events: by a receiver that checks them, and after the document has changed. */

/** @throws ConsentError at the first event that cannot follow those before it */
export function replay(document: ConsentDocument, events: readonly ConsentEvent[]): ConsentProgress {
  return events.reduce((progress, event) => advance(document, progress, event), NOT_OPENED);
}

/** What to keep of a reading, so that it can be taken up elsewhere. @param documentDigest of the document */
export function draftOf(
  { version, language }: Pick<ConsentDocument, 'version' | 'language'>,
  { events }: ConsentProgress,
  documentDigest: string,
): ConsentDraft {
  return { version, language, documentDigest, events: [...events] };
}

/**
 * A reading taken up again, by the person who began it. Where the words are no longer the same, it begins anew: nobody is
 * taken to have read or chosen what they have not seen.
 */
export async function resume(
  document: ConsentDocument,
  draft: ConsentDraft,
  digestOf: DigestOf,
): Promise<ConsentProgress> {
  if (draft.documentDigest !== (await digestOf(document))) return NOT_OPENED;
  return possible(document, draft.events);
}

/** The progress by those events that can follow each other; a draft that was tampered with leads no further. */
function possible(document: ConsentDocument, events: readonly ConsentEvent[]): ConsentProgress {
  return events.reduce(
    (kept, event) => (refusal(document, kept, event) === undefined ? advance(document, kept, event) : kept),
    NOT_OPENED,
  );
}

/**
 * The progress on a document that has changed under the reader, of the same version or a newer one: what was read and
 * answered stands wherever its words are the same. Sections with other words count as not viewed, and what was answered
 * about them as not answered; where the key information has changed, the reading begins anew behind it.
 */
export function carryOver(before: ConsentDocument, after: ConsentDocument, progress: ConsentProgress): ConsentProgress {
  const [old, now, changed] = [questionsOf(before), questionsOf(after), changedSections(before, after)];
  const isSame = (key: string): boolean => old.get(key) === now.get(key);
  const stands = (event: ConsentEvent): boolean => {
    switch (event.type) {
      case 'section-viewed':
        return !changed.has(event.section);
      case 'check-answered':
        return isSame(`check ${event.check}`);
      case 'choice-changed':
        return isSame(`choice ${event.choice}`);
      default:
        return true;
    }
  };
  return possible(after, progress.events.filter(stands));
}

/** Every check and choice as it is worded, by what and id. */
function questionsOf({ checks, choices }: ConsentDocument): ReadonlyMap<string, string> {
  return new Map([
    ...checks.map((check) => [`check ${check.id}`, JSON.stringify(check)] as const),
    ...choices.map((choice) => [`choice ${choice.id}`, JSON.stringify(choice)] as const),
  ]);
}
