import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { publicPart } from '../../src/study/public-part.ts';
import { readScreeningStudy } from '../../src/study/read-part.ts';
import { studyJson } from '../support/receiver.ts';

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
