import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPlainForm } from '../../src/form/plain-form.ts';
import { formSuite } from '../suites/form.suite.ts';
import { openers } from '../suites/support/open-forms.ts';

formSuite('plain engine', openPlainForm, { describe, it, assert });

describe('a form without logic', () => {
  it('is described once, so that an answer to a long one costs no more than one to a short one', async () => {
    const form = await openers(openPlainForm).ask([{ type: 'comment', name: 'words' }]);
    const { pages } = form;
    form.answer('words', 'a');
    assert.equal(form.pages, pages);
  });
});
