import * as v from 'valibot';
import { fitted } from '../../src/study/read.ts';
import { SteadyError } from '../../src/study/steady-error.ts';
import { mySessionsSchema } from '../../src/submission/my-sessions.ts';
import { myAssessmentSchema } from '../../src/submission/participation.ts';
import type { Plan } from './course.ts';

/** What a page gives in the endpoint's place: `sessions` and `assessments` of `GET /me`, by the same schemas. */
const planSchema = v.object({
  sessions: v.optional(mySessionsSchema),
  assessments: v.optional(v.array(myAssessmentSchema)),
});

/** @throws SteadyError `plan-invalid` */
export function readPlan(given: unknown): Plan {
  const plan = fitted(planSchema, given);
  if (plan === undefined) {
    throw new SteadyError(
      'plan-invalid',
      'What was set as `plan` is none: it takes { sessions, assessments } as GET /me tells them.',
    );
  }
  return plan;
}
