import type { Answers } from '../study/answers.ts';
import type { ConsentEvent } from '../study/consent-answers.ts';
import type { Draft, FilledDraft, ReadingDraft } from './draft.ts';

/**
 * One draft out of two that were written apart, of the same person on two devices. Of two steps the further one wins whole,
 * because its questions are others.
 */
export function mergeDrafts<Kind extends FilledDraft>(ours: Kind, theirs: Kind): Kind;
export function mergeDrafts(ours: Draft, theirs: Draft): Draft;
export function mergeDrafts(ours: Draft, theirs: Draft): Draft {
  if (ours.step === 'consent' || theirs.step === 'consent') {
    return ours.step === 'consent' && theirs.step === 'consent' ? mergeReadings(ours, theirs) : theirs;
  }
  if (!isSameStep(ours, theirs)) return isFurther(ours, theirs) ? ours : theirs;
  return mergeAnswers(ours, theirs);
}

/**
 * Question by question the later entry wins, a taken-back answer included; where neither is known to be later, `theirs`.
 */
function mergeAnswers(ours: FilledDraft, theirs: FilledDraft): FilledDraft {
  const [mine, other] = [ours.entered ?? {}, theirs.entered ?? {}];
  const answers: Record<string, Answers[string]> = {};
  const entered: Record<string, number> = {};
  for (const question of new Set([...namesOf(ours), ...namesOf(theirs)])) {
    const [here, there] = [timeOf(mine, question), timeOf(other, question)];
    const winner = here > there ? ours : theirs;
    const value = Object.hasOwn(winner.answers, question) ? winner.answers[question] : undefined;
    if (value !== undefined) define(answers, question, value);
    if (Math.max(here, there) > 0) define(entered, question, Math.max(here, there));
  }
  const { pending } = ours;
  const base = latest(mine) > latest(other) ? ours : theirs;
  const versions = ours.step === 'questionnaire' &&
    theirs.step === 'questionnaire' && {
      versions: { ...ours.versions, ...theirs.versions },
    };
  return { ...base, answers, entered, ...versions, ...(pending && { pending }) } as FilledDraft;
}

/**
 * Two readings of the same words are one: what was read or chosen on either device was, in the order of its times. Of
 * different words the one that went on later wins whole.
 */
function mergeReadings(ours: ReadingDraft, theirs: ReadingDraft): ReadingDraft {
  const [mine, other] = [ours.reading, theirs.reading];
  const base = lastTime(mine.events) > lastTime(other.events) ? ours : theirs;
  if (mine.documentDigest !== other.documentDigest) return base;
  const events = new Map([...other.events, ...mine.events].map((event) => [JSON.stringify(event), event]));
  const ordered = [...events.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { ...base, reading: { ...base.reading, events: ordered } };
}

function lastTime(events: readonly ConsentEvent[]): number {
  return Math.max(0, ...events.map(({ at }) => Date.parse(at)));
}

/** A draft with the time at which each answer was last changed: as before, and now for what is other than before. */
export function timed(before: Draft | undefined, draft: Draft, now: number): Draft {
  if (draft.step === 'consent') return draft;
  const earlier = before === undefined || before.step === 'consent' ? undefined : before;
  return { ...draft, entered: enteredNow(earlier, draft.answers, now) };
}

/** When each answer was last changed: as before, and now for what is other than before. */
export function enteredNow(before: FilledDraft | undefined, answers: Answers, now: number): Record<string, number> {
  const earlier = before?.answers ?? {};
  const entered: Record<string, number> = { ...before?.entered };
  for (const question of new Set([...Object.keys(earlier), ...Object.keys(answers)])) {
    if (JSON.stringify(answerTo(earlier, question)) !== JSON.stringify(answerTo(answers, question))) {
      define(entered, question, now);
    }
  }
  return entered;
}

function isSameStep(a: FilledDraft, b: FilledDraft): boolean {
  if (a.study !== b.study) return false;
  if (a.step !== 'questionnaire' || b.step !== 'questionnaire') {
    return a.step === b.step && screeningOf(a) === screeningOf(b);
  }
  // Answers to other words are others: of two versions of an instrument one draft is kept whole.
  const shared = Object.keys(a.versions).filter((name) => Object.hasOwn(b.versions, name));
  const isSame = shared.every((name) => a.versions[name] === b.versions[name]);
  return isSame && a.assessment === b.assessment && a.instrument === b.instrument;
}

function screeningOf(draft: FilledDraft): string | undefined {
  return draft.step === 'questionnaire' ? undefined : draft.screening;
}

function isFurther(ours: FilledDraft, theirs: FilledDraft): boolean {
  if (ours.step !== theirs.step) return ours.step === 'contact';
  return latest(ours.entered ?? {}) > latest(theirs.entered ?? {});
}

function namesOf({ answers, entered }: FilledDraft): readonly string[] {
  return [...Object.keys(answers), ...Object.keys(entered ?? {})];
}

function timeOf(entered: Readonly<Record<string, number>>, question: string): number {
  return Object.hasOwn(entered, question) ? (entered[question] ?? 0) : 0;
}

function answerTo(answers: Answers, question: string): Answers[string] | undefined {
  return Object.hasOwn(answers, question) ? answers[question] : undefined;
}

function latest(entered: Readonly<Record<string, number>>): number {
  return Math.max(0, ...Object.values(entered));
}

/** A question may be called `__proto__`, and is a question then like any other. */
function define<Value>(record: Record<string, Value>, name: string, value: Value): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}
