import { newLinkCode, readLinkCode } from '../../submission/link-code.ts';
import { recordEvent, STUDY_CHAIN } from '../audit.ts';
import type { Desk } from '../desk.ts';
import type { Mode } from '../mode.ts';
import type { KnownStudy } from '../served-study.ts';
import { storable } from '../storable.ts';
import type { LinkRow } from '../store/links-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { recruitmentState } from './recruitment.ts';

/** Recruiters' links: made, found again by what somebody typed, and ended. */

export type NewLink = Pick<LinkRow, 'study' | 'site' | 'channel' | 'language' | 'source' | 'createdBy' | 'expiresAt'>;

type Parts = Pick<Desk, 'keys' | 'mode' | 'now' | 'newId'>;

/** Whether a link leads to the screener now, and what keeps it from that. */
export type LinkState = 'open' | 'expired' | 'paused' | 'closed';

export async function makeLink(
  tx: StoreTransaction,
  { keys, mode, now, newId }: Parts,
  link: NewLink,
  newCode: () => string = newLinkCode,
): Promise<LinkRow> {
  const { study, createdBy } = link;
  const at = now().toISOString();
  const row: LinkRow = { ...link, code: await freeCode(tx, newCode), id: newId(), mode, createdAt: at };
  await tx.addLink(row);
  const subjects = [row.code, createdBy];
  await recordEvent(tx, keys.current, { study, chain: STUDY_CHAIN, event: 'link-made', subjects, at, mode });
  return row;
}

/** Of 34 billion codes hardly ever one that is taken. Whoever types one types no study, so it must be free in all. */
async function freeCode(tx: StoreTransaction, newCode: () => string): Promise<string> {
  for (;;) {
    const code = newCode();
    if ((await tx.linksByCode(code)).length === 0) return code;
  }
}

/**
 * Ends a link, now.
 *
 * @returns false for one that had ended before
 */
export async function expireLink(
  tx: StoreTransaction,
  { keys, mode, now }: Parts,
  { study, code }: Pick<LinkRow, 'study' | 'code'>,
  by: string,
): Promise<boolean> {
  const at = now().toISOString();
  if (!(await tx.expireLink(study, code, at))) return false;
  const subjects = [code, by];
  await recordEvent(tx, keys.current, { study, chain: STUDY_CHAIN, event: 'link-expired', subjects, at, mode });
  return true;
}

/** A study's link by its code, as it may have been typed. */
export async function linkOf(
  tx: StoreTransaction,
  study: string,
  typed: string,
  mode: Mode,
): Promise<LinkRow | undefined> {
  const code = readLinkCode(typed);
  const link = code === undefined ? undefined : await tx.link(study, code);
  return link?.mode === mode ? link : undefined;
}

/** A link by its code alone, and the study that it leads to, among those that are served. */
export async function linkAnywhere(
  tx: StoreTransaction,
  studies: ReadonlyMap<string, KnownStudy>,
  typed: string,
  mode: Mode,
): Promise<{ readonly link: LinkRow; readonly known: KnownStudy } | undefined> {
  const code = readLinkCode(typed);
  if (code === undefined) return undefined;
  for (const link of await tx.linksByCode(code)) {
    const known = studies.get(link.study);
    if (known !== undefined && link.mode === mode) return { link, known };
  }
  return undefined;
}

export async function linkState(
  tx: StoreTransaction,
  { current }: KnownStudy,
  link: Pick<LinkRow, 'site' | 'expiresAt'>,
  now: Date,
): Promise<LinkState> {
  const recruiting = await recruitmentState(tx, current.study, link.site);
  return recruiting === 'open' && hasExpired(link, now) ? 'expired' : recruiting;
}

export function hasExpired({ expiresAt }: Pick<LinkRow, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime();
}

/** Counts one opening: nobody is told apart, and no more than the day (UTC, as of screenings) is kept. */
export function countOpening(tx: StoreTransaction, { study, code }: LinkRow, now: Date): Promise<void> {
  return tx.countOpening(study, code, now.toISOString().slice(0, 10));
}

/** What stands as a link's source where nobody has named one. */
export const usualSource = ({ site, channel }: Pick<LinkRow, 'site' | 'channel'>): string =>
  site === null ? channel : `${site}-${channel}`;

/**
 * Where somebody came from. What names a link of the study is known to be true, and becomes the link's source; anything else
 * is kept as it was said, and is not.
 */
export async function sourceOf(
  tx: StoreTransaction,
  study: string,
  said: string | undefined,
  mode: Mode,
): Promise<{ readonly source: string | null; readonly link: LinkRow | undefined }> {
  if (said === undefined) return { source: null, link: undefined };
  const link = await linkOf(tx, study, said, mode);
  return { source: link?.source ?? storable(said), link };
}
