/**
 * A real receiver on the test runner's own server, for tests in a browser: one for each key, over a database in memory,
 * at a time that the test says. The page's side is test/support/browser/real-receiver.ts.
 *
 * - `PUT /real/<key>/open` `{ changes }`: of the example study with a consent, or with `asks` questionnaires. Again: the same
 *   database, another study file
 * - `PUT /real/<key>/sessions`: in its place, the example with sessions; then also
 * - `PUT /real/<key>/join` `{ arm }`: somebody who has signed and answered, in this arm
 * - `PUT /real/<key>/record` `{ participant, event }`: a facilitator says it
 * - `PUT /real/<key>/put-up` `{ audience, target, posting }`: a coordinator puts it up
 * - `GET /real/<key>/told?participant=`: their sessions, as they are told them
 * - `PUT /real/<key>/clock` `{ now }`
 * - `PUT /real/<key>/trouble` `{ status }`: what submissions are answered with, before they are received; null: nothing
 * - `PUT /real/<key>/invite`: a code, and whose it is
 * - `PUT /real/<key>/hire` `{ role, sites }`: a token for somebody on the staff
 * - `PUT /real/<key>/decline` `{ token }`: whoever has this token declines
 * - `PUT /real/<key>/sign` `{ token }`: whoever has this token signs
 * - `GET /real/<key>/decisions?participant=`: what the database has of them
 * - `GET /real/<key>/answers?participant=`: what the database has of their questionnaires, scores and flags
 * - `GET /real/<key>/receiver/...`: the receiver
 */
import type { Context, Middleware } from '@web/dev-server-core';
import { addStaff } from '../../src/receiver/staff/staff-tokens.ts';
import { exampleWithConsent, laterVersion } from './consent.ts';
import type { ConsentOffice } from './consent-office.ts';
import { documentIn, officeFor, restarted, STUDY, signs, unsigned } from './consent-office.ts';
import { inviteOne, postAs } from './participants.ts';
import { calmFile, exampleWithQuestionnaires, type Joined } from './questionnaire-office.ts';
import { openSessionOffice, type SessionOffice } from './session-office.ts';
import type { Changes } from './studies.ts';

interface Desk {
  office: ConsentOffice;
  trouble: number | null;
  /** Where the study has sessions. */
  readonly sessions?: SessionOffice;
  readonly people: Map<string, Joined>;
  /** How often it was opened. */
  readonly times: number;
}

/** What a test may ask for of the study, as data. */
export interface Opening {
  readonly changes?: Changes;
  /** The example study with questionnaires, and its site's own instrument. */
  readonly asks?: boolean;
  /** Its Spanish stands in for Arabic, which reads from right to left. */
  readonly turned?: boolean;
  /** Further versions of the document. */
  readonly later?: readonly (readonly [number: string, effective: string, more?: Readonly<Record<string, unknown>>])[];
  /** Whether it has its screening, to which links lead. */
  readonly screening?: boolean;
}

export function realReceiver(): Middleware {
  const desks = new Map<string, Desk>();
  return async (context, next) => {
    const [, key, rest] = /^\/real\/([^/]+)\/(.*)$/.exec(context.path) ?? [];
    if (key === undefined || rest === undefined) return next();
    const body = await bodyOf(context);
    const desk = desks.get(key);
    if (rest === 'open') {
      const times = (desk?.times ?? 0) + 1;
      // A file with other content has another version.
      const opening: Opening = JSON.parse(body.toString());
      const study = studyOf(opening, `1.${times}.0`);
      const brought = opening.asks === true ? { items: { [STUDY]: [calmFile()] } } : {};
      const office =
        desk === undefined
          ? await officeFor(study, brought)
          : await restarted(desk.office, study, { ...brought, ...nowOf(desk) });
      if (desk !== undefined) office.clock.now = desk.office.clock.now;
      desks.set(key, { office, trouble: null, times, people: new Map() });
      context.status = 204;
    } else if (rest === 'sessions') {
      const sessions = await openSessionOffice();
      desks.set(key, { office: sessions, sessions, trouble: null, times: 1, people: new Map() });
      context.status = 204;
    } else if (desk === undefined) {
      context.status = 404;
    } else if (rest.startsWith('receiver/')) {
      await pass(context, rest.slice('receiver'.length), body, desk);
    } else {
      context.body = (await command(desk, rest, body, context)) ?? null;
    }
  };
}

/** A receiver that starts again goes on with its clock. */
const nowOf = ({ office }: Desk) => ({ now: () => new Date(office.clock.now) });

function studyOf(
  { asks, changes = {}, later = [], screening = false, turned = false }: Opening,
  version: string,
): ReturnType<typeof exampleWithConsent> {
  if (asks) {
    const asking = exampleWithQuestionnaires({ version, ...changes });
    return turned ? JSON.parse(JSON.stringify(asking).replaceAll('"es"', '"ar"')) : asking;
  }
  const study = exampleWithConsent({ version, ...changes });
  // Whoever is invited goes straight to the document.
  if (!screening) delete study.screening;
  const { versions } = study.consent as { versions: unknown[] };
  versions.push(...later.map(([number, effective, more]) => laterVersion(number, effective, more as never)));
  return study;
}

async function command(desk: Desk, name: string, body: Buffer, context: Context): Promise<unknown> {
  const { office } = desk;
  const study = office.source.id;
  switch (name) {
    case 'clock':
      office.clock.now = JSON.parse(body.toString()).now;
      return undefined;
    case 'trouble':
      desk.trouble = JSON.parse(body.toString()).status;
      return undefined;
    case 'invite':
      return inviteOne(office, { study });
    case 'hire': {
      const { role, sites = [] } = JSON.parse(body.toString());
      const { store, keys } = office;
      const asked = { study, role, sites, name: 'Ana Ruiz', series: [], days: 30 };
      const { token } = await addStaff({ store, keys, ...nowOf(desk) }, asked);
      return { token };
    }
    case 'decline':
      return void (await postAs(
        office,
        JSON.parse(body.toString()).token,
        await unsigned(documentIn(office), 'declined'),
      ));
    case 'sign':
      return void (await signs(office, JSON.parse(body.toString()), { studyVersion: `1.${desk.times}.0` }));
    case 'answers':
      return answersOf(office, String(context.query.participant));
    case 'join': {
      const person = await sessionsOf(desk).inArm(JSON.parse(body.toString()).arm);
      desk.people.set(person.id, person);
      return { participant: person.id, token: person.device.token, writeKey: person.device.writeKey };
    }
    case 'record': {
      const { participant, event } = JSON.parse(body.toString());
      return sessionsOf(desk).record({ id: participant }, event);
    }
    case 'put-up': {
      const { audience, target, posting } = JSON.parse(body.toString());
      return sessionsOf(desk).putUp(audience, target, posting);
    }
    case 'told': {
      const person = desk.people.get(String(context.query.participant));
      return person && sessionsOf(desk).told(person);
    }
    case 'decisions':
      return office.store.transaction((tx) => tx.decisions(study, String(context.query.participant)));
    default:
      throw new TypeError(`The real receiver knows no ${name}.`);
  }
}

async function answersOf({ source: { id: study }, store }: ConsentOffice, participant: string): Promise<unknown> {
  return store.transaction(async (tx) => {
    const rows = await tx.questionnaires(study, participant);
    const bodies = await Promise.all(rows.map(({ submission }) => tx.submission(study, submission)));
    const sittings = rows.map((row, index) => ({ ...row, body: bodies[index]?.body }));
    return { sittings, scores: await tx.scoresOfParticipant(study, participant) };
  });
}

function sessionsOf({ sessions }: Desk): SessionOffice {
  if (sessions === undefined) throw new TypeError('This receiver was not opened with sessions.');
  return sessions;
}

async function pass(context: Context, path: string, body: Buffer, { office, trouble }: Desk): Promise<void> {
  if (trouble !== null && context.method === 'POST' && path.endsWith('/submissions')) {
    context.status = trouble;
    context.body = '';
    return;
  }
  const headers = new Headers(Object.entries(context.headers).map(([name, value]) => [name, String(value)]));
  const request = new Request(new URL(path + context.search, 'http://receiver.test'), {
    method: context.method,
    headers,
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const response = await office.receiver.fetch(request, { incoming: { socket: { remoteAddress: '192.0.2.1' } } });
  context.status = response.status;
  for (const [name, value] of response.headers) context.set(name, value);
  context.body = Buffer.from(await response.arrayBuffer());
}

async function bodyOf(context: Context): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of context.req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
