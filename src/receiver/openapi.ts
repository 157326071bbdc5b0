import { toJsonSchema as jsonSchemaOf } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { consentRecordSchema } from '../consent/record.ts';
import { instrumentSchema } from '../instruments/schema.ts';
import { screeningStudySchema } from '../study/study-file.ts';
import {
  calendarFeedSchema,
  calendarRequestSchema,
  checkWrongSchema,
  enrolmentRequestSchema,
  enrolmentSchema,
  keptDraftSchema,
  meSchema,
  myScoresSchema,
  returnRequestSchema,
} from '../submission/participation.ts';
import { problemDetailsSchema, receiptSchema } from '../submission/receipt.ts';
import { publicJwkSchema } from './consent/public-key.ts';
import { erasureSchema } from './erasure/erase-participant.ts';
import { receivedSubmissionSchema } from './parse-submission.ts';
import { PROBLEMS, type ProblemName, problemType } from './refusal.ts';
import { type Access, accessProblems, type Operation, type Route, type SchemaName } from './route.ts';
import {
  againSchema,
  decisionsSchema,
  dueSchema,
  erasureRequestSchema,
  flagsSchema,
  funnelSchema,
  invitationSchema,
  keptApartSchema,
  linkSchema,
  linkStateSchema,
  linksSchema,
  newLinkSchema,
  participantsSchema,
  recruitmentChangeSchema,
  recruitmentSchema,
  resolutionSchema,
  rulingSchema,
  staffSchema,
  webhookEventsSchema,
} from './staff/schemas.ts';
import {
  groupSchema,
  newPostingSchema,
  postingsSchema,
  recordedSchema,
  staffEventSchema,
  theirSessionsSchema,
} from './staff/session-schemas.ts';

/** The OpenAPI 3.1 description, made from the schemas that read the requests and from the table that serves them. */

type Json = Record<string, unknown>;

const SCHEMAS: Readonly<Record<SchemaName, v.GenericSchema>> = {
  Submission: receivedSubmissionSchema,
  Receipt: receiptSchema,
  Problem: v.object({
    ...problemDetailsSchema.entries,
    ...v.partial(checkWrongSchema).entries,
    problems: v.optional(v.array(v.object({ path: v.string(), code: v.string(), row: v.optional(v.string()) }))),
  }),
  Study: screeningStudySchema,
  Health: v.object({ status: v.literal('ok'), mode: v.picklist(['live', 'test']) }),
  OpenApi: v.object({ openapi: v.string() }),
  EnrolmentRequest: enrolmentRequestSchema,
  Enrolment: enrolmentSchema,
  Me: meSchema,
  ReturnRequest: returnRequestSchema,
  Draft: keptDraftSchema,
  Staff: staffSchema,
  Participants: participantsSchema,
  Flags: flagsSchema,
  Resolution: resolutionSchema,
  WebhookEvents: webhookEventsSchema,
  Decisions: decisionsSchema,
  ConsentRecord: consentRecordSchema,
  RecordKeys: v.object({
    keys: v.array(
      v.object({ ...publicJwkSchema.entries, kid: v.string(), use: v.literal('sig'), alg: v.literal('EdDSA') }),
    ),
  }),
  Instrument: v.object({
    ...instrumentSchema.entries,
    siteText: v.optional(v.object({ licence: v.string(), version: v.string() })),
  }),
  MyScores: myScoresSchema,
  Due: dueSchema,
  KeptApart: keptApartSchema,
  Ruling: rulingSchema,
  CalendarRequest: calendarRequestSchema,
  CalendarFeed: calendarFeedSchema,
  StaffEvent: staffEventSchema,
  Recorded: recordedSchema,
  NewPosting: newPostingSchema,
  Postings: postingsSchema,
  Group: groupSchema,
  TheirSessions: theirSessionsSchema,
  Funnel: funnelSchema,
  ErasureRequest: erasureRequestSchema,
  Erasure: erasureSchema,
  Links: linksSchema,
  Link: linkSchema,
  NewLink: newLinkSchema,
  LinkState: linkStateSchema,
  Recruitment: recruitmentSchema,
  RecruitmentChange: recruitmentChangeSchema,
  InvitationAgain: againSchema,
  Invitation: invitationSchema,
};

const SECURITY_SCHEMES: Json = {
  participant: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token that a participant’s browser made at enrolment. It is taken wherever a write key is.',
  },
  writeKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'Derived from the token: it can hand in submissions and read nothing.',
  },
  staff: {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of `steady staff add`, for one study and one role. Each operation names the roles it is for.',
  },
};

/** The version of the contract, not of the kit. */
const CONTRACT = '1.0.0';

export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const { method, path, operation, access } of routes) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(path, operation, access) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Steady endpoint',
      version: CONTRACT,
      description: 'Where the kit’s elements send what participants give. Any server that speaks this is an endpoint.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    // Relative to this document, wherever the receiver is mounted.
    servers: [{ url: '.' }],
    paths,
    components: { schemas: schemas(), securitySchemes: SECURITY_SCHEMES },
  };
}

function describe(path: string, operation: Operation, access: Access): Json {
  const { operationId, summary, description, headers = [], query = [], body, answers, problems } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = query.map((one) => ({ ...one, in: 'query', required: false, schema: { type: 'string' } }));
  const inHeaders = headers.map((header) => ({ ...header, in: 'header', schema: { type: 'string' } }));
  const parameters = [...inPath, ...inQuery, ...inHeaders];
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { required: true, content: json('application/json', body) } }),
    responses: {
      ...described(answers),
      ...refused([...new Set([...problems, ...accessProblems(access), 'internal' as const])]),
    },
    security: securityOf(access),
  };
}

/** Who may call, as OpenAPI has it: any one of the list's members; for staff, with one of the roles named. */
function securityOf(access: Access): Json[] {
  if (access === 'public') return [];
  if (access === 'public-or-participant') return [{}, { writeKey: [] }, { participant: [] }];
  if ('staff' in access) return [{ staff: access.staff }];
  return access.participant === 'token' ? [{ participant: [] }] : [{ writeKey: [] }, { participant: [] }];
}

function described(answers: Operation['answers']): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, mediaType, headers = {} }]) => [
      status,
      {
        description,
        ...(Object.keys(headers).length > 0 && { headers: headerObjects(headers) }),
        ...(schema !== undefined && { content: json('application/json', schema) }),
        ...(mediaType !== undefined && { content: { [mediaType]: { schema: { type: 'string' } } } }),
      },
    ]),
  );
}

function headerObjects(headers: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

function refused(names: readonly ProblemName[]): Json {
  const byStatus = Map.groupBy(names, (name) => PROBLEMS[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((name) => `\`${problemType(name)}\`: ${PROBLEMS[name].title}.`).join('\n\n'),
        content: json('application/problem+json', 'Problem'),
      },
    ]),
  );
}

function json(type: string, schema: SchemaName): Json {
  return { [type]: { schema: { $ref: reference(schema) } } };
}

function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

function schemas(): Json {
  const all = Object.entries(SCHEMAS).flatMap(([name, schema]) => hoist(name, toJsonSchema(schema)));
  return Object.fromEntries(all);
}

function toJsonSchema(schema: v.GenericSchema): Json {
  return { ...jsonSchemaOf(schema, { typeMode: 'input', target: 'draft-2020-12', errorMode: 'ignore' }) };
}

/** A schema's own definitions become components beside it: in this document `#/$defs/...` would lead nowhere. */
function hoist(name: string, { $schema: _, $defs, ...schema }: Json): [string, unknown][] {
  const renamed = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replaceAll(/"#\/\$defs\/([^"]+)"/g, (_match, inner: string) =>
        JSON.stringify(reference(`${name}.${inner}`)),
      ),
    );
  const definitions = typeof $defs === 'object' && $defs !== null ? Object.entries($defs) : [];
  return [
    [name, renamed(schema)],
    ...definitions.map(([inner, definition]): [string, unknown] => [`${name}.${inner}`, renamed(definition)]),
  ];
}
