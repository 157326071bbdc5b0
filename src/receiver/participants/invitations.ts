import { v7 } from 'uuid';
import { SteadyError } from '../../study/steady-error.ts';
import { hashSecret, newCode, type RandomBytes } from '../../submission/secrets.ts';
import { participantChain, recordEvent } from '../audit.ts';
import { INVITATION_DAYS } from '../days.ts';
import { assertKnown, keptStudy } from '../kept-study.ts';
import type { KeyRing } from '../keys.ts';
import type { InvitationRow } from '../store/participants-store.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { transactOnce } from '../store/transact-once.ts';
import { checkOf } from './checks.ts';
import { addCode, endCodes, lastCheck, type NewCode } from './codes.ts';
import { revokeDevices } from './devices.ts';

/** Codes that bring somebody to a device. Each is made here or in a browser, shown once, and kept as its hash. */

export interface InvitationOffice {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly now?: () => Date;
  readonly random?: RandomBytes;
  readonly newId?: () => string;
}

/** Somebody to be invited. Who they are stays with the team: the id tells them apart. */
export interface Invitee {
  readonly site?: string | undefined;
  /** What they are asked beside the code, such as a year of birth. */
  readonly check?: string | undefined;
}

export interface Invited {
  /** The participant's id, from now on and when they take part. */
  readonly participant: string;
  readonly site: string | null;
  /** As `newCode` makes it. It is nowhere else. */
  readonly code: string;
  readonly expiresAt: string;
}

export type InvitationErrorCode = 'unknown-participant' | 'participant-erased';

/**
 * Invites people to a study, all or none.
 *
 * @throws SteadyError `unknown-study`, `unknown-site`
 */
export async function invite(
  office: InvitationOffice,
  { study, invitees, days = INVITATION_DAYS }: { study: string; invitees: readonly Invitee[]; days?: number },
): Promise<Invited[]> {
  const { store, keys, now = () => new Date(), random, newId = v7 } = office;
  const at = now().toISOString();
  const people = await Promise.all(
    invitees.map(async (invitee) => {
      const code = newCode(random);
      return { ...invitee, participant: newId(), code, codeHash: await hashSecret(code) };
    }),
  );
  const add = async (tx: StoreTransaction): Promise<Invited[]> => {
    const kept = await keptStudy(tx, study);
    assertKnown(
      'site',
      people.flatMap(({ site }) => site ?? []),
      kept.sites,
      study,
    );
    await tx.keepKeyId({ study, keyId: keys.current.id, firstUsedAt: at });
    const invited: Invited[] = [];
    for (const { participant, site = null, check: asked, code, codeHash } of people) {
      const check = asked === undefined ? undefined : checkOf(keys.current, study, participant, asked);
      const row = { study, kind: 'first', mode: kept.mode, participant, site, codeHash, check, at, days } as const;
      const { expiresAt } = await addCode(tx, row, newId);
      await told(tx, keys, row, 'invitation-made');
      invited.push({ participant, site, code, expiresAt });
    }
    return invited;
  };
  // All or none: one tells of all.
  return transactOnce(store, add, (tx) => isThere(tx, study, people[0]));
}

/**
 * Makes a new code for somebody who was invited or takes part already; what was sent before and not spent is worth nothing
 * from now on. Where they take part, it moves them to another device when it is spent.
 *
 * @param options `lost`: their device is not theirs any more, it signs nobody in and delivers nothing from now on; `by`: the
 *   staff member who asked, for the audit
 * @throws SteadyError `unknown-participant`, `participant-erased`
 */
export async function inviteAgain(
  office: InvitationOffice,
  options: { study: string; participant: string; lost?: boolean; days?: number; by?: string },
): Promise<Invited> {
  const { store, keys, now = () => new Date(), random, newId = v7 } = office;
  const { study, participant, lost = false, days = INVITATION_DAYS, by } = options;
  const at = now().toISOString();
  const code = newCode(random);
  const codeHash = await hashSecret(code);
  const add = async (tx: StoreTransaction): Promise<Invited> => {
    const before = await tx.invitations(study, participant);
    const enrolled = await tx.participant(study, participant);
    const first = enrolled ?? before.at(-1);
    if (first === undefined) {
      throw new SteadyError(
        'unknown-participant' satisfies InvitationErrorCode,
        `"${study}" has nobody with the id ${participant}. steady invite printed it with the invitation.`,
      );
    }
    // What they gave from now on could not be told from what they have asked to be forgotten.
    if ((await tx.erasure(study, participant)) !== undefined) {
      throw new SteadyError(
        'participant-erased' satisfies InvitationErrorCode,
        `What ${participant} gave was erased. Whoever takes part again does so with an invitation of their own: steady invite ${study} --count 1.`,
      );
    }
    await tx.keepKeyId({ study, keyId: keys.current.id, firstUsedAt: at });
    await endCodes(tx, study, participant, at);
    if (lost && enrolled !== undefined) await revokeDevices(tx, { keys }, { row: enrolled, at });
    const { mode, site } = first;
    const kind = enrolled === undefined ? ('first' as const) : ('again' as const);
    const row = { study, kind, mode, participant, site, codeHash, check: lastCheck(before), at, days };
    const { expiresAt } = await addCode(tx, row, newId);
    await told(tx, keys, row, 'invitation-made-again', by);
    return { participant, site, code, expiresAt };
  };
  return transactOnce(store, add, (tx) => isThere(tx, study, { participant, codeHash }));
}

/** Whether a code was kept: it is shown this once, and nobody could spend one that was made and not shown. */
async function isThere(
  tx: StoreTransaction,
  study: string,
  made: Pick<InvitationRow, 'participant' | 'codeHash'> | undefined,
): Promise<boolean> {
  if (made === undefined) return true;
  return (await tx.invitations(study, made.participant)).some(({ codeHash }) => codeHash === made.codeHash);
}

async function told(
  tx: StoreTransaction,
  keys: KeyRing,
  { study, participant, mode, at }: Pick<NewCode, 'study' | 'participant' | 'mode' | 'at'>,
  event: 'invitation-made' | 'invitation-made-again',
  by?: string,
): Promise<void> {
  const chain = participantChain(participant);
  const subjects = by === undefined ? [participant] : [participant, by];
  await recordEvent(tx, keys.current, { study, chain, event, subjects, at, mode });
}
