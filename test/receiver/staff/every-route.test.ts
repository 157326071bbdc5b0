import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createApp } from '../../../src/receiver/app.ts';
import { SILENT } from '../../../src/receiver/log.ts';
import type { StaffRoute } from '../../../src/receiver/route.ts';
import { BLINDED, isAboutArms } from '../../../src/receiver/staff/blinding.ts';
import { STAFF_ROLES, type StaffRole } from '../../../src/receiver/staff/role.ts';
import { revokeStaff } from '../../../src/receiver/staff/staff-tokens.ts';
import type { StaffRow } from '../../../src/receiver/store/staff-store.ts';
import type { Asked } from '../../support/receiver.ts';
import { openStaffOffice, type Person, type StaffOffice } from '../../support/staff-office.ts';

/**
 * Every operation against everybody who might call it. What is expected is read from the description that the receiver
 * serves, and from nothing else: an operation that names nobody there, or is served to others than it names, fails.
 */

type Requirement = Readonly<Record<string, readonly string[]>>;

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly security: readonly Requirement[];
  readonly bodySchema: string | undefined;
}

interface Document {
  readonly paths: Record<string, Record<string, Record<string, unknown>>>;
  readonly components: { readonly securitySchemes: Record<string, { type: string; scheme: string }> };
}

/** Open to anyone on purpose. Whoever adds an operation without `security` puts its name here, or gives it some. */
const OPEN: readonly string[] = [
  'getStudy',
  'getHealth',
  'getOpenApi',
  'getRecordKeys',
  'getInstrument',
  'postParticipant',
  'postSubmission',
  'getParticipantPage',
  'getFrame',
  'getEmbedFile',
  'getEmbedChunk',
  'getCalendar',
  'getLink',
  'postLinkOpened',
  'getLinkPage',
];
/** Where the endpoint's own pages would be: they are to be described, not found. */
const PAGES = { embedDir: import.meta.dirname };

/** Something that may be asked, by the body's schema; otherwise an empty object, which is refused after sign-in. */
const BODIES: Readonly<Record<string, unknown>> = {
  Resolution: { note: 'Looked at it.' },
  Ruling: { ruling: 'keep-out', reason: 'Never signed.' },
  CalendarRequest: { language: 'en' },
  StaffEvent: { event: 'attended', session: 'groups-1' },
  NewPosting: { kind: 'recording', about: 'groups-1', link: 'https://example.org/1' },
  Group: { group: 'tuesdays' },
  NewLink: { channel: 'poster', language: 'en', site: 'south' },
  ErasureRequest: { reason: 'Asked for.' },
  RecruitmentChange: { state: 'paused', site: 'south' },
};

/** Who calls: with what, and as what the description knows them, if as anything in this study. */
interface Caller {
  readonly name: string;
  readonly authorization: (cast: Cast) => string | undefined;
  readonly scheme?: 'participant' | 'writeKey' | 'staff';
  readonly role?: StaffRole;
}

/** Everybody in one office, made anew for each operation. */
interface Cast {
  readonly office: StaffOffice;
  readonly person: Person;
  readonly stranger: Person;
  readonly flag: string;
  readonly event: string;
  /** A link of a recruiter's who sees all sites. */
  readonly link: string;
  /** What the person has signed, by its submission. */
  readonly signed: string;
  /** A questionnaire of theirs that is kept apart, by its submission. */
  readonly apart: string;
  /** By role and manner. */
  readonly tokens: ReadonlyMap<string, string>;
}

const MANNERS = ['here', 'of another study', 'of another site', 'expired', 'revoked'] as const;

async function openCast(): Promise<Cast> {
  const office = await openStaffOffice(PAGES);
  const { store, keys, clock } = office;
  const person = await office.enrol('north');
  const stranger = await office.enrol('north', 'home');
  const flag = await office.raise(person.id);
  const event = await office.queue('north');
  const signed = await office.sign(person);
  const apart = await office.keepApart(person);
  const recruiter = await office.hire('recruiter');
  const link = await office.link(recruiter.token, { site: 'north' });
  const tokens = new Map<string, string>();
  for (const role of STAFF_ROLES) {
    tokens.set(`${role} here`, (await office.hire(role)).token);
    tokens.set(`${role} of another study`, (await office.hire(role, { study: 'home' })).token);
    tokens.set(`${role} of another site`, (await office.hire(role, { sites: ['south'] })).token);
    const ended = await office.hire(role);
    tokens.set(`${role} revoked`, ended.token);
    await revokeStaff({ store, keys }, 'ward', ended.id);
    tokens.set(`${role} expired`, (await office.hire(role, { days: 1 })).token);
  }
  clock.now = new Date(Date.parse(clock.now) + 24 * 60 * 60 * 1000).toISOString();
  return { office, person, stranger, flag, event, link, signed, apart, tokens };
}

const bearer = (secret: string | undefined): string => `Bearer ${secret ?? assert.fail('nobody of that name')}`;

const CALLERS: readonly Caller[] = [
  { name: 'nobody', authorization: () => undefined },
  { name: 'a token that was never given', authorization: () => `Bearer steady-staff-${'a'.repeat(43)}` },
  { name: 'a password', authorization: () => 'Basic YW5hOnBhc3N3b3Jk' },
  { name: 'a participant', authorization: ({ person }) => bearer(person.token), scheme: 'participant' },
  { name: 'a participant’s write key', authorization: ({ person }) => bearer(person.writeKey), scheme: 'writeKey' },
  { name: 'a participant of another study', authorization: ({ stranger }) => bearer(stranger.token) },
  { name: 'a write key of another study', authorization: ({ stranger }) => bearer(stranger.writeKey) },
  ...STAFF_ROLES.flatMap((role) =>
    MANNERS.map((manner): Caller => {
      const authorization = ({ tokens }: Cast) => bearer(tokens.get(`${role} ${manner}`));
      const good = manner === 'here' || manner === 'of another site';
      return { name: `a ${role} ${manner}`, authorization, ...(good && { scheme: 'staff' as const, role }) };
    }),
  ),
];

/** `served`: whatever it answers, it is not that somebody else should ask. */
type Expected = 'served' | 401 | 403;

function expected({ security }: Operation, { scheme, role, name }: Caller): Expected {
  if (security.length === 0) return 'served';
  if (name === 'nobody') return security.some((one) => Object.keys(one).length === 0) ? 'served' : 401;
  const named = security.find((one) => scheme !== undefined && scheme in one);
  if (scheme === undefined || named === undefined) return 401;
  return scheme !== 'staff' || (role !== undefined && named.staff?.includes(role)) ? 'served' : 403;
}

function ask(
  { office, person, flag, link, signed, apart }: Cast,
  operation: Operation,
  authorization?: string,
): Promise<Asked> {
  const values: Readonly<Record<string, string>> = {
    study: 'ward',
    participant: person.id,
    id: flag,
    submission: operation.path.includes('kept-apart') ? apart : signed,
    instrument: 'none',
    code: link,
    key: 'screening',
    element: 'none',
    file: 'none.js',
    ...{ appointment: 'groups-1.ics', feed: `${'a'.repeat(43)}.ics` },
    ...{ audience: 'participant', target: person.id, posting: flag },
  };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? assert.fail(`which ${name}?`));
  const body = operation.bodySchema === undefined ? undefined : JSON.stringify(BODIES[operation.bodySchema] ?? {});
  return office.ask(path, {
    method: operation.method,
    headers: {
      ...(authorization !== undefined && { Authorization: authorization }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
}

const office = await openStaffOffice(PAGES);
const document: Document = JSON.parse((await office.ask('/openapi.json')).body);
await office.receiver.close();

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]): Operation => {
    const reference = /"requestBody":.*?"\$ref":"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(described));
    const { operationId, security } = described as { operationId: string; security: readonly Requirement[] };
    return { method: method.toUpperCase(), path, operationId, security, bodySchema: reference?.[1] };
  }),
);

describe('the description', () => {
  it('says of every operation who may call it', () => {
    assert.ok(operations.length > 10);
    for (const { operationId, security } of operations) {
      assert.ok(Array.isArray(security), `${operationId} says nothing`);
      for (const one of security.flatMap((requirement: Requirement) => Object.entries(requirement))) {
        const [scheme, roles] = one;
        const { type, scheme: kind } = document.components.securitySchemes[scheme] ?? assert.fail(scheme);
        assert.deepEqual([type, kind], ['http', 'bearer']);
        assert.equal(roles.length > 0, scheme === 'staff', `${operationId}: ${one}`);
        assert.ok(
          roles.every((role) => (STAFF_ROLES as readonly string[]).includes(role)),
          `${operationId}: ${roles}`,
        );
      }
    }
  });

  it('leaves open to anyone only what is meant to be', () => {
    const open = operations.filter(
      ({ security }) => security.length === 0 || security.some((one) => Object.keys(one).length === 0),
    );
    assert.deepEqual(
      open.map(({ operationId }) => operationId).filter((id) => !OPEN.includes(id)),
      [],
    );
  });
});

for (const operation of operations) {
  describe(`${operation.method} ${operation.path}`, () => {
    let cast: Cast;
    before(async () => {
      cast = await openCast();
    });
    after(() => cast.office.receiver.close());

    for (const caller of CALLERS) {
      const wanted = expected(operation, caller);
      it(`${caller.name}: ${wanted}`, async () => {
        const { status, body, headers } = await ask(cast, operation, caller.authorization(cast));
        assert.ok(status < 500, body);
        if (wanted === 'served') assert.ok(status !== 401 && status !== 403, `${status} ${body}`);
        else assert.equal(status, wanted, body);
        if (status === 401) assert.match(headers.get('www-authenticate') ?? '', /^Bearer/);
        if (status >= 400) assert.ok(!body.includes(cast.person.id), 'a refusal tells nobody’s id');
      });
    }

    for (const role of rolesOf(operation)) {
      it(`shows a ${role} of another site nothing of this one, and does nothing there`, async () => {
        const { status, body } = await ask(cast, operation, bearer(cast.tokens.get(`${role} of another site`)));
        for (const id of [cast.person.id, cast.flag, cast.event, cast.signed, cast.apart, cast.link])
          assert.ok(!body.includes(id), body);
        const aboutOne = /\{(?!study\})/.test(operation.path);
        assert.equal(status >= 400, aboutOne, `${status} ${body}`);
        if (aboutOne) assert.equal(status, 404, body);
      });

      if (BLINDED.includes(role)) {
        it(`tells a ${role} nothing about arms`, async () => {
          const { body } = await ask(cast, operation, bearer(cast.tokens.get(`${role} here`)));
          assert.deepEqual(body === '' ? [] : namesIn(JSON.parse(body)).filter(isAboutArms), []);
        });
      }
    }
  });
}

function rolesOf({ security }: Operation): StaffRole[] {
  const named = security.flatMap(({ staff = [] }) => staff);
  return STAFF_ROLES.filter((role) => named.includes(role));
}

/** Every member's name, however deep. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(namesIn)];
}

describe('a staff operation that would tell everybody about arms', () => {
  const route: StaffRoute = {
    method: 'GET',
    path: '/studies/{study}/everything',
    access: { staff: STAFF_ROLES },
    operation: { operationId: 'getEverything', summary: 'All there is', answers: {}, problems: [] },
    handle: async () => ({
      body: { id: 'p-1', arm: 'b', more: [{ allocation: { arm: 'b' }, series: ['groups'], day: 1 }] },
    }),
  };
  const answerTo = async (role: StaffRole): Promise<unknown> => {
    const gate = { participant: () => assert.fail(), staff: async () => ({ role }) as StaffRow };
    const app = createApp([route], gate, new Map([['ward', []]]), SILENT);
    const headers = { Authorization: 'Bearer some' };
    return (await app.request('http://receiver.test/studies/ward/everything', { headers })).json();
  };

  for (const role of STAFF_ROLES) {
    it(`does not get through to those who are blinded: ${role}`, async () => {
      const blinded = { id: 'p-1', more: [{ day: 1 }] };
      const all = { id: 'p-1', arm: 'b', more: [{ allocation: { arm: 'b' }, series: ['groups'], day: 1 }] };
      assert.deepEqual(await answerTo(role), BLINDED.includes(role) ? blinded : all);
    });
  }
});
