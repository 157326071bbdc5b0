import type { Me, MyConsent } from '../../submission/participation.ts';
import { consentStep, myConsent } from '../consent/my-consent.ts';
import { consentSource } from '../consent/source.ts';
import { dayOf } from '../days.ts';
import type { Desk } from '../desk.ts';
import { recruitmentState } from '../links/recruitment.ts';
import { followUp } from '../questionnaires/follow-up.ts';
import { myAssessments, questionnaireStep } from '../questionnaires/my-assessments.ts';
import type { KnownStudy } from '../served-study.ts';
import { mySessions, sessionStep } from '../sessions/my-sessions.ts';
import { planOf, sessionCourse } from '../sessions/session-course.ts';
import type { ScreeningRow, StoreTransaction } from '../store/store.ts';
import type { SignedIn } from './sign-in.ts';

/** Who a participant is to the study, what they have done, and which step is next: by what the receiver has, alone. */
export async function meOf(
  tx: StoreTransaction,
  known: KnownStudy,
  caller: SignedIn,
  desk: Pick<Desk, 'now' | 'mode'>,
): Promise<Me> {
  const { study, participant, mode, site, enrolledAt } = caller;
  const { screening: offered } = known.current.study;
  const recruitment =
    (await recruitmentState(tx, known.current.study, site)) === 'open' ? ('open' as const) : ('closed' as const);
  const row = await tx.participant(study, participant);
  const { screeningIdHash = null, contact = null } = row ?? {};
  const screened = screeningIdHash === null ? undefined : await tx.screening(study, [screeningIdHash]);
  const reached = contact === null ? undefined : await tx.contact(study, contact);
  const steps: Me['steps'] = [];
  if (screened !== undefined) steps.push({ id: 'screening', state: 'done', at: timeOf(screened) });
  else if (offered !== undefined) steps.push({ id: 'screening', state: 'due' });
  if (reached !== undefined) steps.push({ id: 'contact', state: 'done', at: reached.receivedAt });
  else if (screened?.verdict === 'eligible') steps.push({ id: 'contact', state: 'due' });

  const source = consentSource(known);
  const decided = await tx.decisions(study, participant);
  const situation = { day: dayOf(desk.now(), known.current.study), mode: desk.mode };
  const consent = source && myConsent(source, decided, situation);
  const mayBegin = offered === undefined || screened?.verdict === 'eligible';
  const agreeing = consent && consentStep(consent, decided, mayBegin);
  if (agreeing !== undefined) steps.push(agreeing);

  const now = desk.now().toISOString();
  const isFollowed = row !== undefined && known.current.study.assessments !== undefined;
  const assessments = isFollowed && myAssessments(await followUp(tx, known.current.study, row, { decided, now }));
  const answering = assessments && questionnaireStep(assessments);
  if (answering) steps.push(answering);

  const course = row && (await sessionCourse(tx, known.current.study, row, { decided, now }));
  const plan = course && planOf(course);
  const isShown = course !== undefined && plan !== undefined && course.barred === undefined;
  const feed = isShown && (await tx.feedOf(study, participant));
  const sessions = isShown && mySessions(course, plan, feed !== undefined);
  const attending = isShown && sessionStep(plan);
  if (attending) steps.push(attending);

  const told = { participant, mode, ...(site !== null && { site }), enrolledAt, recruitment };
  const asked = isOut(consent) ? steps.filter(({ state }) => state === 'done') : steps;
  return {
    ...told,
    ...{ steps: asked, next: nextOf(asked) },
    ...(consent !== undefined && {
      consent: isShown ? { ...consent, intervention: INTERVENTION[plan.state] } : consent,
    }),
    ...(assessments && { assessments: [...assessments] }),
    ...(sessions && { sessions }),
  };
}

/** A plan that is shown knows also of those who came back. */
const INTERVENTION = { open: 'open', left: 'withdrawn' } as const;

/**
 * What a receipt says of the next step. Sessions are in some arms alone, and a receipt goes by whoever delivers it: where
 * they are next, it says nothing.
 */
export function nextInReceipt({ next }: Pick<Me, 'next'>): { readonly next?: string } {
  return next === null || next === 'session' ? {} : { next };
}

/** Whoever has declined or left is asked for nothing; what they did stays. They may still read, and sign, of their own. */
function isOut(consent: MyConsent | undefined): boolean {
  return consent?.state === 'declined' || consent?.state === 'withdrawn';
}

/** Somebody may decline to leave a contact: it keeps them from nothing else. */
function nextOf(steps: Me['steps']): string | null {
  const due = steps.filter(({ state }) => state === 'due').map(({ id }) => id);
  return due.find((id) => id !== 'contact') ?? due[0] ?? null;
}

/** Of a screening whose answers were dropped the day alone is known. */
function timeOf({ receivedAt, day }: ScreeningRow): string {
  return receivedAt ?? `${day}T00:00:00.000Z`;
}
