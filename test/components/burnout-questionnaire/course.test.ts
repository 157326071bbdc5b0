import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { courseOf } from '../../../components/burnout-questionnaire/course.ts';
import type { InstrumentEntry } from '../../../src/study/assessments-part.ts';
import type { MyScores } from '../../../src/submission/participation.ts';
import { bring } from '../../support/sittings.ts';

type Score = MyScores[number];

const BANDS = [
  { label: 'low', min: 0, max: 1, minInclusive: true, maxInclusive: false },
  { label: 'high', min: 1, max: 2, minInclusive: true, maxInclusive: true },
];

const score = (subscale: string, value: number | null, day: string, more: Partial<Score> = {}): Score => ({
  ...{ assessment: 'baseline', instrument: 'calm', subscale, score: value, at: `${day}T09:00:00.000Z` },
  ...more,
});

const ENTRIES: readonly InstrumentEntry[] = [{ id: 'phq8' }, { id: 'calm', items: 'site' }, { id: 'phq8' }];

describe('a participant’s own course', () => {
  it('is a line for each score of an instrument, in the study’s order and the instrument’s, over its whole range', async () => {
    const scores = [
      score('rest', 4, '2026-03-09'),
      score('calm', 0.5, '2026-03-09'),
      score('total', 12, '2026-03-09', { instrument: 'phq8' }),
      score('calm', 2, '2026-06-01', { assessment: 'week-12' }),
    ];
    const course = await courseOf(scores, ENTRIES, bring);
    assert.deepEqual(
      course.map(({ higher, instrument, max, min, points, subscale }) => [
        ...[instrument.id, subscale, min, max, higher],
        points.map((point) => [point.at.toISOString().slice(0, 10), point.score]),
      ]),
      [
        ['phq8', 'total', 0, 24, 'worse', [['2026-03-09', 12]]],
        [
          ...['calm', 'calm', 0, 2, 'better'],
          [
            ['2026-03-09', 0.5],
            ['2026-06-01', 2],
          ],
        ],
        ['calm', 'rest', 0, 6, 'better', [['2026-03-09', 4]]],
      ],
    );
  });

  it('names what a score is called only where the endpoint says the names, by their own bounds', async () => {
    const scores = [
      score('calm', 0.999, '2026-03-09', { bands: BANDS }),
      score('calm', 1, '2026-03-16', { bands: BANDS }),
      score('calm', 7, '2026-03-23', { bands: BANDS }),
      score('calm', 1, '2026-03-30'),
    ];
    const [line] = await courseOf(scores, ENTRIES, bring);
    assert.deepEqual(
      line?.points.map(({ band }) => band),
      ['low', 'high', undefined, undefined],
    );
  });

  it('has a place without a score where the rule gave none', async () => {
    const [line] = await courseOf([score('calm', null, '2026-03-09', { bands: BANDS })], ENTRIES, bring);
    assert.deepEqual(line?.points, [{ at: new Date('2026-03-09T09:00:00.000Z'), score: null, band: undefined }]);
  });

  it('fetches only what there are scores of, each once; of what the study does not name it draws nothing', async () => {
    const fetched: string[] = [];
    const load = (entry: InstrumentEntry) => {
      fetched.push(entry.id);
      return bring(entry);
    };
    assert.deepEqual(await courseOf([], ENTRIES, load), []);
    assert.deepEqual(await courseOf([score('total', 1, '2026-03-09', { instrument: 'gad7' })], ENTRIES, load), []);
    assert.deepEqual(await courseOf([score('gone', 1, '2026-03-09')], ENTRIES, load), []);
    const twice = [1, 2].map((value) => score('total', value, '2026-03-09', { instrument: 'phq8' }));
    await courseOf(twice, ENTRIES, load);
    assert.deepEqual(fetched, ['calm', 'phq8']);
  });
});
