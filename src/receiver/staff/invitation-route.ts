import { SteadyError } from '../../study/steady-error.ts';
import { groupCode } from '../../submission/secrets.ts';
import { inviteAgain } from '../participants/invitations.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { StaffRoute } from '../route.ts';
import type { StaffRouteParts } from './routes.ts';
import { againSchema } from './schemas.ts';
import { isTheirs, unknownParticipant } from './their-participants.ts';

/** Somebody needs a new way in: the code that a coordinator asks for is the one of `steady invite --again`. */

const BODY_BYTES = 1024;

export function invitationRoute({ store, keys, now }: StaffRouteParts): StaffRoute {
  return {
    method: 'POST',
    path: '/studies/{study}/participants/{participant}/invitation',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'postInvitation',
      summary: 'A new code for somebody who was invited or takes part',
      description:
        'Codes before it that are not spent are worth nothing from now on. Once it is spent, the device before it signs nobody in; with `lost` at once.',
      body: 'InvitationAgain',
      answers: { 201: { description: 'The code, told this once', schema: 'Invitation' } },
      problems: [...REQUEST_PROBLEMS, 'unknown-participant', 'was-erased'],
    },
    async handle(context, caller) {
      const { lost = false } = (await readRequest(context, againSchema, BODY_BYTES)).json;
      const { study } = caller;
      const participant = context.req.param('participant') ?? '';
      if (!(await store.transaction((tx) => isTheirs(tx, caller, participant)))) throw unknownParticipant();
      try {
        const { code, expiresAt } = await inviteAgain(
          { store, keys, now },
          { study, participant, lost, by: caller.id },
        );
        return { status: 201, body: { code: groupCode(code), expiresAt } };
      } catch (error) {
        if (error instanceof SteadyError && error.code === 'unknown-participant') throw unknownParticipant();
        if (error instanceof SteadyError && error.code === 'participant-erased') {
          throw new Refusal('was-erased', 'Whoever takes part again does so with an invitation of their own.');
        }
        throw error;
      }
    },
  };
}
