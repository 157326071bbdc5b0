import { SteadyError } from '../study/steady-error.ts';

/**
 * What the code that uses this room got wrong: `bad-endpoint`, `bad-key`, `id-in-use`, `not-here`, or a
 * database that another program laid out, `store-unknown`. A network or a server
 * that fails is no error here but an `Outcome`, and the entry stays. Messages never carry an answer or a key.
 */
export class DeliveryError extends SteadyError {}
