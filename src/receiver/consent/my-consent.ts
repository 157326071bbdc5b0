import type { ConsentSource } from '../../consent/document.ts';
import { decidedSince, standing } from '../../consent/standing.ts';
import { obstacles, reconsent, versionInForce } from '../../consent/versions.ts';
import type { Me, MyConsent } from '../../submission/participation.ts';
import type { Desk } from '../desk.ts';
import type { Decided } from '../store/consent-store.ts';
import { asDecisions } from './standing.ts';

/** Where a participant stands with the consent, as they are told it themselves. */

interface Situation extends Pick<Desk, 'mode'> {
  /** Today, by the study's days. */
  readonly day: string;
}

/** @param rows all that they have decided, in order */
export function myConsent(source: ConsentSource, rows: readonly Decided[], situation: Situation): MyConsent {
  const { state, version, intervention, authorization } = standing(asDecisions(rows));
  const after = rows.at(-1)?.submission;
  const asked = askedOf(source, state === 'signed' ? version : undefined, situation);
  return {
    state,
    ...(version !== undefined && { version }),
    ...(after !== undefined && { after }),
    ...(asked !== undefined && { asked }),
    intervention,
    authorization,
    records: rows.flatMap(({ outcome, submission, version: signed, language, receivedAt }) =>
      outcome === 'signed' && signed !== null && language !== null
        ? [{ submission, version: signed, language, receivedAt }]
        : [],
    ),
  };
}

/**
 * The step of the consent: due while nothing is decided, and where they are asked again; undefined while neither is so and
 * nothing was.
 *
 * @param mayBegin whether the screening, if there is one, lets them
 */
export function consentStep(
  { state, asked }: MyConsent,
  rows: readonly Decided[],
  mayBegin: boolean,
): Me['steps'][number] | undefined {
  if (mayBegin && (state === 'none' || asked?.reason === 'again')) return { id: 'consent', state: 'due' };
  const last = decidedSince(asDecisions(rows), undefined);
  const at = rows.find(({ submission }) => submission === last?.submission)?.receivedAt;
  return at === undefined ? undefined : { id: 'consent', state: 'done', at };
}

/** @param standing the version whose signature stands */
function askedOf(
  source: ConsentSource,
  standing: string | undefined,
  { day, mode }: Situation,
): MyConsent['asked'] | undefined {
  const hindered = (version: string) =>
    Object.fromEntries(
      source.languages.map((language) => [language, [...obstacles(source, version, { day, mode, language })]]),
    );
  if (standing !== undefined) {
    const again = reconsent(source, standing, day);
    if (again === undefined) return undefined;
    return { version: again.version, reason: 'again', since: standing, obstacles: hindered(again.version) };
  }
  // Before the first one is in force it can be read, and its obstacles say why it cannot be signed.
  const first = versionInForce(source, day) ?? source.consent.versions[0];
  return first && { version: first.version, reason: 'first', obstacles: hindered(first.version) };
}
