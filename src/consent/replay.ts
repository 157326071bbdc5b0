import type { ConsentEvent } from '../study/consent-answers.ts';
import { changedSections } from './changes.ts';
import type { ConsentDocument } from './document.ts';
import { advance, type ConsentProgress, NOT_OPENED, refusal } from './progress.ts';

/** A progress made again from its events: by a receiver that checks them, and after the document has changed. */

/** @throws ConsentError at the first event that cannot follow those before it */
export function replay(document: ConsentDocument, events: readonly ConsentEvent[]): ConsentProgress {
  return events.reduce((progress, event) => advance(document, progress, event), NOT_OPENED);
}

/**
 * The progress on a document that has changed under the reader, of the same version or a newer one: what was answered
 * stands wherever its words are the same, and sections with other words are to be looked at again.
 */
export function carryOver(before: ConsentDocument, after: ConsentDocument, progress: ConsentProgress): ConsentProgress {
  const asked = (document: ConsentDocument): ReadonlyMap<string, string> =>
    new Map(
      [
        ...document.checks.map((one) => [`check ${one.id}`, one] as const),
        ...document.choices.map((one) => [`choice ${one.id}`, one] as const),
      ].map(([key, one]) => [key, JSON.stringify(one)]),
    );
  const [old, now, changed] = [asked(before), asked(after), changedSections(before, after)];
  const isSame = (key: string): boolean => old.get(key) === now.get(key);
  const stands = (event: ConsentEvent): boolean => {
    if (event.type === 'check-answered') {
      const { section = '' } = after.checks.find(({ id }) => id === event.check) ?? {};
      return isSame(`check ${event.check}`) && !changed.has(section);
    }
    return event.type !== 'choice-changed' || isSame(`choice ${event.choice}`);
  };
  const carried = progress.events
    .filter(stands)
    .reduce(
      (kept, event) => (refusal(after, kept, event) === undefined ? advance(after, kept, event) : kept),
      NOT_OPENED,
    );
  const again = new Set([...progress.again, ...changed]);
  return { ...carried, again: carried.viewed.filter((id) => again.has(id)) };
}
