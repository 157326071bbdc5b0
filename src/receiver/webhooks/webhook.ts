import { SteadyError } from '../../study/steady-error.ts';

/** Where a study's events go. */
export interface Webhook {
  readonly url: string;
  /** `whsec_...`; each signs. */
  readonly secrets: readonly string[];
  /** The participants' own page, for links in the events; nothing secret in it. */
  readonly page?: string;
}

/** By study. */
export type Webhooks = ReadonlyMap<string, Webhook>;

export type WebhookErrorCode =
  | 'webhook-without-study'
  | 'bad-webhook-address'
  | 'webhook-secret-exposed'
  | 'webhook-secret-damaged'
  | 'webhook-secret-unreadable';

/** A webhook cannot be used as it was configured. */
export class WebhookError extends SteadyError {
  constructor(code: WebhookErrorCode, message: string, options?: { cause?: unknown }) {
    super(code, message, options);
  }
}

/** @throws WebhookError `webhook-without-study`, `bad-webhook-address` */
export function checkWebhooks(
  webhooks: ReadonlyMap<string, Omit<Webhook, 'secrets'>>,
  studies: readonly string[],
): void {
  for (const [study, { url, page }] of webhooks) {
    if (!studies.includes(study)) {
      const fix = `Name one of ${studies.map((id) => `"${id}"`).join(', ')}.`;
      throw new WebhookError('webhook-without-study', `There is no study "${study}" to send events of. ${fix}`);
    }
    for (const [what, address] of [
      ['webhook', url],
      ['page', page],
    ] as const) {
      const wrong = address === undefined ? undefined : wrongAddress(address);
      if (wrong !== undefined) throw new WebhookError('bad-webhook-address', `The ${what} of "${study}" ${wrong}`);
    }
  }
}

/** What is wrong with an address to deliver to, and what to write; undefined where nothing is. */
function wrongAddress(text: string): string | undefined {
  const example = 'Write one as in https://www.example.org/steady.';
  if (!URL.canParse(text)) return `has no web address. ${example}`;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') {
    return `has a user, password or fragment in its address. Leave it out: nothing secret may stand there.`;
  }
  if (protocol === 'https:' || (protocol === 'http:' && LOCAL.includes(hostname))) return undefined;
  return `must be https, or http on this machine. ${example}`;
}

const LOCAL: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
