import type { MessageKey } from '../locales/catalogue.ts';

/**
 * Why an endpoint refused a signature, in words for whoever gave it: by the problem's own name, and what helps. Whatever the
 * reason, nothing was signed.
 */
export interface RefusalWords {
  readonly text: MessageKey;
  /** The document is to be read again, as it stands now; else the signature can be given again, or staff have to help. */
  readonly helps: 'read-again' | 'sign-again' | 'ask';
}

const WORDS: Readonly<Record<string, RefusalWords>> = {
  'consent-version-unknown': { text: 'refused-version', helps: 'read-again' },
  'consent-not-effective': { text: 'refused-version', helps: 'read-again' },
  'consent-superseded': { text: 'refused-version', helps: 'read-again' },
  'consent-expired': { text: 'refused-version', helps: 'read-again' },
  'consent-language-unknown': { text: 'refused-words', helps: 'read-again' },
  'consent-document-differs': { text: 'refused-words', helps: 'read-again' },
  'consent-statement-differs': { text: 'refused-words', helps: 'read-again' },
  'consent-incomplete': { text: 'refused-incomplete', helps: 'read-again' },
  'consent-decided-since': { text: 'refused-decided', helps: 'read-again' },
  'consent-signature-incomplete': { text: 'refused-signature', helps: 'sign-again' },
  'proof-missing': { text: 'refused-proof', helps: 'sign-again' },
  'proof-invalid': { text: 'refused-proof', helps: 'sign-again' },
  'proof-expired': { text: 'refused-proof', helps: 'sign-again' },
  'proof-for-another': { text: 'refused-proof', helps: 'sign-again' },
  'proof-subject-differs': { text: 'refused-subject', helps: 'ask' },
  'proof-subject-taken': { text: 'refused-subject', helps: 'ask' },
  'consent-not-approved': { text: 'refused-draft', helps: 'ask' },
  'consent-translation-draft': { text: 'refused-draft', helps: 'ask' },
  'consent-placeholder': { text: 'refused-draft', helps: 'ask' },
  'consent-mode-differs': { text: 'refused-draft', helps: 'ask' },
};

/** @param type of the problem, as `urn:steady:problem:consent-expired`; undefined for one that says nothing of a signature */
export function refusalWords(type: string | undefined): RefusalWords | undefined {
  return WORDS[type?.split(':').at(-1) ?? ''];
}
