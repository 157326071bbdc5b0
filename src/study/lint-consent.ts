import type { ConsentSection, ConsentVersion } from './consent-part.ts';
import {
  REQUIRED_CONTACTS,
  REQUIRED_SECTIONS,
  REQUIRED_TOPICS,
  type Requirement,
  type TopicRequirement,
} from './consent-requirements.ts';
import { exculpatoryWords } from './exculpatory.ts';
import { type Finding, repeated } from './finding.ts';
import { lintConsentQuestions } from './lint-consent-questions.ts';
import { lintConsentVersions } from './lint-consent-versions.ts';
import type { Study } from './schema.ts';
import { isText } from './text.ts';
import { list, useOneOf } from './wording.ts';

/** What a consent document lacks or must not have, each with the regulation and the row of docs/consent.md. */

type Path = readonly PropertyKey[];

export function* lintConsent(study: Study): Generator<Finding> {
  const { consent } = study;
  if (consent === undefined) return;
  yield* lintConsentVersions(consent, study.languages);
  for (const [index, version] of consent.versions.entries()) {
    const path = ['consent', 'versions', index];
    yield* lintSections(version, path);
    yield* lintContacts(version, study, path);
    yield* lintConsentQuestions(version, path);
    yield* lintExculpatory(version, path);
  }
}

/** As it follows the sentence about what is missing: the rule, then the row. */
const by = ({ rule, row }: Requirement): string => `(${rule}; ${row})`;

function* lintSections(version: ConsentVersion, path: Path): Generator<Finding> {
  const { sections } = version;
  const kinds = sections.map(({ kind }) => kind);
  const here = [...path, 'sections'];
  for (const requirement of REQUIRED_SECTIONS) {
    const { kind, says } = requirement;
    if (kinds.includes(kind) || requirement.needed?.(version) === false) continue;
    yield {
      path: here,
      message: `has no section ${JSON.stringify(kind)} ${by(requirement)}.`,
      fix: `Add { "kind": ${JSON.stringify(kind)}, "title": …, "body": … }: ${says}.`,
    };
  }
  const first = kinds.indexOf('key-information');
  if (first > 0) {
    yield {
      path: [...here, first],
      message: 'is the key information, but not the first section (45 CFR 46.116(a)(5)(i); C1).',
      fix: 'Move it to the start: a document begins with it, and nothing stands before it.',
    };
  }
  yield* repeated(sections, here, ({ id, kind }) => id ?? kind, 'kind');
  for (const [index, section] of sections.entries()) yield* lintSection(section, version, kinds, [...here, index]);
}

function* lintSection(
  section: ConsentSection,
  version: ConsentVersion,
  kinds: readonly string[],
  path: Path,
): Generator<Finding> {
  const { kind, id, body, parts = [], statement } = section;
  if (kind === 'other' ? id === undefined : id !== undefined && id !== kind) {
    yield kind === 'other'
      ? {
          path,
          message: 'is of the kind "other" and has no id.',
          fix: 'Add "id": a name for it, such as "contact-later".',
        }
      : {
          path: [...path, 'id'],
          message: `is ${JSON.stringify(id)}, but this section is known by its kind.`,
          fix: 'Remove it, or make the kind "other".',
        };
  }
  if (body === undefined && parts.length === 0) {
    yield { path, message: 'says nothing.', fix: 'Add "body", or "parts" with a body each.' };
  }
  yield* lintTopics(section, path);
  if (kind === 'future-use' && statement === undefined) {
    yield {
      path,
      message: 'does not say which of the two statements it makes (45 CFR 46.116(b)(9); C12).',
      fix: 'Add "statement": "may" (may be used later, without names) or "will-not".',
    };
  }
  if (kind !== 'future-use' && statement !== undefined) {
    const meant = kinds.includes('future-use') ? 'Remove it: "future-use" says it.' : 'Make the kind "future-use".';
    yield {
      path: [...path, 'statement'],
      message: 'makes a statement about future use (45 CFR 46.116(b)(9); C12).',
      fix: meant,
    };
  }
  yield* lintBlock(kind, version, path);
}

/** A block's section where the block is switched off: whoever wrote it meant it to bind, so nothing is skipped. */
function* lintBlock(kind: string, { blocks }: ConsentVersion, path: Path): Generator<Finding> {
  if (kind === 'hipaa-authorization' && blocks?.hipaa === undefined) {
    yield {
      path,
      message: 'is an authorization, but its block is switched off (45 CFR 164.508(c)(1)(vi); H1).',
      fix: 'Add "blocks": { "hipaa": "compound" } where the consent’s signature is meant, or "separate" for one of its own.',
    };
  }
  if (kind === 'california-rights' && blocks?.california !== true) {
    yield {
      path,
      message: 'is California’s list of rights, but its block is switched off (California H&S 24172; B1).',
      fix: 'Add "blocks": { "california": true }, or remove the section.',
    };
  }
}

function* lintTopics({ kind, parts = [] }: ConsentSection, path: Path): Generator<Finding> {
  const here = [...path, 'parts'];
  yield* repeated(parts, here, ({ topic }) => topic, 'topic');
  const required = REQUIRED_TOPICS[kind];
  if (required === undefined) return;
  const topics = parts.map(({ topic }) => topic);
  for (const requirement of required) {
    if (!topics.includes(requirement.topic)) yield absentTopic(requirement, kind, here);
  }
  const known = required.map(({ topic }) => topic);
  for (const [index, topic] of topics.entries()) {
    if (known.includes(topic)) continue;
    const fix = useOneOf(topic, known);
    yield { path: [...here, index, 'topic'], message: `is ${JSON.stringify(topic)}, no topic of "${kind}".`, fix };
  }
}

function absentTopic(requirement: TopicRequirement, kind: string, path: Path): Finding {
  const { topic, says } = requirement;
  return {
    path,
    message: `has nothing on the topic ${JSON.stringify(topic)} of "${kind}" ${by(requirement)}.`,
    fix: `Add { "topic": ${JSON.stringify(topic)}, "body": … }: ${says}.`,
  };
}

function* lintContacts(version: ConsentVersion, study: Study, path: Path): Generator<Finding> {
  const own = version.contacts !== undefined;
  const contacts = version.contacts ?? study.contacts;
  const reached = contacts.filter(({ phone, email }) => (phone ?? email) !== undefined).map(({ role }) => role);
  const missing = REQUIRED_CONTACTS.filter(({ role }) => !reached.includes(role));
  if (missing.length === 0) return;
  const about = missing.map(({ about: subject }) => subject).join(' and ');
  yield {
    path: own ? [...path, 'contacts'] : ['contacts'],
    message: `has nobody to ask about ${about} (45 CFR 46.116(b)(7); C10).`,
    fix: `Add a contact with the role ${list(
      missing.map(({ role }) => role),
      'and',
    )}, and a phone or an e-mail.`,
  };
}

function* lintExculpatory(value: unknown, path: Path): Generator<Finding> {
  if (isText(value)) {
    const [words] = Object.values(value).flatMap((text) => exculpatoryWords(text) ?? []);
    if (words === undefined) return;
    yield {
      path,
      message: `says ${JSON.stringify(words)}, which reads as if people gave up rights (45 CFR 46.116(a)(6); C6).`,
      fix: 'Say it without asking anybody to waive a right or to free anybody of liability.',
    };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* lintExculpatory(item, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* lintExculpatory(item, [...path, key]);
  }
}
