import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fromRecord, toRecord } from '../../src/delivery/record.ts';
import { sampleEntry } from '../suites/support/sample-entry.ts';

const full = await sampleEntry({
  participant: 'p-17',
  writeKey: 'wk',
  after: 'x',
  reason: 'busy',
  problem: { type: 'about:blank', status: 422 },
});

describe('a record on disk', () => {
  it('reads back as the entry that was written', async () => {
    for (const entry of [full, await sampleEntry()]) {
      assert.deepEqual(fromRecord(structuredClone(toRecord(entry))), entry);
    }
  });

  it('of another format is not read', () => {
    assert.equal(fromRecord({ ...toRecord(full), format: 2 }), undefined);
    const { format: _format, ...unmarked } = toRecord(full);
    assert.equal(fromRecord(unmarked), undefined);
  });

  it('is not read when any one field is damaged', () => {
    const damage: fc.Arbitrary<unknown> = fc.constantFrom({}, [], Symbol.iterator, Number.NaN, true, new Map());
    const fields = Object.keys(toRecord(full));
    fc.assert(
      fc.property(fc.constantFrom(...fields), damage, (field, value) => {
        fc.pre(!(field === 'problem' && typeof value === 'object'));
        assert.equal(fromRecord({ ...toRecord(full), [field]: value }), undefined);
      }),
    );
  });

  it('is not read when a field is missing that every entry has', async () => {
    const record = toRecord(await sampleEntry());
    for (const field of Object.keys(record)) {
      const { [field as keyof typeof record]: _missing, ...rest } = record;
      assert.equal(fromRecord(rest), undefined, field);
    }
  });

  it('may be anything at all', () => {
    fc.assert(fc.property(fc.anything(), (value) => assert.equal(fromRecord(value), undefined)));
  });
});
