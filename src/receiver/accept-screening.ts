import { verdict } from '../screening/verdict.ts';
import type { ScreeningSubmission } from '../submission/submission.ts';
import { recordEvent, screeningChain } from './audit.ts';
import { type Acceptance, type Desk, idHash } from './desk.ts';
import type { Arrival } from './parse-submission.ts';
import { readSubmission } from './read-submission.ts';
import type { KnownStudy } from './served-study.ts';

/**
 * An anonymous screening. The receiver comes to its own verdict, by the version that asked; what the browser concluded
 * does not travel.
 *
 * @throws Refusal as `readSubmission`
 */
export async function acceptScreening(
  desk: Desk,
  known: KnownStudy,
  { submission, body, bodySha256 }: Arrival & { submission: ScreeningSubmission },
): Promise<Acceptance> {
  const { keys, mode } = desk;
  const { id, study, kind, studyVersion } = submission;
  const read = await readSubmission(desk, known, submission, ({ form }) => form);
  const { criteria, stopWhenIneligible = false, keepIneligibleAnswers = false } = read.screening;
  const found = verdict(criteria, read.reading.data, read.reading.shown);
  const ineligible = found.verdict === 'ineligible';

  // Who stops at a criterion that failed, as the study asks, has not left the rest out.
  const deviations = read.deviations.filter((one) => !(one === 'incomplete' && ineligible && stopWhenIneligible));
  // A verdict by another version than the one that asked is no ground for dropping what was answered.
  const keep = !ineligible || keepIneligibleAnswers || !read.asked;
  const time = read.now.toISOString();
  const day = time.slice(0, 10);
  const receivedAt = keep ? time : `${day}T00:00:00.000Z`;
  const hash = idHash(keys.current, study, id);
  // PostgreSQL has no place for NUL in a text; the body, where it is kept, has it escaped.
  const source = submission.source?.replaceAll('\0', '\uFFFD');

  return async (tx) => {
    const { mac } = await recordEvent(tx, keys.current, {
      study,
      chain: screeningChain(day, source),
      event: 'screening-received',
      subjects: [keep ? id : hash],
      at: day,
      mode,
    });
    await tx.addScreening({
      study,
      idHash: hash,
      id: keep ? id : null,
      mode,
      studyVersion,
      judgedBy: read.study.version,
      verdict: found.verdict,
      failed: found.failed,
      unknown: keep ? found.unknown : [],
      source: source ?? null,
      day,
      receivedAt: keep ? time : null,
      deviations,
      participant: null,
    });
    if (keep) await tx.addSubmission({ study, id, kind, mode, studyVersion, receivedAt, body, bodySha256, participant: null });
    return { receivedAt, auditHead: mac, deviations, ...(found.verdict === 'eligible' && { next: 'contact' }) };
  };
}
