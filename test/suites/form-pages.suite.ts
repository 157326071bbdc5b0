import type { Form } from '../../src/form/form.ts';
import type { SuiteTools } from './outbox-store.suite.ts';
import { type Element, type OpenForm, openers } from './support/open-forms.ts';

/** What an engine makes of a definition: pages, and each kind of question. Part of `formSuite`. */
export function formPagesSuite(name: string, open: OpenForm, { describe, it, assert }: SuiteTools) {
  const { openJson, ask } = openers(open);

  const names = (form: Form) => form.pages.map((page) => page.name);

  describe(`form: ${name}: pages`, () => {
    it('takes elements without pages as one page', async () => {
      const form = await ask([{ type: 'comment', name: 'words' }]);
      assert.deepEqual(form.pages, [
        {
          name: 'page1',
          items: [{ type: 'comment', name: 'words', title: 'words', required: false, readOnly: false }],
        },
      ]);
    });

    it('shows pages in order, by their names or places, with what stands above them', async () => {
      const form = await openJson({
        pages: [
          { name: 'first', title: 'One', description: 'The first', elements: [{ type: 'comment', name: 'a' }] },
          { elements: [{ type: 'comment', name: 'b' }] },
        ],
      });
      const heads = form.pages.map(({ items: _, ...head }) => head);
      assert.deepEqual(heads, [{ name: 'first', title: 'One', description: 'The first' }, { name: 'page2' }]);
    });

    it('says what the form is called, in the language asked for', async () => {
      const elements = [{ type: 'comment', name: 'a' }];
      const named = { title: { en: 'Four questions', es: 'Cuatro preguntas' }, description: 'Two minutes', elements };
      const form = await openJson(named, { language: 'es' });
      assert.deepEqual([form.title, form.description], ['Cuatro preguntas', 'Two minutes']);
      const nameless = await openJson({ elements });
      assert.deepEqual([nameless.title, nameless.description], ['', '']);
    });

    it('leaves out what is hidden, and pages and panels with nothing else', async () => {
      const hidden = { type: 'comment', name: 'hidden', visible: false };
      const form = await openJson({
        pages: [
          { name: 'nothing', elements: [hidden] },
          { name: 'off', visible: false, elements: [{ type: 'comment', name: 'never' }] },
          {
            name: 'some',
            elements: [
              { type: 'comment', name: 'seen' },
              { type: 'panel', name: 'hollow', elements: [{ type: 'comment', name: 'lost', visible: false }] },
              { type: 'panel', name: 'gone', visible: false, elements: [{ type: 'comment', name: 'inside' }] },
            ],
          },
        ],
      });
      assert.deepEqual(names(form), ['some']);
      assert.deepEqual(
        form.pages[0]?.items.map((item) => item.name),
        ['seen'],
      );
      assert.deepEqual([...form.shown], ['seen']);
    });

    it('is never without a page', async () => {
      const form = await ask([{ type: 'comment', name: 'hidden', visible: false }]);
      assert.deepEqual(form.pages, [{ name: 'page1', items: [] }]);
      assert.deepEqual(await form.problems(), []);
    });

    it('shows prose and panels between questions, questions in panels included', async () => {
      const form = await ask([
        { type: 'html', name: 'hello', html: 'Welcome, *friend*' },
        {
          type: 'panel',
          name: 'outer',
          title: 'Outer',
          description: 'Around',
          elements: [{ type: 'panel', name: 'inner', elements: [{ type: 'comment', name: 'deep', title: 'Deep' }] }],
        },
      ]);
      const deep = { type: 'comment', name: 'deep', title: 'Deep', required: false, readOnly: false };
      assert.deepEqual(form.pages[0]?.items, [
        { type: 'html', name: 'hello', text: 'Welcome, *friend*' },
        {
          type: 'panel',
          name: 'outer',
          title: 'Outer',
          description: 'Around',
          items: [{ type: 'panel', name: 'inner', items: [deep] }],
        },
      ]);
      assert.deepEqual([...form.shown], ['deep']);
    });

    it('makes a question read-only with its panel or its page', async () => {
      const form = await openJson({
        pages: [
          { readOnly: true, elements: [{ type: 'comment', name: 'by-page' }] },
          {
            elements: [{ type: 'panel', name: 'p', readOnly: true, elements: [{ type: 'comment', name: 'by-panel' }] }],
          },
          { elements: [{ type: 'comment', name: 'by-itself', readOnly: true }] },
          { elements: [{ type: 'comment', name: 'free' }] },
        ],
      });
      const readOnly = form.pages
        .flatMap(({ items }) => items.flatMap((item) => (item.type === 'panel' ? item.items : [item])))
        .map((item) => ('readOnly' in item ? item.readOnly : undefined));
      assert.deepEqual(readOnly, [true, true, true, false]);
    });
  });

  describe(`form: ${name}: questions`, () => {
    const head = { name: 'q', title: 'q', required: false, readOnly: false };
    const special = (value: string, kind: string, text?: string) => ({
      value,
      ...(text !== undefined && { text }),
      enabled: true,
      special: kind,
    });
    const step = (value: unknown, text = String(value)) => ({ value, text, enabled: true });

    const questions: readonly (readonly [string, Element, object])[] = [
      [
        'radiogroup, with the study’s words',
        {
          type: 'radiogroup',
          name: 'q',
          title: 'Your role',
          description: 'The nearest',
          isRequired: true,
          choices: [{ value: 1, text: 'Nurse' }, 'md', true],
        },
        {
          ...head,
          type: 'radiogroup',
          title: 'Your role',
          description: 'The nearest',
          required: true,
          choices: [step(1, 'Nurse'), step('md'), step(true)],
        },
      ],
      [
        'radiogroup, with every special choice in the kit’s words',
        {
          type: 'radiogroup',
          name: 'q',
          choices: [],
          showDontKnowItem: true,
          showRefuseItem: true,
          showNoneItem: true,
          showOtherItem: true,
          otherPlaceholder: 'Which?',
        },
        {
          ...head,
          type: 'radiogroup',
          choices: [
            special('other', 'other'),
            special('none', 'none'),
            special('refused', 'refuse'),
            special('dontknow', 'unknown'),
          ],
          otherPlaceholder: 'Which?',
        },
      ],
      [
        'dropdown, with special choices by their older names and in the study’s words',
        {
          type: 'dropdown',
          name: 'q',
          choices: ['north'],
          hasOther: true,
          otherText: 'Elsewhere',
          hasNone: true,
          noneText: 'Nowhere',
          placeholder: 'Find it',
        },
        {
          ...head,
          type: 'dropdown',
          choices: [step('north'), special('other', 'other', 'Elsewhere'), special('none', 'none', 'Nowhere')],
          placeholder: 'Find it',
        },
      ],
      [
        'checkbox',
        {
          type: 'checkbox',
          name: 'q',
          choices: ['day'],
          showRefuseItem: true,
          refuseText: 'Rather not',
          showDontKnowItem: true,
          dontKnowText: 'No idea',
        },
        {
          ...head,
          type: 'checkbox',
          choices: [step('day'), special('refused', 'refuse', 'Rather not'), special('dontknow', 'unknown', 'No idea')],
        },
      ],
      [
        'boolean',
        { type: 'boolean', name: 'q' },
        {
          ...head,
          type: 'boolean',
          choices: [
            { value: true, enabled: true, special: 'yes' },
            { value: false, enabled: true, special: 'no' },
          ],
        },
      ],
      [
        'boolean, with labels and values',
        { type: 'boolean', name: 'q', labelTrue: 'Sure', labelFalse: 'Never', valueTrue: 'y', valueFalse: 'n' },
        {
          ...head,
          type: 'boolean',
          choices: [
            { value: 'y', text: 'Sure', enabled: true, special: 'yes' },
            { value: 'n', text: 'Never', enabled: true, special: 'no' },
          ],
        },
      ],
      [
        'rating, from its bounds',
        {
          type: 'rating',
          name: 'q',
          rateMin: 0,
          rateMax: 6,
          rateStep: 3,
          minRateDescription: 'Low',
          maxRateDescription: 'High',
        },
        { ...head, type: 'rating', choices: [step(0), step(3), step(6)], lowest: 'Low', highest: 'High' },
      ],
      [
        'rating, of its own values',
        { type: 'rating', name: 'q', rateValues: [{ value: 1, text: 'Never' }, 2] },
        { ...head, type: 'rating', choices: [step(1, 'Never'), step(2)] },
      ],
      [
        'matrix',
        {
          type: 'matrix',
          name: 'q',
          columns: [{ value: 0, text: 'Never' }, 'often'],
          rows: [{ value: 'tired', text: 'Tired' }, 2],
        },
        {
          ...head,
          type: 'matrix',
          columns: [step(0, 'Never'), step('often')],
          rows: [
            { name: 'tired', text: 'Tired' },
            { name: '2', text: '2' },
          ],
        },
      ],
      ['text', { type: 'text', name: 'q' }, { ...head, type: 'text', input: 'text' }],
      [
        'text for a number',
        {
          type: 'text',
          name: 'q',
          inputType: 'number',
          min: 0,
          max: 40,
          step: 0.5,
          placeholder: 'Hours',
          autocomplete: 'off',
        },
        {
          ...head,
          type: 'text',
          input: 'number',
          min: 0,
          max: 40,
          step: 0.5,
          placeholder: 'Hours',
          autocomplete: 'off',
        },
      ],
      [
        'text for an e-mail address',
        { type: 'text', name: 'q', inputType: 'email', maxLength: 80 },
        { ...head, type: 'text', input: 'email', maxLength: 80 },
      ],
      [
        'comment',
        { type: 'comment', name: 'q', rows: 3, maxLength: 200, placeholder: 'Here' },
        { ...head, type: 'comment', rows: 3, maxLength: 200, placeholder: 'Here' },
      ],
    ];
    for (const [title, element, expected] of questions) {
      it(title, async () => {
        const form = await ask([element]);
        assert.deepEqual(form.pages[0]?.items, [expected]);
      });
    }
  });
}
