import type { SetAside } from '../schedule/course.ts';
import type { InterventionPlan } from '../schedule/participant-plan.ts';
import type { Refusal } from '../schedule/session-record.ts';
import type { Finding } from '../study/finding.ts';
import { list, show, useOneOf } from '../study/wording.ts';

/** Sentences, for whoever wrote a file of events, about those that change nothing. A receiver keeps them, each with its code. */

/**
 * @param places of the events in their file
 * @returns none for an event that counts, that a facilitator's word has overruled, or that was retracted
 */
export function describeMisfits(plan: InterventionPlan, places: readonly number[]): readonly Finding[] {
  return plan.setAside.flatMap((one): readonly Finding[] => {
    const words = WORDS[one.why](one, plan);
    if (words === undefined) return [];
    const [key, message, fix] = words;
    const place = places[one.index] ?? one.index;
    return [{ path: key === '' ? [place] : [place, key], message, fix }];
  });
}

type Words = readonly [key: string, message: string, fix: string] | undefined;

const WORDS: Readonly<Record<Refusal, (one: SetAside, plan: InterventionPlan) => Words>> = {
  overruled: () => undefined,
  retracted: () => undefined,
  'unknown-session': ({ event }, { arm, sessions }) => {
    const session = 'session' in event ? event.session : '';
    const ids = sessions.map(({ id }) => id);
    return ['session', `is ${show(session)}, which is no session of the arm "${arm}".`, knownSessions(ids)];
  },
  'unknown-series': ({ event }, { arm, series }) => {
    const named = 'series' in event ? event.series : '';
    const ids = series.map(({ id }) => id);
    const fix = ids.length === 0 ? 'It has none.' : useOneOf(named, ids);
    return ['series', `is ${show(named)}, which is no series of the arm "${arm}".`, fix];
  },
  'unknown-event': () => [
    'of',
    'is the id of no event that could be retracted.',
    'Give the event that is meant this "id".',
  ],
  future: ({ event }) => ['at', `is ${event.at}, in the future.`, 'Correct it, or give a later --today.'],
  twice: ({ event }) => ['', `says "${event.event}" again.`, 'Remove it: it stands above already.'],
  'facilitator-only': ({ event }) => [
    'by',
    `is "participant", but ${'override' in event && event.override ? 'an override' : show(event.event)} is a facilitator's word.`,
    'Write "facilitator", if it was one.',
  ],
  'needs-reason': () => ['reason', 'is missing.', 'Say why: it is kept with the event.'],
  'already-held': ({ event }) => [
    '',
    `is "${event.event}", but the session was held already.`,
    'If it was not, retract that event: { "event": "retracted", "of": its "id", "reason", "at" }.',
  ],
  'not-begun': () => [
    'at',
    'is before the session could be missed.',
    'Correct the time; who asks beforehand for another one is "rescheduled".',
  ],
  'nothing-missed': () => [
    '',
    'is about a recording, but the session was not missed.',
    'Record the miss first, or remove this.',
  ],
  'no-recording': () => ['', 'is about a recording, but this series offers none.', 'Remove it.'],
  'no-homework': () => ['', 'is about homework, but none follows this session.', 'Remove it.'],
  'no-review': () => [
    '',
    'closes a review, but none is open.',
    'Remove it, or check the events that should have raised it.',
  ],
  'before-joining': () => [
    'session',
    'was over before the participant took part.',
    'Correct --consent, or remove the event.',
  ],
  'after-leaving': () => ['', 'comes after the participant left.', override],
  'after-end': ({ event }, { sessions, series }) => {
    const of = sessions.find(({ id }) => 'session' in event && id === event.session)?.series;
    const ends = series.find(({ id }) => id === of)?.ends ?? '';
    return ['', `is later than ${ends}, when its series ended.`, override];
  },
};

const override = 'If staff agreed to it, add "override": true and a "reason".';

function knownSessions(ids: readonly string[]): string {
  return ids.length === 0 ? 'It has no sessions.' : `It has ${list(ids, 'and')}.`;
}
