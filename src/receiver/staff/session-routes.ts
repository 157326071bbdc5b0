import { seriesOf, seriesOfSession } from '../../study/session-events.ts';
import { unknownStudy } from '../allow-origins.ts';
import type { ReceiverContext } from '../app.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { StaffRoute } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import { joinGroup, PutUpError, putUp, takeDown } from '../sessions/put-up.ts';
import { recordStaffEvent, type StaffEvent } from '../sessions/record-event.ts';
import { planOf, sessionCourse } from '../sessions/session-course.ts';
import { AUDIENCES, type Audience, type PostingRow } from '../store/sessions-store.ts';
import type { StaffRow } from '../store/staff-store.ts';
import type { StoreTransaction } from '../store/store.ts';
import { present } from './pages.ts';
import type { StaffRouteParts } from './routes.ts';
import { groupSchema, newPostingSchema, staffEventSchema } from './session-schemas.ts';
import { isTheirs, unknownParticipant } from './their-participants.ts';
import { theirSessions } from './their-sessions.ts';

/**
 * What facilitators and coordinators do about sessions: attendance, times, recordings, slots, groups. All of it names arms by
 * what it is about, so it is for those alone who are not blinded; who is limited to sites or series does it for those.
 */

const ROLES = ['facilitator', 'coordinator'] as const;
const BODY_BYTES = 16 * 1024;

const PERSON = '/studies/{study}/participants/{participant}';
const POSTINGS = '/studies/{study}/staff/sessions/{audience}/{target}';

export function sessionStaffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [
    theirSessionsRoute(parts),
    eventRoute(parts),
    groupRoute(parts),
    postingsRoute(parts),
    putUpRoute(parts),
    takeDownRoute(parts),
  ];
}

function theirSessionsRoute({ store, studies, now }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: `${PERSON}/sessions`,
    access: { staff: ROLES },
    operation: {
      operationId: 'getTheirSessions',
      summary: 'A participant’s sessions, and everything that was said of them',
      description: 'Of series that the caller is limited to. What was written as homework is not here.',
      answers: { 200: { description: 'The plan and its events', schema: 'TheirSessions' } },
      problems: ['unknown-participant', 'not-recorded'],
    },
    async handle(context, caller) {
      const { study } = knownIn(studies, caller.study).current;
      return store.transaction(async (tx) => {
        const participant = await theirs(tx, context, caller);
        const row = await tx.participant(study.id, participant);
        const decided = await tx.decisions(study.id, participant);
        const course = row && (await sessionCourse(tx, study, row, { decided, now: now().toISOString() }));
        if (course === undefined) throw notRecorded('not-allocated');
        const group = (await tx.groupsOf(study.id, participant)).at(-1)?.name;
        return { body: theirSessions({ participant, group, course, plan: planOf(course), series: caller.series }) };
      });
    },
  };
}

function eventRoute({ studies, ...desk }: StaffRouteParts): StaffRoute {
  return {
    method: 'POST',
    path: `${PERSON}/session-events`,
    access: { staff: ROLES },
    operation: {
      operationId: 'postSessionEvent',
      summary: 'Say what happened at a session: attended, missed, cancelled, …',
      description:
        'One event of docs/schedule.md, as a facilitator’s word: it counts before the participant’s, and both stay. What says again what stands is answered with 204.',
      body: 'StaffEvent',
      answers: {
        201: { description: 'It is recorded', schema: 'Recorded' },
        204: { description: 'It stands already' },
      },
      problems: [...REQUEST_PROBLEMS, 'unknown-participant', 'not-recorded'],
    },
    async handle(context, caller) {
      const { study } = knownIn(studies, caller.study).current;
      await desk.store.transaction((tx) => theirs(tx, context, caller));
      const { json } = await readRequest(context, staffEventSchema, BODY_BYTES);
      const event = json as StaffEvent;
      if (!isOfTheirSeries(caller, seriesOf(event))) throw notRecorded('unknown-session');
      return desk.store.transaction(async (tx) => {
        const participant = await tx.participant(study.id, await theirs(tx, context, caller));
        if (participant === undefined) throw unknownParticipant();
        const word = { participant, event, staff: caller.id, at: desk.now().toISOString() };
        const result = await recordStaffEvent(tx, desk, study, word);
        if (result.outcome === 'refused') throw notRecorded(result.why);
        return result.outcome === 'stands' ? {} : { status: 201, body: { id: result.id } };
      });
    },
  };
}

function groupRoute({ studies, ...desk }: StaffRouteParts): StaffRoute {
  return {
    method: 'PUT',
    path: `${PERSON}/group`,
    access: { staff: ROLES },
    operation: {
      operationId: 'putGroup',
      summary: 'Say which group a participant is in from now on',
      description: 'Times that are put up for the group are theirs.',
      body: 'Group',
      answers: { 204: { description: 'They are in it' } },
      problems: [...REQUEST_PROBLEMS, 'unknown-participant', 'not-recorded'],
    },
    async handle(context, caller) {
      const { study } = knownIn(studies, caller.study).current;
      await desk.store.transaction((tx) => theirs(tx, context, caller));
      const { group: name } = (await readRequest(context, groupSchema, BODY_BYTES)).json;
      await desk.store.transaction(async (tx) => {
        const participant = await theirs(tx, context, caller);
        const saying = { staff: caller.id, at: desk.now().toISOString() };
        await orRefused(() => joinGroup(tx, desk, study, { participant, name }, saying));
      });
      return {};
    },
  };
}

function postingsRoute({ store, mode }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: POSTINGS,
    access: { staff: ROLES },
    operation: {
      operationId: 'getPostings',
      summary: 'What was put up for a participant, a group, a site or a whole series',
      description: 'The oldest first, with what was taken down.',
      answers: { 200: { description: 'All of it', schema: 'Postings' } },
      problems: ['unknown-audience'],
    },
    handle: (context, caller) =>
      store.transaction(async (tx) => {
        const { audience, target } = await concerned(tx, context, caller, mode);
        const rows = await tx.postings(caller.study, mode, audience, target);
        return { body: { postings: rows.filter(({ series }) => isOfTheirSeries(caller, series)).map(shown) } };
      }),
  };
}

function shown(row: PostingRow): Record<string, string | number | boolean> {
  const { id, kind, audience, target, series, session, seats, taken, postedAt } = row;
  const { startsAt, minutes, place, link, leader, reason, endedAt } = row;
  const known = present({ startsAt, minutes, place, link, leader, reason: reason || null, seats, endedAt });
  return { id, kind, audience, target, about: session ?? series, ...known, ...(seats !== null && { taken }), postedAt };
}

function putUpRoute({ studies, ...desk }: StaffRouteParts): StaffRoute {
  return {
    method: 'POST',
    path: POSTINGS,
    access: { staff: ROLES },
    operation: {
      operationId: 'postPosting',
      summary: 'Put up a session’s time, that it is cancelled, its recording, or a slot',
      description:
        '`audience` is participant, group, site or series. The narrowest audience counts, in it what was put up last; a recording for one participant is a make-up link.',
      body: 'NewPosting',
      answers: { 201: { description: 'It is put up', schema: 'Recorded' } },
      problems: [...REQUEST_PROBLEMS, 'unknown-audience', 'not-recorded'],
    },
    async handle(context, caller) {
      const { study } = knownIn(studies, caller.study).current;
      await desk.store.transaction((tx) => concerned(tx, context, caller, desk.mode));
      const { json } = await readRequest(context, newPostingSchema, BODY_BYTES);
      if (!isOfTheirSeries(caller, seriesOfSession(json.about)) && !isOfTheirSeries(caller, json.about)) {
        throw notRecorded('unknown-session');
      }
      return desk.store.transaction(async (tx) => {
        const posting = { ...json, ...(await concerned(tx, context, caller, desk.mode)) };
        const saying = { staff: caller.id, at: desk.now().toISOString() };
        const id = await orRefused(() => putUp(tx, desk, study, posting, saying));
        return { status: 201, body: { id } };
      });
    },
  };
}

function takeDownRoute({ store, mode, keys, now }: StaffRouteParts): StaffRoute {
  return {
    method: 'DELETE',
    path: `${POSTINGS}/{posting}`,
    access: { staff: ROLES },
    operation: {
      operationId: 'deletePosting',
      summary: 'Take down what was put up',
      description: 'Who has a slot keeps its time; a time that was put up before it counts again.',
      answers: { 204: { description: 'It counts no more' } },
      problems: ['unknown-audience', 'unknown-posting'],
    },
    handle: (context, caller) =>
      store.transaction(async (tx) => {
        const { audience, target } = await concerned(tx, context, caller, mode);
        const row = await tx.posting(caller.study, context.req.param('posting') ?? '');
        const isIt = row?.audience === audience && row.target === target && isOfTheirSeries(caller, row.series);
        if (row === undefined || !isIt) {
          throw new Refusal('unknown-posting', 'Check the id in the address: GET has what is put up.');
        }
        await takeDown(tx, { keys, mode }, row, { staff: caller.id, at: now().toISOString() });
        return {};
      }),
  };
}

/** Whom the address is about, if that is the caller's to say. @throws Refusal `unknown-participant` */
async function theirs(tx: StoreTransaction, context: ReceiverContext, caller: StaffRow): Promise<string> {
  const participant = context.req.param('participant') ?? '';
  const isThere = (await tx.participant(caller.study, participant)) !== undefined;
  if (!isThere || !(await isTheirs(tx, caller, participant))) throw unknownParticipant();
  return participant;
}

/**
 * The audience in the address, if it is the caller's. Who is limited to sites has groups of people of those alone, and
 * nothing that is for everybody.
 *
 * @throws Refusal `unknown-audience`
 */
async function concerned(
  tx: StoreTransaction,
  context: ReceiverContext,
  caller: StaffRow,
  mode: PostingRow['mode'],
): Promise<{ readonly audience: Audience; readonly target: string }> {
  const named = context.req.param('audience');
  const target = context.req.param('target') ?? '';
  const audience = AUDIENCES.find((one) => one === named);
  if (audience !== undefined && (await isFor(tx, caller, { audience, target, mode }))) return { audience, target };
  const fix = 'Name a participant, group, site or series that is yours, as in staff/sessions/group/tuesdays.';
  throw new Refusal('unknown-audience', fix);
}

async function isFor(
  tx: StoreTransaction,
  caller: StaffRow,
  {
    audience,
    target,
    mode,
  }: { readonly audience: Audience; readonly target: string; readonly mode: PostingRow['mode'] },
): Promise<boolean> {
  const { study, sites } = caller;
  switch (audience) {
    case 'participant':
      return (await tx.participant(study, target)) !== undefined && isTheirs(tx, caller, target);
    case 'site':
      return sites === null || sites.includes(target);
    case 'series':
      return sites === null && isOfTheirSeries(caller, target);
    case 'group': {
      if (sites === null) return true;
      const members = await tx.groupMembers(study, mode, target);
      for (const member of members) if (!(await isTheirs(tx, caller, member))) return false;
      return members.length > 0;
    }
  }
}

function isOfTheirSeries({ series }: StaffRow, wanted: string | undefined): boolean {
  return series === null || (wanted !== undefined && series.includes(wanted));
}

/** @param code what does not fit, as docs/schedule.md and docs/endpoint.md name it */
function notRecorded(code: string, detail = 'Nothing was recorded: "problems" says what does not fit.'): Refusal {
  return new Refusal('not-recorded', detail, { faults: [{ path: '', code }] });
}

async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PutUpError) throw notRecorded(error.code);
    throw error;
  }
}

/** @throws Refusal `unknown-study` */
function knownIn(studies: ReadonlyMap<string, KnownStudy>, id: string): KnownStudy {
  const known = studies.get(id);
  if (known === undefined) throw unknownStudy();
  return known;
}
