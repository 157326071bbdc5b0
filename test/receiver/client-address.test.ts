import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientAddress } from '../../src/receiver/client-address.ts';

const connected = (remoteAddress: string | undefined) => ({ incoming: { socket: { remoteAddress } } });
const headers = (forwarded?: string) => new Headers(forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded });

describe('clientAddress', () => {
  const addresses: [string, string][] = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:49152', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
    ['[2001:db8:1:2::1]:443', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['not an address', 'not an address'],
  ];
  for (const [address, bucket] of addresses) {
    it(`counts ${address} as ${bucket}`, () => {
      assert.equal(clientAddress(connected(address), headers(), false), bucket);
      assert.equal(clientAddress(connected('10.0.0.1'), headers(`1.2.3.4, ${address}`), true), bucket);
    });
  }

  it('falls back to the connection where a proxy says nothing', () => {
    assert.equal(clientAddress(connected('10.0.0.1'), headers(), true), '10.0.0.1');
    assert.equal(clientAddress(connected('10.0.0.1'), headers(' , '), true), '10.0.0.1');
  });

  it('counts all together where nothing is known', () => {
    assert.equal(clientAddress({}, headers(), false), 'unknown');
    assert.equal(clientAddress(connected(undefined), headers(), false), 'unknown');
  });
});
