import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as v from 'valibot';
import { SECTION_KINDS, type SectionKind } from '../../src/study/consent-part.ts';
import { REQUIRED_TOPICS } from '../../src/study/consent-requirements.ts';
import { parseStudy } from '../../src/study/parse-study.ts';
import { formDefinitionSchema } from '../../src/study/study-file.ts';
import { studySchema } from '../../src/study/whole-study.ts';
import { codeIn, fencesIn, namesIn, readDocument, rowsOf, sectionOf } from '../support/documents.ts';

const document = readDocument('docs/study-file.md');
const example = readDocument('docs/examples/night-rest.study.json');

/** As much of the schema library's objects as is needed to walk them. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly wrapped?: Schema;
  readonly item?: Schema;
  readonly options?: readonly Schema[];
  readonly literal?: unknown;
  getter?(input: unknown): Schema;
}

/** Past optional, lazy and list, to what a property is made of. */
function core(schema: Schema): Schema {
  const inner = schema.wrapped ?? schema.item ?? schema.getter?.(undefined);
  return inner === undefined ? schema : core(inner);
}

function entriesOf(schema: Schema, ...path: readonly string[]): Readonly<Record<string, Schema>> {
  const [key, ...rest] = path;
  const { entries = {} } = core(schema);
  if (key === undefined) return entries;
  const next = entries[key];
  assert.ok(next, `the schema has no ${key}`);
  return entriesOf(next, ...rest);
}

const isWithoutEffect = (schema: Schema): boolean => schema.wrapped?.type === 'unknown';
const asSchema = (schema: v.GenericSchema<unknown, unknown>): Schema => schema as unknown as Schema;
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const split = (entries: Readonly<Record<string, Schema>>, withoutEffect: boolean): string[] =>
  sorted(Object.keys(entries).filter((name) => isWithoutEffect(entries[name] ?? { type: '' }) === withoutEffect));

const study = asSchema(studySchema);
const forms = core(asSchema(formDefinitionSchema)).options ?? [];
const paged = forms.find(({ entries }) => entries?.pages !== undefined) ?? { type: '' };
const pages = entriesOf(paged, 'pages');
const elements = core(pages.elements ?? { type: '' }).options ?? [];
/** One of the two ways to allocate, by its unit. */
const allocationOf = (unit: string): Readonly<Record<string, Schema>> =>
  (core(entriesOf(study).allocation ?? { type: '' }).options ?? []).find(
    ({ entries }) => entries?.unit?.literal === unit,
  )?.entries ?? {};
/** A stratum as it is written in full. */
const stratum = (core(allocationOf('participant').strata ?? { type: '' }).options ?? []).find(({ entries }) => entries);
const elementOf = (type: string): Readonly<Record<string, Schema>> =>
  elements.find(({ entries }) => entries?.type?.literal === type)?.entries ?? {};

/** The types in a table of types, with the names that its second column gives them. */
function ownOf(heading: string, tableIndex = 0): ReadonlyMap<string, readonly string[]> {
  const tables = sectionOf(document, heading)
    .split(/\n\n(?=\|)/)
    .slice(1);
  const types = rowsOf(tables[tableIndex] ?? '');
  // What stands in brackets are values.
  return new Map(
    types.map(([type = '', own = '']) => [codeIn(type)[0] ?? '', codeIn(own.replaceAll(/\([^)]*\)/g, ''))]),
  );
}

/** The properties that the last table lists for a place. */
const ignored = new Map(
  rowsOf(sectionOf(document, 'Accepted without effect')).map(([where = '', names = '']) => [
    where.replaceAll('`', ''),
    codeIn(names),
  ]),
);

const withChoices = ['radiogroup', 'checkbox', 'dropdown'];

const series = entriesOf(study, 'arms', 'series');
/** The forms of a union, each with its properties. */
const formsOf = (schema: Schema | undefined): readonly Readonly<Record<string, Schema>>[] =>
  (core(schema ?? { type: '' }).options ?? []).flatMap(({ entries }) => (entries === undefined ? [] : [entries]));
const [instrumentObject = {}] = formsOf(entriesOf(study, 'assessments').instruments);
const missedRule = Object.assign({}, ...formsOf(series.missed));

describe('docs/study-file.md', () => {
  const parts: readonly (readonly [heading: string, entries: Readonly<Record<string, Schema>>])[] = [
    ['The study', entriesOf(study)],
    ['`contacts`', entriesOf(study, 'contacts')],
    ['`resources`', entriesOf(study, 'resources')],
    ['`sites`', entriesOf(study, 'sites')],
    ['`about`', entriesOf(study, 'about')],
    ['Screening', entriesOf(study, 'screening')],
    ['`criteria`', entriesOf(study, 'screening', 'criteria')],
    ['Consent', entriesOf(study, 'consent')],
    ['`versions`', entriesOf(study, 'consent', 'versions')],
    ['`sections`', entriesOf(study, 'consent', 'versions', 'sections')],
    ['`checks`', entriesOf(study, 'consent', 'versions', 'checks')],
    ['`choices`', entriesOf(study, 'consent', 'versions', 'choices')],
    ['Assessments', entriesOf(study, 'assessments')],
    ['`instruments`', instrumentObject],
    ['Arms', entriesOf(study, 'arms')],
    ['`series`', series],
    ['`homework`', entriesOf(series.homework ?? { type: '' })],
    ['`missed`', missedRule],
    ['`attendance`', entriesOf(series.attendance ?? { type: '' })],
    ['Allocation of participants', allocationOf('participant')],
    ['Allocation of sites', allocationOf('site')],
    ['`strata`', stratum?.entries ?? {}],
    ['`retention`', entriesOf(study, 'retention')],
  ];
  for (const [heading, entries] of parts) {
    test(`names every property of ${heading}, and whether it must be there`, () => {
      const section = sectionOf(document, heading);
      assert.ok(Object.keys(entries).length > 1);
      assert.deepEqual(sorted(namesIn(section)), sorted(Object.keys(entries)));
      for (const [names = '', required] of rowsOf(section)) {
        for (const name of codeIn(names)) {
          assert.equal(required, entries[name]?.type === 'optional' ? 'optional' : 'required', name);
        }
      }
    });
  }

  test('names every property of a step of the timeline', () => {
    const row = rowsOf(sectionOf(document, '`about`')).find(([name]) => name === '`timeline`');
    assert.deepEqual(sorted(codeIn(row?.[2] ?? '')), sorted(Object.keys(entriesOf(study, 'about', 'timeline'))));
  });

  test('names every property of phases, bands and groups', () => {
    const saysOf = (heading: string, name: string) =>
      codeIn(rowsOf(sectionOf(document, heading)).find(([cell]) => cell === `\`${name}\``)?.[2] ?? '');
    const named: readonly (readonly [said: readonly string[], schema: Schema | undefined])[] = [
      [saysOf('Allocation of sites', 'phases'), allocationOf('site').phases],
      [saysOf('`strata`', 'bands'), stratum?.entries?.bands],
      [saysOf('`strata`', 'groups'), stratum?.entries?.groups],
    ];
    for (const [said, schema] of named) {
      const names = Object.keys(entriesOf(schema ?? { type: '' }));
      assert.ok(names.length > 1);
      for (const name of names) assert.ok(said.includes(name), name);
    }
  });

  test('names every kind of section with the topics that it must cover', () => {
    const section = sectionOf(document, '`sections`');
    const [, kinds = ''] = section.split(/\n\n(?=\|)/).slice(1);
    const documented = rowsOf(kinds).flatMap(([names = '', says = '']) =>
      codeIn(names).map((kind) => [kind, says.includes('Topics:') ? codeIn(says) : []] as const),
    );
    assert.deepEqual(sorted(documented.map(([kind]) => kind)), sorted(SECTION_KINDS));
    for (const [kind, topics] of documented) {
      const required = REQUIRED_TOPICS[kind as SectionKind] ?? [];
      assert.deepEqual(
        topics,
        required.map(({ topic }) => topic),
        kind,
      );
    }
  });

  test('names every property of forms and pages', () => {
    const both = forms.flatMap(({ entries = {} }) => split(entries, false));
    assert.deepEqual(sorted(namesIn(sectionOf(document, 'Forms'))), sorted(both));
    assert.deepEqual(sorted(namesIn(sectionOf(document, 'Pages'))), split(pages, false));
    assert.deepEqual(sorted(ignored.get('form') ?? []), split(paged.entries ?? {}, true));
    assert.deepEqual(sorted(ignored.get('page') ?? []), split(pages, true));
  });

  const everyElement = namesIn(sectionOf(document, 'Every element'));
  const everyQuestion = namesIn(sectionOf(document, 'Every question'));
  const choices = namesIn(sectionOf(document, 'Choices'));
  const questions = ownOf('Question types');
  const others = ownOf('Question types', 1);

  test('names every type of element', () => {
    const types = elements.map(({ entries }) => String(entries?.type?.literal));
    assert.deepEqual(sorted([...questions.keys(), ...others.keys()]), sorted(types));
  });

  for (const [type, own] of [...questions, ...others]) {
    test(`names every property of ${type}, with effect and without`, () => {
      const shared = [
        ...everyElement,
        ...(questions.has(type) ? everyQuestion : []),
        ...(withChoices.includes(type) ? choices : []),
      ];
      assert.deepEqual(sorted([...shared, ...own]), split(elementOf(type), false));
      const without = [
        ...(ignored.get('every element') ?? []),
        ...(withChoices.includes(type) ? (ignored.get('choices') ?? []) : []),
        ...(ignored.get(type) ?? []),
      ];
      assert.deepEqual(sorted(without), split(elementOf(type), true));
    });
  }

  test('names every validator with its properties', () => {
    const validators = core(elementOf('text').validators ?? { type: '' }).options ?? [];
    const documented = rowsOf(sectionOf(document, 'Validators')).map(([type = '', own = '']) => [
      codeIn(type)[0],
      sorted([...codeIn(own), 'type', 'text']),
    ]);
    const known = validators.map(({ entries = {} }) => [entries.type?.literal, sorted(Object.keys(entries))]);
    assert.ok(known.length > 0);
    assert.deepEqual(documented, known);
  });

  test('the conditions it shows are conditions', () => {
    const shown = rowsOf(sectionOf(document, 'Conditions'))
      .flatMap(([cell = '']) => codeIn(cell))
      .map((text) => text.replaceAll(/\[\.\.\.\]/g, '[{"question":"age","atLeast":18}]'))
      .map((text) => text.replaceAll(/\{\.\.\.\}/g, '{"question":"age","atLeast":18}'));
    assert.equal(shown.length, 8);
    for (const text of shown) {
      const json = JSON.parse(example);
      const choices = (name: string, ...values: string[]) => ({
        ...{ type: 'checkbox', name, title: { en: 'Which?', es: '¿Cuáles?' } },
        choices: values.map((value) => ({ value, text: { en: value, es: value } })),
      });
      json.screening.form.pages[0].elements.push(choices('role', 'md', 'phd'), choices('shifts', 'night'));
      json.screening.criteria[0].when = JSON.parse(text);
      assert.doesNotThrow(() => parseStudy(JSON.stringify(json), text), text);
    }
  });
});

describe('the example study', () => {
  test('is one', () => {
    const { id, languages } = parseStudy(example, 'night-rest.study.json');
    assert.equal(id, 'night-rest');
    assert.deepEqual(languages, ['en', 'es']);
  });

  test('holds the criterion that the README shows', () => {
    const [fence] = fencesIn(readDocument('README.md'), 'json');
    const shown = JSON.parse(fence?.text ?? '');
    const { criteria } = JSON.parse(example).screening;
    const own = criteria.find(({ id }: { id: string }) => id === shown.id);
    assert.deepEqual({ ...shown }, { id: own.id, kind: own.kind, wording: own.wording.en, when: own.when });
  });
});
