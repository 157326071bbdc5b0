import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { ConsentError } from '../../src/consent/consent-error.ts';
import { type RecordFault, signRecord, type TrustedKey, verifyRecord } from '../../src/consent/record.ts';
import { canonicalBytes, digestOf } from '../../src/submission/digest.ts';
import {
  exampleHead,
  exampleRecord,
  exampleStatement,
  newSigningKey,
  type SigningKey,
} from '../support/consent-records.ts';

const key = await newSigningKey();
const stranger = await newSigningKey();
const trusted = ({ id, publicKey }: SigningKey): TrustedKey => ({
  id,
  verify: (text, signature) => verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'hex')),
});
const keys = [trusted(key)];
const good = await exampleRecord(key);

const faultOf = async (text: string): Promise<RecordFault | undefined> => {
  const verified = await verifyRecord(text, keys, digestOf);
  return 'fault' in verified ? verified.fault : undefined;
};

/** The record with some of it changed, written as records are. */
function written(change: (record: ReturnType<typeof JSON.parse>) => unknown): string {
  return new TextDecoder().decode(canonicalBytes(change(JSON.parse(good))));
}

function renamed(record: ReturnType<typeof JSON.parse>): ReturnType<typeof JSON.parse> {
  record.statement.signature.name = 'Eve';
  return record;
}

describe('P3: a signed record', () => {
  it('P1, P6, E3, E6: says who signed, what it means, both times with the zone, and version, approval and days', async () => {
    const verified = await verifyRecord(good, keys, digestOf);
    assert.ok('record' in verified);
    const { statement, receivedAt, identity } = verified.record;
    const { name, meaning, signedAt, timeZone, role } = statement.signature;
    assert.deepEqual([name, meaning, role], ['Ana Pérez', 'I agree to take part.', 'participant']);
    assert.deepEqual(
      [receivedAt, signedAt, timeZone],
      ['2026-03-01T10:05:03.120Z', '2026-03-01T10:05:00Z', 'America/Los_Angeles'],
    );
    assert.equal(identity, 'participant-token');
    const { version, irbApproval, effective, expires } = statement.document;
    assert.deepEqual(
      [version, irbApproval, effective, expires],
      [...['1.0', { id: 'IRB-26-0001', day: '2026-01-15' }, '2026-02-01', '2027-02-01']],
    );
  });

  it('fails when one byte is changed, whichever it is', async () => {
    const bytes = Buffer.from(good);
    // Every place would take long: those that stand near each other are alike.
    for (let at = 0; at < bytes.length; at += 61) {
      for (const flip of [1, 32]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        assert.notEqual(await faultOf(changed.toString('utf8')), undefined, `byte ${at}`);
      }
    }
  });

  it('fails when a byte is added or taken away', async () => {
    for (const text of [
      `${good}\n`,
      ` ${good}`,
      `\uFEFF${good}`,
      good.slice(0, -1),
      JSON.stringify(JSON.parse(good), null, 2),
    ]) {
      assert.notEqual(await faultOf(text), undefined);
    }
  });

  const forgeries: readonly (readonly [name: string, text: () => string | Promise<string>, fault: RecordFault])[] = [
    ['another name', () => written(renamed), 'changed'],
    [
      'another name, and the digest made anew',
      async () => {
        const record = renamed(JSON.parse(good));
        return written(() => record).replace(record.statementDigest, await digestOf(record.statement));
      },
      'bad-signature',
    ],
    [
      'another time',
      () => written((record) => ({ ...record, receivedAt: '2026-02-28T10:05:03.120Z' })),
      'bad-signature',
    ],
    ['another participant', () => written((record) => ({ ...record, participant: 'somebody' })), 'bad-signature'],
    ['another mode', () => written((record) => ({ ...record, mode: 'test' })), 'bad-signature'],
    ['the signature of another key', () => exampleRecord(stranger), 'other-key'],
    [
      'the signature of another key under the name of the trusted one',
      () => signRecord(exampleHead(key.id), exampleStatement(), stranger.signText, digestOf),
      'bad-signature',
    ],
    ['a key of its own', () => written((record) => ({ ...record, publicKey: 'x' })), 'not-a-record'],
    ['another format', () => written((record) => ({ ...record, format: 'steady-consent-record/2' })), 'not-a-record'],
    ['a name twice', () => good.replace('"format":', '"format":"x","format":'), 'reformatted'],
    [
      'a name that schemas pass over',
      () => good.replace('"choices":{', '"choices":{"__proto__":"yes",'),
      'bad-signature',
    ],
    ['no JSON', () => 'good', 'not-a-record'],
    ['an empty file', () => '', 'not-a-record'],
    ['a list', () => '[]', 'not-a-record'],
  ];
  for (const [name, text, fault] of forgeries) {
    it(`with ${name}: ${fault}`, async () => {
      const forged = await text();
      assert.notEqual(forged, good);
      assert.equal(await faultOf(forged), fault);
    });
  }

  it('is found by its key among several, retired ones included', async () => {
    assert.ok('record' in (await verifyRecord(good, [trusted(stranger), trusted(key)], digestOf)));
    const verified = await verifyRecord(good, [trusted(stranger)], digestOf);
    assert.deepEqual(verified, { fault: 'other-key', keyId: key.id });
  });

  it('is not made of what could not be verified later', async () => {
    await assert.rejects(
      signRecord({ ...exampleHead(key.id), receivedAt: 'today' }, exampleStatement(), key.signText, digestOf),
      (error) => error instanceof ConsentError && error.code === 'bad-record',
    );
  });
});
