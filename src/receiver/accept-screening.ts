import { type Verdict, verdict } from '../screening/verdict.ts';
import type { ScreeningSubmission } from '../submission/submission.ts';
import { participantChain, recordEvent, screeningChain } from './audit.ts';
import { type Acceptance, type Desk, idHash } from './desk.ts';
import type { Deviation } from './deviations.ts';
import { hasExpired, sourceOf } from './links/links.ts';
import { recruitmentDeviations } from './links/recruitment.ts';
import type { Arrival } from './parse-submission.ts';
import { noticeScreening } from './participants/repeats.ts';
import type { SignedIn } from './participants/sign-in.ts';
import { readSubmission } from './read-submission.ts';
import type { KnownStudy } from './served-study.ts';
import type { StoreTransaction } from './store/store.ts';

/**
 * A screening, anonymous unless somebody is signed in. The receiver comes to its own verdict, by the version that asked;
 * what the browser concluded does not travel.
 *
 * @throws Refusal as `readSubmission`
 */
export async function acceptScreening(
  desk: Desk,
  known: KnownStudy,
  arrival: Arrival & { submission: ScreeningSubmission; caller: SignedIn | undefined },
): Promise<Acceptance> {
  const { submission, body, bodySha256, caller } = arrival;
  const { keys, mode } = desk;
  const { id, study, kind, studyVersion } = submission;
  const read = await readSubmission(desk, known, submission, ({ form }) => form);
  const { criteria, stopWhenIneligible = false, keepIneligibleAnswers = false } = read.screening;
  const found = verdict(criteria, read.reading.data, read.reading.shown);
  const ineligible = found.verdict === 'ineligible';

  // Who stops at a criterion that failed, as the study asks, has not left the rest out.
  const noted = read.deviations.filter((one) => !(one === 'incomplete' && ineligible && stopWhenIneligible));
  const fromOutside = caller?.replaced ? [...noted, 'replaced-key' as const] : noted;
  // A verdict by another version than the one that asked is no ground for dropping what was answered.
  const keep = !ineligible || keepIneligibleAnswers || !read.asked;
  const time = read.now.toISOString();
  const day = time.slice(0, 10);
  const receivedAt = keep ? time : `${day}T00:00:00.000Z`;
  const hash = idHash(keys.current, study, id);
  const participant = caller?.participant ?? null;

  return async (tx) => {
    const { source, link } = await sourceOf(tx, study, submission.source, mode);
    const deviations: readonly Deviation[] = [
      ...fromOutside,
      ...(await recruitmentDeviations(tx, known.current.study, link?.site ?? null, fromOutside)),
      ...(link !== undefined && hasExpired(link, read.now) ? (['link-expired'] as const) : []),
    ];
    const { mac } = await recordEvent(tx, keys.current, {
      study,
      chain: participant === null ? screeningChain(day, source ?? undefined) : participantChain(participant),
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
      source,
      link: link?.code ?? null,
      day,
      receivedAt: keep ? time : null,
      deviations,
      participant,
    });
    if (keep)
      await tx.addSubmission({ study, id, kind, mode, studyVersion, receivedAt, body, bodySha256, participant });
    if (caller !== undefined)
      await linkScreening(tx, desk, caller, { idHash: hash, found: found.verdict, at: receivedAt });
    return { receivedAt, auditHead: mac, deviations, ...(found.verdict === 'eligible' && { next: 'contact' }) };
  };
}

/**
 * Tells a participant's row which screening counts: the first, or the first that came to a verdict. Another one is flagged;
 * nobody screens themselves in by trying.
 */
export async function linkScreening(
  tx: StoreTransaction,
  desk: Desk,
  { study, participant }: Pick<SignedIn, 'study' | 'participant'>,
  { idHash, found, at }: { idHash: string; found: Verdict['verdict']; at: string },
): Promise<void> {
  const { screeningIdHash: before = null } = (await tx.participant(study, participant)) ?? {};
  if (before === idHash) return;
  if (before !== null) {
    await noticeScreening(tx, desk, { study, participant, screenings: [idHash, before], at });
    const counting = await tx.screening(study, [before]);
    if (counting?.verdict !== 'incomplete' || found === 'incomplete') return;
  }
  await tx.changeParticipant(study, participant, { screeningIdHash: idHash });
}
