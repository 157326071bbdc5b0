/** A person's way through an element's questions, page by page, whatever it asks and in whichever order. */
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import { byMouse, type Hands, type HandsOf } from './hands.ts';
import type { Answers, Person, Words } from './people.ts';
import { type AskedQuestion, type Sheet, tag, untilSheet } from './sheet.ts';

export interface Way {
  readonly words: Words;
  readonly person: Person;
  readonly hands?: HandsOf;
}

/** Answers the screening and sends it. Resolves when the questions have given way to what follows. */
export async function answerScreening(
  browser: JourneyBrowser,
  { hands = byMouse, person, words }: Way,
): Promise<Sheet> {
  return fillIn(browser, hands(browser), person.screening, words, words.send);
}

/** Leaves contact details, where they are asked for. */
export async function leaveContact(browser: JourneyBrowser, { hands = byMouse, person, words }: Way): Promise<Sheet> {
  return fillIn(browser, hands(browser), person.contact, words, words.sendContact);
}

/** Answers what is asked on the open page. */
export async function answerPage(
  browser: JourneyBrowser,
  hands: Hands,
  answers: Answers | ((question: AskedQuestion) => string),
  element = tag,
): Promise<Sheet> {
  const done = new Set<string>();
  for (;;) {
    // Read again after each answer: it may bring another question onto the same page.
    const now = await untilSheet(browser, 'waiting for questions', ({ questions }) => questions.length > 0, {
      element,
    });
    const index = now.questions.findIndex(({ title }) => !done.has(title));
    const question = now.questions[index];
    if (question === undefined) return now;
    done.add(question.title);
    const given = typeof answers === 'function' ? answers(question) : answerTo(question, answers);
    await answer(hands, question, given, now.questions.slice(0, index));
  }
}

async function answer(
  hands: Hands,
  question: AskedQuestion,
  value: string,
  before: readonly AskedQuestion[],
): Promise<void> {
  if (value === '') return;
  const inView = before.flatMap(({ choices, kind }) => (kind === 'list' ? [] : choices));
  const place = inView.filter((choice) => choice === value);
  if (question.kind === 'text') await hands.write(question, value);
  else await hands.choose(question, value, place.length);
}

function answerTo({ title }: AskedQuestion, answers: Answers): string {
  const known = Object.keys(answers).find((begin) => title.startsWith(begin));
  const value = known === undefined ? undefined : answers[known];
  if (value === undefined) throw new Error(`Nobody knows what to answer to "${title}".`);
  return value;
}

async function fillIn(
  browser: JourneyBrowser,
  hands: Hands,
  answers: Answers,
  words: Words,
  last: string,
): Promise<Sheet> {
  for (;;) {
    const sheet = await answerPage(browser, hands, answers);
    const asked = sheet.questions.map(({ title }) => title).join();
    const button = [last, words.next].find((name) => sheet.buttons.includes(name));
    if (button === undefined) throw new Error(`There is no way on, only ${sheet.buttons.join(', ')}.`);
    await hands.press(button);
    const isOver = (now: Sheet) => !now.buttons.includes(last) && !now.buttons.includes(words.next);
    const isTurned = (now: Sheet) => now.questions.map(({ title }) => title).join() !== asked;
    const next = await untilSheet(browser, `after "${button}"`, (now) => isOver(now) || isTurned(now));
    // A study may stop at the first criterion that fails, so any button can be the last.
    if (isOver(next) || next.buttons.includes(words.sendContact) !== (last === words.sendContact)) return next;
  }
}
