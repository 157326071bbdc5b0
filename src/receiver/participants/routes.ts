import * as v from 'valibot';
import {
  draftKeySchema,
  enrolmentRequestSchema,
  keptDraftSchema,
  returnRequestSchema,
} from '../../submission/participation.ts';
import { unknownStudy } from '../allow-origins.ts';
import type { ReceiverContext } from '../app.ts';
import { participantChain, recordEvent } from '../audit.ts';
import { clientAddress } from '../client-address.ts';
import { INVITATION_DAYS } from '../days.ts';
import type { Desk } from '../desk.ts';
import { assertNotErased } from '../erasure/assert-not-erased.ts';
import type { RateLimits } from '../rate-limits.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { ParticipantRoute, PublicRoute, Route } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import { addCode, endCodes, lastCheck } from './codes.ts';
import { assertConditional, draftAt, forgetOldDrafts, keepDraft, LARGEST_DRAFT, type Place, quoted } from './drafts.ts';
import { prefixOf } from './hashes.ts';
import { meOf } from './me.ts';
import type { SignedIn } from './sign-in.ts';
import { INVITATION_PROBLEMS, spendInvitation } from './spend-invitation.ts';

/** What participants ask and give beside submissions, operation by operation. */

export interface ParticipantRouteParts {
  readonly desk: Desk;
  readonly studies: ReadonlyMap<string, KnownStudy>;
  readonly limits: RateLimits;
  readonly trustProxy: boolean;
}

/** A code, three hashes and a year of birth. */
const LARGEST_REQUEST = 16 * 1024;

export function participantRoutes(parts: ParticipantRouteParts): readonly Route[] {
  return [
    enrolRoute(parts),
    meRoute(parts),
    returnRoute(parts),
    getDraftRoute(parts),
    putDraftRoute(parts),
    deleteDraftRoute(parts),
  ];
}

function enrolRoute({ desk, studies, limits, trustProxy }: ParticipantRouteParts): PublicRoute {
  return {
    method: 'POST',
    path: '/studies/{study}/participants',
    access: 'public',
    operation: {
      operationId: 'postParticipant',
      summary: 'Spend an invitation, or a code for the way back',
      description:
        'Once, by the participant’s own action. The same code with the same tokenHash again gets the same answer. A code of somebody who takes part already moves them to this device.',
      body: 'EnrolmentRequest',
      answers: { 201: { description: 'The participant, on this device', schema: 'Enrolment' } },
      problems: ['unknown-study', 'too-many-requests', ...REQUEST_PROBLEMS, ...INVITATION_PROBLEMS, 'store-busy'],
    },
    async handle(context) {
      const study = context.req.param('study') ?? '';
      const address = clientAddress(context.env ?? {}, context.req.raw.headers, trustProxy);
      await limits.fromAddress(address);
      if (!studies.has(study)) throw unknownStudy();
      await limits.mayTry(address);
      const { json } = await readRequest(context, enrolmentRequestSchema, LARGEST_REQUEST);
      try {
        return Response.json(await spendInvitation(desk, study, json), { status: 201 });
      } catch (error) {
        if (error instanceof Refusal && GUESSES.has(error.code)) await limits.wrongSecret(address);
        throw error;
      }
    },
  };
}

/** How somebody who tries is answered, rather than somebody who has an old link. */
const GUESSES: ReadonlySet<string> = new Set(['invitation-unknown', 'check-wrong', 'invitation-locked']);

function meRoute({ desk, studies }: ParticipantRouteParts): ParticipantRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/me',
    access: { participant: 'token' },
    operation: {
      operationId: 'getMe',
      summary: 'Who I am to the study, and what is next',
      answers: { 200: { description: 'What is done and due', schema: 'Me' } },
      problems: [],
    },
    async handle(_context, caller) {
      const known = studies.get(caller.study);
      if (known === undefined) throw unknownStudy();
      const me = await desk.store.transaction(async (tx) => {
        await forgetOldDrafts(tx, caller.study, desk.now().toISOString());
        return meOf(tx, known, caller, desk);
      });
      return Response.json(me);
    },
  };
}

function returnRoute({ desk }: ParticipantRouteParts): ParticipantRoute {
  return {
    method: 'PUT',
    path: '/studies/{study}/me/return',
    access: { participant: 'token' },
    operation: {
      operationId: 'putReturn',
      summary: 'Keep a new code for the way back',
      description: `In place of the one before, if that was not spent. It is good once, for ${INVITATION_DAYS} days.`,
      body: 'ReturnRequest',
      answers: { 204: { description: 'It is kept' } },
      problems: [...REQUEST_PROBLEMS, 'secret-in-use'],
    },
    async handle(context, caller) {
      const { json } = await readRequest(context, returnRequestSchema, LARGEST_REQUEST);
      await keepReturnCode(desk, caller, json.returnHash);
      return new Response(null, { status: 204 });
    },
  };
}

/** @throws Refusal `secret-in-use` */
async function keepReturnCode({ store, keys, now }: Desk, caller: SignedIn, codeHash: string): Promise<void> {
  const { study, participant, mode, site } = caller;
  const at = now().toISOString();
  await store.transaction(async (tx) => {
    await assertNotErased(tx, caller);
    const same = (await tx.invitationsByPrefix(study, prefixOf(codeHash))).find((row) => row.codeHash === codeHash);
    const isStanding = same?.spentAt === null && same.endedAt === null;
    // The answer was lost, and it comes again.
    if (isStanding && same.participant === participant && same.kind === 'return') return;
    const credentials = await tx.credentialsByPrefix(study, prefixOf(codeHash));
    if (same !== undefined || credentials.some((row) => row.hash === codeHash)) {
      throw new Refusal('secret-in-use', 'Make a new code and send its hash.');
    }
    const check = lastCheck(await tx.invitations(study, participant));
    await endCodes(tx, study, participant, at, ['return']);
    const code = { study, kind: 'return', mode, participant, site, codeHash, check } as const;
    await addCode(tx, { ...code, at, days: INVITATION_DAYS });
    const event = { study, chain: participantChain(participant), event: 'return-code-made', at, mode } as const;
    await recordEvent(tx, keys.current, { ...event, subjects: [participant] });
  });
}

const DRAFT_PATH = '/studies/{study}/me/drafts/{key}';

function getDraftRoute({ desk }: ParticipantRouteParts): ParticipantRoute {
  return {
    method: 'GET',
    path: DRAFT_PATH,
    access: { participant: 'token' },
    operation: {
      operationId: 'getDraft',
      summary: 'What I have typed and not sent',
      answers: { 200: { description: 'The draft', schema: 'Draft', headers: { ETag: 'Changes with the draft' } } },
      problems: ['no-draft', 'not-a-request'],
    },
    async handle(context, caller) {
      const place = placeOf(context, caller);
      const draft = await desk.store.transaction((tx) => draftAt(tx, place, desk.now().toISOString()));
      if (draft === undefined) throw new Refusal('no-draft', 'Start with an empty one.');
      return new Response(draft.body, { headers: { 'Content-Type': 'application/json', ETag: quoted(draft.etag) } });
    },
  };
}

function putDraftRoute({ desk }: ParticipantRouteParts): ParticipantRoute {
  return {
    method: 'PUT',
    path: DRAFT_PATH,
    access: { participant: 'token' },
    operation: {
      operationId: 'putDraft',
      summary: 'Keep what I have typed',
      description:
        'If what stands is what the caller has seen. What was written before, by the same words, is kept again.',
      headers: [
        { name: 'If-Match', required: false, description: 'The ETag that the caller has seen.' },
        { name: 'If-None-Match', required: false, description: '`*`, where the caller has seen none.' },
      ],
      body: 'Draft',
      answers: {
        200: { description: 'It is kept', headers: { ETag: 'The new one' } },
        201: { description: 'It is kept; there was none', headers: { ETag: 'The new one' } },
      },
      problems: [...REQUEST_PROBLEMS, 'wrong-study', 'precondition-missing', 'draft-changed', 'too-many-drafts'],
    },
    async handle(context, caller) {
      const place = placeOf(context, caller);
      const precondition = {
        ifMatch: context.req.header('if-match'),
        ifNoneMatch: context.req.header('if-none-match'),
      };
      assertConditional(precondition);
      const { text: body, json } = await readRequest(context, keptDraftSchema, LARGEST_DRAFT);
      if (json.study !== place.study) throw new Refusal('wrong-study', 'Keep it under the study that it names.');
      const now = desk.now().toISOString();
      const kept = await desk.store.transaction(async (tx) => {
        await assertNotErased(tx, caller);
        return keepDraft(tx, place, { body, precondition, now });
      });
      return new Response(null, { status: kept.created ? 201 : 200, headers: { ETag: quoted(kept.etag) } });
    },
  };
}

function deleteDraftRoute({ desk }: ParticipantRouteParts): ParticipantRoute {
  return {
    method: 'DELETE',
    path: DRAFT_PATH,
    access: { participant: 'token' },
    operation: {
      operationId: 'deleteDraft',
      summary: 'Forget what I have typed',
      answers: { 204: { description: 'There is none any more' } },
      problems: ['not-a-request'],
    },
    async handle(context, caller) {
      const { study, participant, key } = placeOf(context, caller);
      await desk.store.transaction((tx) => tx.dropDraft(study, participant, key));
      return new Response(null, { status: 204 });
    },
  };
}

/** Always among the caller's own. @throws Refusal `not-a-request` */
function placeOf(context: ReceiverContext, { study, participant }: SignedIn): Place {
  const key = context.req.param('key') ?? '';
  if (!v.is(draftKeySchema, key)) {
    const faults = [{ path: 'key', code: 'form' }];
    throw new Refusal('not-a-request', 'Name a draft by 1 to 64 lower-case letters, digits and hyphens.', { faults });
  }
  return { study, participant, key };
}
