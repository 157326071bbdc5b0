/** A person's way through a questionnaire, page by page: instruments and the study's own forms. */
import { en } from '../../../components/locales/en.ts';
import { enLater } from '../../../components/locales/en-later.ts';
import { enQuestionnaire } from '../../../components/locales/en-questionnaire.ts';
import { enQuestionnaireLater } from '../../../components/locales/en-questionnaire-later.ts';
import { es } from '../../../components/locales/es.ts';
import { esLater } from '../../../components/locales/es-later.ts';
import { esQuestionnaire } from '../../../components/locales/es-questionnaire.ts';
import { esQuestionnaireLater } from '../../../components/locales/es-questionnaire-later.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import type { Hands } from './hands.ts';
import { type AskedQuestion, questionnaireTag, type Sheet, untilSheet } from './sheet.ts';
import { answerPage } from './walk.ts';

const words = {
  en: { ...en, ...enLater, ...enQuestionnaire, ...enQuestionnaireLater },
  es: { ...es, ...esLater, ...esQuestionnaire, ...esQuestionnaireLater },
} as const;

type Key = keyof typeof words.en;

export interface Filler {
  readonly tab: JourneyBrowser;
  readonly hands: Hands;
  readonly language: keyof typeof words;
}

/** The kit's own words, as they stand there. */
export const said = ({ language }: Pick<Filler, 'language'>, key: Key): string => String(words[language][key]);

/** The second of what there is to choose, which of the single item is not yet a flag; numbers of days; nothing else. */
export function second({ choices, kind, title }: AskedQuestion): string {
  if (kind === 'one' || kind === 'list') return choices[1] ?? '';
  return kind === 'text' && /how many|cuánt/i.test(title) ? '2' : '';
}

const isOfPage = (asked: string) => (sheet: Sheet) => pageOf(sheet) !== asked && sheet.buttons.length > 0;

export function untilAsked(tab: JourneyBrowser): Promise<Sheet> {
  return untilSheet(tab, 'waiting for the first item', ({ questions }) => questions.length > 0, {
    element: questionnaireTag,
  });
}

/** Answers the open page and goes on. Resolves to what comes next. */
export async function answerAndGoOn(filler: Filler): Promise<Sheet> {
  const { hands, tab } = filler;
  const sheet = await answerPage(tab, hands, second, questionnaireTag);
  const send = said(filler, 'send-answers');
  await hands.press(sheet.buttons.includes(send) ? send : said(filler, 'next'));
  return untilSheet(tab, `after "${pageOf(sheet).slice(0, 80)}"`, isOfPage(pageOf(sheet)), {
    element: questionnaireTag,
  });
}

/** From where one is to the end, and until it has arrived. */
export async function answerToTheEnd(filler: Filler): Promise<Sheet> {
  for (;;) {
    const { questions } = await answerAndGoOn(filler);
    if (questions.length > 0) continue;
    return untilSheet(filler.tab, 'waiting for the receipt', ({ state }) => state === 'sent', {
      element: questionnaireTag,
    });
  }
}

function pageOf({ heading, questions, text }: Sheet): string {
  const [part = ''] = /(Part|Parte) \d+ (of|de) \d+/.exec(text) ?? [];
  return [heading, part, ...questions.map(({ title }) => title)].join(' | ');
}
