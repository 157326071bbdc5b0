import type { AssessmentStatus } from '../schedule/assessments.ts';
import type { Counts } from '../schedule/counts.ts';
import { localText } from '../schedule/days.ts';
import type { InterventionPlan, ParticipantPlan } from '../schedule/participant-plan.ts';
import type { SessionStatus } from '../schedule/session-status.ts';
import { columns } from './columns.ts';

/** A plan as people read it on a terminal. */
export function planTable(study: string, plan: ParticipantPlan, intervention: InterventionPlan): string {
  const { day, zone, assessments } = plan;
  const { arm, start, state, sessions, outstanding, offers, reviews, series, total } = intervention;
  const optional = new Set(series.filter((one) => one.optional).map(({ id }) => id));
  const parts = [
    `${study}, arm ${arm}, from ${start ?? 'a day that is not known'}; on ${day} (${zone})\n`,
    ...(state === 'left' ? ['The participant has left the intervention. Assessments stay due.\n'] : []),
    section(
      'Sessions',
      sessions.map((session) => sessionRow(session, optional.has(session.series), zone)),
    ),
    section('Outstanding misses', outstanding.length === 0 ? [] : [[outstanding.join(', ')]]),
    section(
      'Offers',
      offers.map((offer) => [offer.offer, offer.sessions.join(', ')]),
    ),
    section(
      'Reviews for staff',
      reviews.map((one) => [
        one.review,
        one.series,
        `raised ${localText(one.raisedAt, zone)} at ${one.outstanding} misses`,
        one.state,
      ]),
    ),
    section('In all', total === null ? [] : [[countsLine(total)]]),
    section('Assessments', assessments.map(assessmentRow)),
  ];
  return parts.join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return `${title}\n${rows.length === 0 ? '  none\n' : columns(rows)}`;
}

function sessionRow(session: SessionStatus, optional: boolean, zone: string): readonly string[] {
  const { id, window, state, timing, startsAt, heldOn, onTime, outstanding, unseen, locked } = session;
  const notes = [
    ...(optional ? ['optional'] : []),
    ...(heldOn === undefined ? [] : [`on ${heldOn}${onTime ? '' : ', out of its window'}`]),
    ...(startsAt !== undefined && heldOn === undefined ? [`at ${localText(startsAt, zone)}`] : []),
    ...(outstanding ? ['outstanding'] : []),
    ...(state === 'scheduled' && timing !== 'upcoming' ? [timing === 'open' ? 'now' : 'nothing recorded'] : []),
    ...(unseen.length > 0 ? [`${locked ? 'locked until' : 'before it'}: ${unseen.join(', ')}`] : []),
  ];
  return [id, `${window.first} to ${window.last ?? 'any day'}`, state, notes.join('; ')];
}

function assessmentRow({ id, due, window, state, overdue, doneOn, timing }: AssessmentStatus): readonly string[] {
  const days = window === undefined ? '' : `${window.first} to ${window.last}`;
  const done = doneOn === undefined ? '' : `on ${doneOn}${timing === 'on-time' || !timing ? '' : `, ${timing}`}`;
  return [id, due === undefined ? '' : `due ${due}`, days, overdue ? 'overdue' : state, done];
}

function countsLine({
  planned,
  attended,
  partial,
  madeUp,
  missed,
  outstanding,
  notCompleted,
  attendedPercent,
}: Counts) {
  return [
    `${attended} of ${planned} attended${attendedPercent === null ? '' : ` (${attendedPercent} %)`}`,
    `${partial} in part`,
    `${madeUp} made up`,
    `${missed} missed`,
    `${outstanding} outstanding`,
    `${notCompleted} not completed`,
  ].join(', ');
}
