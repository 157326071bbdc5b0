import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { publicPart } from '../../src/study/public-part.ts';
import { readScreeningStudy } from '../../src/study/read-part.ts';
import { studyJson } from '../support/receiver.ts';
import { exampleWithSchedule } from '../support/schedule-study.ts';

describe('publicPart', () => {
  it('is what an element needs, as it was written', async () => {
    const study = studyJson();
    const part = publicPart(study);
    assert.equal((await readScreeningStudy(JSON.stringify(part), 'part')).id, 'ward');
    assert.deepEqual(part.screening, study.screening);
    assert.deepEqual(part.sites, study.sites);
  });

  it('leaves out whom the receiver alerts', () => {
    assert.deepEqual(publicPart(studyJson()).contacts, [{ role: 'research', name: 'Team', phone: '555-0100' }]);
  });

  it('has what everybody is asked, and nothing of what is done in which arm', () => {
    const study = exampleWithSchedule();
    const { arms, allocation, $schema: _, contacts: __, ...rest } = study;
    assert.ok(Array.isArray(arms) && arms.length > 0 && allocation !== undefined);
    const { contacts: ___, ...part } = publicPart(study);
    assert.deepEqual(part, rest);
  });

  it('leaves out arms, allocation and whatever else is not said to be public', () => {
    const known = new Set(Object.keys(publicPart(studyJson())));
    const secret = fc.dictionary(fc.string(), fc.anything()).map((more) => ({ ...more, ...studyJson() }));
    fc.assert(
      fc.property(secret, (study) => {
        const part = publicPart({ ...study, arms: [], allocation: {}, $schema: 'x' });
        assert.deepEqual(
          Object.keys(part).filter((key) => !known.has(key)),
          [],
        );
      }),
    );
  });

  it('takes no part from a prototype', () => {
    assert.deepEqual(publicPart(Object.create({ about: 'inherited' })), {});
  });
});
