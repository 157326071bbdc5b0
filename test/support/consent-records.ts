import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { keyIdOf, type RecordHead, signRecord } from '../../src/consent/record.ts';
import type { Statement } from '../../src/consent/statement.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { exampleDocument, exampleSignature } from './consent-walk.ts';

/** A receiver's key, and records that it signed. */

export interface SigningKey {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly signText: (text: string) => string;
}

export async function newSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { crv = '', kty = '', x = '' } = publicKey.export({ format: 'jwk' });
  return {
    id: await keyIdOf({ crv, kty, x }, digestOf),
    ...{ publicKey, privateKey },
    signText: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('hex'),
  };
}

export function exampleStatement(): Statement {
  const document = exampleDocument();
  return {
    document,
    choices: { recontact: 'yes' },
    checks: { 'may-stop': ['no', 'yes'] },
    signature: exampleSignature(document),
  };
}

export function exampleHead(keyId: string): RecordHead {
  return {
    ...{ mode: 'live', studyVersion: '1.2.0', keyId },
    participant: '01890a5d-ac96-774b-bcce-b302099a8057',
    submission: '01890a5d-ac96-774b-bcce-b302099a8058',
    identity: 'participant-token',
    receivedAt: '2026-03-01T10:05:03.120Z',
  };
}

export function exampleRecord(key: SigningKey, statement: Statement = exampleStatement()): Promise<string> {
  return signRecord(exampleHead(key.id), statement, key.signText, digestOf);
}
