import type { Consent, ConsentVersion } from './consent-part.ts';
import { type Finding, repeated } from './finding.ts';
import { list } from './wording.ts';

/** A study's consent versions beside each other: numbers, days, approvals, translations and what changed (E6). */

type Path = readonly PropertyKey[];

export function* lintConsentVersions({ versions }: Consent, languages: readonly string[]): Generator<Finding> {
  const path = ['consent', 'versions'];
  yield* repeated(versions, path, ({ version }) => version, 'version');
  for (const [index, version] of versions.entries()) {
    const here = [...path, index];
    yield* lintDays(version, versions[index - 1], here);
    yield* lintTranslation(version, languages, here);
    if (index > 0) yield* lintChange(version, here);
  }
}

function* lintDays(version: ConsentVersion, before: ConsentVersion | undefined, path: Path): Generator<Finding> {
  const { effective, expires, irbApproval } = version;
  if (expires !== undefined && expires <= effective) {
    yield {
      path: [...path, 'expires'],
      message: `is ${expires}, but the version is effective from ${effective}: it could never be signed (E6).`,
      fix: 'Let it expire on a later day, or leave "expires" out.',
    };
  }
  if (before !== undefined && effective <= before.effective) {
    yield {
      path: [...path, 'effective'],
      message: `is ${effective}, not later than ${before.effective} of the version before it (E6).`,
      fix: 'List versions oldest first, each effective on a later day.',
    };
  }
  if (irbApproval !== undefined && irbApproval.day > effective) {
    yield {
      path: [...path, 'effective'],
      message: `is ${effective}, before the board approved it on ${irbApproval.day} (E6).`,
      fix: 'Let it be effective on that day or later.',
    };
  }
}

function* lintTranslation(
  { translation = {} }: ConsentVersion,
  languages: readonly string[],
  path: Path,
): Generator<Finding> {
  const [first, ...others] = languages;
  const said = Object.keys(translation);
  const unsaid = others.filter((language) => !said.includes(language));
  if (unsaid.length > 0) {
    yield {
      path: [...path, ...(said.length > 0 ? ['translation'] : [])],
      message: `does not say how far the translation into ${list(unsaid, 'and')} is (E6).`,
      fix: `Write "translation": { ${others.map((language) => `"${language}": "draft"`).join(', ')} }, or "certified".`,
    };
  }
  for (const language of said) {
    if (others.includes(language)) continue;
    const isFirst = language === first;
    yield {
      path: [...path, 'translation', language],
      message: isFirst
        ? 'is the language the document was written in.'
        : 'is a language that the study does not claim.',
      fix: isFirst ? 'Remove it: only the others are translations.' : 'Remove it, or add it to "languages".',
    };
  }
}

function* lintChange({ material, whatChanged }: ConsentVersion, path: Path): Generator<Finding> {
  if (material === undefined) {
    yield {
      path,
      message: 'does not say whether those who signed before are asked again (E6).',
      fix: 'Add "material": true or false.',
    };
  }
  if (whatChanged === undefined) {
    yield {
      path,
      message: 'does not say what differs from the version before it (E6).',
      fix: 'Add "whatChanged", in plain words.',
    };
  }
}
