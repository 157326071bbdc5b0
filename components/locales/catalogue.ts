import type { en } from './en.ts';
import type { enConsent } from './en-consent.ts';
import type { enConsentLater } from './en-consent-later.ts';
import type { enLater } from './en-later.ts';
import type { enLink } from './en-link.ts';
import type { enLinkLater } from './en-link-later.ts';
import type { enQuestionnaire } from './en-questionnaire.ts';
import type { enQuestionnaireLater } from './en-questionnaire-later.ts';
import type { enTracker } from './en-tracker.ts';
import type { enTrackerLater } from './en-tracker-later.ts';

/**
 * The kit's own words in one language, as data: a key, a sentence, `{name}` where a value goes, and plural forms by
 * CLDR category where a count decides (`Intl.PluralRules`). The words of a trial are the study file's, never here.
 */
export type Words = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/**
 * A language in parts, each fetched when an element needs it: `first`, what a first page needs, `later`, what comes after
 * it, and what single elements say besides.
 */
export interface CatalogueParts {
  readonly first: Readonly<Record<keyof typeof en, Words>>;
  readonly later: Readonly<Record<keyof typeof enLater, Words>>;
  readonly consent: Readonly<Record<keyof typeof enConsent, Words>>;
  readonly consentLater: Readonly<Record<keyof typeof enConsentLater, Words>>;
  readonly questionnaire: Readonly<Record<keyof typeof enQuestionnaire, Words>>;
  readonly questionnaireLater: Readonly<Record<keyof typeof enQuestionnaireLater, Words>>;
  readonly tracker: Readonly<Record<keyof typeof enTracker, Words>>;
  readonly trackerLater: Readonly<Record<keyof typeof enTrackerLater, Words>>;
  readonly link: Readonly<Record<keyof typeof enLink, Words>>;
  readonly linkLater: Readonly<Record<keyof typeof enLinkLater, Words>>;
}

/** Every word of a language. */
export type Catalogue = CatalogueParts['first'] &
  CatalogueParts['later'] &
  CatalogueParts['consent'] &
  CatalogueParts['consentLater'] &
  CatalogueParts['questionnaire'] &
  CatalogueParts['questionnaireLater'] &
  CatalogueParts['tracker'] &
  CatalogueParts['trackerLater'] &
  CatalogueParts['link'] &
  CatalogueParts['linkLater'];
export type MessageKey = keyof Catalogue;

/** A `Date` is a day, in UTC. */
export type Params = Readonly<Record<string, string | number | Date>>;

/** One sentence of a catalogue. `count` among the parameters chooses the plural form. Numbers and days are written as the language does. */
export function say(words: Words, language: string, params: Params = {}): string {
  const form = typeof words === 'string' ? words : (words[pluralOf(language, Number(params.count))] ?? words.other);
  return form.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    if (value === undefined) return place;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return new Intl.NumberFormat(language).format(value);
    return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(value);
  });
}

function pluralOf(language: string, count: number): Intl.LDMLPluralRule {
  return new Intl.PluralRules(language).select(count);
}
