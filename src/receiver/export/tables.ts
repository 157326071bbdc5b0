import { usualSource } from '../links/links.ts';
import type { LinkRow } from '../store/links-store.ts';
import type { ScreeningRow } from '../store/store.ts';
import type { Cell } from './cells.ts';
import { type Coding, daysBetween } from './coding.ts';
import type { Person } from './person.ts';
import { isList, type Plain } from './values.ts';
import { type Variable, variableName } from './variables.ts';

/** The tables of an export: what their columns are, and the rows of one participant in each. */

export interface Column {
  readonly name: string;
  /** For the codebook. */
  readonly note: string;
  /** What the study says of it, where it is the study's. */
  readonly about?: { readonly part: string; readonly item: string; readonly kind: string; readonly label: string };
}

export interface Table<Source> {
  readonly file: string;
  readonly columns: readonly Column[];
  rows(source: Source): readonly (readonly Cell[])[];
}

export const columns = (notes: Readonly<Record<string, string>>): readonly Column[] =>
  Object.entries(notes).map(([name, note]) => ({ name, note }));

export const DAY =
  'days from the participant’s first day, which is 0: the day of their first signature, or of their enrolment where nobody signs';

/** What a wide table has of arms: the columns, and the cells of one participant. */
export interface ArmColumns {
  readonly columns: readonly Column[];
  cells(person: Person): readonly Cell[];
}

/**
 * One row for each participant; of each assessment the sitting that counts.
 *
 * @param arms what is there of arms, in exports with them
 */
export function wideTable(variables: readonly Variable[], arms: ArmColumns | undefined): Table<Person> {
  const occasions = [...new Set(variables.map(({ occasion }) => occasion))];
  const asked = variables.flatMap(wideColumns);
  return {
    file: 'participants.csv',
    columns: [
      ...columns({
        participant: 'code of the participant, the same in every file and every export',
        site: 'code of the site where they are now',
        standing: 'of their consent: signed, declined, withdrawn, or none',
        authorization: 'to use health information: open or revoked',
        erased: '1: what they gave was erased, as far as the study lets it go',
      }),
      ...(arms?.columns ?? []),
      ...occasions.map((occasion) => ({ name: `${occasion}.day`, note: `when it was handed in: ${DAY}` })),
      ...asked.map(({ name, note }) => ({ name, note })),
    ],
    rows: (person) => {
      const { participant, site, standing, authorization, erased, sittings } = person;
      const counting = sittings.filter(({ counts }) => counts);
      const given = answersByName(person, new Set(counting.map(({ sitting }) => sitting)));
      return [
        [
          ...[participant, site, standing, authorization, Number(erased)],
          ...(arms?.cells(person) ?? []),
          ...occasions.map((occasion) => counting.find((one) => one.occasion === occasion)?.day ?? null),
          ...asked.map(({ variable, choice }) => wideCell(given.get(variable), choice)),
        ],
      ];
    },
  };
}

/** One for a variable; of several choices one for each. */
function wideColumns(variable: Variable): readonly (Column & { readonly variable: string; readonly choice?: Plain })[] {
  const name = variableName(variable);
  if (variable.kind !== 'choices') return [{ name, variable: name, note: '' }];
  return variable.values.map(({ value }) => ({
    ...{ name: `${name}[${value}]`, variable: name, choice: value },
    note: '1: chosen; 0: the question was answered, and this was not chosen',
  }));
}

/** A list that a question with one choice should not have, from a version that is not known, is JSON. */
function wideCell(value: Plain | null | undefined, choice: Plain | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (choice !== undefined) return isList(value) ? Number(value.some((one) => one === choice)) : null;
  return isList(value) ? JSON.stringify(value) : value;
}

/** Answers, and of each score the one by the newest rule, of the sittings that count. */
function answersByName({ answers, scores }: Person, counting: ReadonlySet<number>): ReadonlyMap<string, Plain | null> {
  const counts = ({ sitting }: { readonly sitting: number }) => counting.has(sitting);
  return new Map([
    ...answers
      .filter(counts)
      .map(({ occasion, part, item, value }) => [variableName({ occasion, part, item, kind: 'item' }), value] as const),
    ...scores
      .filter(counts)
      .map(
        ({ occasion, instrument: part, subscale: item, score }) =>
          [variableName({ occasion, part, item, kind: 'score' }), score] as const,
      ),
  ]);
}

/** One row for each answer. */
export const ANSWERS: Table<Person> = {
  file: 'answers.csv',
  columns: columns({
    participant: 'code of the participant',
    sitting: 'which of their sittings: see sittings.csv',
    occasion: 'screening, the assessment, or nothing for an instrument that was asked on its own',
    part: 'screening, the instrument, or the form',
    version: 'of the instrument; nothing for a form, which is the study version’s',
    item: 'the question, or question[row] of a matrix',
    type: 'what the value is: text, number, boolean, or list',
    value: 'the answer; a list as JSON',
  }),
  rows: ({ participant, answers }) =>
    answers.map(({ sitting, occasion, part, version, item, value }) => [
      ...[participant, sitting, occasion || null, part, version || null, item, typeOf(value)],
      isList(value) ? JSON.stringify(value) : value,
    ]),
};

function typeOf(value: Plain): string {
  if (isList(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

/** One row for each time that something was handed in. */
export const SITTINGS: Table<Person> = {
  file: 'sittings.csv',
  columns: columns({
    participant: 'code of the participant',
    sitting: '0 is the screening; the others in the order of arrival',
    occasion: 'screening, the assessment, or nothing for an instrument that was asked on its own',
    day: DAY,
    counts: '1: the sitting of its assessment that counts, which is the first',
    study_version: 'that it was asked from',
    language: 'that the participant read',
    deviations: 'what was unusual, by name, as a JSON list',
  }),
  rows: ({ participant, sittings }) =>
    sittings.map(({ sitting, occasion, day, counts, studyVersion, language, deviations }) => [
      ...[participant, sitting, occasion || null, day, Number(counts), studyVersion, language || null],
      JSON.stringify(deviations),
    ]),
};

/** One row for each score, by every rule that it was scored by. */
export const SCORES: Table<Person> = {
  file: 'scores.csv',
  columns: columns({
    participant: 'code of the participant',
    sitting: 'which of their sittings',
    occasion: 'the assessment, or nothing',
    instrument: 'the instrument',
    version: 'of the instrument that was answered',
    subscale: 'of the instrument',
    rule: 'that it was scored by',
    score: 'not rounded; nothing where the rule gives none',
  }),
  rows: ({ participant, scores }) =>
    scores.map(({ sitting, occasion, instrument, version, subscale, rule, score }) => [
      ...[participant, sitting, occasion || null, instrument, version, subscale, rule, score],
    ]),
};

/** One row for each thing that somebody decided. */
export const CONSENTS: Table<Person> = {
  file: 'consents.csv',
  columns: columns({
    participant: 'code of the participant',
    day: DAY,
    outcome: 'signed, declined, deferred, paper, or withdrawn',
    version: 'of the consent document',
    language: 'of the consent document',
    scope: 'what was withdrawn from: study or authorization; in exports with arms intervention too',
  }),
  rows: ({ participant, consents }) =>
    consents.map(({ day, outcome, version, language, scope }) => [participant, day, outcome, version, language, scope]),
};

export const PERSON_TABLES = [ANSWERS, SITTINGS, SCORES, CONSENTS] as const;

/** A screening, and the recruiter's link that it came by. */
export type FoundScreening = ScreeningRow & { readonly by: LinkRow | undefined };

/** One row for each screening, of people who do not take part too: what was found, and nothing that was answered. */
export function screeningsTable(
  coding: Coding,
  { first, freeText }: { readonly first: string; readonly freeText: boolean },
): Table<FoundScreening> {
  return {
    file: 'screenings.csv',
    columns: columns({
      screening: 'code of the screening',
      participant: 'code of whose it is, if anybody’s who takes part',
      day: 'days from the day on which the study was first served, UTC',
      verdict: 'eligible, ineligible or incomplete',
      failed: 'criteria that were not met, as a JSON list',
      unknown: 'criteria that could not be decided, as a JSON list; nothing of people who were not eligible',
      source: 'where they came from: of a recruiter’s link; what somebody else has said only with free text',
      verified: '1: by a recruiter’s link, 0: as somebody has said',
      channel: 'of the recruiter’s link',
      link_site: 'code of the site that the recruiter’s link is of',
      study_version: 'that it was asked from',
      deviations: 'what was unusual, by name, as a JSON list',
    }),
    rows: ({ idHash, participant, day, verdict, failed, unknown, source, link, by, studyVersion, deviations }) => [
      [
        coding.screening(idHash),
        participant === null ? null : coding.participant(participant),
        daysBetween(first, day) ?? null,
        verdict,
        JSON.stringify(failed),
        JSON.stringify(unknown),
        link !== null || freeText ? codedSource(source, by, coding) : null,
        source === null ? null : Number(link !== null),
        by?.channel ?? null,
        by?.site == null ? null : coding.site(by.site),
        studyVersion,
        JSON.stringify(deviations),
      ],
    ],
  };
}

/** A source that is made of a link's site and channel names the site by its code. */
function codedSource(source: string | null, by: LinkRow | undefined, coding: Coding): string | null {
  if (by?.site == null || source !== usualSource(by)) return source;
  return usualSource({ ...by, site: coding.site(by.site) });
}
