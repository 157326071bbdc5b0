import { type Finding, repeated } from './finding.ts';
import { lintAllocation } from './lint-allocation.ts';
import { lintArms } from './lint-arms.ts';
import { lintAssessments } from './lint-assessments.ts';
import { lintConditions } from './lint-conditions.ts';
import { lintConsent } from './lint-consent.ts';
import { lintForm } from './lint-form.ts';
import { lintTexts } from './lint-texts.ts';
import type { Study } from './schema.ts';
import { formsIn } from './study-forms.ts';

/** What a schema cannot say: names that must be unique, references that must lead somewhere, texts in every language. */
export function lintStudy(study: Study): Finding[] {
  return [
    ...lintHead(study),
    ...formsIn(study).flatMap(({ form, path }) => [...lintForm(form, path, study)]),
    ...lintScreening(study),
    ...lintConsent(study),
    ...lintAssessments(study),
    ...lintArms(study),
    ...lintAllocation(study),
    ...lintTexts(study),
  ];
}

function* lintHead(study: Study): Generator<Finding> {
  yield* repeated(study.languages, ['languages'], (language) => language);
  yield* repeated(study.sites ?? [], ['sites'], (site) => site.id, 'id');
  if (
    !study.contacts.some((contact) => contact.role === 'research' && (contact.phone ?? contact.email) !== undefined)
  ) {
    yield {
      path: ['contacts'],
      message: 'has nobody whom a participant could ask.',
      fix: 'Add a contact with the role "research" and a phone or an e-mail.',
    };
  }
}

function* lintScreening(study: Study): Generator<Finding> {
  const { screening } = study;
  if (screening === undefined) return;
  const sites = study.sites ?? [];
  yield* repeated(screening.criteria, ['screening', 'criteria'], (criterion) => criterion.id, 'id');
  for (const [index, criterion] of screening.criteria.entries()) {
    yield* lintConditions(criterion.when, screening.form, ['screening', 'criteria', index, 'when'], sites);
  }
}
