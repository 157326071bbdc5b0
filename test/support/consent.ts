import { type ConsentStudy, consentStudySchema } from '../../src/study/consent-part.ts';
import { fitted } from '../../src/study/read.ts';
import { type Changes, exampleStudy, type Json, withChanges } from './studies.ts';

/** The example study with a small consent document that holds everything a document must, both blocks included. */

const text = (en: string, es: string): Json => ({ en, es });
const words = (about: string): Json => text(`About ${about}.`, `Sobre ${about}.`);

const section = (kind: string, more: { [key: string]: Json } = {}): Json => ({
  ...{ kind, title: text(`The ${kind}`, `El ${kind}`), body: words(kind) },
  ...more,
});

const covering = (kind: string, ...topics: string[]): Json => ({
  ...{ kind, title: text(`The ${kind}`, `El ${kind}`) },
  parts: topics.map((topic) => ({ topic, title: words(topic), body: words(topic) })),
});

export const KEY_TOPICS = ['voluntary', 'purpose', 'risks', 'benefits', 'alternatives'] as const;
export const AUTHORIZATION_TOPICS = [
  ...['information', 'disclosers', 'recipients', 'purposes', 'expiry'],
  ...['revocation', 'conditioning', 'redisclosure'],
];
export const RIGHTS_TOPICS = [
  ...['nature', 'procedures', 'risks', 'benefits', 'alternatives'],
  ...['treatment-after', 'questions', 'withdraw', 'copy', 'free-decision'],
];

const options = (): Json => [
  { value: 'yes', text: text('Yes', 'Sí') },
  { value: 'no', text: text('No', 'No') },
];

const FIRST_VERSION: { [key: string]: Json } = {
  ...{ version: '1.0', effective: '2026-02-01', expires: '2027-02-01' },
  irbApproval: { id: 'IRB-26-0001', day: '2026-01-15' },
  translation: { es: 'certified' },
  risk: 'minimal',
  blocks: { hipaa: 'separate', california: true },
  sections: [
    covering('key-information', ...KEY_TOPICS),
    ...['purpose', 'duration', 'procedures', 'experimental', 'risks', 'benefits', 'alternatives'].map((kind) =>
      section(kind),
    ),
    ...['confidentiality', 'employment', 'voluntary'].map((kind) => section(kind)),
    section('future-use', { statement: 'will-not' }),
    covering('hipaa-authorization', ...AUTHORIZATION_TOPICS),
    covering('california-rights', ...RIGHTS_TOPICS),
  ],
  checks: [
    {
      ...{ id: 'may-stop', section: 'voluntary', answer: 'yes' },
      question: text('May you stop at any time?', '¿Puede dejarlo en cualquier momento?'),
      options: options(),
      explanation: text('You may, and it costs you nothing.', 'Puede, y no le cuesta nada.'),
    },
  ],
  choices: [
    {
      id: 'recontact',
      question: text('May we write to you about other studies?', '¿Podemos escribirle sobre otros estudios?'),
      options: options(),
    },
    {
      ...{ id: 'recording', section: 'procedures', required: false },
      question: text('May we record you?', '¿Podemos grabarle?'),
      options: options(),
    },
  ],
  meaning: text('I agree to take part.', 'Acepto participar.'),
};

/** As a study team writes it. A new object each time. */
export function exampleWithConsent(changes: Changes = {}): { [key: string]: Json } {
  const study = exampleStudy();
  study.contacts = [
    { role: 'research', name: 'Calm Ward team', phone: '(213) 555-0100', email: 'team@example.org' },
    { role: 'rights', name: 'Review board', phone: '(213) 555-0102' },
    { role: 'injury', name: 'Calm Ward team', email: 'care@example.org' },
  ];
  study.consent = { versions: [structuredClone(FIRST_VERSION)] };
  return withChanges(study, changes);
}

/** Further versions of the same document: each with other words under `procedures`. */
export function laterVersion(number: string, effective: string, more: { [key: string]: Json } = {}): Json {
  const version = structuredClone(FIRST_VERSION);
  Object.assign(version, { version: number, effective, whatChanged: words(`version ${number}`), material: true }, more);
  return withChanges(version, { expires: '2030-01-01', 'sections[3].body': words(`procedures of ${number}`) });
}

/** The example as the element and the receiver read it. */
export function consentStudy(changes: Changes = {}): ConsentStudy {
  const study = fitted(consentStudySchema, exampleWithConsent(changes));
  if (study === undefined) throw new TypeError('These changes leave no consent part.');
  return study;
}
