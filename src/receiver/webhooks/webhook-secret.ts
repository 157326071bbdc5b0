import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isErrno, makeSecretFile, readSecretFile } from '../secret-file.ts';
import { SECRET_PREFIX } from './signature.ts';
import { WebhookError } from './webhook.ts';

/** What a study's deliveries are signed with: a file in the keys directory, made when the webhook is first configured. */

/** As the specification asks: 24 to 64 bytes. */
const BYTES = 32;
const SECRET = /^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface WebhookSecrets {
  readonly path: string;
  /** One a line in the file; a second one is how a secret is replaced without a gap. */
  readonly secrets: readonly string[];
}

/** @throws WebhookError `webhook-secret-exposed`, `webhook-secret-damaged`, `webhook-secret-unreadable` */
export async function openWebhookSecrets(
  directory: string,
  study: string,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<WebhookSecrets> {
  const name = `webhook-${study}.secret`;
  const path = join(directory, name);
  const { text, exposed, mode } = await readOrMake(directory, name, path, random);
  if (exposed !== 0) {
    throw new WebhookError(
      'webhook-secret-exposed',
      `${path} can be read by others on this machine (mode ${mode}). Run: chmod 600 ${path}`,
    );
  }
  const secrets = text.split('\n').filter((line) => line !== '');
  if (secrets.length === 0 || !secrets.every(isSecret)) {
    throw new WebhookError(
      'webhook-secret-damaged',
      `${path} must have one secret a line: ${SECRET_PREFIX} and 24 to 64 bytes in base64. Put it back from your backup, or remove it for a new one.`,
    );
  }
  return { path, secrets };
}

async function readOrMake(directory: string, name: string, path: string, random: (bytes: number) => Uint8Array) {
  try {
    return await readSecretFile(path).catch(async (cause: unknown) => {
      if (!isErrno(cause, 'ENOENT')) throw cause;
      await makeSecretFile(directory, name, `${SECRET_PREFIX}${Buffer.from(random(BYTES)).toString('base64')}\n`);
      return readSecretFile(path);
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WebhookError('webhook-secret-unreadable', `${path} cannot be read or made: ${reason}.`, { cause });
  }
}

function isSecret(line: string): boolean {
  const bytes = SECRET.test(line) ? Buffer.from(line.slice(SECRET_PREFIX.length), 'base64').length : 0;
  return bytes >= 24 && bytes <= 64;
}
