import * as v from 'valibot';
import { fitted } from '../study/read.ts';
import { SteadyError } from '../study/steady-error.ts';
import { myAssessmentSchema } from './my-assessment.ts';
import { mySessionsSchema } from './my-sessions.ts';

/** What a page gives a session tracker in the endpoint's place: `sessions` and `assessments` of `GET /me`, by the same schemas. */
const givenPlanSchema = v.object({
  sessions: v.optional(mySessionsSchema),
  assessments: v.optional(v.array(myAssessmentSchema)),
});

export type GivenPlan = v.InferOutput<typeof givenPlanSchema>;

/** @throws SteadyError `plan-invalid` */
export function readGivenPlan(given: unknown): GivenPlan {
  const plan = fitted(givenPlanSchema, given);
  if (plan !== undefined) return plan;
  const words = 'What was set as `plan` is none: it takes { sessions, assessments } as GET /me tells them.';
  throw new SteadyError('plan-invalid', words);
}
