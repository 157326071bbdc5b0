import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { signedHeaders } from '../../../src/receiver/webhooks/signature.ts';

const secretOf = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`;
const SECRET = secretOf(new Uint8Array(32).fill(7));

describe('a signature', () => {
  it('is the one that the specification’s own library makes, for any id, body and secret', () => {
    const secrets = fc.uint8Array({ minLength: 24, maxLength: 64 });
    const bodies = fc.string({ unit: 'grapheme' }).filter((one) => one.isWellFormed());
    const times = fc.date({ min: new Date('2026-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(secrets, fc.uuid({ version: 7 }), bodies, times, (bytes, id, body, at) => {
        const headers = signedHeaders([secretOf(bytes)], { id, body }, at);
        assert.equal(headers['webhook-signature'], new Webhook(secretOf(bytes)).sign(id, at, body));
        assert.equal(headers['webhook-id'], id);
        assert.equal(headers['webhook-timestamp'], String(Math.floor(at.getTime() / 1000)));
      }),
    );
  });

  it('is verified, and no longer once anything was changed', () => {
    const event = { id: 'e-1', body: '{"a":1}' };
    const headers = { ...signedHeaders([SECRET], event, new Date()) };
    const webhook = new Webhook(SECRET);
    assert.deepEqual(webhook.verify(event.body, headers), { a: 1 });
    const refused = (body: string, changed: Record<string, string>) =>
      assert.throws(() => webhook.verify(body, changed), WebhookVerificationError);
    refused('{"a":2}', headers);
    refused(event.body, { ...headers, 'webhook-id': 'e-2' });
    refused(event.body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) });
    assert.throws(
      () => new Webhook(secretOf(new Uint8Array(32))).verify(event.body, headers),
      WebhookVerificationError,
    );
  });

  it('is made with every secret, so that whoever knows one of them can verify it', () => {
    const other = secretOf(new Uint8Array(24).fill(9));
    const headers = { ...signedHeaders([SECRET, other], { id: 'e-1', body: '{}' }, new Date()) };
    for (const secret of [SECRET, other]) assert.deepEqual(new Webhook(secret).verify('{}', headers), {});
  });
});
