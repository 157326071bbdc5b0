import type { Allocation, ParticipantAllocation, SiteAllocation } from './allocation-part.ts';
import { type Finding, repeated } from './finding.ts';
import { lintStrata } from './lint-strata.ts';
import type { Study } from './schema.ts';
import { list, nearest, useOneOf } from './wording.ts';

/** What makes an allocation one that can be drawn: arms that are there, blocks and phases that come out even. */

type Path = readonly PropertyKey[];

const HERE: Path = ['allocation'];

export function* lintAllocation(study: Study): Generator<Finding> {
  const { allocation, arms = [] } = study;
  if (allocation === undefined) return;
  yield* lintRatio(
    allocation,
    arms.map(({ id }) => id),
  );
  yield* lintAfter(allocation, study);
  yield* allocation.unit === 'participant' ? lintBlocks(allocation) : lintPhases(allocation, study);
  yield* lintStrata(allocation, study);
}

function* lintRatio({ ratio }: Allocation, arms: readonly string[]): Generator<Finding> {
  const path = [...HERE, 'ratio'];
  if (arms.length < 2) {
    yield {
      path: HERE,
      message: `allocates, but the study has ${arms.length === 0 ? 'no arms' : 'one arm alone'}.`,
      fix: 'Add "arms": two or more, each with an id and a title.',
    };
    return;
  }
  for (const arm of Object.keys(ratio)) {
    if (arms.includes(arm)) continue;
    const meant = nearest(arm, arms);
    yield {
      path: [...path, arm],
      message: 'is no arm of the study.',
      fix: `${meant === undefined ? '' : `Did you mean "${meant}"? `}It has ${list(arms, 'and')}.`,
    };
  }
  const without = arms.filter((arm) => !Object.hasOwn(ratio, arm));
  if (without.length > 0) {
    yield {
      path,
      message: `has no share for ${list(without, 'and')}, so that nobody would be allocated there.`,
      fix: 'Give every arm a share, as in { "arm-a": 1, "arm-b": 1 }.',
    };
  }
}

function* lintAfter({ after }: Allocation, { assessments = [] }: Study): Generator<Finding> {
  const ids = assessments.map(({ id }) => id);
  if (ids.includes(after)) return;
  const message = `is "${after}", which is no assessment of the study, so that nobody would ever be allocated.`;
  const fix = ids.length === 0 ? `Add "assessments", one of them with the id "${after}".` : useOneOf(after, ids);
  yield { path: [...HERE, 'after'], message, fix };
}

function* lintBlocks({ blocks, ratio }: ParticipantAllocation): Generator<Finding> {
  const path = [...HERE, 'blocks'];
  yield* repeated(blocks, path, (size) => size);
  const sum = sumOf(ratio);
  for (const [index, size] of blocks.entries()) {
    if (sum === 0 || size % sum === 0) continue;
    yield {
      path: [...path, index],
      message: `is ${size}, in which the ratio does not come out even: it adds up to ${sum}.`,
      fix: `Use multiples of ${sum}, such as ${sum * 2} and ${sum * 3}.`,
    };
  }
}

function* lintPhases({ phases, ratio }: SiteAllocation, { sites = [] }: Study): Generator<Finding> {
  const sum = sumOf(ratio) / Object.values(ratio).reduce(greatestDivisor, 0);
  for (const [index, phase] of phases.entries()) {
    if (Number.isNaN(sum) || phase.sites % sum === 0) continue;
    yield {
      path: [...HERE, 'phases', index, 'sites'],
      message: `is ${phase.sites}, in which the ratio does not come out even.`,
      fix: `Use a multiple of ${sum}.`,
    };
  }
  const wanted = phases.reduce((total, phase) => total + phase.sites, 0);
  if (wanted > sites.length) {
    yield {
      path: [...HERE, 'phases'],
      message: `want ${wanted} sites, but the study lists ${sites.length}.`,
      fix: 'List every site under "sites", each with an id and a title.',
    };
  }
}

function sumOf(ratio: Readonly<Record<string, number>>): number {
  return Object.values(ratio).reduce((sum, share) => sum + share, 0);
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
