import type { Words } from './catalogue.ts';

/** English, what the first page of a questionnaire needs beside `en.ts`. */
export const enQuestionnaire = {
  'part-of': 'Part {part} of {parts}',
  'item-legend': 'Choose one answer for each line.',
  'items-language': 'These questions are in {language}. Nobody has published a translation of them yet.',
  'until-day': 'You can answer until {day}.',
  'stop-and-go-on': 'You can stop at any time and go on later, on another device too.',
} as const satisfies Record<string, Words>;
