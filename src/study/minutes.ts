import * as v from 'valibot';

/** How long something takes: a questionnaire, a session. */
export const minutesSchema = v.pipe(v.number(), v.integer('@minutes'), v.minValue(1), v.maxValue(600));
