import { addDays, DRAFT_DAYS } from '../days.ts';
import { sha256 } from '../hash.ts';
import { Refusal } from '../refusal.ts';
import type { DraftRow } from '../store/drafts-store.ts';
import type { StoreTransaction } from '../store/store.ts';

/** What a participant has typed and not sent: theirs alone, for some weeks, and in nobody's export. */

export const LARGEST_DRAFT = 64 * 1024;
export const MOST_DRAFTS = 32;

/** Whose draft, and which. */
export type Place = Pick<DraftRow, 'study' | 'participant' | 'key'>;

/** What must stand for a draft to be written over. Neither is no condition. */
export interface Precondition {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** The draft; undefined where there is none, or it has been kept long enough. */
export async function draftAt(tx: StoreTransaction, place: Place, now: string): Promise<DraftRow | undefined> {
  await forgetOldDrafts(tx, place.study, now);
  return tx.draft(place.study, place.participant, place.key);
}

/**
 * Keeps a draft, if what stands is what its writer has seen.
 *
 * @returns its entity tag, and whether there was none before
 * @throws Refusal `precondition-missing`, `draft-changed`, `too-many-drafts`
 */
export async function keepDraft(
  tx: StoreTransaction,
  place: Place,
  { body, precondition, now }: { body: string; precondition: Precondition; now: string },
): Promise<{ readonly etag: string; readonly created: boolean }> {
  const standing = await draftAt(tx, place, now);
  const etag = sha256(body).slice(0, 32);
  // What stands already has been written: the answer was lost on its way (RFC 9110, 13.1.1).
  if (standing?.etag !== etag) assertUnchanged(standing, precondition);
  if (standing === undefined && (await tx.countDrafts(place.study, place.participant)) >= MOST_DRAFTS) {
    throw new Refusal('too-many-drafts', `Keep at most ${MOST_DRAFTS}; delete one that is not needed any more.`);
  }
  await tx.keepDraft({ ...place, etag, body, writtenAt: now });
  return { etag, created: standing === undefined };
}

export function forgetOldDrafts(tx: StoreTransaction, study: string, now: string): Promise<void> {
  return tx.dropDraftsBefore(study, addDays(now, -DRAFT_DAYS));
}

/** An entity tag as a header has it. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** @throws Refusal `precondition-missing` */
export function assertConditional({ ifMatch, ifNoneMatch }: Precondition): void {
  if (ifMatch !== undefined || ifNoneMatch?.trim() === '*') return;
  throw new Refusal('precondition-missing', 'Send If-Match with the ETag you have seen, or If-None-Match: *.');
}

function assertUnchanged(standing: DraftRow | undefined, { ifMatch, ifNoneMatch }: Precondition): void {
  const isAsSeen = ifMatch === undefined || (standing !== undefined && names(ifMatch, standing.etag));
  const isAsWanted = ifNoneMatch === undefined || standing === undefined;
  if (isAsSeen && isAsWanted) return;
  throw new Refusal('draft-changed', 'Get what stands now, merge it with yours, and send that.', {
    headers: standing === undefined ? {} : { ETag: quoted(standing.etag) },
  });
}

/** A proxy that compresses may have made the tag weak on its way out. */
function names(header: string, etag: string): boolean {
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(quoted(etag));
}
