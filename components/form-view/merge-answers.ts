import type { Form } from '../../src/form/form.ts';
import type { Answers } from '../../src/study/answers.ts';
import { SteadyError } from '../../src/study/steady-error.ts';

/**
 * Lets a form have what another device has answered, taken back included: also of a question that is hidden here until the
 * next answer brings it on, and the text beside an `other`. What the form does not ask at all is left out.
 */
export function mergeAnswers(form: Form, answers: Answers): void {
  for (const name of new Set([...Object.keys(form.answers), ...Object.keys(answers)])) {
    const there = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (JSON.stringify(form.answers[name]) === JSON.stringify(there)) continue;
    try {
      form.answer(name, there);
    } catch (error) {
      if (!(error instanceof SteadyError && error.code === 'unknown-question')) throw error;
    }
  }
}
