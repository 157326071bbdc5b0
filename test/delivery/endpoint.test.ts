import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normaliseEndpoint } from '../../src/delivery/endpoint.ts';

describe('an endpoint', () => {
  it('has one spelling', () => {
    const spellings = [
      'https://t.example/api',
      'https://t.example/api/',
      'HTTPS://T.Example:443/a/../api//',
      '/api',
      '../api/',
    ];
    for (const spelling of spellings) {
      assert.equal(normaliseEndpoint(spelling, 'https://t.example/study/page.html'), 'https://t.example/api', spelling);
    }
    assert.equal(normaliseEndpoint('https://t.example'), 'https://t.example');
  });

  it('is an address that requests can go to, and carries no secrets', () => {
    const wrong = [
      '',
      'api',
      'ftp://t.example',
      'javascript:alert(1)',
      'https://u:p@t.example',
      'https://t.example/?k=1',
      'https://t.example/#x',
    ];
    for (const spelling of wrong) {
      assert.throws(() => normaliseEndpoint(spelling, undefined), { code: 'bad-endpoint' }, spelling);
    }
  });
});
