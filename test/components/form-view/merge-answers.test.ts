import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mergeAnswers } from '../../../components/form-view/merge-answers.ts';
import { openForm } from '../../../src/form/open-form.ts';
import type { Answers } from '../../../src/study/answers.ts';
import { openers } from '../../suites/support/open-forms.ts';

const { ask } = openers(openForm);

describe('what another device has answered, in a form that is open', () => {
  it('is there, also where a later answer brings the question on', async () => {
    const form = await ask([
      { type: 'comment', name: 'why', visibleIf: '{nights} = true' },
      { type: 'boolean', name: 'nights' },
    ]);
    mergeAnswers(form, { why: 'I am on call.', nights: true });
    assert.deepEqual(form.data(), { why: 'I am on call.', nights: true });
  });

  it('is the text beside `other` too', async () => {
    const form = await ask([{ type: 'radiogroup', name: 'role', choices: ['nurse'], showOtherItem: true }]);
    mergeAnswers(form, { role: 'other', 'role-Comment': 'Chaplain' });
    assert.deepEqual(form.data(), { role: 'other', 'role-Comment': 'Chaplain' });
  });

  it('takes back what it took back, and leaves out what this form does not ask', async () => {
    const before: Answers = { a: 'x', b: 'y' };
    const form = await ask(
      [
        { type: 'text', name: 'a' },
        { type: 'text', name: 'b' },
      ],
      before,
    );
    let changes = 0;
    form.subscribe(() => {
      changes += 1;
    });
    mergeAnswers(form, { b: 'y', gone: 1, 'b-Comment': 'z' });
    assert.deepEqual([form.answers, changes], [{ b: 'y' }, 1]);
  });
});
