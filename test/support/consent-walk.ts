import { type ConsentDocument, consentDocument } from '../../src/consent/document.ts';
import { advance, type ConsentProgress, NOT_OPENED } from '../../src/consent/progress.ts';
import type { Signature } from '../../src/study/consent-answers.ts';
import { consentStudy } from './consent.ts';
import type { Changes } from './studies.ts';

/** Somebody who goes through the example's consent document, and signs. */

export const AT = '2026-03-01T10:00:00Z';

export const exampleDocument = (changes: Changes = {}, version = '1.0', language = 'en'): ConsentDocument =>
  consentDocument(consentStudy(changes), version, language);

/** A document that asks for one signature and nothing apart. */
export const plainDocument = (): ConsentDocument => {
  const { authorization: _, rightsReceipt: __, ...document } = exampleDocument();
  return document;
};

/** Every section viewed, every check passed, every required choice made. */
export function throughAll(document: ConsentDocument): ConsentProgress {
  let progress = advance(document, NOT_OPENED, { type: 'opened', at: AT });
  for (const { id } of document.sections) {
    progress = advance(document, progress, { type: 'section-viewed', at: AT, section: id });
  }
  for (const { id, answer } of document.checks) {
    progress = advance(document, progress, { type: 'check-answered', at: AT, check: id, value: answer });
  }
  for (const { id, required, options } of document.choices) {
    const value = options[0]?.value ?? '';
    if (required) progress = advance(document, progress, { type: 'choice-changed', at: AT, choice: id, value });
  }
  return progress;
}

/** A whole signature block for the example's document, with both blocks' own parts. */
export function exampleSignature(document: ConsentDocument = exampleDocument()): Signature {
  return {
    name: 'Ana Pérez',
    role: 'participant',
    meaning: document.meaning,
    mark: { method: 'typed', text: 'Ana Pérez' },
    signedAt: '2026-03-01T10:05:00Z',
    timeZone: 'America/Los_Angeles',
    ...(document.authorization === 'separate' && {
      authorization: {
        mark: { method: 'drawn', width: 300, height: 100, strokes: [[10, 10, 200, 80, 290, 12]] },
        signedAt: '2026-03-01T10:06:00Z',
      },
    }),
    ...(document.rightsReceipt && { rightsReceivedAt: '2026-03-01T10:04:00Z' }),
  };
}
