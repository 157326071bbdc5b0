import type { ConsentVersion } from '../study/consent-part.ts';
import type { Text } from '../study/text.ts';
import { type ConsentSource, findVersion } from './document.ts';

/** Which version is signed on which day, and whether those who signed an earlier one are asked again. */

/** Why a version cannot be signed. */
export type Obstacle =
  | 'not-yet-effective'
  | 'expired'
  | 'superseded'
  /** These three bind in live mode only. */
  | 'not-approved'
  | 'translation-draft'
  | 'placeholder';

export interface Situation {
  /** As `2026-01-31`, where the one who decides is: the receiver. */
  readonly day: string;
  readonly mode: 'live' | 'test';
  readonly language: string;
}

/**
 * Why this version cannot be signed then and there; empty where it can.
 *
 * @throws ConsentError `no-such-version`
 */
export function obstacles(study: ConsentSource, number: string, situation: Situation): readonly Obstacle[] {
  const version = findVersion(study, number);
  const { day, mode, language } = situation;
  const found: Obstacle[] = [];
  if (day < version.effective) found.push('not-yet-effective');
  if (version.expires !== undefined && day >= version.expires) found.push('expired');
  if (laterThan(study, version).some(({ effective }) => effective <= day)) found.push('superseded');
  if (mode === 'test') return found;
  if (version.irbApproval === undefined) found.push('not-approved');
  if (language !== study.languages[0] && version.translation?.[language] !== 'certified') {
    found.push('translation-draft');
  }
  if ((version.contacts ?? study.contacts).some(({ placeholder }) => placeholder)) found.push('placeholder');
  return found;
}

/** The version in force on a day, expired or not; undefined before the first one. */
export function versionInForce({ consent }: ConsentSource, day: string): ConsentVersion | undefined {
  return consent.versions.findLast(({ effective }) => effective <= day);
}

/** What somebody who signed is asked to sign again. */
export interface Reconsent {
  readonly version: string;
  /** What changed since, oldest first, non-material changes included. */
  readonly changes: readonly { readonly version: string; readonly whatChanged: Text }[];
}

/**
 * Whether somebody who signed `signed` is asked again on `day`: where the version in force, or any between, is material.
 *
 * @throws ConsentError `no-such-version`
 */
export function reconsent(study: ConsentSource, signed: string, day: string): Reconsent | undefined {
  const since = laterThan(study, findVersion(study, signed)).filter(({ effective }) => effective <= day);
  const last = since.at(-1);
  if (last === undefined || !since.some(({ material }) => material === true)) return undefined;
  return {
    version: last.version,
    changes: since.flatMap(({ version, whatChanged }) => (whatChanged ? [{ version, whatChanged }] : [])),
  };
}

function laterThan({ consent }: ConsentSource, version: ConsentVersion): readonly ConsentVersion[] {
  return consent.versions.slice(consent.versions.indexOf(version) + 1);
}
