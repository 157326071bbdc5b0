import { SteadyError } from '../study/steady-error.ts';

/** A consent document that was asked for wrongly. What a participant leaves out is data: see `missing`. */
export class ConsentError extends SteadyError {}
