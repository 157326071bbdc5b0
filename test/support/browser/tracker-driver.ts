/** The session tracker as a test uses it, in English or Spanish, and a receiver whose sessions it shows. */
import '../../../components/session-tracker/session-tracker.define.ts';
import type { SessionTracker } from '../../../components/index.ts';
import type { MessageKey } from '../../../components/locales/catalogue.ts';
import { enTracker } from '../../../components/locales/en-tracker.ts';
import { enTrackerLater } from '../../../components/locales/en-tracker-later.ts';
import { esTracker } from '../../../components/locales/es-tracker.ts';
import { esTrackerLater } from '../../../components/locales/es-tracker-later.ts';
import { ElementDriver, type OpenElement, place } from './element-driver.ts';
import { setPageClock } from './page-clock.ts';
import { RealReceiver, STUDY } from './real-receiver.ts';

const WORDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  en: { ...enTracker, ...enTrackerLater },
  es: { ...esTracker, ...esTrackerLater },
};

export class TrackerDriver extends ElementDriver<SessionTracker> {
  static open(options: OpenElement): TrackerDriver {
    return new TrackerDriver(place('steady-session-tracker', { study: STUDY, ...options }));
  }

  /** With everything that comes after its first screen. */
  static async whole(options: OpenElement): Promise<TrackerDriver> {
    const tracker = TrackerDriver.open(options);
    await tracker.until('the way to the calendar', () => tracker.root.querySelector('.around') !== null);
    return tracker;
  }

  /** The kit's own words, in the language of the element. */
  say(key: MessageKey): string {
    return String(WORDS[this.element.lang]?.[key]);
  }

  /** Opens a session from the line of stops, by its place on it. */
  async toSession(index: number): Promise<void> {
    this.all<HTMLButtonElement>('.stop button')[index]?.click();
    await this.until('the session', () => this.root.querySelector('.session-head') !== null);
  }

  write(selector: string, text: string): void {
    const field = this.get<HTMLTextAreaElement>(selector);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }
}

/** A Thursday at noon in Los Angeles, where the example's sessions are. */
export const NOON = '2026-03-27T19:00:00.000Z';

/**
 * Three sessions in the afternoon of every second Thursday: the first was attended, of the second nobody has said anything, the
 * third is to come.
 */
export async function inGroups(): Promise<{ receiver: RealReceiver; participant: string }> {
  const receiver = await RealReceiver.openWithSessions();
  const participant = await receiver.join('groups-arm');
  for (const [number, day] of [
    [1, '2026-03-12'],
    [2, '2026-03-26'],
    [3, '2026-04-09'],
  ] as const) {
    const link = number === 3 ? { link: 'https://meet.example.org/groups' } : {};
    const posting = { kind: 'time', about: `groups-${number}`, startsAt: `${day}T22:00:00.000Z`, ...link };
    await receiver.putUp('series', 'groups', posting);
  }
  await receiver.setClock(NOON);
  await receiver.record(participant, { event: 'attended', session: 'groups-1' });
  setPageClock(NOON);
  return { receiver, participant };
}

/** Calls at no time yet, two of which were missed, and two times that are free. */
export async function inCalls(): Promise<{ receiver: RealReceiver; participant: string }> {
  const receiver = await RealReceiver.openWithSessions();
  const participant = await receiver.join('calls-arm');
  await receiver.setClock('2026-04-30T19:00:00.000Z');
  setPageClock('2026-04-30T19:00:00.000Z');
  for (const number of [1, 2, 3]) {
    await receiver.record(participant, {
      event: 'missed',
      session: `calls-${number}`,
      at: `2026-04-${10 + number}T20:00:00.000Z`,
    });
  }
  for (const day of ['2026-05-01', '2026-05-02']) {
    const posting = { kind: 'slot', about: 'calls', startsAt: `${day}T21:00:00.000Z` };
    await receiver.putUp('series', 'calls', posting);
  }
  return { receiver, participant };
}
