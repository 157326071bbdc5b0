import type { StudyHead } from '../../src/study/schema.ts';
import { chooseLanguage } from '../../src/study/text.ts';
import type { NewLink } from '../../src/submission/links.ts';

/** Where a link can be seen: each has words or a print of its own. */
export const CHANNELS = ['email', 'text-message', 'poster', 'slide', 'chat'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The kit's own, for a page that has no study file. */
const KIT_LANGUAGES = ['en', 'es'];

export function isChannel(text: string): text is Channel {
  return (CHANNELS as readonly string[]).includes(text);
}

export interface FormProblem {
  /** The control that it is about. */
  readonly field: 'site' | 'channel' | 'language' | 'day';
  readonly code: 'site' | 'channel' | 'language' | 'day' | 'past';
}

interface SiteChoice {
  readonly id: string;
  readonly title: string;
}

/**
 * What a recruiter has chosen for a link, and what there is to choose from. Nothing is chosen beforehand where there are
 * several; the language alone starts as the reader's own.
 */
export class LinkForm {
  site = '';
  channel: Channel | undefined;
  language = '';
  /** The last day on which the link works, `YYYY-MM-DD` of the recruiter's own calendar; empty: no end. */
  day = '';
  /** A day that is half typed reads as empty, and is not. */
  dayIsBroken = false;
  #sites: readonly SiteChoice[] = [];
  #languages: readonly string[] = KIT_LANGUAGES;
  #needsSite = false;

  get sites(): readonly SiteChoice[] {
    return this.#sites;
  }

  get languages(): readonly string[] {
    return this.#languages;
  }

  /** Who may recruit at some sites alone has to name one. */
  get needsSite(): boolean {
    return this.#needsSite;
  }

  /**
   * @param study undefined where a page has none
   * @param theirs the sites that this recruiter is limited to
   */
  offer(study: StudyHead | undefined, reader: string, theirs?: readonly string[]): void {
    const sites = study?.sites ?? [];
    this.#sites = theirs === undefined ? sites : sites.filter(({ id }) => theirs.includes(id));
    this.#needsSite = theirs !== undefined;
    this.#languages = study?.languages ?? KIT_LANGUAGES;
    if (!this.#sites.some(({ id }) => id === this.site)) this.site = '';
    if (this.#needsSite && this.#sites.length === 1) this.site = this.#sites[0]?.id ?? '';
    if (!this.#languages.includes(this.language)) this.language = chooseLanguage(reader, this.#languages);
  }

  /** What was chosen is for one link; the next is another. */
  clear(): void {
    this.channel = undefined;
    this.day = '';
    this.dayIsBroken = false;
  }

  siteTitle(id: string | undefined): string | undefined {
    return id === undefined || id === '' ? undefined : (this.#sites.find((site) => site.id === id)?.title ?? id);
  }

  problems(now: Date): readonly FormProblem[] {
    const ends = endOf(this.day);
    return [
      ...(this.#needsSite && this.site === '' ? [{ field: 'site', code: 'site' } as const] : []),
      ...(this.channel === undefined ? [{ field: 'channel', code: 'channel' } as const] : []),
      ...(this.dayIsBroken || (this.day !== '' && ends === undefined)
        ? [{ field: 'day', code: 'day' } as const]
        : ends !== undefined && ends <= now
          ? [{ field: 'day', code: 'past' } as const]
          : []),
    ];
  }

  /** As the endpoint takes it. Only after `problems` found none. */
  asked(): NewLink & { readonly channel: Channel } {
    const { site, channel, language } = this;
    if (channel === undefined) throw new TypeError('No channel was chosen: ask for problems first.');
    const ends = endOf(this.day);
    return {
      ...(site !== '' && { site }),
      channel,
      language,
      ...(ends !== undefined && { expiresAt: ends.toISOString() }),
    };
  }
}

/** The first moment after a day of the recruiter's own calendar; undefined for what is no day. */
function endOf(day: string): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const end = new Date(year, month - 1, date + 1);
  // 31 February would be 3 March.
  const last = new Date(year, month - 1, date);
  return last.getMonth() === month - 1 && last.getDate() === date ? end : undefined;
}

/**
 * The last day on which a link works, in the recruiter's own calendar: where it ends at midnight, the day before. As a `Date` that is a
 * day in UTC, which is how the kit's sentences take days.
 */
export function lastDayOf(expiresAt: string): Date {
  return dayIn(new Date(Date.parse(expiresAt) - 1));
}

/** The day of an instant in the recruiter's own calendar, as a `Date` that is a day in UTC. */
export function dayIn(instant: Date): Date {
  return new Date(Date.UTC(instant.getFullYear(), instant.getMonth(), instant.getDate()));
}
