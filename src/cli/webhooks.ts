import { checkWebhooks, type Webhook } from '../receiver/webhooks/webhook.ts';
import { openWebhookSecrets } from '../receiver/webhooks/webhook-secret.ts';
import { oneByStudy } from './by-study.ts';
import { UsageError } from './io.ts';

/** The webhooks of `steady serve`: what was said of them, and their secrets. */

/** Without secrets yet, by study. */
export type WebhookAddresses = ReadonlyMap<string, Omit<Webhook, 'secrets'>>;

/** @throws UsageError */
export function webhookAddresses(
  webhooks: readonly string[] | undefined,
  pages: readonly string[] | undefined,
): WebhookAddresses {
  const option = { name: '--webhook', value: 'URL', example: 'https://mailer.example.org/steady' };
  const urls = oneByStudy(option, webhooks);
  const links = oneByStudy({ name: '--page', value: 'URL', example: 'https://example.org/study' }, pages);
  const stray = [...links.keys()].find((study) => !urls.has(study));
  if (stray !== undefined) {
    throw new UsageError(`--page is for the links in events: give ${stray} a --webhook too, or leave its --page out.`);
  }
  return new Map(
    [...urls].map(([study, url]) => {
      const page = links.get(study);
      return [study, { url, ...(page !== undefined && { page }) }];
    }),
  );
}

export interface OpenWebhooks {
  readonly webhooks: Readonly<Record<string, Webhook>>;
  /** Where each study's secret is. */
  readonly paths: ReadonlyMap<string, string>;
}

/**
 * Each with its secret, which is made in the keys directory when it is first asked for.
 *
 * @param studies that are served
 * @throws WebhookError
 */
export async function openWebhooks(
  addresses: WebhookAddresses,
  keysDirectory: string,
  studies: readonly string[],
): Promise<OpenWebhooks> {
  // First: a mistaken address leaves no secret behind.
  checkWebhooks(addresses, studies);
  const webhooks: Record<string, Webhook> = {};
  const paths = new Map<string, string>();
  for (const [study, address] of addresses) {
    const { path, secrets } = await openWebhookSecrets(keysDirectory, study);
    webhooks[study] = { ...address, secrets };
    paths.set(study, path);
  }
  return { webhooks, paths };
}
