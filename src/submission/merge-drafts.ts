import type { Answers } from '../study/answers.ts';
import type { Draft } from './draft.ts';

/**
 * One draft out of two that were written apart, of the same person on two devices: question by question, the later entry
 * wins, a taken-back answer included; where neither is known to be later, `theirs`. Of two steps the further one wins
 * whole, because its questions are others.
 */
export function mergeDrafts(ours: Draft, theirs: Draft): Draft {
  if (!isSameStep(ours, theirs)) return isFurther(ours, theirs) ? ours : theirs;
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
  return { ...base, answers, entered, ...(pending && { pending }) };
}

/** When each answer was last changed: as before, and now for what is other than before. */
export function enteredNow(before: Draft | undefined, answers: Answers, now: number): Record<string, number> {
  const earlier = before?.answers ?? {};
  const entered: Record<string, number> = { ...before?.entered };
  for (const question of new Set([...Object.keys(earlier), ...Object.keys(answers)])) {
    if (JSON.stringify(answerTo(earlier, question)) !== JSON.stringify(answerTo(answers, question))) {
      define(entered, question, now);
    }
  }
  return entered;
}

function isSameStep(a: Draft, b: Draft): boolean {
  return a.step === b.step && a.screening === b.screening && a.study === b.study;
}

function isFurther(ours: Draft, theirs: Draft): boolean {
  if (ours.step !== theirs.step) return ours.step === 'contact';
  return latest(ours.entered ?? {}) > latest(theirs.entered ?? {});
}

function namesOf({ answers, entered }: Draft): readonly string[] {
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
