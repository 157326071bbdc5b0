import type { ConsentSection, ConsentStudy, ConsentVersion, SectionKind } from '../study/consent-part.ts';
import { type Text, textIn } from '../study/text.ts';
import { ConsentError } from './consent-error.ts';

/**
 * A consent document as it is shown: one version in one language, nothing but plain values. Both ends make it from their own
 * study file, so that equal digests mean equal words.
 */
export interface ConsentDocument {
  readonly study: string;
  readonly title: string;
  readonly version: string;
  /** The language of every word in it, a BCP 47 tag. */
  readonly language: string;
  /** Absent in the language that it was written in. */
  readonly translation?: 'draft' | 'certified';
  readonly effective: string;
  readonly expires?: string;
  readonly irbApproval?: { readonly id: string; readonly day: string };
  readonly risk: 'minimal' | 'more-than-minimal';
  /** Whether an authorization is signed with the consent or by a signature of its own. */
  readonly authorization?: 'compound' | 'separate';
  /** Whether receiving the list of rights is acknowledged apart. */
  readonly rightsReceipt?: true;
  readonly sections: readonly DocumentSection[];
  readonly checks: readonly DocumentCheck[];
  readonly choices: readonly DocumentChoice[];
  readonly meaning: string;
  readonly contacts: readonly DocumentContact[];
  readonly whatChanged?: string;
}

export interface DocumentSection {
  readonly id: string;
  readonly kind: SectionKind;
  readonly title: string;
  /** Markdown. */
  readonly body?: string;
  readonly parts: readonly { readonly topic: string; readonly title?: string; readonly body: string }[];
  readonly statement?: 'may' | 'will-not';
}

export interface DocumentOption {
  readonly value: string;
  readonly text: string;
}

export interface DocumentCheck {
  readonly id: string;
  readonly section: string;
  readonly question: string;
  readonly options: readonly DocumentOption[];
  readonly answer: string;
  readonly explanation: string;
}

export interface DocumentChoice {
  readonly id: string;
  readonly section?: string;
  readonly question: string;
  readonly options: readonly DocumentOption[];
  readonly required: boolean;
}

export interface DocumentContact {
  readonly role: 'research' | 'rights' | 'injury';
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
}

/** As much of a study as a document is made of. */
export type ConsentSource = Pick<ConsentStudy, 'id' | 'title' | 'languages' | 'contacts' | 'consent'>;

/** The version of that number. @throws ConsentError `no-such-version` */
export function findVersion({ consent, id }: Pick<ConsentSource, 'consent' | 'id'>, number: string): ConsentVersion {
  const version = consent.versions.find((one) => one.version === number);
  if (version === undefined) throw new ConsentError('no-such-version', `${id} has no consent version ${number}.`);
  return version;
}

/**
 * @param language one of the study's: a document in two languages would be nobody's
 * @throws ConsentError `no-such-version`, `no-such-language`
 */
export function consentDocument(study: ConsentSource, number: string, language: string): ConsentDocument {
  const { languages } = study;
  if (!languages.includes(language)) {
    throw new ConsentError('no-such-language', `${study.id} is not written in ${language}.`);
  }
  const version = findVersion(study, number);
  const words = (text: Text): string => textIn(text, language, languages);
  const { effective, expires, irbApproval, risk, blocks, whatChanged } = version;
  const translation = language === languages[0] ? undefined : version.translation?.[language];
  return {
    study: study.id,
    title: words(study.title),
    version: number,
    language,
    ...given('translation', translation),
    effective,
    ...given('expires', expires),
    ...given('irbApproval', irbApproval),
    risk,
    ...given('authorization', blocks?.hipaa),
    ...(blocks?.california === true && { rightsReceipt: true as const }),
    sections: version.sections.map((section) => sectionIn(section, words)),
    checks: (version.checks ?? []).map(({ id, section, question, options, answer, explanation }) => ({
      ...{ id, section, answer },
      ...{ question: words(question), options: optionsIn(options, words), explanation: words(explanation) },
    })),
    choices: (version.choices ?? []).map(({ id, section, question, options, required }) => ({
      ...{ id, ...given('section', section), question: words(question) },
      ...{ options: optionsIn(options, words), required: required !== false },
    })),
    meaning: words(version.meaning),
    contacts: contactsOf(version.contacts ?? study.contacts),
    ...given('whatChanged', whatChanged && words(whatChanged)),
  };
}

type Words = (text: Text) => string;

function sectionIn(section: ConsentSection, words: Words): DocumentSection {
  const { kind, id, title, body, parts = [], statement } = section;
  return {
    ...{ id: id ?? kind, kind, title: words(title), ...given('body', body && words(body)) },
    parts: parts.map((part) => ({
      topic: part.topic,
      ...given('title', part.title && words(part.title)),
      body: words(part.body),
    })),
    ...given('statement', statement),
  };
}

function optionsIn(
  options: readonly { readonly value: string; readonly text: Text }[],
  words: Words,
): DocumentOption[] {
  return options.map(({ value, text }) => ({ value, text: words(text) }));
}

function contactsOf(contacts: ConsentSource['contacts']): DocumentContact[] {
  return contacts.flatMap(({ role, name, phone, email }) =>
    role === 'safety' ? [] : [{ role, name, ...given('phone', phone), ...given('email', email) }],
  );
}

/** A property where there is a value for it: what is absent has no key, in a digest neither. */
function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Value });
}
