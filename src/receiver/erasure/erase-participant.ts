import * as v from 'valibot';
import { standing } from '../../consent/standing.ts';
import { ERASABLE, type Erasable } from '../../study/retention-part.ts';
import type { Study } from '../../study/schema.ts';
import { idSchema } from '../../study/schema.ts';
import { submissionIdSchema } from '../../submission/submission-id.ts';
import { participantChain, recordEvent } from '../audit.ts';
import { asDecisions } from '../consent/standing.ts';
import type { Desk } from '../desk.ts';
import { endCodes } from '../participants/codes.ts';
import { revokeDevices } from '../participants/devices.ts';
import { Refusal } from '../refusal.ts';
import { endFeedOf } from '../sessions/calendar.ts';
import { signDocument } from '../signed-document.ts';
import type { Decided } from '../store/consent-store.ts';
import { StoreError, type StoreTransaction } from '../store/store.ts';

/**
 * What a participant has asked for in withdrawing, carried out by a coordinator: what the study file says may go is taken away, and
 * what remains says that it was. The audit loses no row, so its chains stay whole; they never held what was answered.
 */

const ERASURE_FORMAT = 'steady-erasure/1';

/** The certificate. */
export const erasureSchema = v.looseObject({
  format: v.literal(ERASURE_FORMAT),
  study: idSchema,
  /** The newest, whose `retention` it was done by. */
  studyVersion: v.string(),
  mode: v.picklist(['live', 'test']),
  participant: submissionIdSchema,
  /** The withdrawal that asked for it, by its submission, and when it came. */
  withdrawal: submissionIdSchema,
  requestedAt: v.string(),
  erasedAt: v.string(),
  /** The id of the staff token. */
  by: v.string(),
  reason: v.string(),
  /** What the study file lets go, drafts in any case, and from how many things it was taken away. */
  erased: v.array(v.strictObject({ what: v.picklist(ERASABLE), count: v.number() })),
  /** The head of the participant's audit chain. */
  auditHead: v.string(),
  keyId: v.string(),
  signature: v.string(),
});

export interface ErasureRequest {
  readonly study: Study;
  readonly participant: string;
  readonly reason: string;
  /** The id of the staff token. */
  readonly by: string;
}

/** How each is taken away. */
const ERASE: Readonly<Record<Erasable, (tx: StoreTransaction, study: string, participant: string) => Promise<number>>> =
  {
    contact: (tx, ...whose) => tx.eraseContacts(...whose),
    screening: (tx, ...whose) => tx.eraseScreenings(...whose),
    questionnaires: (tx, ...whose) => tx.eraseQuestionnaires(...whose),
    sessions: (tx, ...whose) => tx.eraseSessions(...whose),
    drafts: (tx, ...whose) => tx.eraseDrafts(...whose),
  };

/**
 * Once: again gives the certificate of the first time.
 *
 * @throws Refusal `erasure-not-offered`, `not-asked-to-erase`, `unknown-participant` as the caller has it
 */
export async function eraseParticipant(
  tx: StoreTransaction,
  desk: Pick<Desk, 'keys' | 'recordKeys' | 'mode' | 'now' | 'newId'>,
  { study, participant, reason, by }: ErasureRequest,
): Promise<{ readonly certificate: string; readonly isNew: boolean }> {
  const { keys, recordKeys, mode, now, newId } = desk;
  const before = await tx.erasure(study.id, participant);
  if (before !== undefined) return { certificate: before.certificate, isNew: false };
  const { retention } = study;
  if (retention === undefined) {
    throw new Refusal('erasure-not-offered', 'Say in the study file, under "retention", what may be erased.');
  }
  const row = await tx.participant(study.id, participant);
  const asked = requestIn(await tx.decisions(study.id, participant));
  if (row === undefined || asked === undefined) {
    throw new Refusal(
      'not-asked-to-erase',
      'Erase what the participant has asked for in withdrawing, and has not taken back.',
    );
  }
  const erasedAt = now().toISOString();
  await revokeDevices(tx, desk, { row, at: erasedAt });
  await endCodes(tx, study.id, participant, erasedAt);
  await endFeedOf(tx, desk, { study: study.id, participant, mode: row.mode, at: erasedAt });
  // What was typed and not sent may be any of it, and nobody can come back to it.
  const goes: readonly Erasable[] = [...retention.erase, 'drafts'];
  const erased: { readonly what: Erasable; readonly count: number }[] = [];
  for (const what of ERASABLE) {
    if (goes.includes(what)) erased.push({ what, count: await ERASE[what](tx, study.id, participant) });
  }
  const id = newId();
  const { mac: auditHead } = await recordEvent(tx, keys.current, {
    ...{ study: study.id, chain: participantChain(participant), event: 'participant-erased', at: erasedAt, mode },
    subjects: [participant, id, by],
  });
  const certificate = await signDocument(
    {
      ...{ format: ERASURE_FORMAT, study: study.id, studyVersion: study.version, mode, participant },
      ...{ withdrawal: asked.submission, requestedAt: asked.receivedAt, erasedAt, by, reason, erased, auditHead },
    },
    recordKeys,
  );
  const kept = {
    study: study.id,
    participant,
    id,
    staff: by,
    reason,
    keyId: recordKeys.current.id,
    certificate,
    erasedAt,
  };
  if (!(await tx.addErasure(kept))) throw new StoreError('run-again', 'Somebody else has erased it meanwhile.');
  return { certificate, isNew: true };
}

/** The withdrawal that asks for it, of somebody who has not come back since. */
function requestIn(decided: readonly Decided[]): Decided | undefined {
  if (standing(asDecisions(decided)).state !== 'withdrawn') return undefined;
  return decided.findLast(({ outcome, erase }) => outcome === 'withdrawn' && erase === true);
}
