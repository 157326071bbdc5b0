import * as v from 'valibot';
import { idSchema } from '../study/schema.ts';
import { day, instant } from './times.ts';

/** Where a participant stands with one assessment of the study. Days are those of the study's time zone. */
export const myAssessmentSchema = v.object({
  id: idSchema,
  /**
   * `unknown`: the day that it is counted from is not known yet. `missed`: its days are over; what is handed in all the same is
   * kept.
   */
  state: v.picklist(['not-yet', 'open', 'done', 'missed', 'unknown']),
  /** The first and the last day on which it can be answered, and the one on which it is due. */
  opens: v.optional(day),
  due: v.optional(day),
  closes: v.optional(day),
  /** When it was handed in: the first time counts. */
  doneAt: v.optional(instant),
});

export type MyAssessment = v.InferOutput<typeof myAssessmentSchema>;
