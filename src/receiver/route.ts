import type { ReceiverContext } from './app.ts';
import type { SignedIn } from './participants/sign-in.ts';
import type { ProblemName } from './refusal.ts';
import type { StaffAnswer } from './staff/answer.ts';
import type { StaffRole } from './staff/role.ts';
import type { StaffRow } from './store/staff-store.ts';

/**
 * One operation of the endpoint contract: how it is described, who may call it and how it is served stand together, so
 * that openapi.json and the app are built from the same table.
 */
export type Route = PublicRoute | OptionalRoute | ParticipantRoute | StaffRoute;

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As OpenAPI writes it: `/studies/{study}`. */
  readonly path: string;
  readonly operation: Operation;
}

type Answered = Response | Promise<Response>;

/** Anyone may call it; credentials are not looked at. */
export interface PublicRoute extends Described {
  readonly access: 'public';
  handle(context: ReceiverContext): Answered;
}

/** Anyone may call it. Who brings a participant's token or write key is known; a bad one is refused. */
export interface OptionalRoute extends Described {
  readonly access: 'public-or-participant';
  handle(context: ReceiverContext, caller: SignedIn | undefined): Answered;
}

export interface ParticipantRoute extends Described {
  /** A token is taken wherever a write key is. */
  readonly access: { readonly participant: 'token' | 'write-key' };
  handle(context: ReceiverContext, caller: SignedIn): Answered;
}

export interface StaffRoute extends Described {
  readonly access: { readonly staff: readonly StaffRole[] };
  /** Answers with data, which loses on its way out what the caller's role must not know. */
  handle(context: ReceiverContext, caller: StaffRow): Promise<StaffAnswer>;
}

/** Who may call an operation. There is no default. */
export type Access = Route['access'];

/** How a caller without leave is refused, by who has it: part of every such operation's problems. */
export function accessProblems(access: Access): readonly ProblemName[] {
  if (access === 'public') return [];
  const signIn = ['unknown-study', 'not-signed-in', 'token-expired', 'too-many-requests', 'store-busy'] as const;
  return typeof access === 'object' && 'staff' in access ? [...signIn, 'role-not-allowed'] : signIn;
}

export type SchemaName =
  | 'Submission'
  | 'Receipt'
  | 'Problem'
  | 'Study'
  | 'Health'
  | 'OpenApi'
  | 'EnrolmentRequest'
  | 'Enrolment'
  | 'Me'
  | 'ReturnRequest'
  | 'Draft'
  | 'Staff'
  | 'Participants'
  | 'Flags'
  | 'Resolution'
  | 'WebhookEvents'
  | 'Decisions'
  | 'ConsentRecord'
  | 'RecordKeys'
  | 'Instrument'
  | 'MyScores'
  | 'Due'
  | 'KeptApart'
  | 'Ruling'
  | 'CalendarRequest'
  | 'CalendarFeed'
  | 'StaffEvent'
  | 'Recorded'
  | 'NewPosting'
  | 'Postings'
  | 'Group'
  | 'TheirSessions'
  | 'Funnel'
  | 'ErasureRequest'
  | 'Erasure'
  | 'Links'
  | 'Link'
  | 'NewLink'
  | 'LinkState'
  | 'Recruitment'
  | 'RecruitmentChange'
  | 'InvitationAgain'
  | 'Invitation';

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly headers?: readonly HeaderParameter[];
  /** Each may be left out. */
  readonly query?: readonly QueryParameter[];
  readonly body?: SchemaName;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Every way in which it may be refused, beside `internal`. */
  readonly problems: readonly ProblemName[];
}

export interface HeaderParameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
}

export interface QueryParameter {
  readonly name: string;
  readonly description: string;
}

export interface Answer {
  readonly description: string;
  readonly schema?: SchemaName;
  /** Of what is no JSON. */
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The path as hono writes it: `/studies/:study`. */
export function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
