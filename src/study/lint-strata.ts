import {
  type Allocation,
  type Band,
  bandOf,
  type Group,
  OWN_STRATUM,
  type Stratum,
  strataOf,
} from './allocation-part.ts';
import { possibleValues, SPECIAL_VALUES } from './choice-values.ts';
import { type Finding, repeated } from './finding.ts';
import type { QuestionDefinition } from './form-definition.ts';
import { elementsOf, isQuestion } from './form-walk.ts';
import type { Site, Study } from './schema.ts';
import { list, nearest, show } from './wording.ts';

/** Strata: each from a source that there is, and every value of it in one stratum and no more. */

type Path = readonly PropertyKey[];

/** What a source can say. */
type Source =
  | { readonly kind: 'number' }
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[] };

export function* lintStrata(allocation: Allocation, study: Study): Generator<Finding> {
  const path = ['allocation', 'strata'];
  const strata = strataOf(allocation);
  yield* repeated(strata, path, ({ source }) => source);
  for (const [index, stratum] of strata.entries()) {
    const here = [...path, index];
    const place = typeof allocation.strata?.[index] === 'string' ? here : [...here, 'source'];
    const source = yield* lintSource(stratum, study, place);
    yield* lintBands(stratum.bands, [...here, 'bands']);
    yield* lintGroups(stratum.groups, [...here, 'groups']);
    yield* lintAbsent(stratum, here);
    if (stratum.source.endsWith('size')) yield* lintSizes(stratum, study.sites);
    if (source === undefined) continue;
    yield* source.kind === 'number' ? lintNumber(stratum, here) : lintChoices(stratum, source.values, here);
  }
}

/** @returns what the source can say; undefined where it is none */
function* lintSource({ source }: Stratum, study: Study, path: Path): Generator<Finding, Source | undefined> {
  const { sites = [], screening } = study;
  if (source === 'size' || source === 'site.size') {
    const words = sites.flatMap(({ size }) => (typeof size === 'string' ? [size] : []));
    return words.length > 0 && words.length === sites.filter(({ size }) => size !== undefined).length
      ? { kind: 'choice', values: words }
      : { kind: 'number' };
  }
  if (source === 'organisation' || source === 'site.organisation') {
    return { kind: 'choice', values: sites.flatMap(({ organisation }) => organisation ?? []) };
  }
  if (source === 'site') return { kind: 'choice', values: sites.map(({ id }) => id) };
  const name = source.replace(/^screening\./, '');
  const questions = screening === undefined ? [] : [...elementsOf(screening.form)].map(({ element }) => element);
  const names = questions.filter(isQuestion).map((question) => question.name);
  const question = questions.filter(isQuestion).find((one) => one.name === name);
  if (question === undefined) {
    const meant = nearest(name, names);
    yield {
      path,
      message: `is ${show(source)}, which the screening does not ask.`,
      fix: `${meant === undefined ? '' : `Did you mean "screening.${meant}"? `}It asks ${list(names, 'and')}.`,
    };
    return undefined;
  }
  const said = sourceOf(question, sites);
  if (said === undefined) {
    yield {
      path,
      message: `is ${show(source)}, which has no single answer out of a list, and is no number.`,
      fix: 'Use a "radiogroup", "dropdown", "boolean" or "rating", or a "text" with the "inputType" "number".',
    };
  }
  return said;
}

function sourceOf(question: QuestionDefinition, sites: readonly Site[]): Source | undefined {
  if (question.type === 'text') return question.inputType === 'number' ? { kind: 'number' } : undefined;
  if (question.type === 'checkbox' || question.type === 'matrix') return undefined;
  const values = possibleValues(question, sites);
  return values && { kind: 'choice', values };
}

function* lintNumber({ source, bands, groups }: Stratum, path: Path): Generator<Finding> {
  if (groups !== undefined) {
    yield { path: [...path, 'groups'], message: 'group choices, but the source is a number.', fix: 'Use "bands".' };
  } else if (bands === undefined) {
    yield {
      path,
      message: `takes ${show(source)} as it is, so that every number would be a stratum.`,
      fix: `Write { "source": ${show(source)}, "bands": [{ "id": "small", "atMost": 4 }, …] }.`,
    };
  }
}

/** Every choice, but for those by which people do not answer, must be in one group, or be one of the bands by name. */
function* lintChoices(
  { bands, groups }: Stratum,
  values: readonly (string | number | boolean)[],
  path: Path,
): Generator<Finding> {
  const unanswered: readonly unknown[] = [SPECIAL_VALUES.refuse, SPECIAL_VALUES.unknown];
  const answers = [...new Set(values)].filter((value) => !unanswered.includes(value));
  if (bands !== undefined) {
    const ids: readonly unknown[] = bands.map(({ id }) => id);
    const loose = answers.filter((value) => typeof value !== 'number' && !ids.includes(value));
    if (loose.length > 0) {
      yield {
        path: [...path, 'bands'],
        message: `have no id for ${list(loose, 'and')}.`,
        fix: 'Give each band the word that the file has for it as its id, or write numbers there.',
      };
    }
  }
  if (groups === undefined) return;
  const grouped: readonly unknown[] = groups.flatMap(({ anyOf }) => anyOf);
  const loose = answers.filter((value) => !grouped.includes(value));
  if (loose.length > 0) {
    yield {
      path: [...path, 'groups'],
      message: `have no place for ${list(loose, 'and')}.`,
      fix: 'Put each answer into a group.',
    };
  }
  for (const [index, { anyOf }] of groups.entries()) {
    const stray = anyOf.findIndex((value) => !values.includes(value));
    if (stray === -1) continue;
    yield {
      path: [...path, 'groups', index, 'anyOf', stray],
      message: `is ${show(anyOf[stray])}, which is never answered.`,
      fix: `It can be ${list(values)}.`,
    };
  }
}

function* lintBands(bands: readonly Band[] = [], path: Path): Generator<Finding> {
  yield* repeated(bands, path, ({ id }) => id, 'id');
  const limits = bands.map(({ atLeast = -Infinity, atMost = Infinity }) => [atLeast, atMost] as const);
  for (const [index, [least, most]] of limits.entries()) {
    if (least > most) {
      yield { path: [...path, index, 'atLeast'], message: `is ${least}, above "atMost" (${most}).`, fix: 'Swap them.' };
    }
    const other = limits.slice(0, index).findIndex(([from, to]) => from <= most && least <= to);
    if (other !== -1 && least <= most) {
      yield {
        path: [...path, index],
        message: `overlaps with the band ${show(bands[other]?.id)}.`,
        fix: 'Let each band begin above the one before it: both limits belong to it.',
      };
    }
  }
}

/** The sites' own sizes, where they are numbers. */
function* lintSizes({ bands }: Stratum, sites: readonly Site[] = []): Generator<Finding> {
  if (bands === undefined) return;
  for (const [index, { size }] of sites.entries()) {
    if (typeof size !== 'number' || bandOf(bands, size) !== undefined) continue;
    yield {
      path: ['sites', index, 'size'],
      message: `is ${size}, which is in none of the bands of "allocation.strata".`,
      fix: 'Correct it, or let a band include it.',
    };
  }
}

function* lintGroups(groups: readonly Group[] = [], path: Path): Generator<Finding> {
  yield* repeated(groups, path, ({ id }) => id, 'id');
  const before = new Set<unknown>();
  for (const [index, { anyOf }] of groups.entries()) {
    for (const [place, value] of anyOf.entries()) {
      if (before.has(value)) {
        yield {
          path: [...path, index, 'anyOf', place],
          message: `is ${show(value)}, which is in a group already.`,
          fix: 'Put each answer into one group.',
        };
      }
      before.add(value);
    }
  }
}

function* lintAbsent({ bands = [], groups = [], absent }: Stratum, path: Path): Generator<Finding> {
  const known = [OWN_STRATUM, ...[...groups, ...bands].map(({ id }) => id)];
  if (absent === undefined || known.includes(absent)) return;
  yield {
    path: [...path, 'absent'],
    message: `is ${show(absent)}, which is no group or band of it.`,
    fix: `Use ${list(known)}.`,
  };
}
