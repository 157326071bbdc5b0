import { SteadyError } from '../study/steady-error.ts';
import { describeProblem, type FileProblem } from '../study/study-error.ts';
import { list } from '../study/wording.ts';
import { type AnswerProblem, describeAnswerProblem } from './check-answers.ts';

/** What can go wrong with an instrument before anybody answers it, and with answers that are none of its own. */

/** An instrument file that cannot be used. `problems` is never empty; the message carries them all, a line each. */
export class InstrumentError extends SteadyError {
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[], options?: { cause?: unknown }) {
    super('bad-instrument', problems.map(describeProblem).join('\n'), options);
    this.problems = problems;
  }
}

/** The library has no instrument of this id, or none that can be asked without a file of the site's. */
export class UnknownInstrumentError extends SteadyError {
  constructor(message: string) {
    super('unknown-instrument', message);
  }
}

/** Answers that the instrument cannot have: nothing is scored. `problems` is never empty. */
export class AnswersError extends SteadyError {
  readonly problems: readonly AnswerProblem[];

  constructor(instrument: string, problems: readonly AnswerProblem[]) {
    super(
      'bad-answers',
      `${instrument}: ${list(
        problems.map(({ item }) => item),
        'and',
      )} cannot be scored. ${problems.map(describeAnswerProblem).join(' ')}`,
    );
    this.problems = problems;
  }
}
