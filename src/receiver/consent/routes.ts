import { unknownStudy } from '../allow-origins.ts';
import type { ReceiverContext } from '../app.ts';
import type { Desk } from '../desk.ts';
import type { ParticipantRoute, PublicRoute, Route } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import { handedOut } from './hand-out.ts';
import { type RecordPlace, takeCopy, takeRecord } from './records.ts';

/** What there is of consents beside submissions: a participant's own records, and the keys that anybody verifies them by. */

export interface ConsentRouteParts {
  readonly desk: Desk;
  readonly studies: ReadonlyMap<string, KnownStudy>;
}

export function consentRoutes(parts: ConsentRouteParts): readonly Route[] {
  return [keysRoute(parts), recordRoute(parts), copyRoute(parts)];
}

function keysRoute({ desk, studies }: ConsentRouteParts): PublicRoute {
  const body = JSON.stringify({ keys: desk.recordKeys.published });
  return {
    method: 'GET',
    path: '/studies/{study}/keys',
    access: 'public',
    operation: {
      operationId: 'getRecordKeys',
      summary: 'The public keys that consent records are verified by',
      description:
        'A JWK set, the key that signs now first. Retired ones stay, so that old records verify. Keep it apart from the receiver.',
      answers: { 200: { description: 'The keys', schema: 'RecordKeys' } },
      problems: ['unknown-study'],
    },
    handle(context) {
      if (!studies.has(context.req.param('study') ?? '')) throw unknownStudy();
      return new Response(body, { headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' } });
    },
  };
}

function recordRoute({ desk }: ConsentRouteParts): ParticipantRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/me/records/{submission}',
    access: { participant: 'token' },
    operation: {
      operationId: 'getMyRecord',
      summary: 'What I have signed, as the record that can be verified',
      answers: { 200: { description: 'The record, character by character', schema: 'ConsentRecord' } },
      problems: ['unknown-record'],
    },
    handle: async (context, caller) => handedOut(await takeRecord(desk, placeOf(context, caller))),
  };
}

function copyRoute({ desk }: ConsentRouteParts): ParticipantRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/me/records/{submission}/copy',
    access: { participant: 'token' },
    operation: {
      operationId: 'getMyCopy',
      summary: 'What I have signed, to read and print',
      answers: { 200: { description: 'A tagged PDF', mediaType: 'application/pdf' } },
      problems: ['unknown-record', 'record-damaged'],
    },
    handle: async (context, caller) => handedOut(await takeCopy(desk, placeOf(context, caller))),
  };
}

/** @param of whose record it must be */
function placeOf(context: ReceiverContext, { study, participant }: Omit<RecordPlace, 'submission'>): RecordPlace {
  return { study, participant, submission: context.req.param('submission') ?? '' };
}
