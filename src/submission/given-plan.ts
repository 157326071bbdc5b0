import * as v from 'valibot';
import { SteadyError } from '../study/steady-error.ts';
import { myAssessmentSchema } from './my-assessment.ts';
import { mySessionsSchema } from './my-sessions.ts';

/** What a page gives a session tracker in the endpoint's place: `sessions` and `assessments` of `GET /me`, by the same schemas. */
const givenPlanSchema = v.strictObject({
  sessions: v.optional(mySessionsSchema),
  assessments: v.optional(v.array(myAssessmentSchema)),
});

export type GivenPlan = v.InferOutput<typeof givenPlanSchema>;

/** @throws SteadyError `plan-invalid`, naming the first place that is wrong */
export async function readGivenPlan(given: unknown): Promise<GivenPlan> {
  const { issues, output, success } = v.safeParse(givenPlanSchema, given, { abortEarly: true });
  if (success) return output;
  const { planProblem } = await import('./plan-problem.ts');
  throw new SteadyError('plan-invalid', planProblem(issues[0], Object.keys(givenPlanSchema.entries)));
}
