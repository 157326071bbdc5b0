import { type ConsentDocument, consentDocument } from '../../src/consent/document.ts';
import { versionInForce } from '../../src/consent/versions.ts';
import type { ConsentStudy } from '../../src/study/consent-part.ts';
import { chooseLanguage } from '../../src/study/text.ts';
import type { MyConsent } from '../../src/submission/participation.ts';

/** Which document is read, and which one before it was signed. */
export interface Chosen {
  readonly document: ConsentDocument;
  readonly before?: ConsentDocument;
}

/**
 * The version that the endpoint asks for; while it has not been asked, the one in force by this device's clock.
 *
 * @param wanted the reader's language, which the study may not have
 * @returns nothing where no version is in force yet
 */
export function whichDocument(
  study: ConsentStudy,
  standing: MyConsent | undefined,
  wanted: string,
  now: Date,
): Chosen | undefined {
  const language = chooseLanguage(wanted, study.languages);
  const { asked } = standing ?? {};
  const versions = study.consent.versions.map(({ version }) => version);
  // Where the endpoint knows a newer file than this page has, the file is fetched again before anything is signed.
  const known = asked !== undefined && versions.includes(asked.version) ? asked.version : undefined;
  const version = known ?? standing?.version ?? versionInForce(study, dayOf(now))?.version;
  if (version === undefined || !versions.includes(version)) return undefined;
  const { since } = asked ?? {};
  return {
    document: consentDocument(study, version, language),
    ...(since !== undefined && versions.includes(since) && { before: consentDocument(study, since, language) }),
  };
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
