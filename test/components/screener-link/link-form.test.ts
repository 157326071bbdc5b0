import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dayIn, LinkForm, lastDayOf } from '../../../components/screener-link/link-form.ts';
import { fitted } from '../../../src/study/read.ts';
import { type StudyHead, studyHeadSchema } from '../../../src/study/schema.ts';

const NOW = new Date(2026, 2, 9, 10, 15);

const study = (more: object = {}): StudyHead =>
  fitted(studyHeadSchema, {
    ...{
      id: 'ward',
      version: '1.0.0',
      title: 'Ward',
      languages: ['en', 'es'],
      contacts: [{ role: 'research', name: 'A' }],
    },
    sites: [
      { id: 'north', title: 'North' },
      { id: 'south', title: 'South' },
    ],
    ...more,
  }) ?? assert.fail('no study');

function form(theirs?: readonly string[]): LinkForm {
  const form = new LinkForm();
  form.offer(study(), 'es-MX', theirs);
  return form;
}

const fields = (one: LinkForm) => one.problems(NOW).map(({ field, code }) => `${field} ${code}`);

describe('what a recruiter chooses for a link', () => {
  it('is nothing beforehand but their own language', () => {
    const { site, channel, language, day } = form();
    assert.deepEqual([site, channel, language, day], ['', undefined, 'es', '']);
  });

  it('needs a channel; a site may be left open', () => {
    const one = form();
    assert.deepEqual(fields(one), ['channel channel']);
    one.channel = 'poster';
    assert.deepEqual(fields(one), []);
    assert.deepEqual(one.asked(), { channel: 'poster', language: 'es' });
    one.site = 'north';
    assert.deepEqual(one.asked(), { site: 'north', channel: 'poster', language: 'es' });
  });

  it('is one of their sites, where they are limited to some, and the only one by itself', () => {
    const all = form(['north', 'south']);
    all.channel = 'chat';
    assert.deepEqual(fields(all), ['site site']);
    const one = form(['south']);
    assert.deepEqual([one.sites.map(({ id }) => id), one.site], [['south'], 'south']);
  });

  it('stays when what there is to choose from is said again, as far as it is still there', () => {
    const one = form();
    one.site = 'north';
    one.language = 'en';
    one.offer(study(), 'es', ['north', 'south']);
    assert.deepEqual([one.site, one.language], ['north', 'en']);
    one.offer(study({ languages: ['es'] }), 'es', ['south']);
    assert.deepEqual([one.site, one.language], ['south', 'es']);
  });

  it('has the kit’s languages and no sites where the page has no study file', () => {
    const one = new LinkForm();
    one.offer(undefined, 'fr');
    assert.deepEqual([one.languages, one.sites, one.language], [['en', 'es'], [], 'en']);
  });

  it('ends with the last day, which is today or later', () => {
    const one = form();
    one.channel = 'slide';
    one.day = '2026-03-08';
    assert.deepEqual(fields(one), ['day past']);
    one.day = '2026-03-09';
    assert.deepEqual(fields(one), []);
    assert.equal(one.asked().expiresAt, new Date(2026, 2, 10).toISOString());
    for (const day of ['2026-02-30', '2026-13-01', 'soon']) {
      one.day = day;
      assert.deepEqual(fields(one), ['day day'], day);
    }
    one.day = '';
    one.dayIsBroken = true;
    assert.deepEqual(fields(one), ['day day'], 'half a date');
  });

  it('shows the last day that was chosen, on whatever day', () => {
    const days = fc.date({ min: new Date(2026, 2, 9), max: new Date(2199, 11, 31), noInvalidDate: true });
    fc.assert(
      fc.property(days, (instant) => {
        const one = form();
        one.channel = 'email';
        one.day = dayIn(instant).toISOString().slice(0, 10);
        assert.equal(
          lastDayOf(one.asked().expiresAt ?? '')
            .toISOString()
            .slice(0, 10),
          one.day,
        );
      }),
    );
  });
});
