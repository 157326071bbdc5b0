import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { UsageError } from '../../src/cli/io.ts';
import { FileError } from '../../src/cli/read-text.ts';
import { run } from '../../src/cli/verify.ts';
import { signRecord } from '../../src/consent/record.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { runCommand, withFiles } from '../support/command-io.ts';
import { exampleHead, exampleRecord, exampleStatement, newSigningKey } from '../support/consent-records.ts';

const key = await newSigningKey();
const stranger = await newSigningKey();
const record = await exampleRecord(key);
const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
const jwk = key.publicKey.export({ format: 'jwk' });
const files = {
  'record.json': record,
  'key.pem': pem,
  'key.jwk': JSON.stringify(jwk),
  'keys.json': JSON.stringify({ keys: [stranger.publicKey.export({ format: 'jwk' }), jwk] }),
  'other.pem': stranger.publicKey.export({ type: 'spki', format: 'pem' }),
};
const digest = await digestOf({ ...JSON.parse(record).statement, choices: { recontact: 'no' } });
const verify = (...args: string[]) => runCommand(run, args);

describe('steady verify', () => {
  for (const name of ['key.pem', 'key.jwk', 'keys.json']) {
    it(`says of a good record that it is, by ${name}`, async () => {
      await withFiles(files, async (pathOf) => {
        const file = pathOf('record.json');
        assert.deepEqual(await verify(file, '--key', pathOf(name)), {
          code: 0,
          stdout: [
            `${file}: good`,
            '  document   calm-ward, consent version 1.0, in en',
            '  signed by  Ana Pérez (participant), known by participant-token',
            '  received   2026-03-01T10:05:03.120Z; by the signer’s clock 2026-03-01T10:05:00Z (America/Los_Angeles)',
            `  digest     ${JSON.parse(record).statementDigest}`,
            `  key        ${key.id}`,
            '',
          ].join('\n'),
          stderr: '',
        });
      });
    });
  }

  it('takes several keys', async () => {
    await withFiles(files, async (pathOf) => {
      const { code } = await verify(pathOf('record.json'), '--key', pathOf('other.pem'), '--key', pathOf('key.pem'));
      assert.equal(code, 0);
    });
  });

  it('says of a record made in test mode that it is nobody’s consent', async () => {
    const test = await signRecord({ ...exampleHead(key.id), mode: 'test' }, exampleStatement(), key.signText, digestOf);
    await withFiles({ ...files, 'record.json': test }, async (pathOf) => {
      const { code, stdout } = await verify(pathOf('record.json'), '--key', pathOf('key.pem'));
      assert.equal(code, 0);
      assert.match(stdout, /\n {2}TEST MODE: this is nobody’s consent\.\n$/);
    });
  });

  const changedChoice = record.replace('"recontact":"yes"', '"recontact":"no"');
  const faults: readonly (readonly [name: string, content: string, keyFile: string, said: string])[] = [
    [
      'one changed byte',
      record.replace('Ana Pérez', 'Ann Pérez'),
      'key.pem',
      'was changed after it was signed: its content no longer has the digest that stands in it.',
    ],
    [
      'a choice changed and the digest made anew',
      changedChoice.replace(JSON.parse(record).statementDigest, digest),
      'key.pem',
      'does not carry the signature of the key given: it was changed after it was signed, or made by somebody else.',
    ],
    ['another key', record, 'other.pem', `was not signed by the key given. It names ${key.id}; given: ${stranger.id}.`],
    [
      'an editor’s newline',
      `${record}\n`,
      'key.pem',
      'is not in the form in which a record is written: something was added, or an editor saved it anew. Take the file as the receiver gave it.',
    ],
    ['a byte-order mark', `\uFEFF${record}`, 'key.pem', 'is no consent record.'],
    ['a study file', '{"id":"calm-ward"}', 'key.pem', 'is no consent record.'],
  ];
  for (const [name, content, keyFile, said] of faults) {
    it(`${name}: fails and says why`, async () => {
      await withFiles({ ...files, 'record.json': content }, async (pathOf) => {
        const file = pathOf('record.json');
        assert.deepEqual(await verify(file, '--key', pathOf(keyFile)), {
          code: 1,
          stdout: '',
          stderr: `${file}: ${said}\n`,
        });
      });
    });
  }

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
  const badKeys: readonly (readonly [name: string, content: string | Buffer, said: RegExp])[] = [
    [
      'a private key',
      key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      /is a private key\. Only the public one/,
    ],
    ['a private key as JSON', JSON.stringify(key.privateKey.export({ format: 'jwk' })), /is a private key/],
    ['a key of another kind', rsa, /is a key of another kind\. Records are signed with Ed25519\.$/],
    ['a set without a key', '{"keys":[]}', /has no Ed25519 key/],
    ['anything else', 'hello', /is no public key\. Name a file with an Ed25519 key/],
    ['broken JSON', '{', /is no public key/],
  ];
  for (const [name, content, said] of badKeys) {
    it(`a key file that is ${name}: says so`, async () => {
      await withFiles({ ...files, 'bad.key': content }, async (pathOf) => {
        await assert.rejects(
          verify(pathOf('record.json'), '--key', pathOf('bad.key')),
          (error) => error instanceof FileError && said.test(error.message),
        );
      });
    });
  }

  it('needs one record and a key', async () => {
    await assert.rejects(verify('--key', 'k'), UsageError);
    await assert.rejects(verify('a', 'b', '--key', 'k'), UsageError);
    await assert.rejects(verify('a'), UsageError);
  });

  it('explains itself', async () => {
    const { code, stdout } = await verify('--help');
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: steady verify RECORD --key KEY/);
  });
});
