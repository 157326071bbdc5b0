import { SteadyError } from '../study/steady-error.ts';

/** A schedule that was asked for wrongly. What does not fit among events is data: see `SetAside`. */
export class ScheduleError extends SteadyError {}
