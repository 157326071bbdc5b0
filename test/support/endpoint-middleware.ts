/**
 * A little endpoint on the test runner's own server, for tests in a browser: `/endpoint/<key>/studies/…`, a real server
 * to a real `fetch`. Each test takes a key of its own and says by `PUT /endpoint/<key>/plan` how it answers;
 * `GET /endpoint/<key>/seen?count=n&stored=m` answers with the submissions so far, once n have come and m are stored. The
 * page's side is test/support/browser/test-endpoint.ts.
 */
import { EventEmitter, once } from 'node:events';
import type { Context, Middleware } from '@web/dev-server-core';
import { digestOf } from '../../src/submission/digest.ts';
import type { EndpointPlan, PlannedAnswer, PlannedResponse, SeenSubmission } from '../suites/support/endpoint-plan.ts';
import { LittleParticipants } from './little-participants.ts';

class LittleEndpoint {
  plan: EndpointPlan = {
    study: { status: 410 },
    submissions: 'receipt',
    participants: 'served',
    invitations: {},
    enrols: false,
    next: 'screening',
  };
  readonly participants = new LittleParticipants();
  readonly seen: SeenSubmission[] = [];
  /** `changed` after every change of plan, `seen` after every arrival and every answer. */
  readonly news = new EventEmitter().setMaxListeners(0);
  readonly #stored = new Map<string, string>();

  /** Resolves to what the plan says, once it says something. */
  async next(of: 'study' | 'submissions'): Promise<Exclude<PlannedAnswer, 'wait'>> {
    for (;;) {
      const answer = this.plan[of];
      if (answer !== 'wait') return answer;
      await once(this.news, 'changed');
    }
  }

  /** How many ids were stored, and answered with a true receipt. */
  get stored(): number {
    return new Set(this.seen.filter(({ stored }) => stored).map(({ id }) => id)).size;
  }

  async store(id: string, body: string): Promise<PlannedResponse> {
    const before = this.#stored.get(id);
    if (before !== undefined && before !== body) return { status: 422, body: '{"title":"Other content."}' };
    this.#stored.set(id, body);
    const submission = JSON.parse(body) as Readonly<Record<string, unknown>>;
    const enrolled = this.plan.enrols && submission.kind === 'contact' && this.participants.enrolByContact(submission);
    const receipt = {
      id,
      digest: await digestOf(JSON.parse(body)),
      receivedAt: '2025-03-03T09:00:00.000Z',
      ...(enrolled && { next: 'enrolled' }),
    };
    return { status: before === undefined ? 201 : 200, body: JSON.stringify(receipt) };
  }
}

/** One per test run; keys keep its tests apart. */
export function endpointMiddleware(): Middleware {
  const endpoints = new Map<string, LittleEndpoint>();
  return async (context, next) => {
    const [, key, rest] = /^\/endpoint\/([^/]+)\/(.*)$/.exec(context.path) ?? [];
    if (key === undefined || rest === undefined) return next();
    const endpoint = endpoints.get(key) ?? new LittleEndpoint();
    endpoints.set(key, endpoint);
    // A page in a sandboxed frame has no origin.
    context.set('Access-Control-Allow-Origin', '*');
    context.set('Access-Control-Expose-Headers', 'ETag');
    if (context.method === 'OPTIONS') {
      context.set('Access-Control-Allow-Headers', '*, Authorization');
      context.set('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE');
      context.status = 204;
    } else if (rest === 'plan') {
      endpoint.plan = { ...endpoint.plan, ...(JSON.parse(await bodyOf(context)) as Partial<EndpointPlan>) };
      endpoint.news.emit('changed');
      context.status = 204;
    } else if (rest === 'seen') {
      const { count = 0, stored = 0 } = context.query;
      while (endpoint.seen.length < Number(count) || endpoint.stored < Number(stored))
        await once(endpoint.news, 'seen');
      context.body = endpoint.seen;
    } else if (rest === 'calls') {
      context.body = endpoint.participants.calls;
    } else if (/\/(me|participants)(\/|$)/.test(rest)) {
      await takeCall(context, endpoint, rest);
    } else if (context.method === 'POST') {
      await takeSubmission(context, endpoint);
    } else {
      const answer = await endpoint.next('study');
      if (answer !== 'receipt') give(context, answer);
    }
  };
}

async function takeSubmission(context: Context, endpoint: LittleEndpoint): Promise<void> {
  const [id, key, body] = [context.get('Idempotency-Key'), keyOf(context), await bodyOf(context)];
  const index = endpoint.seen.push({ path: context.path, id, key, body, stored: false }) - 1;
  endpoint.news.emit('seen');
  const answer = await endpoint.next('submissions');
  const refused = key !== '' && !(await endpoint.participants.mayPost(key));
  const takes = answer === 'receipt' && !refused;
  const response = takes ? await endpoint.store(id, body) : answer === 'receipt' ? { status: 401 } : answer;
  if (takes) endpoint.seen[index] = { path: context.path, id, key, body, stored: true };
  give(context, response);
  endpoint.news.emit('seen');
}

async function takeCall(context: Context, endpoint: LittleEndpoint, rest: string): Promise<void> {
  const { plan, participants } = endpoint;
  const path = rest.replace(/^studies\/[^/]+\//, '');
  const body = await bodyOf(context);
  participants.calls.push(`${context.method} ${path}`);
  if (plan.participants === 'down') return give(context, 'down');
  const call = {
    method: context.method,
    path,
    key: keyOf(context),
    body,
    ifMatch: context.get('If-Match'),
    ifNoneMatch: context.get('If-None-Match'),
  };
  const answer = path === 'participants' ? await participants.enrol(body, plan) : await participants.me(call, plan);
  give(context, plan.participants === 'lost' ? 'down' : answer);
}

function keyOf(context: Context): string {
  return context.get('Authorization').replace(/^Bearer /, '');
}

function give(context: Context, answer: PlannedResponse | 'down'): void {
  if (answer === 'down') {
    context.respond = false;
    context.req.socket.destroy();
    return;
  }
  const { status = 200, type = 'application/json', headers = {}, body = '' } = answer;
  context.status = status;
  context.body = body;
  context.type = type;
  context.set({ ...headers, 'Cache-Control': 'no-store' });
}

async function bodyOf(context: Context): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of context.req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
