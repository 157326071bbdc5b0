import type { Words } from './catalogue.ts';

/** English, what the first section of a consent document needs beside `en.ts`. */
export const enConsent = {
  'section-of': 'Section {section} of {sections}',
  'section-minutes': { one: '{count} min', other: '{count} min' },
  'section-read': 'read',
  'section-now': 'now',
  'section-open': 'not read yet',
  'all-sections': 'All sections',
  'consent-continue': 'Continue',
  'have-question': 'I have a question',
  'consent-version': 'Version {version} of this document',
  'consent-effective': 'in use since {day}',
  'consent-expires': 'until {day}',
  'consent-approved': 'approval {id}',
  'consent-not-approved': 'a draft that no review board has approved',
  'consent-coming': 'One moment',
  'consent-failed-title': 'The document could not be loaded',
} as const satisfies Record<string, Words>;
