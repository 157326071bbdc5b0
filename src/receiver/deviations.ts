import type { Refusal as SessionRefusal } from '../schedule/session-record.ts';
import type { Study } from '../study/schema.ts';
import type { AnySubmission } from '../submission/any-submission.ts';
import type { Mode } from './mode.ts';

/** What is unusual about a submission and is no reason to refuse it. Kept by these names, and told in the receipt. */
export type Deviation =
  /** Asked from a version that this receiver never served; read by the current one as far as it fits. */
  | 'unknown-version'
  /** Asked from a version that is not the current one. */
  | 'older-version'
  /** It claims the other mode than the receiver's: it counts nowhere in live. */
  | 'mode'
  /** Recruitment was closed or paused when it arrived: for the study, or for the site of the link that it came by. */
  | 'recruitment-closed'
  /** The recruiter's link that it came by had ended. */
  | 'link-expired'
  /** The sender's clock cannot be right: it sent from the future, or before it began. */
  | 'clock'
  /** By the sender's clock it was sent more than a day before it arrived: it waited, or the clock is behind. */
  | 'late'
  /** A required answer is missing. */
  | 'incomplete'
  /** A rule of the form that may depend on the day does not hold. */
  | 'rule'
  /** Another contact was given for the same screening before. */
  | 'second-contact'
  /** It came from a device that another one has replaced. */
  | 'replaced-key'
  /** Its secrets belong to somebody already, so that it enrolled nobody. */
  | 'secret-in-use'
  /** The consent document that it is about was not, word for word, the receiver's own. */
  | 'document-differs'
  /** The consent version that it is about was not in force when it arrived: not yet, no longer, or expired. */
  | 'not-in-force'
  /** By when it arrived, the participant had decided otherwise elsewhere. */
  | 'decided-since'
  /** A signature brought a proof of who signs, and this receiver was not told how to check one. */
  | 'proof-unchecked'
  /** It came outside of the days on which its assessment can be answered, or before these are known. */
  | 'out-of-window'
  /** The participant had answered the same assessment before: the first time counts. */
  | 'answered-before'
  /** An instrument was answered in a version that is not the one asked now. */
  | 'instrument-version'
  /** Its participant has not signed: kept apart until somebody on the staff decides, as the next two. */
  | 'no-consent'
  /** Its participant has declined. */
  | 'consent-declined'
  /** Its participant has left the study. */
  | 'consent-withdrawn'
  /** It is about sessions, and its participant has none: not allocated yet, or the study has no arms. */
  | 'not-allocated'
  /** It asks for a slot that was never offered for the session, or is not any more; the time before it stands. */
  | 'unknown-slot'
  /** Others have the slot; the time before it stands. */
  | 'slot-taken'
  /** Homework of a name that the session's has not. */
  | 'unknown-task'
  /** Why it changes nothing about the sessions, as docs/schedule.md has it. */
  | SessionRefusal;

const DAY = 24 * 60 * 60 * 1000;

/** What the envelope alone shows. `known`: the study of that version, where it was ever served. */
export function envelopeDeviations(
  submission: AnySubmission,
  { current, known, mode, now }: { current: Study; known: Study | undefined; mode: Mode; now: Date },
): Deviation[] {
  const sent = Date.parse(submission.submittedAt);
  const deviations: Deviation[] = [];
  if (known === undefined) deviations.push('unknown-version');
  else if (known.version !== current.version) deviations.push('older-version');
  if (submission.mode !== mode) deviations.push('mode');
  if (current.recruitment === 'closed') deviations.push('recruitment-closed');
  if (sent - now.getTime() > DAY || Date.parse(submission.startedAt) - sent > DAY) deviations.push('clock');
  if (now.getTime() - sent > DAY) deviations.push('late');
  return deviations;
}
