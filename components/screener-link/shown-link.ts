import type { StudyHead } from '../../src/study/schema.ts';
import { textIn } from '../../src/study/text.ts';
import { groupLinkCode } from '../../src/submission/link-code.ts';
import type { Link, NewLink } from '../../src/submission/links.ts';
import { directionOf } from '../element/locale-controller.ts';
import { whomToAsk } from '../element/people.ts';
import type { Catalogue, MessageKey, Params } from '../locales/catalogue.ts';
import { say } from '../locales/catalogue.ts';
import { catalogueFor, type ElementWords } from '../locales/load-catalogue.ts';
import { linkAddress, onPaper, pageAddress, sourceOf } from './addresses.ts';
import { type Channel, isChannel, lastDayOf } from './link-form.ts';
import type { PosterFacts } from './poster.ts';
import { type ReadyText, readyText } from './ready-text.ts';

type Say = (key: MessageKey, params?: Params) => string;

/** A link with everything that it is handed out with, in its own language. */
export interface ShownLink {
  /** As it is read out; undefined for a plain address. */
  readonly code: string | undefined;
  readonly address: string;
  /** A channel that this kit has no words for has those of a chat. */
  readonly channel: Channel;
  readonly facts: PosterFacts;
  readonly text: ReadyText;
  /** The words of its language. */
  readonly say: Say;
  /** The language of the words, where the kit has none in the link's own. */
  readonly otherLanguage: string | undefined;
  /** What its files are named. */
  readonly name: string;
}

/** What it belongs to, and the kit's words for it. */
export interface Place {
  /** Undefined for a page without a study file. */
  readonly study: StudyHead | undefined;
  readonly mode: 'live' | 'test';
  readonly words: ElementWords;
}

/** A link of the endpoint's, as it is shown. */
export function shownLink(
  link: Pick<Link, 'code' | 'channel' | 'language' | 'expiresAt'>,
  endpoint: URL,
  place: Place,
): Promise<ShownLink> {
  const { code, expiresAt } = link;
  const until = expiresAt === undefined ? undefined : lastDayOf(expiresAt);
  return put(linkAddress(endpoint, code), link, place, { until, code: groupLinkCode(code) });
}

/**
 * A plain address, as it is shown.
 *
 * @throws StudyLoadError `page-refused`
 */
export function shownPage(
  { site = '', channel, language }: NewLink,
  page: { readonly page: string; readonly base: string },
  place: Place,
): Promise<ShownLink> {
  const address = pageAddress(page.page, page.base, sourceOf(channel, site));
  return put(address, { channel, language }, place);
}

async function put(
  url: URL,
  { channel: named, language }: Pick<Link, 'channel' | 'language'>,
  { study, mode, words }: Place,
  { until, code }: { readonly until?: Date | undefined; readonly code?: string } = {},
): Promise<ShownLink> {
  const spoken = catalogueFor(language, words);
  const catalogue: Partial<Catalogue> = await spoken.load('later');
  const sayIt: Say = (key, params) => {
    const sentence = catalogue[key];
    return sentence === undefined ? '' : say(sentence, spoken.language, params);
  };
  const channel = isChannel(named) ? named : 'chat';
  const address = url.href;
  const facts: PosterFacts = {
    address,
    typed: onPaper(url),
    title: study && textIn(study.title, language, study.languages),
    irb: study?.irb,
    contact: study && whomToAsk(study.contacts),
    until,
    language: spoken.language,
    direction: directionOf(spoken.language),
    isTest: mode === 'test',
  };
  return {
    code,
    address,
    channel,
    facts,
    text: readyText(channel, facts, sayIt),
    say: sayIt,
    otherLanguage: sameBase(spoken.language, language) ? undefined : spoken.language,
    name: `qr-${code ?? named}`,
  };
}

function sameBase(one: string, other: string): boolean {
  return one.split('-', 1)[0]?.toLowerCase() === other.split('-', 1)[0]?.toLowerCase();
}
