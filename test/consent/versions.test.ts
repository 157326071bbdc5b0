import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConsentError } from '../../src/consent/consent-error.ts';
import { type Obstacle, obstacles, reconsent, type Situation, versionInForce } from '../../src/consent/versions.ts';
import { consentStudy, laterVersion } from '../support/consent.ts';
import { type Changes, REMOVED } from '../support/studies.ts';

const VERSION = 'consent.versions[0]';
const live: Situation = { day: '2026-03-01', mode: 'live', language: 'en' };
const three: Changes = {
  'consent.versions[1]': laterVersion('1.1', '2026-04-01'),
  'consent.versions[2]': laterVersion('1.2', '2026-06-01', { material: false }),
};

const cases: readonly (readonly [
  name: string,
  changes: Changes,
  situation: Partial<Situation>,
  ...found: Obstacle[],
])[] = [
  ['approved, certified and in force', {}, {}],
  ['the day before it is effective', {}, { day: '2026-01-31' }, 'not-yet-effective'],
  ['the first day', {}, { day: '2026-02-01' }],
  ['the last day', {}, { day: '2027-01-31' }],
  ['the day it expires', {}, { day: '2027-02-01' }, 'expired'],
  ['expired in test mode too', {}, { day: '2027-02-01', mode: 'test' }, 'expired'],
  ['without an end', { [`${VERSION}.expires`]: REMOVED }, { day: '2099-01-01' }],
  ['the day before its successor', three, { day: '2026-03-31' }],
  ['the day of its successor', three, { day: '2026-04-01' }, 'superseded'],
  ['superseded in test mode too', three, { day: '2026-04-01', mode: 'test' }, 'superseded'],
  ['no board has approved it', { [`${VERSION}.irbApproval`]: REMOVED }, {}, 'not-approved'],
  ['a draft of a translation', { [`${VERSION}.translation.es`]: 'draft' }, { language: 'es' }, 'translation-draft'],
  ['the original beside a draft of a translation', { [`${VERSION}.translation.es`]: 'draft' }, {}],
  ['a contact that is a placeholder', { 'contacts[0].placeholder': true }, {}, 'placeholder'],
  [
    'all of it, in test mode',
    {
      ...{ [`${VERSION}.irbApproval`]: REMOVED, [`${VERSION}.translation.es`]: 'draft' },
      'contacts[0].placeholder': true,
    },
    { mode: 'test', language: 'es' },
  ],
];

describe('E6: which version can be signed', () => {
  for (const [name, changes, situation, ...found] of cases) {
    it(`${name}: ${found.join(', ') || 'can'}`, () => {
      assert.deepEqual(obstacles(consentStudy(changes), '1.0', { ...live, ...situation }), found);
    });
  }

  it('knows the version in force', () => {
    const study = consentStudy(three);
    const on = (day: string) => versionInForce(study, day)?.version;
    assert.deepEqual(['2026-01-31', '2026-02-01', '2026-05-31', '2030-01-01'].map(on), [
      undefined,
      '1.0',
      '1.1',
      '1.2',
    ]);
  });

  it('a version that there is not is an error', () => {
    assert.throws(
      () => obstacles(consentStudy(), '7', live),
      (error) => error instanceof ConsentError && error.code === 'no-such-version',
    );
  });
});

describe('E7: who is asked again', () => {
  const asked = (signed: string, day: string) => reconsent(consentStudy(three), signed, day);

  it('nobody before a new version is effective', () => {
    assert.equal(asked('1.0', '2026-03-31'), undefined);
  });

  it('those who signed before a material change, with what changed', () => {
    const again = asked('1.0', '2026-04-01');
    assert.equal(again?.version, '1.1');
    assert.deepEqual(again?.changes, [
      { version: '1.1', whatChanged: { en: 'About version 1.1.', es: 'Sobre version 1.1.' } },
    ]);
  });

  it('those who missed a material change, though the last one is not, with all that changed', () => {
    const again = asked('1.0', '2026-06-01');
    assert.equal(again?.version, '1.2');
    assert.deepEqual(
      again?.changes.map(({ version }) => version),
      ['1.1', '1.2'],
    );
  });

  it('nobody after a change that is not material', () => {
    assert.equal(asked('1.1', '2026-06-01'), undefined);
  });

  it('nobody who signed the version in force', () => {
    assert.equal(asked('1.2', '2026-07-01'), undefined);
  });
});
