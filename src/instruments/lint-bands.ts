import type { Finding } from '../study/finding.ts';
import { list, nearest, show } from '../study/wording.ts';
import { TOLERANCE } from './bands.ts';
import type { Band, Instrument } from './schema.ts';

/** Whether each score has at most one band, and, where the file says so, exactly one. */
export function lintBands({ bands, conventionalBands, coverage, subscales }: Instrument): Finding[] {
  if (bands === undefined) {
    return [
      ...(coverage === undefined
        ? []
        : [{ path: ['coverage'], message: 'stands in a file without bands.', fix: 'Add "bands", or remove it.' }]),
      ...(conventionalBands === undefined
        ? []
        : [
            {
              path: ['conventionalBands'],
              message: 'stands in a file without bands.',
              fix: 'Add "bands", or remove it.',
            },
          ]),
    ];
  }
  const known = subscales.map(({ id }) => id);
  const strangers = bands.flatMap(({ subscale }, index): Finding[] => {
    if (known.includes(subscale)) return [];
    const meant = nearest(subscale, known);
    return [
      {
        path: ['bands', index, 'subscale'],
        message: `is ${show(subscale)}, which is not a subscale of this file.`,
        fix: meant === undefined ? `Use ${list(known)}.` : `Did you mean ${show(meant)}?`,
      },
    ];
  });
  return [
    ...(coverage === undefined
      ? [
          {
            path: ['coverage'],
            message: 'is missing.',
            fix: 'Add "full" where the bands name every score, or "threshold" where they name those beyond one.',
          },
        ]
      : []),
    ...strangers,
    ...subscales.flatMap(({ id, range }) => {
      const own = bands
        .map((band, index) => ({ band, index }))
        .filter(({ band }) => band.subscale === id)
        .sort((a, b) => a.band.min - b.band.min || a.band.max - b.band.max);
      return lintOneScale(own, range, coverage === 'full');
    }),
  ];
}

interface Placed {
  readonly band: Band;
  /** Its place in the file. */
  readonly index: number;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** @param own a subscale's bands, the lowest first */
function lintOneScale(own: readonly Placed[], range: Range, isFull: boolean): Finding[] {
  const [first] = own;
  const last = own.at(-1);
  if (first === undefined || last === undefined) return [];
  const broken = own.flatMap(({ band, index }) => lintOneBand(band, index, range));
  if (broken.length > 0) return broken;
  const between = own.slice(1).flatMap((next, at) => lintNeighbours(own[at] ?? first, next, isFull));
  if (!isFull) return between;
  return [
    ...(first.band.min - range.min > TOLERANCE || !first.band.minInclusive
      ? [openEnd(first, 'min', `begins above the lowest score, ${range.min}.`)]
      : []),
    ...between,
    ...(range.max - last.band.max > TOLERANCE || !last.band.maxInclusive
      ? [openEnd(last, 'max', `ends below the highest score, ${range.max}.`)]
      : []),
  ];
}

function lintOneBand({ max, maxInclusive, min, minInclusive }: Band, index: number, range: Range): Finding[] {
  const path = ['bands', index];
  if (min > max || (min === max && !(minInclusive && maxInclusive))) {
    return [
      { path, message: `runs from ${min} to ${max}, which holds no score.`, fix: 'Write the lower end as "min".' },
    ];
  }
  if (min < range.min - TOLERANCE || max > range.max + TOLERANCE) {
    const message = `runs from ${min} to ${max}, beyond the scores there are, ${range.min} to ${range.max}.`;
    return [{ path, message, fix: 'Keep it within them.' }];
  }
  return [];
}

function lintNeighbours(lower: Placed, upper: Placed, isFull: boolean): Finding[] {
  const distance = upper.band.min - lower.band.max;
  const path = ['bands', upper.index];
  const other = `bands[${lower.index}]`;
  const meets = Math.abs(distance) <= TOLERANCE;
  if (distance < -TOLERANCE || (meets && lower.band.maxInclusive && upper.band.minInclusive)) {
    return [
      {
        path,
        message: `overlaps ${other}: both hold ${upper.band.min}.`,
        fix: 'Let one end where the other begins, and only one of them include it.',
      },
    ];
  }
  if (!isFull || (meets && (lower.band.maxInclusive || upper.band.minInclusive))) return [];
  return [
    {
      path,
      message: `leaves a gap after ${other}: what lies ${meets ? `at ${lower.band.max}` : `between ${lower.band.max} and ${upper.band.min}`} has no band.`,
      fix: 'Let it begin where the other ends (a prorated score need not be whole), or write "coverage": "threshold".',
    },
  ];
}

function openEnd({ index }: Placed, end: 'min' | 'max', message: string): Finding {
  return {
    path: ['bands', index, end],
    message: `${message.replace(/\.$/, '')}, so some scores have no band.`,
    fix: `Include it, or write "coverage": "threshold".`,
  };
}
