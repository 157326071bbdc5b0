import type { Checks, Choices, ConsentEvent } from '../study/consent-answers.ts';
import { ConsentError } from './consent-error.ts';
import type { ConsentDocument, DocumentCheck } from './document.ts';

/**
 * How far somebody has come with a consent document: a state machine without a screen. Each step is an event with its time;
 * the events alone make the state again, so the receiver walks the same way as the element and finds what was left out.
 * It is plain JSON, may be kept as a draft, and holds no signature.
 */
export interface ConsentProgress {
  readonly events: readonly ConsentEvent[];
  /** Ids of sections, in the order of their first viewing. */
  readonly viewed: readonly string[];
  readonly checks: Checks;
  readonly choices: Choices;
  /** "I have a question" was said and is not settled: nothing is signed until it is. */
  readonly hasQuestion: boolean;
  readonly outcome?: 'signed' | 'declined' | 'deferred' | 'paper';
}

/** Why a step cannot be taken now. The element offers none of these; a receiver refuses events that hold one. */
export type Refusal =
  | 'not-opened'
  | 'decided'
  | 'no-such-section'
  | 'no-such-check'
  | 'no-such-choice'
  | 'no-such-option'
  /** Nothing precedes the key information: 45 CFR 46.116(a)(5)(i). */
  | 'key-information-first'
  /** A check is answered, and a choice made, once the section that tells of it was viewed. */
  | 'section-not-viewed'
  | 'already-passed'
  | 'no-question'
  | 'something-missing';

/** What keeps a document from being signed. */
export interface Missing {
  readonly what: 'section' | 'check' | 'choice' | 'question';
  /** Of the section, check or choice. */
  readonly id?: string;
}

/** Wrong attempts beyond these are taken like any other, and no longer recorded one by one. */
const MOST_WRONG = 20;

export const NOT_OPENED: ConsentProgress = {
  ...{ events: [], viewed: [], checks: {}, choices: {}, hasQuestion: false },
};

/** Everything that has to happen before this document may be signed, in reading order; empty when it may. */
export function missing(document: ConsentDocument, progress: ConsentProgress): readonly Missing[] {
  const { viewed, choices, hasQuestion } = progress;
  return [
    ...document.sections.filter(({ id }) => !viewed.includes(id)).map(({ id }): Missing => ({ what: 'section', id })),
    ...document.checks.filter((check) => !isPassed(check, progress)).map(({ id }): Missing => ({ what: 'check', id })),
    ...document.choices
      .filter(({ id, required }) => required && !Object.hasOwn(choices, id))
      .map(({ id }): Missing => ({ what: 'choice', id })),
    ...(hasQuestion ? [{ what: 'question' } as const] : []),
  ];
}

/** Whether the right option was given, at whichever attempt. */
export function isPassed({ id, answer }: DocumentCheck, { checks }: Pick<ConsentProgress, 'checks'>): boolean {
  return Object.hasOwn(checks, id) && checks[id]?.at(-1) === answer;
}

/** Why `event` cannot come next; undefined where it can. */
export function refusal(
  document: ConsentDocument,
  progress: ConsentProgress,
  event: ConsentEvent,
): Refusal | undefined {
  const { events, outcome, viewed, hasQuestion } = progress;
  if (event.type === 'opened') return outcome === 'signed' || outcome === 'declined' ? 'decided' : undefined;
  if (events.length === 0) return 'not-opened';
  if (outcome !== undefined) return event.type === 'copy-taken' ? undefined : 'decided';
  switch (event.type) {
    case 'section-viewed': {
      const section = document.sections.find(({ id }) => id === event.section);
      if (section === undefined) return 'no-such-section';
      const [first] = document.sections;
      return section === first || viewed.length > 0 ? undefined : 'key-information-first';
    }
    case 'check-answered': {
      const check = document.checks.find(({ id }) => id === event.check);
      if (check === undefined) return 'no-such-check';
      if (!viewed.includes(check.section)) return 'section-not-viewed';
      if (isPassed(check, progress)) return 'already-passed';
      return check.options.some(({ value }) => value === event.value) ? undefined : 'no-such-option';
    }
    case 'choice-changed': {
      const choice = document.choices.find(({ id }) => id === event.choice);
      if (choice === undefined) return 'no-such-choice';
      if (choice.section !== undefined && !viewed.includes(choice.section)) return 'section-not-viewed';
      return choice.options.some(({ value }) => value === event.value) ? undefined : 'no-such-option';
    }
    case 'question-settled':
      return hasQuestion ? undefined : 'no-question';
    case 'signed':
      return missing(document, progress).length === 0 ? undefined : 'something-missing';
    default:
      return undefined;
  }
}

/**
 * The progress after a step. What changes nothing (a section viewed again, the option that is chosen already) leaves no
 * event.
 *
 * @throws ConsentError with the refusal as its code
 */
export function advance(document: ConsentDocument, progress: ConsentProgress, event: ConsentEvent): ConsentProgress {
  const refused = refusal(document, progress, event);
  if (refused !== undefined) throw new ConsentError(refused, `${event.type} cannot come next: ${refused}.`);
  const changed = changes(document, progress, event);
  if (changed === undefined) return progress;
  // Who put it off, or asked for paper, may come back to it where they were.
  const { outcome, ...standing } = progress;
  const kept = event.type === 'opened' ? standing : progress;
  return { ...kept, ...changed, events: [...progress.events, event] };
}

/** What a step changes; undefined where it changes nothing. */
function changes(
  document: ConsentDocument,
  { viewed, checks, choices, hasQuestion }: ConsentProgress,
  event: ConsentEvent,
): Partial<ConsentProgress> | undefined {
  switch (event.type) {
    case 'section-viewed': {
      const { section } = event;
      return viewed.includes(section) ? undefined : { viewed: [...viewed, section] };
    }
    case 'check-answered': {
      const { check: id, value } = event;
      const attempts = Object.hasOwn(checks, id) ? (checks[id] ?? []) : [];
      const isRight = document.checks.some((check) => check.id === id && check.answer === value);
      if (!isRight && attempts.length >= MOST_WRONG) return undefined;
      return { checks: { ...checks, [id]: [...attempts, value] } };
    }
    case 'choice-changed': {
      const { choice: id, value } = event;
      if (Object.hasOwn(choices, id) && choices[id] === value) return undefined;
      return { choices: { ...choices, [id]: value } };
    }
    case 'question-asked':
      return hasQuestion ? undefined : { hasQuestion: true };
    case 'question-settled':
      return { hasQuestion: false };
    case 'signed':
    case 'declined':
    case 'deferred':
    case 'paper':
      return { outcome: event.type };
    case 'opened':
    case 'copy-taken':
      return {};
  }
}
