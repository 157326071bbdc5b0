import type { Study } from '../../study/schema.ts';
import { textIn } from '../../study/text.ts';
import type { Funnel } from './count-funnel.ts';
import type { FollowUpCounts } from './follow-up-counts.ts';

/** A funnel as the rows of a table, each a label and a number: what is printed, and what a diagram says to who cannot see it. */
export interface FunnelRow {
  /** 0 for what stands by itself, 1 for what is part of the row above. */
  readonly depth: 0 | 1;
  readonly label: string;
  readonly count: number;
}

/** @param study for the titles of assessments and arms, in its first language */
export function funnelRows(
  funnel: Funnel,
  study: Pick<Study, 'languages' | 'arms' | 'assessments' | 'screening'>,
): FunnelRow[] {
  const { screened, enrolled, failed, trial, arms } = funnel;
  const row = (label: string, count: number): FunnelRow => ({ depth: 0, label, count });
  const part = (label: string, count: number): FunnelRow => ({ depth: 1, label, count });
  return [
    row('Links opened', funnel.opened),
    row('Screened', screened.completed),
    part('not eligible', screened.ineligible),
    part('incomplete', screened.incomplete),
    part('eligible, did not enrol', screened.eligible),
    part('again, of somebody who takes part', screened.repeated),
    part('of somebody who takes part', screened.participants),
    ...criteriaRows(failed, study),
    row('Enrolled', enrolled.participants),
    part('without a screening', enrolled.unscreened),
    ...(Object.entries(EXCLUDED) as [keyof typeof EXCLUDED, string][]).map(([name, label]) =>
      part(label, enrolled[name]),
    ),
    part('waiting', enrolled.waiting),
    ...followUpRows(arms === undefined ? 'In the trial' : 'Allocated', trial, study),
    ...(arms ?? []).flatMap(({ arm, ...counts }) => followUpRows(`Arm: ${armTitle(arm, study)}`, counts, study)),
  ];
}

/** Why somebody who was enrolled is not in the trial. */
export const EXCLUDED = {
  ineligible: 'not eligible',
  undecided: 'have not decided',
  declined: 'declined',
  withdrew: 'withdrew before',
} as const;

function criteriaRows(
  failed: Funnel['failed'],
  { screening, languages }: Pick<Study, 'screening' | 'languages'>,
): FunnelRow[] {
  return failed.map(({ criterion: id, count }) => {
    const criterion = screening?.criteria.find((one) => one.id === id);
    const said = criterion === undefined ? id : textIn(criterion.wording, languages[0] ?? 'en', languages);
    return { depth: 1, label: `criterion not met: ${said}`, count };
  });
}

function followUpRows(
  title: string,
  counts: FollowUpCounts,
  study: Pick<Study, 'languages' | 'assessments'>,
): FunnelRow[] {
  return [
    { depth: 0, label: title, count: counts.people },
    { depth: 1, label: 'stopped what their arm is offered', count: counts.stopped },
    { depth: 1, label: 'left the study', count: counts.left },
    { depth: 1, label: 'lost to follow-up', count: counts.lost },
    ...counts.assessments.flatMap(({ assessment, done, missed }): FunnelRow[] => {
      const said = assessmentTitle(assessment, study);
      return [
        { depth: 1, label: `${said}: handed in`, count: done },
        { depth: 1, label: `${said}: missed`, count: missed },
      ];
    }),
    { depth: 1, label: 'can be analysed', count: counts.analysable },
    { depth: 1, label: 'erased', count: counts.erased },
    { depth: 1, label: 'handed nothing in', count: withNothing(counts) },
  ];
}

/** Who cannot be analysed because they have handed in nothing. */
export const withNothing = ({ people, analysable, erased }: FollowUpCounts): number => people - analysable - erased;

export function assessmentTitle(
  id: string,
  { assessments = [], languages }: Pick<Study, 'languages' | 'assessments'>,
): string {
  const title = assessments.find((one) => one.id === id)?.title;
  return title === undefined ? id : textIn(title, languages[0] ?? 'en', languages);
}

export function armTitle(id: string, { arms = [], languages }: Pick<Study, 'languages' | 'arms'>): string {
  const title = arms.find((one) => one.id === id)?.title;
  return title === undefined ? id : textIn(title, languages[0] ?? 'en', languages);
}
