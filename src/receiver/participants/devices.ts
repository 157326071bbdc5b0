import { participantChain, recordEvent } from '../audit.ts';
import { addDays, INVITATION_DAYS, REPLACED_KEY_DAYS } from '../days.ts';
import type { Desk } from '../desk.ts';
import type { ParticipantRow } from '../store/participants-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';
import { addCode, endCodes, lastCheck } from './codes.ts';
import { prefixOf } from './hashes.ts';

/** Participants and the devices that speak for them: opened on one, moved to another. One device at a time. */

/** What a browser has sent of its secrets: SHA-256 of each, hex. */
export interface Device {
  readonly tokenHash: string;
  readonly writeHash: string;
  readonly returnHash?: string | undefined;
}

/** Whether two of them are the same, or one belongs to anybody in the study already. */
export async function secretsTaken(tx: StoreTransaction, study: string, device: Device): Promise<boolean> {
  const { tokenHash, writeHash, returnHash } = device;
  const all = [tokenHash, writeHash, ...(returnHash === undefined ? [] : [returnHash])];
  if (new Set(all).size < all.length) return true;
  for (const hash of all) {
    const credentials = await tx.credentialsByPrefix(study, prefixOf(hash));
    const codes = await tx.invitationsByPrefix(study, prefixOf(hash));
    if (credentials.some((row) => row.hash === hash) || codes.some((row) => row.codeHash === hash)) return true;
  }
  return false;
}

/**
 * Opens a participant on a device.
 *
 * @param subjects what they are opened by, by id
 * @returns the head of their audit chain
 */
export async function openParticipant(
  tx: StoreTransaction,
  { keys, queueEvent }: Pick<Desk, 'keys' | 'queueEvent'>,
  { row, device, subjects }: { row: ParticipantRow; device: Device; subjects: readonly string[] },
): Promise<string> {
  const { study, id, mode, site, enrolledAt: at } = row;
  await tx.addParticipant(row);
  await addDevice(tx, row, device, at);
  await queueEvent(tx, { study, type: 'enrolled', participant: id, ...(site !== null && { site }), at, mode });
  const event = { study, chain: participantChain(id), event: 'participant-enrolled', at, mode } as const;
  const { mac } = await recordEvent(tx, keys.current, { ...event, subjects: [id, ...subjects] });
  return mac;
}

/**
 * Moves a participant to another device: what stood for them until now signs nobody in any more, and may deliver what was
 * queued on it for some days. No code that was made before brings anybody in.
 *
 * @param invitation the id of the one that was spent
 */
export async function moveParticipant(
  tx: StoreTransaction,
  { keys }: Pick<Desk, 'keys'>,
  { row, device, invitation, at }: { row: ParticipantRow; device: Device; invitation: string; at: string },
): Promise<void> {
  const { study, id, mode } = row;
  for (const { hash, kind, endsAt, replacedAt } of await tx.credentials(study, id)) {
    const until = kind === 'token' ? at : addDays(at, REPLACED_KEY_DAYS);
    const change = { replacedAt: replacedAt ?? at, endsAt: endsAt !== null && endsAt < until ? endsAt : until };
    await tx.changeCredential(study, hash, change);
  }
  await endCodes(tx, study, id, at);
  await addDevice(tx, row, device, at);
  const event = { study, chain: participantChain(id), event: 'device-changed', at, mode } as const;
  await recordEvent(tx, keys.current, { ...event, subjects: [id, invitation] });
}

/** Ends everything that stands for a participant, at once: a device that was lost delivers nothing. */
export async function revokeDevices(
  tx: StoreTransaction,
  { keys }: Pick<Desk, 'keys'>,
  { row: { study, id, mode }, at }: { row: ParticipantRow; at: string },
): Promise<void> {
  for (const { hash, endsAt } of await tx.credentials(study, id)) {
    if (endsAt === null || endsAt > at) await tx.changeCredential(study, hash, { endsAt: at });
  }
  const event = { study, chain: participantChain(id), event: 'credentials-revoked', at, mode } as const;
  await recordEvent(tx, keys.current, { ...event, subjects: [id] });
}

async function addDevice(tx: StoreTransaction, row: ParticipantRow, device: Device, at: string): Promise<void> {
  const { study, id: participant, mode, site } = row;
  const { tokenHash, writeHash, returnHash } = device;
  const secrets = [
    ['token', tokenHash],
    ['write-key', writeHash],
  ] as const;
  for (const [kind, hash] of secrets) {
    const times = { createdAt: at, usedAt: at, replacedAt: null, endsAt: null };
    const added = await tx.addCredential({ study, hash, hashPrefix: prefixOf(hash), kind, participant, ...times });
    if (!added) throw new StoreError('run-again', 'Somebody else was given this secret meanwhile.');
  }
  if (returnHash === undefined) return;
  const check = lastCheck(await tx.invitations(study, participant));
  const code = { study, kind: 'return', mode, participant, site, codeHash: returnHash, check } as const;
  await addCode(tx, { ...code, at, days: INVITATION_DAYS });
}
