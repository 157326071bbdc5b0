import { fitted, jsonOf } from '../study/read.ts';
import { type Draft, draftSchema } from '../submission/draft.ts';
import {
  calendarFeedSchema,
  type Enrolment,
  type EnrolmentRequest,
  enrolmentSchema,
  type Me,
  type MyScores,
  meSchema,
  myScoresSchema,
} from '../submission/participation.ts';
import {
  CallError,
  type CallOptions,
  type CallPlace,
  callEndpoint,
  callJson,
  callPlace,
  expected,
  LARGEST_ANSWER,
  notAnEndpoint,
  problem,
} from './endpoint-call.ts';
import type { Credentials } from './key-ring.ts';
import { readText } from './read-text.ts';

export { CallError } from './endpoint-call.ts';

export interface KeptDraft {
  readonly draft: Draft;
  readonly etag: string;
}

/**
 * What a participant's page asks of the endpoint beside handing in submissions, which is the outbox's. Nothing is tried
 * again here and nothing kept: whoever calls decides.
 */
export class ParticipantCalls {
  readonly #endpoint: string;
  readonly #place: CallPlace;
  /** `GET /me` under way, by token: the outbox and the session ask at the same moment. */
  readonly #asking = new Map<string, { readonly answer: Promise<Me>; next?: Promise<Me> }>();

  /** @param endpoint normalised base address */
  constructor(endpoint: string, study: string, fetch?: typeof globalThis.fetch) {
    this.#endpoint = endpoint;
    this.#place = callPlace(endpoint, study, fetch);
  }

  /**
   * Spends an invitation, or moves a participant to this device. The same request again gets the same answer again.
   *
   * @throws CallError
   */
  async enrol(request: EnrolmentRequest): Promise<Enrolment> {
    const { json } = await this.#call('participants', { method: 'POST', body: request });
    return expected(enrolmentSchema, json);
  }

  /**
   * Who this is, and what is next. Several who ask at once are told the same.
   *
   * @param anew something has happened: what was asked before that does not count
   * @throws CallError
   */
  me(token: string, anew = false): Promise<Me> {
    const before = this.#asking.get(token);
    if (before !== undefined && !anew) return before.answer;
    const question: { answer: Promise<Me>; next?: Promise<Me> } = {
      answer: this.#call('me', { method: 'GET', token })
        // Whichever of the two answers comes first: the later question's is the one that holds.
        .then(({ json }) => question.next ?? expected(meSchema, json))
        .finally(() => {
          if (this.#asking.get(token) === question) this.#asking.delete(token);
        }),
    };
    if (before !== undefined) before.next = question.answer;
    this.#asking.set(token, question);
    return question.answer;
  }

  /** Makes a code the one way back. @throws CallError */
  async setReturn(token: string, returnHash: string): Promise<void> {
    await this.#call('me/return', { method: 'PUT', token, body: { returnHash } });
  }

  /** Undefined where there is none, or none that this kit can read. @throws CallError */
  async readDraft(token: string, key: string): Promise<KeptDraft | undefined> {
    try {
      const { json, etag } = await this.#call(`me/drafts/${key}`, { method: 'GET', token });
      const draft = fitted(draftSchema, json);
      return draft && { draft, etag };
    } catch (error) {
      if (error instanceof CallError && error.code === 'no-draft') return undefined;
      throw error;
    }
  }

  /**
   * Keeps a draft in the place of the one that `etag` names; without it, where there is none yet.
   *
   * @returns the new draft's ETag
   * @throws CallError `draft-changed` where another device was faster
   */
  async writeDraft(token: string, key: string, draft: Draft, etag?: string, keepalive = false): Promise<string> {
    // What only a tab keeps does not travel.
    const { pending: _pending, ...kept } = { pending: undefined, ...draft };
    const condition = etag === undefined ? { 'If-None-Match': '*' } : { 'If-Match': etag };
    const call = { method: 'PUT', token, body: kept, headers: condition, keepalive } as const;
    const answer = await this.#call(`me/drafts/${key}`, call);
    if (answer.etag === '') throw notAnEndpoint(200);
    return answer.etag;
  }

  /** @throws CallError */
  async removeDraft(token: string, key: string): Promise<void> {
    await this.#call(`me/drafts/${key}`, { method: 'DELETE', token, keepalive: true });
  }

  /**
   * What this participant has signed: the record as it is kept, or the document to keep.
   *
   * @param submission the one that it was signed by
   * @throws CallError
   */
  record(token: string, submission: string, as: 'record' | 'pdf'): Promise<Blob> {
    const [path, type] = as === 'pdf' ? ['/copy', 'application/pdf'] : ['', 'application/json'];
    return this.#file(token, `me/records/${submission}${path}`, type);
  }

  /**
   * One session as a calendar file; without it, all that have a time.
   *
   * @param language BCP 47: of the one word that is in it
   * @throws CallError
   */
  calendar(token: string, language: string, session?: string): Promise<Blob> {
    const path = session === undefined ? 'me/sessions.ics' : `me/sessions/${encodeURIComponent(session)}.ics`;
    return this.#file(token, `${path}?${new URLSearchParams({ language })}`, 'text/calendar');
  }

  /**
   * Makes the address that a calendar can follow; one made before is worth nothing from then on.
   *
   * @returns the whole address, which is told this once
   * @throws CallError
   */
  async makeFeed(token: string, language: string): Promise<string> {
    const { json } = await this.#call('me/calendar', { method: 'POST', token, body: { language } });
    return `${this.#endpoint}/${expected(calendarFeedSchema, json).address}`;
  }

  /** From then on nobody can follow it. @throws CallError */
  async revokeFeed(token: string): Promise<void> {
    await this.#call('me/calendar', { method: 'DELETE', token });
  }

  #file(token: string, path: string, type: string): Promise<Blob> {
    const options = { method: 'GET', token, headers: { Accept: `${type}, application/problem+json` } } as const;
    return callEndpoint(this.#place, path, options, async (response) => {
      if (!response.ok) throw problem(response, jsonOf(await readText(response, LARGEST_ANSWER)));
      const blob = await response.blob();
      if (!response.headers.get('Content-Type')?.startsWith(type)) throw notAnEndpoint(response.status);
      return blob;
    });
  }

  /** This participant's own scores over time, as far as the study lets them be seen. @throws CallError */
  async scores(token: string): Promise<MyScores> {
    return expected(myScoresSchema, (await this.#call('me/scores', { method: 'GET', token })).json);
  }

  /**
   * The file of an instrument whose words a site has brought: as JSON, to be read as untrusted.
   *
   * @param token of a participant; nobody's where an open assessment asks it
   * @throws CallError
   */
  async instrument(id: string, token?: string): Promise<unknown> {
    const path = `instruments/${encodeURIComponent(id)}`;
    return (await this.#call(path, { method: 'GET', ...(token !== undefined && { token }) })).json;
  }

  #call(path: string, options: CallOptions): ReturnType<typeof callJson> {
    return callJson(this.#place, path, options);
  }
}

/** Asks `GET /me` whose credentials these are, as the outbox does before it uses them. */
export function whoIs(callsOf: (study: string) => ParticipantCalls) {
  return async ({ study, token }: Credentials): Promise<string | undefined> => {
    if (token === undefined) return undefined;
    return (await callsOf(study).me(token)).participant;
  };
}
