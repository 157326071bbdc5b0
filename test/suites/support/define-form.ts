import type { FormDefinition } from '../../../src/study/form-definition.ts';
import { readScreeningStudy } from '../../../src/study/read-part.ts';

/** A form as it stands in a study file, read as an element reads it: texts and all, but without the study's lint. */
export async function defineForm(json: object): Promise<FormDefinition> {
  const study = {
    id: 'study',
    version: '1.0.0',
    title: 'A study',
    languages: ['en', 'es'],
    contacts: [{ role: 'research', name: 'Team', phone: '555-0100' }],
    screening: {
      enrolment: 'self',
      form: { elements: [{ type: 'boolean', name: 'adult' }] },
      criteria: [{ id: 'adult', kind: 'inclusion', wording: 'Adult', when: { question: 'adult', equals: true } }],
      contact: json,
    },
  };
  const { screening } = await readScreeningStudy(JSON.stringify(study), 'form.json');
  return screening.contact;
}
