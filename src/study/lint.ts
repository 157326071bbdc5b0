import { type Finding, repeated } from './finding.ts';
import { lintConditions } from './lint-conditions.ts';
import { lintForm } from './lint-form.ts';
import { lintTexts } from './lint-texts.ts';
import { pathText } from './path.ts';
import type { Study } from './schema.ts';
import type { FileProblem } from './study-error.ts';

/** What a schema cannot say: names that must be unique, references that must lead somewhere, texts in every language. */
export function lintStudy(study: Study, file: string): FileProblem[] {
  const findings = [...lintHead(study), ...lintScreening(study), ...lintTexts(study)];
  return findings.map(({ path, message, fix }) => ({ file, path: pathText(path), message, fix }));
}

function* lintHead(study: Study): Generator<Finding> {
  yield* repeated(study.languages, ['languages'], (language) => language);
  yield* repeated(study.sites ?? [], ['sites'], (site) => site.id, 'id');
  if (
    !study.contacts.some((contact) => contact.role === 'research' && (contact.phone ?? contact.email) !== undefined)
  ) {
    yield {
      path: ['contacts'],
      message: 'has nobody whom a participant can ask.',
      fix: 'Add a contact with the role "research" and a phone or an e-mail.',
    };
  }
}

function* lintScreening(study: Study): Generator<Finding> {
  const { screening } = study;
  if (screening === undefined) return;
  const sites = study.sites ?? [];
  yield* lintForm(screening.form, ['screening', 'form'], sites);
  yield* lintForm(screening.contact, ['screening', 'contact'], sites);
  yield* repeated(screening.criteria, ['screening', 'criteria'], (criterion) => criterion.id, 'id');
  for (const [index, criterion] of screening.criteria.entries()) {
    yield* lintConditions(criterion.when, screening.form, ['screening', 'criteria', index, 'when'], sites);
  }
}
