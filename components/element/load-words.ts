import type { StudyLoadCode, StudyLoadError } from './load-study.ts';

const FIXES: Readonly<Partial<Record<StudyLoadCode, string>>> = {
  'no-study': 'Add study="…": a study\'s id, or the address of its file.',
  'no-endpoint': 'Add endpoint="https://…": where answers go.',
  'study-refused': "It has to lie on the page's or the endpoint's own origin, on https.",
  'study-redirected': 'Give the address it leads to.',
  'page-refused': "Give the address of the screener's page, on https.",
  'study-not-found': 'It is not there: check study and endpoint.',
};

/** What is wrong with a study that could not be fetched, and what to do: fetched when there is a developer to tell. */
export function loadWords({ code, message }: StudyLoadError): string {
  // Of an endpoint nothing more can be said than what is wrong with it.
  const fix = message.startsWith('endpoint=') ? undefined : FIXES[code as StudyLoadCode];
  return [...(message === '' ? [] : [`${message}.`]), ...(fix === undefined ? [] : [fix])].join(' ');
}
