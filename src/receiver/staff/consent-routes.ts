import type { ReceiverContext } from '../app.ts';
import { type RecordPlace, takeCopy, takeRecord } from '../consent/records.ts';
import type { StaffRoute } from '../route.ts';
import type { Decided } from '../store/consent-store.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { Json } from './blinding.ts';
import { AFTER, afterOf, page, present } from './pages.ts';
import type { StaffRouteParts } from './routes.ts';
import { PAGE } from './schemas.ts';
import { isTheirs, unknownParticipant } from './their-participants.ts';

/** What coordinators see of consents: who decided what, and the records, which have names. */

const RECORD_PATH = '/studies/{study}/participants/{participant}/records/{submission}';

export function consentStaffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [decisionsRoute(parts), recordRoute(parts), copyRoute(parts)];
}

function decisionsRoute({ store }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/staff/decisions',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getDecisions',
      summary: 'Who has signed, declined, put off, asked for paper, or withdrawn',
      description: 'The newest first, by id alone. Whether somebody’s data is to be erased stands in `erase`.',
      query: [AFTER],
      answers: { 200: { description: 'A page of them', schema: 'Decisions' } },
      problems: ['not-a-request'],
    },
    async handle(context, { study, sites }) {
      const after = afterOf(context);
      const rows = await store.transaction((tx) =>
        tx.decisionPage(study, { after, limit: PAGE + 1, sites: sites ?? undefined }),
      );
      return { body: page('decisions', rows, decisionFor) };
    },
  };
}

function decisionFor(row: Decided & { readonly site: string | null }): Json {
  const { id, submission, participant, mode, outcome, deviations, receivedAt } = row;
  const { site, version, language, scope, erase } = row;
  const known = present({ site, version, language, scope, erase });
  return { id, submission, participant, mode, outcome, ...known, deviations, receivedAt };
}

function recordRoute(parts: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: RECORD_PATH,
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getParticipantRecord',
      summary: 'What a participant has signed, as the record that can be verified',
      description: 'It has their name. That it was taken, and by whom, stands in their audit.',
      answers: { 200: { description: 'The record, character by character', schema: 'ConsentRecord' } },
      problems: ['unknown-participant', 'unknown-record'],
    },
    async handle(context, caller) {
      return { file: await takeRecord(parts, await placeOf(parts, context, caller), caller.id) };
    },
  };
}

function copyRoute(parts: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: `${RECORD_PATH}/copy`,
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getParticipantCopy',
      summary: 'What a participant has signed, to read and print',
      description: 'As the record it has their name and is audited.',
      answers: { 200: { description: 'A tagged PDF', mediaType: 'application/pdf' } },
      problems: ['unknown-participant', 'unknown-record', 'record-damaged'],
    },
    async handle(context, caller) {
      return { file: await takeCopy(parts, await placeOf(parts, context, caller), caller.id) };
    },
  };
}

/** @throws Refusal `unknown-participant` */
async function placeOf({ store }: StaffRouteParts, context: ReceiverContext, caller: StaffRow): Promise<RecordPlace> {
  const { study } = caller;
  const participant = context.req.param('participant') ?? '';
  if (!(await store.transaction((tx) => isTheirs(tx, caller, participant)))) throw unknownParticipant();
  return { study, participant, submission: context.req.param('submission') ?? '' };
}
