import { isDay } from '../../study/day.ts';
import { unknownStudy } from '../allow-origins.ts';
import { dayOf } from '../days.ts';
import { type DueAssessment, dueFor } from '../questionnaires/due.ts';
import { RULING_PROBLEMS, ruleOn } from '../questionnaires/rulings.ts';
import { REQUEST_PROBLEMS, readRequest } from '../read-json.ts';
import { Refusal } from '../refusal.ts';
import type { StaffRoute } from '../route.ts';
import type { KnownStudy } from '../served-study.ts';
import type { QuestionnaireRow, RulingRow } from '../store/questionnaires-store.ts';
import type { Json } from './blinding.ts';
import { AFTER, afterOf, page, present } from './pages.ts';
import type { StaffRouteParts } from './routes.ts';
import { PAGE, rulingSchema } from './schemas.ts';
import { isTheirs } from './their-participants.ts';

/** What coordinators see and decide of questionnaires: who is due, and what is kept apart. Never what was answered. */

const RULING_BYTES = 16 * 1024;

export function questionnaireStaffRoutes(parts: StaffRouteParts): readonly StaffRoute[] {
  return [dueRoute(parts), keptApartRoute(parts), rulingRoute(parts)];
}

function dueRoute({ store, studies, now }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/staff/due',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getDue',
      summary: 'Who can hand in which assessment on a day, and has not',
      description: 'By participant, in the order of their ids; a page looks at so many participants.',
      query: [{ name: 'day', description: 'A day of the study, as 2026-01-31; today when absent.' }, AFTER],
      answers: { 200: { description: 'A page of them', schema: 'Due' } },
      problems: ['not-a-request'],
    },
    async handle(context, { study: id, sites }) {
      const after = afterOf(context);
      const { study } = knownIn(studies, id).current;
      const day = context.req.query('day') ?? dayOf(now(), study);
      if (!isDay(day)) {
        const faults = [{ path: 'day', code: 'form' }];
        throw new Refusal('not-a-request', 'Send a day of the calendar, as 2026-01-31, or none.', { faults });
      }
      return store.transaction(async (tx) => {
        const rows = await tx.participants(id, { after, limit: PAGE + 1, sites: sites ?? undefined });
        const these = rows.slice(0, PAGE);
        const due: Json[] = [];
        for (const row of these) due.push(...(await dueFor(tx, study, row, day)).map(dueShown));
        return { body: { day, due, next: rows.length > PAGE ? (these.at(-1)?.id ?? null) : null } };
      });
    },
  };
}

function dueShown({ participant, site, assessment, state, due, closes }: DueAssessment): Json {
  return { participant, ...present({ site }), assessment, state, due, closes };
}

function keptApartRoute({ store }: StaffRouteParts): StaffRoute {
  return {
    method: 'GET',
    path: '/studies/{study}/staff/kept-apart',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'getKeptApart',
      summary: 'Questionnaires that are kept apart, and what was decided of them',
      description: 'The newest first. They are not scored, and nobody is allocated by them, unless they are released.',
      query: [AFTER],
      answers: { 200: { description: 'A page of them', schema: 'KeptApart' } },
      problems: ['not-a-request'],
    },
    async handle(context, { study, sites }) {
      const after = afterOf(context);
      return store.transaction(async (tx) => {
        const rows = await tx.apartPage(study, { after, limit: PAGE + 1, sites: sites ?? undefined });
        const rulings = new Map<string, readonly RulingRow[]>();
        for (const { submission } of rows) rulings.set(submission, await tx.rulings(study, submission));
        return { body: page('keptApart', rows, (row) => apartShown(row, rulings.get(row.submission) ?? [])) };
      });
    },
  };
}

function apartShown(row: QuestionnaireRow & { readonly site: string | null }, rulings: readonly RulingRow[]): Json {
  const { id, submission, participant, site, mode, assessment, apart, counted, deviations, receivedAt } = row;
  const ruled = rulings.length > 0 ? ('kept-out' as const) : ('waiting' as const);
  return {
    ...{ id, submission, ...present({ participant, site }), mode, ...present({ assessment, why: apart }) },
    ...{ state: counted === null ? ruled : 'released', deviations, receivedAt },
    rulings: rulings.map(({ ruling, reason, staff, ruledAt }) => ({ ruling, reason, by: staff, ruledAt })),
  };
}

function rulingRoute({ studies, ...desk }: StaffRouteParts): StaffRoute {
  return {
    method: 'POST',
    path: '/studies/{study}/staff/kept-apart/{submission}',
    access: { staff: ['coordinator'] },
    operation: {
      operationId: 'postRuling',
      summary: 'Release a questionnaire that is kept apart, or keep it out',
      description:
        'With the reason, which the audit’s event leads to. What is released is scored and counts from then on; what is kept out can be released later.',
      body: 'Ruling',
      answers: { 204: { description: 'It is done' } },
      problems: [...REQUEST_PROBLEMS, ...RULING_PROBLEMS],
    },
    async handle(context, caller) {
      const { ruling, reason } = (await readRequest(context, rulingSchema, RULING_BYTES)).json;
      const { study, id: staff } = caller;
      const submission = context.req.param('submission') ?? '';
      const known = knownIn(studies, study);
      await desk.store.transaction((tx) =>
        ruleOn(tx, desk, known, { study, submission, ruling, reason, staff }, (participant) =>
          isTheirs(tx, caller, participant),
        ),
      );
      return {};
    },
  };
}

/** @throws Refusal `unknown-study` */
function knownIn(studies: ReadonlyMap<string, KnownStudy>, id: string): KnownStudy {
  const known = studies.get(id);
  if (known === undefined) throw unknownStudy();
  return known;
}
