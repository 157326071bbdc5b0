import type { Catalogue } from '../../../components/locales/catalogue.ts';
import { en } from '../../../components/locales/en.ts';
import { enConsent } from '../../../components/locales/en-consent.ts';
import { enConsentLater } from '../../../components/locales/en-consent-later.ts';
import { enLater } from '../../../components/locales/en-later.ts';
import { enLink } from '../../../components/locales/en-link.ts';
import { enLinkLater } from '../../../components/locales/en-link-later.ts';
import { enQuestionnaire } from '../../../components/locales/en-questionnaire.ts';
import { enQuestionnaireLater } from '../../../components/locales/en-questionnaire-later.ts';
import { enTracker } from '../../../components/locales/en-tracker.ts';
import { enTrackerLater } from '../../../components/locales/en-tracker-later.ts';

/** Arabic letters over the English words, so that a reader from right to left is tested without a translator. */
export function mirrored(): Catalogue {
  const all = {
    ...en,
    ...enConsent,
    ...enConsentLater,
    ...enLater,
    ...enLink,
    ...enLinkLater,
    ...enQuestionnaire,
    ...enQuestionnaireLater,
    ...enTracker,
    ...enTrackerLater,
  };
  const mark = (words: unknown): unknown =>
    typeof words === 'string'
      ? `ع ${words}`
      : Object.fromEntries(Object.entries(words as object).map(([form, text]) => [form, mark(text)]));
  return Object.fromEntries(Object.entries(all).map(([key, words]) => [key, mark(words)])) as Catalogue;
}
