import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FormError } from '../../src/form/form-error.ts';
import { type OpenFormOptions, openForm, openFormAtOnce } from '../../src/form/open-form.ts';
import { previewOf } from '../../src/form/preview.ts';
import * as engine from '../../src/form/survey-form.ts';
import { defineForm } from '../suites/support/define-form.ts';

/** What can be asked while the engine with logic is on its way, and how it takes over. */

const options = { language: 'en', languages: ['en', 'es'] };

const branching = {
  pages: [
    {
      name: 'work',
      title: 'Your work',
      elements: [
        { type: 'html', name: 'hello', html: 'Welcome' },
        { type: 'radiogroup', name: 'role', choices: ['md', 'rn'], showOtherItem: true, isRequired: true },
        { type: 'dropdown', name: 'specialty', choices: ['a', 'b'], visibleIf: "{role} = 'md'" },
        { type: 'checkbox', name: 'days', choices: ['mo', 'tu'] },
        { type: 'text', name: 'hours', inputType: 'number', defaultValue: 40 },
        { type: 'comment', name: 'why', title: 'Why {hours} hours?' },
      ],
    },
    { name: 'detail', visibleIf: "{role} = 'md'", elements: [{ type: 'comment', name: 'detail-words' }] },
    {
      name: 'stress',
      elements: [
        { type: 'rating', name: 'stress' },
        { type: 'comment', name: 'more', visibleIf: '{stress} > 3' },
      ],
    },
  ],
};

/** An engine that arrives, or does not, when the test says so. */
function engineOnDemand() {
  const { promise, resolve, reject } = Promise.withResolvers<typeof engine>();
  let asked = 0;
  const load = () => {
    asked += 1;
    return promise;
  };
  return { load, arrive: () => resolve(engine), fail: reject, asked: () => asked };
}

async function openWaiting(json: object, more: Partial<OpenFormOptions> = {}) {
  const definition = await defineForm(json);
  const demand = engineOnDemand();
  const { form, whole } = await openFormAtOnce(definition, { ...options, ...more }, demand.load);
  assert.ok(whole, 'there is more to come');
  return { form, whole, definition, ...demand };
}

describe('openFormAtOnce', () => {
  it('asks at once what depends on nothing, with all pages that are sure to come', async () => {
    const { form } = await openWaiting(branching);
    assert.deepEqual([...form.shown], ['role', 'days', 'hours', 'stress']);
    assert.deepEqual(
      form.pages.map(({ name, title, items }) => [name, title, items.map((item) => item.name)]),
      [
        ['work', 'Your work', ['hello', 'role', 'days', 'hours']],
        ['stress', undefined, ['stress']],
      ],
    );
    assert.deepEqual(form.answers, { hours: 40 });
    assert.deepEqual(await form.problems('work'), [{ code: 'required', question: 'role' }]);
  });

  it('takes over what was given, changed and taken back meanwhile', async () => {
    const { form, whole, arrive, definition } = await openWaiting(branching);
    form.answer('role', 'md');
    form.answer('role', 'other');
    form.answer('role-Comment', 'chaplain');
    form.answer('days', ['mo', 'tu']);
    form.answer('hours', undefined);
    arrive();
    const takeOver = await whole;
    const given = { role: 'other', 'role-Comment': 'chaplain', days: ['mo', 'tu'] };
    const complete = takeOver(form.answers);
    assert.deepEqual(complete.answers, given);
    assert.deepEqual(complete.pages, (await openForm(definition, { ...options, answers: given })).pages);
    assert.deepEqual([...complete.shown], ['role', 'days', 'hours', 'why', 'stress']);
  });

  it('takes over again what was given since', async () => {
    const { form, whole, arrive } = await openWaiting(branching);
    arrive();
    const takeOver = await whole;
    form.answer('role', 'rn');
    form.answer('days', ['mo']);
    assert.deepEqual([...takeOver(form.answers).shown], ['role', 'days', 'hours', 'why', 'stress']);
    form.answer('role', 'md');
    form.answer('days', undefined);
    const complete = takeOver(form.answers);
    assert.deepEqual(complete.answers, { hours: 40, role: 'md' });
    assert.deepEqual([...complete.shown], ['role', 'specialty', 'days', 'hours', 'why', 'detail-words', 'stress']);
  });

  it('goes on with a draft of the first page', async () => {
    const { form, whole, arrive } = await openWaiting(branching, { answers: { role: 'md', gone: 1 } });
    assert.deepEqual(form.answers, { role: 'md' });
    arrive();
    assert.deepEqual((await whole)(form.answers).answers, { role: 'md' });
  });

  it('waits where questions of later were answered before', async () => {
    const definition = await defineForm(branching);
    const { form, whole } = await openFormAtOnce(definition, { ...options, answers: { role: 'md', specialty: 'a' } });
    assert.equal(whole, undefined);
    assert.deepEqual(form.data(), { role: 'md', specialty: 'a' });
  });

  const waits: readonly (readonly [string, object])[] = [
    ['a first page with a condition', { visibleIf: '{q} = 1' }],
    ['a first page that is closed on a condition', { enableIf: '{q} = 1' }],
    ['a first page without anything that is sure', { elements: [{ type: 'text', name: 'a', visibleIf: '{q} = 1' }] }],
    ['a first page that is hidden', { visible: false }],
  ];
  for (const [what, more] of waits) {
    it(`waits for ${what}`, async () => {
      const first = { elements: [{ type: 'text', name: 'a' }], ...more };
      const definition = await defineForm({
        pages: [first, { elements: [{ type: 'text', name: 'q', requiredIf: '{q} = 1' }] }],
      });
      assert.equal(previewOf(definition), undefined);
      const demand = engineOnDemand();
      const opening = openFormAtOnce(definition, options, demand.load);
      demand.arrive();
      const { form, whole } = await opening;
      assert.equal(whole, undefined);
      assert.ok(form.shown.has('q'));
    });
  }

  it('leaves out a title that needs an answer', async () => {
    const title = { title: 'Dear {a}', description: 'One moment' };
    const { form } = await openWaiting({ pages: [{ ...title, elements: [{ type: 'text', name: 'a' }] }] });
    const [page] = form.pages;
    assert.deepEqual([page?.title, page?.description], [undefined, 'One moment']);
  });

  it('asks for no engine where the form has no logic', async () => {
    const demand = engineOnDemand();
    const definition = await defineForm({ elements: [{ type: 'text', name: 'a' }] });
    const { whole } = await openFormAtOnce(definition, options, demand.load);
    await openForm(definition, options, demand.load);
    assert.equal(whole, undefined);
    assert.equal(demand.asked(), 0);
  });

  it('says that the engine cannot be fetched, and keeps the form that can be answered', async () => {
    const { form, whole, fail } = await openWaiting(branching);
    const cause = new TypeError('Failed to fetch dynamically imported module');
    fail(cause);
    await assert.rejects(whole, (error) => {
      assert.ok(error instanceof FormError);
      assert.deepEqual([error.code, error.cause], ['engine-failed', cause]);
      return true;
    });
    form.answer('role', 'rn');
    assert.deepEqual(form.answers, { hours: 40, role: 'rn' });
  });

  it('says so too where everything waits for it', async () => {
    const demand = engineOnDemand();
    const definition = await defineForm(branching);
    const opening = [
      openForm(definition, options, demand.load),
      openFormAtOnce(definition, { ...options, answers: { specialty: 'a' } }, demand.load),
    ];
    demand.fail(new TypeError('offline'));
    for (const one of opening) await assert.rejects(one, { code: 'engine-failed' });
  });

  it('says what is wrong with the logic when the engine has come', async () => {
    const { whole, arrive } = await openWaiting({
      pages: [
        { elements: [{ type: 'text', name: 'a' }] },
        { elements: [{ type: 'text', name: 'b', visibleIf: '{c} = 1' }] },
      ],
    });
    arrive();
    await assert.rejects(whole, { code: 'bad-expression', path: 'pages[1].elements[0].visibleIf' });
  });
});
