import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linkAddress, onPaper, pageAddress, sourceOf } from '../../../components/screener-link/addresses.ts';
import { readLinkCode } from '../../../src/submission/link-code.ts';

describe('the address of a link', () => {
  it('is the endpoint’s own page, wherever that is mounted, with the code as it is read out', () => {
    const address = linkAddress(new URL('https://trial.example.org/receiver/'), '7K3MNQXM');
    assert.equal(address.href, 'https://trial.example.org/receiver/j/7K3M-NQXM');
    assert.equal(readLinkCode(address.pathname.split('/').at(-1) ?? ''), '7K3MNQXM');
    assert.equal(onPaper(address), 'trial.example.org/receiver/j/7K3M-NQXM');
  });
});

describe('the address of a page without an endpoint', () => {
  const base = 'https://ward.example.org/staff/links/';

  it('says where people came from, beside what its query says already', () => {
    const address = pageAddress('../../study/?lang=es#top', base, sourceOf('poster', 'north'));
    assert.equal(address.href, 'https://ward.example.org/study/?lang=es&source=north-poster#top');
    assert.equal(sourceOf('chat', ''), 'chat');
  });

  it('carries one source, not two', () => {
    const { searchParams } = pageAddress('/?source=old&a=1', base, 'poster');
    assert.deepEqual([searchParams.getAll('source'), searchParams.get('a')], [['poster'], '1']);
  });

  it('is refused where the https:// was left out: that would lead to a file beside this page', () => {
    for (const page of ['trial.example.edu/take-part/', 'www.example.org', 'study.html']) {
      assert.throws(() => pageAddress(page, base, 'x'), /does not begin with https:\/\//, page);
    }
  });

  it('is https, or on this machine', () => {
    assert.equal(pageAddress('http://localhost:8080/', base, 'x').port, '8080');
    for (const page of [
      'http://ward.example.org/',
      'javascript:alert(1)',
      'data:text/html,x',
      'https://',
      'mailto:a@b.c',
    ]) {
      assert.throws(() => pageAddress(page, base, 'x'), { code: 'page-refused' }, page);
    }
  });
});
