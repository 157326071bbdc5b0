import type { Contact } from '../../src/study/schema.ts';
import type { MessageKey, Params } from '../locales/catalogue.ts';
import type { Channel } from './link-form.ts';

/** The words that a link is handed out with, ready to be copied. */

/**
 * How much of a message a locked screen shows, at most: the subject and the first characters. iOS and Android show four lines
 * or fewer, which is less.
 */
export const PREVIEW = 200;

/** What the words are made of. */
export interface LinkFacts {
  readonly address: string;
  /** The study's title, in the link's language; undefined for a page without a study file. */
  readonly title: string | undefined;
  readonly irb: string | undefined;
  readonly contact: Contact | undefined;
  /** The last day, as a day in UTC. */
  readonly until: Date | undefined;
}

export interface ReadyText {
  /** Of an e-mail. */
  readonly subject?: string;
  readonly text: string;
}

type Say = (key: MessageKey, params?: Params) => string;

/**
 * What to send by a channel. An e-mail names the study, where a reader has opened it; what is shown of a message on a locked
 * screen is the same for every study but for the address.
 */
export function readyText(channel: Channel, facts: LinkFacts, say: Say): ReadyText {
  const { address } = facts;
  switch (channel) {
    case 'email':
      return { subject: say('ready-subject'), text: letter(facts, say) };
    case 'text-message':
      return { text: say('ready-short', { address }) };
    case 'chat':
      return { text: say('ready-chat', { address }) };
    case 'poster':
    case 'slide':
      return { text: [say('poster-title'), ...about(facts, say), address].join('\n') };
  }
}

function letter(facts: LinkFacts, say: Say): string {
  const { address, until } = facts;
  const paragraphs = [
    say('ready-hello'),
    say('ready-invited'),
    `${say('ready-read')}\n${address}`,
    say('ready-anonymous'),
    [...about(facts, say), ...(until === undefined ? [] : [say('ready-until', { day: until })])].join('\n'),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

function about({ title, irb, contact }: LinkFacts, say: Say): string[] {
  return [
    ...(title === undefined ? [] : [say('ready-study', { title })]),
    ...(irb === undefined ? [] : [say('ready-irb', { irb })]),
    ...(contact === undefined ? [] : [say('ready-questions', { contact: reach(contact) })]),
  ];
}

/** `Ana Ruiz, (213) 555-0142, ana@example.org` */
export function reach({ name, phone, email }: Contact): string {
  return [name, phone, email].filter((part) => part !== undefined).join(', ');
}
