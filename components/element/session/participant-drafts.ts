import type { EnrolledCredentials } from '../../../src/delivery/credential-store.ts';
import { CallError, type ParticipantCalls } from '../../../src/delivery/participant-calls.ts';
import type { Draft } from '../../../src/submission/draft.ts';
import { ServerDrafts } from '../drafts/server-drafts.ts';
import { StorageDrafts } from '../drafts/storage-drafts.ts';
import type { Session } from './session.ts';

export interface ParticipantDraftsOptions {
  readonly session: Pick<Session, 'credentials' | 'shared' | 'refused'>;
  readonly calls: Pick<ParticipantCalls, 'readDraft' | 'writeDraft' | 'removeDraft'>;
  /** Where the draft is, is other than before. */
  readonly changed: () => void;
  /** Another device has written too: this is both. */
  readonly merged: (draft: Draft) => void;
}

/** Owns which participant's draft on the server one element of a page writes to, and under which token. */
export class ParticipantDrafts {
  readonly #options: ParticipantDraftsOptions;
  #open: { readonly key: string; readonly drafts: ServerDrafts } | undefined;

  constructor(options: ParticipantDraftsOptions) {
    this.#options = options;
  }

  /**
   * The same again after a rest or another way in: it may hold what its server has not got yet.
   *
   * @param key in this page's own storage
   * @param id at the endpoint
   */
  of(credentials: EnrolledCredentials, key: string, id: string): ServerDrafts {
    const whose = `${key}|${credentials.participant}`;
    if (this.#open?.key === whose) return this.#open.drafts;
    this.forget();
    const { session, calls, changed, merged } = this.#options;
    const asking = this.#asking(credentials);
    const server = {
      read: () => asking((token) => calls.readDraft(token, id)),
      write: (draft: Draft, etag: string | undefined, keepalive: boolean) =>
        asking((token) => calls.writeDraft(token, id, draft, etag, keepalive)),
      remove: () => asking((token) => calls.removeDraft(token, id)),
    };
    const held = new StorageDrafts(whose, session.shared ? 'nowhere' : 'tab');
    const drafts = new ServerDrafts({ server, held, changed, merged });
    this.#open = { key: whose, drafts };
    return drafts;
  }

  /** From now on nothing is kept on this computer. */
  share(): void {
    this.#open?.drafts.share();
  }

  /** Somebody else is here. */
  forget(): void {
    this.#open?.drafts.forget();
    this.#open = undefined;
  }

  /** Under the token that the participant has now; under their last one while they are leaving. */
  #asking({ participant, token: first }: EnrolledCredentials) {
    const { session } = this.#options;
    let last = first;
    return async <Result>(call: (token: string) => Promise<Result>): Promise<Result> => {
      const now = session.credentials;
      if (now?.participant === participant) last = now.token;
      const token = last;
      try {
        return await call(token);
      } catch (error) {
        if (error instanceof CallError && error.status === 401) void session.refused(token);
        throw error;
      }
    };
  }
}
