import {
  type Link,
  type LinksPage,
  linkSchema,
  linksSchema,
  type NewLink,
  type Recruitment,
  recruitmentSchema,
  type StaffMe,
  staffMeSchema,
} from '../submission/links.ts';
import { type CallPlace, callJson, callPlace, expected } from './endpoint-call.ts';

/** What a recruiter's page asks of the endpoint. Nothing is tried again here and nothing kept: whoever calls decides. */
export class StaffCalls {
  readonly #place: CallPlace;

  /** @param endpoint normalised base address */
  constructor(endpoint: string, study: string, fetch?: typeof globalThis.fetch) {
    this.#place = callPlace(endpoint, study, fetch);
  }

  /** Whose token this is, and what it is good for. @throws CallError */
  async me(token: string): Promise<StaffMe> {
    const { json } = await callJson(this.#place, 'staff/me', { method: 'GET', token });
    return expected(staffMeSchema, json);
  }

  /** Their own links, the newest first. @param after `next` of the page before @throws CallError */
  async links(token: string, after?: string): Promise<LinksPage> {
    const path = after === undefined ? 'links' : `links?after=${encodeURIComponent(after)}`;
    const { json } = await callJson(this.#place, path, { method: 'GET', token });
    return expected(linksSchema, json);
  }

  /** @throws CallError */
  async makeLink(token: string, link: NewLink): Promise<Link> {
    const { json } = await callJson(this.#place, 'links', { method: 'POST', token, body: link });
    return expected(linkSchema, json);
  }

  /** Ends a link, now. @throws CallError */
  async expireLink(token: string, code: string): Promise<void> {
    await callJson(this.#place, `links/${encodeURIComponent(code)}/expired`, { method: 'POST', token });
  }

  /** Whether recruitment is open, for the study and at each site. @throws CallError */
  async recruitment(token: string): Promise<Recruitment> {
    const { json } = await callJson(this.#place, 'recruitment', { method: 'GET', token });
    return expected(recruitmentSchema, json);
  }
}
