import type { ReceiverContext } from '../app.ts';
import { eraseParticipant } from '../erasure/erase-participant.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { StaffRoute } from '../route.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import type { StaffRouteParts } from './routes.ts';
import { erasureRequestSchema } from './schemas.ts';
import { isTheirs, unknownParticipant } from './their-participants.ts';
import { servedStudy } from './their-study.ts';

/** What a participant has asked to be erased: carried out by a coordinator, and vouched for. */

const BODY_BYTES = 16 * 1024;
const PATH = '/studies/{study}/participants/{participant}/erasure';

export function erasureStaffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [eraseRoute(parts), certificateRoute(parts)];
}

function eraseRoute(parts: StaffRouteParts): StaffRoute {
  return {
    method: 'POST',
    path: PATH,
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'postErasure',
      summary: 'Erase what somebody who has withdrawn has asked to be erased',
      description:
        'As far as the study file says under `retention`. It cannot be undone. Signed consents and the audit stay. Again gives the certificate of the first time.',
      body: 'ErasureRequest',
      answers: { 200: { description: 'The signed certificate, character by character', schema: 'Erasure' } },
      problems: [...REQUEST_PROBLEMS, 'unknown-participant', 'not-asked-to-erase', 'erasure-not-offered'],
    },
    async handle(context, caller) {
      const { reason } = (await readRequest(context, erasureRequestSchema, BODY_BYTES)).json;
      const participant = context.req.param('participant') ?? '';
      return parts.store.transaction(async (tx) => {
        await assertTheirs(tx, caller, participant);
        const study = servedStudy(parts, caller);
        const { certificate } = await eraseParticipant(tx, parts, { study, participant, reason, by: caller.id });
        return { file: fileOf(participant, certificate) };
      });
    },
  };
}

function certificateRoute({ store }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: PATH,
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getErasure',
      summary: 'The certificate of what was erased of somebody',
      answers: { 200: { description: 'The signed certificate, character by character', schema: 'Erasure' } },
      problems: ['unknown-participant', 'unknown-erasure'],
    },
    handle: (context: ReceiverContext, caller) =>
      store.transaction(async (tx) => {
        const participant = context.req.param('participant') ?? '';
        await assertTheirs(tx, caller, participant);
        const row = await tx.erasure(caller.study, participant);
        if (row === undefined)
          throw new Refusal('unknown-erasure', 'POST to this address carries out what was asked for.');
        return { file: fileOf(participant, row.certificate) };
      }),
  };
}

/** @throws Refusal `unknown-participant` */
async function assertTheirs(tx: StoreTransaction, caller: StaffRow, participant: string): Promise<void> {
  const row = await tx.participant(caller.study, participant);
  if (row === undefined || !(await isTheirs(tx, caller, participant))) throw unknownParticipant();
}

const fileOf = (participant: string, content: string) => ({
  name: `erasure-${participant}.json`,
  mediaType: 'application/json',
  content,
});
