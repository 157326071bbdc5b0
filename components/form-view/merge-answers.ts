import type { Form } from '../../src/form/form.ts';
import type { Answers } from '../../src/study/answers.ts';

/** Lets a form have what another device has answered, as far as it asks it now. */
export function mergeAnswers(form: Form, answers: Answers): void {
  for (const question of new Set([...Object.keys(form.answers), ...Object.keys(answers)])) {
    const [here, there] = [form.answers[question], answers[question]];
    if (form.shown.has(question) && JSON.stringify(here) !== JSON.stringify(there)) form.answer(question, there);
  }
}
