import type { ConsentVersion, SectionKind } from './consent-part.ts';

/**
 * What a consent document must hold, as data: each element by the regulation that asks for it and by its row in
 * docs/consent.md. 45 CFR 46.116 is the Common Rule of 2018, 45 CFR 164.508 HIPAA's authorization, and 24172 the
 * California Health and Safety Code's.
 */
export interface Requirement {
  /** The row in docs/consent.md. */
  readonly row: string;
  readonly rule: string;
}

/** A section that must be there. */
export interface SectionRequirement extends Requirement {
  readonly kind: SectionKind;
  /** What it says, for whoever has to write it. */
  readonly says: string;
  /** Whether this version needs it; without it, every version does. */
  needed?(version: ConsentVersion): boolean;
}

/** A topic that a section must cover, in a part of its own. */
export interface TopicRequirement extends Requirement {
  readonly topic: string;
  readonly says: string;
}

const common = (paragraph: string): string => `45 CFR 46.116${paragraph}`;

export const REQUIRED_SECTIONS: readonly SectionRequirement[] = [
  {
    kind: 'key-information',
    row: 'C1',
    rule: common('(a)(5)(i)'),
    says: 'the key information, concise and first',
  },
  { kind: 'purpose', row: 'C7', rule: common('(b)(1)'), says: 'that this is research, and what it is for' },
  { kind: 'duration', row: 'C7', rule: common('(b)(1)'), says: 'how long taking part lasts' },
  { kind: 'procedures', row: 'C7', rule: common('(b)(1)'), says: 'what happens to those who take part' },
  { kind: 'experimental', row: 'C7', rule: common('(b)(1)'), says: 'which of it is experimental' },
  { kind: 'risks', row: 'C8', rule: common('(b)(2)'), says: 'the risks and discomforts to be expected' },
  { kind: 'benefits', row: 'C8', rule: common('(b)(3)'), says: 'the benefits to be expected, for them or others' },
  { kind: 'alternatives', row: 'C8', rule: common('(b)(4)'), says: 'what else could help them' },
  { kind: 'confidentiality', row: 'C8', rule: common('(b)(5)'), says: 'how records are kept confidential' },
  {
    kind: 'injury',
    row: 'C9',
    rule: common('(b)(6)'),
    says: 'compensation and treatment after an injury',
    needed: ({ risk }) => risk === 'more-than-minimal',
  },
  {
    kind: 'voluntary',
    row: 'C11',
    rule: common('(b)(8)'),
    says: 'that taking part is voluntary, that saying no costs nothing, and that one may stop at any time',
  },
  {
    kind: 'future-use',
    row: 'C12',
    rule: common('(b)(9)'),
    says: 'whether what is collected may be used later, without names',
  },
  {
    kind: 'employment',
    row: 'C15',
    rule: '45 CFR 46.111(b)',
    says: 'that the choice does not affect their employment and that supervisors do not see their answers',
    needed: ({ employees }) => employees !== false,
  },
  {
    kind: 'hipaa-authorization',
    row: 'H1',
    rule: '45 CFR 164.508(c)(1)',
    says: 'the authorization to use health information',
    needed: ({ blocks }) => blocks?.hipaa !== undefined,
  },
  {
    kind: 'california-rights',
    row: 'B1',
    rule: 'California H&S 24172',
    says: 'the ten rights of an experimental subject',
    needed: ({ blocks }) => blocks?.california === true,
  },
];

const keyInformation = (topic: string, says: string): TopicRequirement => ({
  ...{ topic, says, row: 'C2', rule: common('(a)(5)(i)') },
});
const authorization = (topic: string, row: 'H1' | 'H2', paragraph: string, says: string): TopicRequirement => ({
  ...{ topic, row, says, rule: `45 CFR 164.508(c)${paragraph}` },
});
const right = (topic: string, paragraph: string, says: string): TopicRequirement => ({
  ...{ topic, says, row: 'B2', rule: `California H&S 24172(${paragraph})` },
});

/** By kind of section, in the order of the regulation. */
export const REQUIRED_TOPICS: Readonly<Partial<Record<SectionKind, readonly TopicRequirement[]>>> = {
  'key-information': [
    keyInformation('voluntary', 'that consent is sought for research and is voluntary'),
    keyInformation('purpose', 'purpose, duration and procedures'),
    keyInformation('risks', 'the risks to be expected'),
    keyInformation('benefits', 'the benefits to be expected'),
    keyInformation('alternatives', 'what else could help'),
  ],
  'hipaa-authorization': [
    authorization('information', 'H1', '(1)(i)', 'which health information is used'),
    authorization('disclosers', 'H1', '(1)(ii)', 'who gives it'),
    authorization('recipients', 'H1', '(1)(iii)', 'who receives it'),
    authorization('purposes', 'H1', '(1)(iv)', 'each purpose'),
    authorization('expiry', 'H1', '(1)(v)', 'until when, or "end of the research study", or "none"'),
    authorization('revocation', 'H2', '(2)(i)', 'the right to revoke it, and how'),
    authorization('conditioning', 'H2', '(2)(ii)', 'whether anything depends on signing'),
    authorization('redisclosure', 'H2', '(2)(iii)', 'that a recipient could pass it on'),
  ],
  'california-rights': [
    right('nature', 'a', 'the nature and purpose of the experiment'),
    right('procedures', 'b', 'the procedures, and any drug or device'),
    right('risks', 'c', 'the discomforts and risks to be expected'),
    right('benefits', 'd', 'the benefits to be expected'),
    right('alternatives', 'e', 'the alternatives, with their risks and benefits'),
    right('treatment-after', 'f', 'the medical treatment available after complications'),
    right('questions', 'g', 'that questions may be asked'),
    right('withdraw', 'h', 'that consent may be withdrawn at any time'),
    right('copy', 'i', 'that a copy of the signed and dated form is given'),
    right('free-decision', 'j', 'that one decides free of force, fraud, deceit, duress, coercion and undue influence'),
  ],
};

/** Contacts that a participant must find, by the role that answers. C10. */
export const REQUIRED_CONTACTS = [
  { role: 'research', about: 'the research' },
  { role: 'rights', about: 'the rights of participants' },
  { role: 'injury', about: 'an injury or harm' },
] as const;
