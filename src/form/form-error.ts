import { SteadyError } from '../study/steady-error.ts';

/** A form that cannot be opened, or is used wrongly: the study team's or the developer's to mend. */
export class FormError extends SteadyError {
  /** Where in the definition, as `pages[0].elements[2].visibleIf`; empty for the form as a whole. */
  readonly path: string;

  constructor(
    code: 'unknown-question' | 'engine-failed' | 'bad-expression',
    message: string,
    path = '',
    options?: { cause?: unknown },
  ) {
    super(code, message, options);
    this.path = path;
  }
}
