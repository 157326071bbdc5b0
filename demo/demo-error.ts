import { SteadyError } from '../src/study/steady-error.ts';

/** The demo cannot start, or its receiver cannot. */
export class DemoError extends SteadyError {}
