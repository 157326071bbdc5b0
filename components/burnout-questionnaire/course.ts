import { normaliseEndpoint } from '../../src/delivery/endpoint.ts';
import { liesIn } from '../../src/instruments/bands.ts';
import type { Instrument } from '../../src/instruments/schema.ts';
import type { AssessmentHead, InstrumentEntry } from '../../src/study/assessments-part.ts';
import type { MyScores } from '../../src/submission/participation.ts';
import { callsFor } from '../element/calls.ts';
import type { Bringer } from './load-instrument.ts';

/** A participant's own scores over time, as they are drawn: one line per score of an instrument. */

export interface Line {
  readonly instrument: Instrument;
  readonly subscale: string;
  readonly min: number;
  readonly max: number;
  readonly higher: 'better' | 'worse';
  /** The oldest first. */
  readonly points: readonly Point[];
}

export interface Point {
  readonly at: Date;
  readonly score: number | null;
  /** What the study calls it, where it lets that be seen. */
  readonly band: string | undefined;
}

export type Course = readonly Line[];

/**
 * Asks the endpoint for it.
 *
 * @param load fetches an instrument, for its name and its range
 * @throws CallError
 */
export async function ownCourse(
  { endpoint, study, token }: Required<Bringer> & { readonly token: string },
  assessments: readonly AssessmentHead[],
  load: (entry: InstrumentEntry) => Promise<Instrument>,
): Promise<Course> {
  const scores = await callsFor(normaliseEndpoint(endpoint, document.baseURI), study).scores(token);
  const entries = assessments.flatMap(({ instruments = [] }) => instruments);
  return courseOf(scores, entries, load);
}

/**
 * @param entries the instruments that the study names
 * @param load fetches one, for its name and its range
 */
export async function courseOf(
  scores: MyScores,
  entries: readonly InstrumentEntry[],
  load: (entry: InstrumentEntry) => Promise<Instrument>,
): Promise<Course> {
  const scored = new Set(scores.map(({ instrument }) => instrument));
  const named = new Map(entries.map((entry) => [entry.id, entry]));
  const instruments = await Promise.all([...named.values()].filter(({ id }) => scored.has(id)).map(load));
  return instruments.flatMap((instrument) => {
    return instrument.subscales.flatMap(({ higher, id, range }): Line[] => {
      const own = scores.filter((one) => one.instrument === instrument.id && one.subscale === id);
      if (own.length === 0) return [];
      const points = own.map(({ at, bands, score }) => ({
        at: new Date(at),
        score,
        band: score === null ? undefined : bands?.find((band) => liesIn(score, band))?.label,
      }));
      return [{ instrument, subscale: id, ...range, higher, points }];
    });
  });
}
