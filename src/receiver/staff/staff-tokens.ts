import { v7 } from 'uuid';
import { SteadyError } from '../../study/steady-error.ts';
import { recordEvent, STUDY_CHAIN } from '../audit.ts';
import { assertKnown, keptStudy } from '../kept-study.ts';
import type { KeyRing } from '../keys.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { transactOnce } from '../store/transact-once.ts';
import { BLINDED } from './blinding.ts';
import type { StaffRole } from './role.ts';
import { newStaffToken, staffTokenHash } from './token.ts';

/** Gives tokens to staff and ends them. Each is for one study and one role, and the study's audit tells of it. */

export interface StaffOffice {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly now?: () => Date;
  readonly random?: (bytes: number) => Uint8Array;
  readonly newId?: () => string;
}

export interface NewStaff {
  readonly study: string;
  readonly role: StaffRole;
  /** Who it is for, in the team's words. */
  readonly name: string;
  /** Only these; none for all. */
  readonly sites: readonly string[];
  readonly series: readonly string[];
  /** Days until it ends. */
  readonly days: number;
}

export const USUAL_DAYS = 180;

const DAY = 24 * 60 * 60 * 1000;

/**
 * Makes a token and keeps its hash.
 *
 * @returns the token, which can never be shown again, and the row that stands for it
 * @throws SteadyError `unknown-study`, `unknown-site`, `unknown-series`, `blinded-series`
 */
export async function addStaff(
  { store, keys, now = () => new Date(), random, newId = v7 }: StaffOffice,
  { study, role, name, sites, series, days }: NewStaff,
): Promise<{ readonly token: string; readonly row: StaffRow }> {
  if (series.length > 0 && BLINDED.includes(role)) {
    throw new SteadyError(
      'blinded-series',
      `A ${role} is blinded, and a series would name an arm. Leave --series out, or choose another role.`,
    );
  }
  const token = newStaffToken(random);
  const at = now();
  const id = newId();
  const add = async (tx: StoreTransaction): Promise<StaffRow> => {
    const kept = await keptStudy(tx, study);
    assertKnown('site', sites, kept.sites, study);
    assertKnown('series', series, kept.series, study);
    const added: StaffRow = {
      study,
      id,
      mode: kept.mode,
      name,
      role,
      sites: sites.length === 0 ? null : [...new Set(sites)],
      series: series.length === 0 ? null : [...new Set(series)],
      ...staffTokenHash(token),
      createdAt: at.toISOString(),
      expiresAt: new Date(at.getTime() + days * DAY).toISOString(),
      revokedAt: null,
    };
    await tx.addStaff(added);
    await recordEvent(tx, keys.current, {
      study,
      chain: STUDY_CHAIN,
      event: 'staff-added',
      subjects: [id, role],
      at: added.createdAt,
      mode: kept.mode,
    });
    return added;
  };
  // The token is shown this once: somebody who is told that it failed would be on the list without one.
  const isThere = async (tx: StoreTransaction) => (await tx.staff(study)).some((one) => one.id === id);
  return { token, row: await transactOnce(store, add, isThere) };
}

/** @throws SteadyError `unknown-study` */
export function listStaff({ store }: Pick<StaffOffice, 'store'>, study: string): Promise<StaffRow[]> {
  return store.transaction(async (tx) => {
    await keptStudy(tx, study);
    return tx.staff(study);
  });
}

/**
 * Ends a token at once.
 *
 * @throws SteadyError `unknown-study`, `unknown-staff`, `already-revoked`
 */
export async function revokeStaff(
  { store, keys, now = () => new Date() }: StaffOffice,
  study: string,
  id: string,
): Promise<StaffRow> {
  const at = now().toISOString();
  const revoke = async (tx: StoreTransaction): Promise<StaffRow> => {
    const { mode } = await keptStudy(tx, study);
    const row = (await tx.staff(study)).find((one) => one.id === id);
    if (row === undefined) {
      throw new SteadyError('unknown-staff', `"${study}" has no staff token "${id}". steady staff list names them.`);
    }
    if (!(await tx.revokeStaff(study, id, at))) {
      throw new SteadyError('already-revoked', `The token of ${row.name} was revoked before, at ${row.revokedAt}.`);
    }
    const subjects = [id, row.role];
    await recordEvent(tx, keys.current, { study, chain: STUDY_CHAIN, event: 'staff-revoked', subjects, at, mode });
    return { ...row, revokedAt: at };
  };
  const isThere = async (tx: StoreTransaction) =>
    (await tx.staff(study)).some((one) => one.id === id && one.revokedAt === at);
  return transactOnce(store, revoke, isThere);
}

/** What has become of a token. */
export function staffState({ revokedAt, expiresAt }: StaffRow, now: Date): 'active' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'active';
}
