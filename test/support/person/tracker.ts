/** A participant at their tracker: what it says, and the ways through it, by its own words. */
import { en } from '../../../components/locales/en.ts';
import { enTracker } from '../../../components/locales/en-tracker.ts';
import { enTrackerLater } from '../../../components/locales/en-tracker-later.ts';
import { es } from '../../../components/locales/es.ts';
import { esTracker } from '../../../components/locales/es-tracker.ts';
import { esTrackerLater } from '../../../components/locales/es-tracker-later.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import type { Hands, HandsOf } from './hands.ts';
import { type Sheet, trackerTag, untilSaid, untilSheet } from './sheet.ts';

const words = {
  en: { ...en, ...enTracker, ...enTrackerLater },
  es: { ...es, ...esTracker, ...esTrackerLater },
} as const;

type Key = keyof typeof words.en;

export interface Attender {
  readonly tab: JourneyBrowser;
  readonly hands: Hands;
  /** The kit's own words, as they stand in the catalogue. */
  readonly say: (key: Key) => string;
}

export function attender(tab: JourneyBrowser, hands: HandsOf, language: keyof typeof words): Attender {
  return { tab, hands: hands(tab, trackerTag), say: (key) => String(words[language][key]) };
}

/** Waits until the tracker says all of this. */
export async function untilTold({ tab }: Attender, ...parts: readonly string[]): Promise<Sheet> {
  const fits = ({ text }: Sheet) => parts.every((part) => text.includes(part));
  return untilSheet(tab, `the tracker, with ${parts.join(' and ')}`, fits, { element: trackerTag });
}

/** Presses the one button whose words begin so. */
export async function pressOn({ tab, hands }: Attender, begin: string): Promise<void> {
  const fits = ({ buttons }: Sheet) => buttons.some((words) => words.startsWith(begin));
  const { buttons } = await untilSheet(tab, `a button "${begin}"`, fits, { element: trackerTag });
  await hands.press(buttons.find((words) => words.startsWith(begin)) ?? begin);
}

/** How the tracker says that what was sent has arrived. */
export const hasArrived = ({ say }: Pick<Attender, 'say'>): string => say('tracker-sent').split('{')[0] ?? '';

/** Waits until these texts stand between the sessions, of the open session: what was typed last may still be on its way. */
export function untilWritten({ tab }: Attender, texts: readonly string[]): Promise<void> {
  return tab.evaluate(
    async (name: string, wanted: string) => {
      const fields = () => [...(document.querySelector(name)?.shadowRoot?.querySelectorAll('textarea') ?? [])];
      while (JSON.stringify(fields().map(({ value }) => value)) !== wanted) await new Promise(requestAnimationFrame);
    },
    trackerTag,
    JSON.stringify(texts),
  );
}

/**
 * Opens a session from the line of stops, or from what is said of it. Where the machine has too much to do, a touch lasts so long
 * that the browser takes it for no press: then it is pressed again, as anybody would.
 */
export async function openSession(way: Attender, begin: string): Promise<Sheet> {
  const isOpen = ({ text }: Sheet) => text.includes(way.say('tracker-back'));
  const open = (patience: number) =>
    untilSheet(way.tab, `the session ${begin}`, isOpen, { element: trackerTag, patience });
  await pressOn(way, begin);
  try {
    return await open(10_000);
  } catch {
    await pressOn(way, begin);
    return open(30_000);
  }
}

export async function backToOverview(way: Attender): Promise<Sheet> {
  await way.hands.press(way.say('tracker-back'));
  return untilSaid(way.tab, way.say('tracker-stop'), trackerTag);
}

/** "I could not come", to the one session that it can be about. */
export async function sayAbsent(way: Attender, reason: string): Promise<void> {
  const { hands, say, tab } = way;
  await pressOn(way, say('tracker-could-not-come'));
  await untilSaid(tab, say('absence-title'), trackerTag);
  await hands.write({ kind: 'text', title: say('absence-reason'), choices: [] }, reason);
  await hands.press(say('absence-send'));
}

/** Asks for one of the times that are offered for a session, by its place among them. */
export async function askForTime(way: Attender, session: string, place: number): Promise<string> {
  const { hands, say, tab } = way;
  await pressOn(way, session);
  const { questions } = await untilSheet(tab, 'times to choose from', (sheet) => sheet.questions.length > 0, {
    element: trackerTag,
  });
  const [question] = questions;
  const choice = question?.choices[place];
  if (question === undefined || choice === undefined) throw new Error(`No time number ${place} is offered.`);
  await hands.choose(question, choice, 0);
  await hands.press(say('new-time-send'));
  await untilTold(way, say('tracker-back'), hasArrived(way));
  return choice;
}
