/** A person's way through a consent form, by the words of the study's own document: reading, answering, choosing, signing. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { en } from '../../../components/locales/en.ts';
import { enConsent } from '../../../components/locales/en-consent.ts';
import { enConsentLater } from '../../../components/locales/en-consent-later.ts';
import { es } from '../../../components/locales/es.ts';
import { esConsent } from '../../../components/locales/es-consent.ts';
import { esConsentLater } from '../../../components/locales/es-consent-later.ts';
import { type ConsentDocument, consentDocument } from '../../../src/consent/document.ts';
import { consentStudySchema } from '../../../src/study/consent-part.ts';
import { fitted } from '../../../src/study/read.ts';
import type { JourneyBrowser } from '../journey/journey-browser.ts';
import type { Hands, HandsOf } from './hands.ts';
import type { Answers } from './people.ts';
import { consentTag, type Sheet, untilSheet } from './sheet.ts';
import { answerPage } from './walk.ts';

const words = {
  en: { ...en, ...enConsent, ...enConsentLater },
  es: { ...es, ...esConsent, ...esConsentLater },
} as const;

type Key = keyof typeof words.en;

/** The kit's own words, in one language. */
export const sayIn =
  (language: keyof typeof words) =>
  (key: Key): string =>
    String(words[language][key]);

/** A study of the demo, as both ends make its document. */
export function demoDocument(name: 'keck' | 'mgh', language: string): ConsentDocument {
  const json: unknown = JSON.parse(
    readFileSync(new URL(`../../../demo/studies/${name}.study.json`, import.meta.url), 'utf8'),
  );
  const study = fitted(consentStudySchema, json) ?? assert.fail(`${name} has no consent part`);
  return consentDocument(study, study.consent.versions[0]?.version ?? '', language);
}

export interface Reader {
  readonly tab: JourneyBrowser;
  readonly hands: Hands;
  readonly document: ConsentDocument;
  readonly say: ReturnType<typeof sayIn>;
}

export function reader(tab: JourneyBrowser, hands: HandsOf, document: ConsentDocument): Reader {
  return { tab, hands: hands(tab, consentTag), document, say: sayIn(document.language === 'es' ? 'es' : 'en') };
}

export const untilHeading = ({ tab }: { readonly tab: JourneyBrowser }, heading: string): Promise<Sheet> =>
  untilSheet(tab, `waiting for "${heading}"`, (sheet) => sheet.heading === heading, { element: consentTag });

/** The right answer to each check, and the last option of each choice. */
function answersTo({ checks, choices }: ConsentDocument): Answers {
  const right = checks.map(({ question, options, answer }) => [
    question,
    options.find(({ value }) => value === answer)?.text ?? assert.fail(question),
  ]);
  const last = choices.map(({ question, options }) => [question, options.at(-1)?.text ?? assert.fail(question)]);
  return Object.fromEntries([...right, ...last]);
}

/** Goes on from where one is, answering what is asked, up to the place with this heading. */
export async function readOnTo({ tab, hands, document, say }: Reader, heading: string): Promise<Sheet> {
  for (;;) {
    const sheet = await untilSheet(
      tab,
      `on the way to "${heading}"`,
      // What a section asks may come after its words.
      ({ buttons, heading: now, text }) =>
        now === heading || (buttons.includes(say('consent-continue')) && !text.includes(say('consent-coming'))),
      { element: consentTag },
    );
    if (sheet.heading === heading) return sheet;
    if (sheet.questions.length > 0) await answerPage(tab, hands, answersTo(document), consentTag);
    await hands.press(say('consent-continue'));
    await untilSheet(tab, `after "${sheet.heading}"`, (now) => now.heading !== sheet.heading && now.heading !== '', {
      element: consentTag,
    });
  }
}

/** Writes the name and types the signature. */
export async function fillInSignature({ tab, hands, document, say }: Reader, name: string): Promise<void> {
  await hands.write({ kind: 'text', title: say('sign-name'), choices: [] }, name);
  await hands.choose({ kind: 'one', title: say('sign-mark'), choices: [] }, say('sign-typed'), 0);
  await untilSheet(tab, 'the line for the signature', ({ text }) => text.includes(say('sign-type-here')), {
    element: consentTag,
  });
  await hands.write({ kind: 'text', title: say('sign-type-here'), choices: [] }, name);
  if (document.rightsReceipt) await hands.tick(say('sign-rights').split('“')[0] ?? '');
}

/** From the decision to what the endpoint has said of the signature. */
export async function signAs(way: Reader, name: string): Promise<void> {
  const { hands, say } = way;
  await hands.press(say('decide-agree'));
  await untilHeading(way, say('sign-title'));
  await fillInSignature(way, name);
  await hands.press(say('sign-send'));
  await untilHeading(way, say('signed-title'));
}
