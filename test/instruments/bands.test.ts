import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bandOf } from '../../src/instruments/bands.ts';

const band = (label: string, min: number, max: number, minInclusive: boolean, maxInclusive: boolean) => ({
  ...{ subscale: 'calm', min, max, minInclusive, maxInclusive, label },
  source: 'here',
});
const bands = [
  band('low', 0, 0.3, true, true),
  band('middle', 0.3, 0.8, false, false),
  band('high', 0.8, 1, true, true),
];
const labelOf = (score: number, subscale = 'calm'): string | undefined => bandOf(bands, subscale, score)?.label;

describe('bandOf', () => {
  it('goes by which end is included', () => {
    const found = [0, 0.3, 0.31, 0.79, 0.8, 1].map((score) => labelOf(score));
    assert.deepEqual(found, ['low', 'low', 'middle', 'middle', 'high', 'high']);
  });

  it('takes what arithmetic made of a limit for that limit', () => {
    assert.notEqual(0.1 + 0.2, 0.3);
    assert.equal(labelOf(0.1 + 0.2), 'low');
    assert.notEqual(0.7 + 0.1, 0.8);
    assert.equal(labelOf(0.7 + 0.1), 'high');
  });

  it('knows no band of another subscale, or beyond them all', () => {
    assert.equal(labelOf(0.5, 'rest'), undefined);
    assert.equal(labelOf(1.1), undefined);
  });
});
