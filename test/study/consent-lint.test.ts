import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConsentStudy } from '../../src/study/read-consent.ts';
import { describeProblem, StudyError } from '../../src/study/study-error.ts';
import {
  AUTHORIZATION_TOPICS,
  exampleWithConsent,
  KEY_TOPICS,
  laterVersion,
  RIGHTS_TOPICS,
} from '../support/consent.ts';
import { type Changes, exampleStudy, REMOVED } from '../support/studies.ts';
import { problemsOf } from '../support/study-problems.ts';

/** What a study team reads of a consent document that lacks something, by the row of docs/consent.md. */

const FILE = 'calm.study.json';
const VERSION = 'consent.versions[0]';
const SECTIONS = `${VERSION}.sections`;

/** Places of the example's sections. */
const AT = { purpose: 1, duration: 2, procedures: 3, experimental: 4, risks: 5, benefits: 6, alternatives: 7 } as const;
const [CONFIDENTIALITY, EMPLOYMENT, VOLUNTARY, FUTURE_USE, HIPAA, CALIFORNIA] = [8, 9, 10, 11, 12, 13];

const said = (changes: Changes): readonly string[] => problemsOf(exampleWithConsent(changes));

const absent = (kind: string, rule: string, says: string): string =>
  `${SECTIONS}: has no section "${kind}" (${rule}). Add { "kind": "${kind}", "title": …, "body": … }: ${says}.`;

const topicLine = (section: number, kind: string, topic: string, rule: string, says: string): string =>
  `${SECTIONS}[${section}].parts: has nothing on the topic "${topic}" of "${kind}" (${rule}). Add { "topic": "${topic}", "body": … }: ${says}.`;

const otherSection = { kind: 'other', id: 'more', title: { en: 'More', es: 'Más' }, body: { en: 'More.', es: 'Más.' } };

/** Row, paragraph and words of each topic of an authorization. */
const AUTHORIZATION: Readonly<Record<string, readonly [row: string, paragraph: string, says: string]>> = {
  information: ['H1', '(1)(i)', 'which health information is used'],
  disclosers: ['H1', '(1)(ii)', 'who gives it'],
  recipients: ['H1', '(1)(iii)', 'who receives it'],
  purposes: ['H1', '(1)(iv)', 'each purpose'],
  expiry: ['H1', '(1)(v)', 'until when, or "end of the research study", or "none"'],
  revocation: ['H2', '(2)(i)', 'the right to revoke it, and how'],
  conditioning: ['H2', '(2)(ii)', 'whether anything depends on signing'],
  redisclosure: ['H2', '(2)(iii)', 'that a recipient could pass it on'],
};

const RIGHTS: Readonly<Record<string, readonly [paragraph: string, says: string]>> = {
  nature: ['a', 'the nature and purpose of the experiment'],
  procedures: ['b', 'the procedures, and any drug or device'],
  risks: ['c', 'the discomforts and risks to be expected'],
  benefits: ['d', 'the benefits to be expected'],
  alternatives: ['e', 'the alternatives, with their risks and benefits'],
  'treatment-after': ['f', 'the medical treatment available after complications'],
  questions: ['g', 'that questions may be asked'],
  withdraw: ['h', 'that consent may be withdrawn at any time'],
  copy: ['i', 'that a copy of the signed and dated form is given'],
  'free-decision': ['j', 'that one decides free of force, fraud, deceit, duress, coercion and undue influence'],
};

/** The mistake, by the row that it breaks, and all that is said of it. */
const mistakes: readonly (readonly [name: string, changes: Changes, ...lines: string[]])[] = [
  [
    'C1: no key information',
    { [`${SECTIONS}[0]`]: REMOVED },
    absent('key-information', '45 CFR 46.116(a)(5)(i); C1', 'the key information, concise and first'),
  ],
  [
    'C1: something before the key information',
    { [`${SECTIONS}[0]`]: otherSection, [`${SECTIONS}[1]`]: exampleKeyInformation(), [`${SECTIONS}[14]`]: purpose() },
    `${SECTIONS}[1]: is the key information, but not the first section (45 CFR 46.116(a)(5)(i); C1). Move it to the start: a document begins with it, and nothing stands before it.`,
  ],
  ...KEY_TOPICS.map(
    (topic, index) =>
      [
        `C2: key information without ${topic}`,
        { [`${SECTIONS}[0].parts[${index}]`]: REMOVED },
        topicLine(
          0,
          'key-information',
          topic,
          '45 CFR 46.116(a)(5)(i); C2',
          {
            voluntary: 'that consent is sought for research and is voluntary',
            purpose: 'purpose, duration and procedures',
            risks: 'the risks to be expected',
            benefits: 'the benefits to be expected',
            alternatives: 'what else could help',
          }[topic],
        ),
      ] as const,
  ),
  [
    'C3: an option that is chosen beforehand',
    { [`${VERSION}.choices[0].default`]: 'yes' },
    `${VERSION}.choices[0].default: is not a property the kit knows here. Use "id", "section", "question", "options" or "required", or remove it.`,
  ],
  [
    'C3: a choice with one option',
    { [`${VERSION}.choices[0].options[1]`]: REMOVED },
    `${VERSION}.choices[0].options: is a list of 1. List at least 2.`,
  ],
  [
    'C4: a section that lacks a language',
    { [`${SECTIONS}[${AT.risks}].body`]: { en: 'The risks are small.' } },
    `${SECTIONS}[${AT.risks}].body: lacks "es", which the study claims. Write { "en": "The risks are small.", "es": "…" }.`,
  ],
  [
    'C4: a check that lacks a language',
    { [`${VERSION}.checks[0].explanation.es`]: REMOVED },
    `${VERSION}.checks[0].explanation: lacks "es", which the study claims. Write { "en": "You may, and it costs you nothing.", "es": "…" }.`,
  ],
  [
    'C6: rights that are waived',
    { [`${SECTIONS}[${VOLUNTARY}].body.en`]: 'By signing you waive your right to sue.' },
    `${SECTIONS}[${VOLUNTARY}].body: says "waive", which reads as if people gave up rights (45 CFR 46.116(a)(6); C6). Say it without asking anybody to waive a right or to free anybody of liability.`,
  ],
  [
    'C6: liability in Spanish',
    { 'consent.versions[0].meaning.es': 'Acepto y eximo al hospital de toda responsabilidad.' },
    `${VERSION}.meaning: says "eximo al hospital de toda responsabilidad", which reads as if people gave up rights (45 CFR 46.116(a)(6); C6). Say it without asking anybody to waive a right or to free anybody of liability.`,
  ],
  ...(
    [
      ['purpose', 'that this is research, and what it is for'],
      ['duration', 'how long taking part lasts'],
      ['experimental', 'which of it is experimental'],
    ] as const
  ).map(
    ([kind, says]) =>
      [
        `C7: no ${kind}`,
        { [`${SECTIONS}[${AT[kind]}]`]: REMOVED },
        absent(kind, '45 CFR 46.116(b)(1); C7', says),
      ] as const,
  ),
  [
    'C7: no procedures',
    { [`${SECTIONS}[${AT.procedures}]`]: REMOVED, [`${VERSION}.choices[1].section`]: REMOVED },
    absent('procedures', '45 CFR 46.116(b)(1); C7', 'what happens to those who take part'),
  ],
  [
    'C8: no risks',
    { [`${SECTIONS}[${AT.risks}]`]: REMOVED },
    absent('risks', '45 CFR 46.116(b)(2); C8', 'the risks and discomforts to be expected'),
  ],
  [
    'C8: no benefits',
    { [`${SECTIONS}[${AT.benefits}]`]: REMOVED },
    absent('benefits', '45 CFR 46.116(b)(3); C8', 'the benefits to be expected, for them or others'),
  ],
  [
    'C8: no alternatives',
    { [`${SECTIONS}[${AT.alternatives}]`]: REMOVED },
    absent('alternatives', '45 CFR 46.116(b)(4); C8', 'what else could help them'),
  ],
  [
    'C8: no confidentiality',
    { [`${SECTIONS}[${CONFIDENTIALITY}]`]: REMOVED },
    absent('confidentiality', '45 CFR 46.116(b)(5); C8', 'how records are kept confidential'),
  ],
  [
    'C9: more than minimal risk, and nothing on injury',
    { [`${VERSION}.risk`]: 'more-than-minimal' },
    absent('injury', '45 CFR 46.116(b)(6); C9', 'compensation and treatment after an injury'),
  ],
  [
    'C10: nobody to ask about rights',
    { 'contacts[1]': REMOVED },
    'contacts: has nobody to ask about the rights of participants (45 CFR 46.116(b)(7); C10). Add a contact with the role "rights", and a phone or an e-mail.',
  ],
  [
    'C10: a contact for injuries without phone and e-mail',
    { 'contacts[2].email': REMOVED },
    'contacts: has nobody to ask about an injury or harm (45 CFR 46.116(b)(7); C10). Add a contact with the role "injury", and a phone or an e-mail.',
  ],
  [
    'C10: contacts of the version that are too few',
    { [`${VERSION}.contacts`]: [{ role: 'research', name: 'Team', phone: '1' }] },
    `${VERSION}.contacts: has nobody to ask about the rights of participants and an injury or harm (45 CFR 46.116(b)(7); C10). Add a contact with the role "rights" and "injury", and a phone or an e-mail.`,
  ],
  [
    'C11: nothing on taking part being voluntary',
    { [`${SECTIONS}[${VOLUNTARY}]`]: REMOVED, [`${VERSION}.checks`]: REMOVED },
    absent(
      'voluntary',
      '45 CFR 46.116(b)(8); C11',
      'that taking part is voluntary, that saying no costs nothing, and that one may stop at any time',
    ),
  ],
  [
    'C12: nothing on future use',
    { [`${SECTIONS}[${FUTURE_USE}]`]: REMOVED },
    absent('future-use', '45 CFR 46.116(b)(9); C12', 'whether what is collected may be used later, without names'),
  ],
  [
    'C12: neither of the two statements',
    { [`${SECTIONS}[${FUTURE_USE}].statement`]: REMOVED },
    `${SECTIONS}[${FUTURE_USE}]: does not say which of the two statements it makes (45 CFR 46.116(b)(9); C12). Add "statement": "may" (may be used later, without names) or "will-not".`,
  ],
  [
    'C12: a second statement elsewhere',
    { [`${SECTIONS}[${CONFIDENTIALITY}].statement`]: 'may' },
    `${SECTIONS}[${CONFIDENTIALITY}].statement: makes a statement about future use (45 CFR 46.116(b)(9); C12). Remove it: "future-use" says it.`,
  ],
  [
    'C15: nothing on employment',
    { [`${SECTIONS}[${EMPLOYMENT}]`]: REMOVED },
    absent(
      'employment',
      '45 CFR 46.111(b); C15',
      'that the choice does not affect their employment and that supervisors do not see their answers',
    ),
  ],
  [
    'E6: a version that expires before it is effective',
    { [`${VERSION}.expires`]: '2026-02-01' },
    `${VERSION}.expires: is 2026-02-01, but the version is effective from 2026-02-01: it could never be signed (E6). Let it expire on a later day, or leave "expires" out.`,
  ],
  [
    'E6: a version that is effective before its approval',
    { [`${VERSION}.irbApproval.day`]: '2026-03-01' },
    `${VERSION}.effective: is 2026-02-01, before the board approved it on 2026-03-01 (E6). Let it be effective on that day or later.`,
  ],
  [
    'E6: a day that is not in the calendar',
    { [`${VERSION}.effective`]: '2026-02-30' },
    `${VERSION}.effective: is "2026-02-30". Write a day of the calendar, as "2026-01-31".`,
  ],
  [
    'E6: versions out of order',
    { 'consent.versions[1]': laterVersion('1.1', '2026-01-20') },
    'consent.versions[1].effective: is 2026-01-20, not later than 2026-02-01 of the version before it (E6). List versions oldest first, each effective on a later day.',
  ],
  [
    'E6: a version twice',
    { 'consent.versions[1]': laterVersion('1.0', '2026-04-01') },
    'consent.versions[1].version: is "1.0", which stands in this list already. Give each its own, or remove one.',
  ],
  [
    'E6: a new version that does not say what changed, nor whether it matters',
    {
      'consent.versions[1]': laterVersion('1.1', '2026-04-01'),
      'consent.versions[1].material': REMOVED,
      'consent.versions[1].whatChanged': REMOVED,
    },
    'consent.versions[1]: does not say whether those who signed before are asked again (E6). Add "material": true or false.',
    'consent.versions[1]: does not say what differs from the version before it (E6). Add "whatChanged", in plain words.',
  ],
  [
    'E6: a translation without its state',
    { [`${VERSION}.translation`]: REMOVED },
    `${VERSION}: does not say how far the translation into "es" is (E6). Write "translation": { "es": "draft" }, or "certified".`,
  ],
  [
    'E6: a translation into the language it was written in',
    { [`${VERSION}.translation.en`]: 'draft' },
    `${VERSION}.translation.en: is the language the document was written in. Remove it: only the others are translations.`,
  ],
  ...AUTHORIZATION_TOPICS.map((topic, index) => {
    const [row, paragraph, says] = AUTHORIZATION[topic] ?? [];
    return [
      `${row}: an authorization without ${topic}`,
      { [`${SECTIONS}[${HIPAA}].parts[${index}]`]: REMOVED },
      topicLine(HIPAA, 'hipaa-authorization', topic, `45 CFR 164.508(c)${paragraph}; ${row}`, says ?? ''),
    ] as const;
  }),
  [
    'H2: an authorization without any of its statements',
    Object.fromEntries([7, 6, 5].map((index) => [`${SECTIONS}[${HIPAA}].parts[${index}]`, REMOVED])),
    ...AUTHORIZATION_TOPICS.slice(5).map((topic) => {
      const [, paragraph, says] = AUTHORIZATION[topic] ?? [];
      return topicLine(HIPAA, 'hipaa-authorization', topic, `45 CFR 164.508(c)${paragraph}; H2`, says ?? '');
    }),
  ],
  [
    'H1: the block without its authorization',
    { [`${SECTIONS}[${HIPAA}]`]: REMOVED },
    absent('hipaa-authorization', '45 CFR 164.508(c)(1); H1', 'the authorization to use health information'),
  ],
  [
    'H1: an authorization without a word on its signature',
    { [`${VERSION}.blocks.hipaa`]: REMOVED },
    `${SECTIONS}[${HIPAA}]: is an authorization, but its block is switched off (45 CFR 164.508(c)(1)(vi); H1). Add "blocks": { "hipaa": "compound" } where the consent’s signature is meant, or "separate" for one of its own.`,
  ],
  [
    'B1: the block without its list of rights',
    { [`${SECTIONS}[${CALIFORNIA}]`]: REMOVED },
    absent('california-rights', 'California H&S 24172; B1', 'the ten rights of an experimental subject'),
  ],
  [
    'B1: a right that lacks a language',
    { [`${SECTIONS}[${CALIFORNIA}].parts[2].body.es`]: REMOVED },
    `${SECTIONS}[${CALIFORNIA}].parts[2].body: lacks "es", which the study claims. Write { "en": "About risks.", "es": "…" }.`,
  ],
  [
    'B1: a list of rights that is switched off',
    { [`${VERSION}.blocks.california`]: REMOVED },
    `${SECTIONS}[${CALIFORNIA}]: is California’s list of rights, but its block is switched off (California H&S 24172; B1). Add "blocks": { "california": true }, or remove the section.`,
  ],
  ...RIGHTS_TOPICS.map((topic, index) => {
    const [paragraph, says] = RIGHTS[topic] ?? [];
    return [
      `B2: nine rights, without ${topic}`,
      { [`${SECTIONS}[${CALIFORNIA}].parts[${index}]`]: REMOVED },
      topicLine(CALIFORNIA, 'california-rights', topic, `California H&S 24172(${paragraph}); B2`, says ?? ''),
    ] as const;
  }),
  [
    'B2: an eleventh right',
    {
      [`${SECTIONS}[${CALIFORNIA}].parts[10]`]: {
        topic: 'withdrawing',
        body: { en: 'May stop.', es: 'Puede dejarlo.' },
      },
    },
    `${SECTIONS}[${CALIFORNIA}].parts[10].topic: is "withdrawing", no topic of "california-rights". Did you mean "withdraw"? It can be "nature", "procedures", "risks", "benefits", "alternatives", "treatment-after", "questions", "withdraw", "copy" or "free-decision".`,
  ],
  // What belongs to no row
  [
    'a section kind twice',
    { [`${SECTIONS}[14]`]: purpose() },
    `${SECTIONS}[14].kind: is "purpose", which stands in this list already. Give each its own, or remove one.`,
  ],
  [
    'a kind that there is not',
    { [`${SECTIONS}[${AT.risks}].kind`]: 'risk' },
    `${SECTIONS}[${AT.risks}].kind: is "risk". Did you mean "risks"? It can be "key-information", "purpose", "duration", "procedures", "experimental", "assignment", "recordings", "risks", "benefits", "alternatives", "confidentiality", "employment" or 16 more.`,
  ],
  [
    'a section of its own without a name',
    { [`${SECTIONS}[14]`]: { kind: 'other', title: otherSection.title, body: otherSection.body } },
    `${SECTIONS}[14]: is of the kind "other" and has no id. Add "id": a name for it, such as "contact-later".`,
  ],
  [
    'a section by another name',
    { [`${SECTIONS}[${AT.risks}].id`]: 'dangers' },
    `${SECTIONS}[${AT.risks}].id: is "dangers", but this section is known by its kind. Remove it, or make the kind "other".`,
  ],
  [
    'a section that says nothing',
    { [`${SECTIONS}[${AT.risks}].body`]: REMOVED },
    `${SECTIONS}[${AT.risks}]: says nothing. Add "body", or "parts" with a body each.`,
  ],
  [
    'a check about no section',
    { [`${VERSION}.checks[0].section`]: 'voluntarily' },
    `${VERSION}.checks[0].section: is "voluntarily", which is no section of this document. Did you mean "voluntary"? It can be "key-information", "purpose", "duration", "procedures", "experimental", "risks", "benefits", "alternatives", "confidentiality", "employment", "voluntary", "future-use" or 2 more.`,
  ],
  [
    'a check whose answer is no option',
    { [`${VERSION}.checks[0].answer`]: 'maybe' },
    `${VERSION}.checks[0].answer: is "maybe", which is no option. Use "yes" or "no".`,
  ],
  [
    'a choice twice',
    { [`${VERSION}.choices[1].id`]: 'recontact' },
    `${VERSION}.choices[1].id: is "recontact", which stands in this list already. Give each its own, or remove one.`,
  ],
  [
    'markup in a section',
    { [`${SECTIONS}[${AT.risks}].body`]: { en: 'No <b>risks</b>.', es: 'Sin riesgos.' } },
    `${SECTIONS}[${AT.risks}].body: contains "<b>": markup is never rendered, so people would read it as it stands. Write Markdown: paragraphs, # headings, - lists, *emphasis* and [links](https://…).`,
  ],
  [
    'a link in a section that leads nowhere safe',
    { [`${SECTIONS}[${AT.risks}].body.en`]: 'Read [this](http://example.org).' },
    `${SECTIONS}[${AT.risks}].body: links to "http://example.org", which is not shown as a link. Link to an address that starts with https://, mailto: or tel:.`,
  ],
  ['no version', { 'consent.versions': [] }, 'consent.versions: is an empty list. List at least 1.'],
  [
    'a signature that means nothing',
    { [`${VERSION}.meaning`]: REMOVED },
    `${VERSION}.meaning: is missing. Write a text, or one per language: { "en": "…", "es": "…" }.`,
  ],
];

function sectionsOfExample(): readonly unknown[] {
  return JSON.parse(JSON.stringify(exampleWithConsent())).consent.versions[0].sections;
}

function exampleKeyInformation(): never {
  return sectionsOfExample()[0] as never;
}

function purpose(): never {
  return sectionsOfExample()[1] as never;
}

describe('a consent document that lacks something', () => {
  for (const [name, changes, ...lines] of mistakes) {
    it(name, () => {
      assert.deepEqual(said(changes), lines);
    });
  }
});

describe('a consent document that is whole', () => {
  it('is accepted, with both blocks and without them', () => {
    assert.deepEqual(said({}), []);
    const without = { [`${SECTIONS}[${CALIFORNIA}]`]: REMOVED, [`${SECTIONS}[${HIPAA}]`]: REMOVED } as const;
    assert.deepEqual(said({ ...without, [`${VERSION}.blocks`]: REMOVED }), []);
  });

  it('C9: says nothing of injury where the risk is minimal, and may', () => {
    assert.deepEqual(said({ [`${SECTIONS}[14]`]: { ...otherSection, kind: 'injury', id: 'injury' } }), []);
  });

  it('C12: accepts either statement', () => {
    assert.deepEqual(said({ [`${SECTIONS}[${FUTURE_USE}].statement`]: 'may' }), []);
  });

  it('C13: takes the additional elements in the order they are written', async () => {
    const [first, second] = ['number-of-participants', 'costs'] as const;
    const more = [first, second].map((kind) => ({ ...otherSection, kind, id: kind }));
    const file = exampleWithConsent({ [`${SECTIONS}[14]`]: more[0] ?? '', [`${SECTIONS}[15]`]: more[1] ?? '' });
    assert.deepEqual(problemsOf(file), []);
    const { consent } = await readConsentStudy(JSON.stringify(file), FILE);
    assert.deepEqual(
      consent.versions[0]?.sections.slice(14).map(({ kind }) => kind),
      [first, second],
    );
  });

  it('C15: asks for nothing on employment where nobody is asked at work', () => {
    assert.deepEqual(said({ [`${SECTIONS}[${EMPLOYMENT}]`]: REMOVED, [`${VERSION}.employees`]: false }), []);
  });

  it('E6: accepts a second version that says what changed', () => {
    assert.deepEqual(said({ 'consent.versions[1]': laterVersion('1.1', '2026-04-01') }), []);
  });

  for (const words of [
    'You do not give up any of your legal rights by signing this form.',
    'Signing does not waive any right.',
    'Usted no renuncia a ningún derecho al firmar.',
    'We release results of the study in a journal.',
    'You don’t waive anything.',
    'You cannot waive your rights here.',
    'You are not responsible for any costs.',
    'Usted no es responsable de los gastos.',
    'Nadie renuncia a sus derechos.',
  ]) {
    it(`C6: finds nothing exculpatory in "${words}"`, () => {
      assert.deepEqual(said({ [`${SECTIONS}[${VOLUNTARY}].body.en`]: words }), []);
    });
  }

  for (const words of [
    'You give up your legal rights.',
    'I release the hospital from all liability.',
    'The university will not be held responsible for any harm.',
    'You agree to hold the sponsor harmless.',
    'Usted renuncia a cualquier reclamación.',
    'El hospital no se hace responsable de los daños.',
  ]) {
    it(`C6: finds exculpatory words in "${words}"`, () => {
      const lines = said({ [`${SECTIONS}[${VOLUNTARY}].body.en`]: words });
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', /45 CFR 46\.116\(a\)\(6\); C6/);
    });
  }
});

describe('readConsentStudy', () => {
  it('reads the consent, whatever else the file holds', async () => {
    const { screening: _, ...file } = exampleWithConsent({ later: 'x' });
    const study = await readConsentStudy(JSON.stringify(file), FILE);
    assert.deepEqual(
      study.consent.versions.map(({ version }) => version),
      ['1.0'],
    );
    assert.equal('later' in study, false);
  });

  it('says of a file without consent that it has none', async () => {
    await assert.rejects(readConsentStudy(JSON.stringify(exampleStudy()), FILE), (error) => {
      assert.ok(error instanceof StudyError);
      assert.deepEqual(error.problems.map(describeProblem), [
        `${FILE}: consent: is missing. Add "consent": an object.`,
      ]);
      return true;
    });
  });
});
