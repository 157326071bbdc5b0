import type { Page } from '../../src/form/form.ts';
import type { Answers } from '../../src/study/answers.ts';
import { formAnswersSuite } from './form-answers.suite.ts';
import { formPagesSuite } from './form-pages.suite.ts';
import { formPortSuite } from './form-port.suite.ts';
import { formProblemsSuite } from './form-problems.suite.ts';
import type { SuiteTools } from './outbox-store.suite.ts';
import { defineForm } from './support/define-form.ts';
import { both, LANGUAGES, type OpenForm, openers } from './support/open-forms.ts';

/** Two pages of questions that are answered by choosing. */
const CHOOSING = {
  pages: [
    {
      name: 'one',
      elements: [
        { type: 'matrix', name: 'days', rows: ['a', 'b'], columns: [0, 1], isAllRowRequired: true, isRequired: true },
        { type: 'rating', name: 'calm', isRequired: true },
      ],
    },
    { name: 'two', elements: [{ type: 'radiogroup', name: 'role', choices: ['nurse', 'other'], isRequired: true }] },
  ],
};

/** What every engine promises of a form without logic: see the port in src/form/form.ts. */
export function formSuite(name: string, open: OpenForm, tools: SuiteTools) {
  const { describe, it, assert } = tools;
  const { openJson, ask } = openers(open);

  formPortSuite(name, () => openJson(CHOOSING), tools);
  formPagesSuite(name, open, tools);
  formAnswersSuite(name, open, tools);
  formProblemsSuite(name, open, tools);

  describe(`form: ${name}: languages`, () => {
    const definition = {
      pages: [
        {
          name: 'p',
          title: both('Page', 'Página'),
          description: both('About', 'Acerca'),
          elements: [
            { type: 'html', name: 'h', html: both('Hello', 'Hola') },
            {
              type: 'radiogroup',
              name: 'q',
              title: both('Question', 'Pregunta'),
              choices: [
                { value: 'a', text: both('A', 'La A') },
                { value: 'b', text: 'B' },
              ],
              isRequired: true,
              requiredErrorText: both('Choose', 'Elija'),
            },
          ],
        },
      ],
    };
    const spoken = async (language: string) => {
      const form = await openJson(definition, { language });
      const [problem] = await form.problems();
      return { form, texts: textsOf(form.pages), problem };
    };

    it('speaks the language it was opened in, everywhere', async () => {
      const { form, texts, problem } = await spoken('es');
      assert.strictEqual(form.language, 'es');
      assert.deepEqual(texts, ['Página', 'Acerca', 'Hola', 'Pregunta', 'La A', 'B']);
      assert.strictEqual(problem?.text, 'Elija');
    });

    it('speaks the base language of a regional one', async () => {
      assert.deepEqual((await spoken('es-MX')).texts, (await spoken('es')).texts);
    });

    it('falls back to the study’s first language', async () => {
      assert.deepEqual((await spoken('fr')).texts, (await spoken('en')).texts);
    });
  });

  describe(`form: ${name}: changes`, () => {
    it('gives the same pages until an answer, and such as say the same after one that changes nothing of them', async () => {
      const form = await ask([{ type: 'comment', name: 'words' }]);
      const { pages } = form;
      const before = structuredClone(pages);
      assert.strictEqual(form.pages, pages);
      form.answer('words', 'a');
      assert.deepEqual(form.pages, before);
      assert.strictEqual(form.pages, form.pages);
    });

    it('leaves what it was given as it was', async () => {
      const json = {
        elements: [{ type: 'checkbox', name: 'q', choices: ['a'], showNoneItem: true, defaultValue: ['a'] }],
      };
      const definition = await defineForm(json);
      const before = JSON.stringify(definition);
      const answers: Answers = { q: ['a'] };
      const form = await open(definition, { language: 'en', languages: LANGUAGES, answers });
      form.answer('q', ['a', 'none']);
      form.answer('q', undefined);
      assert.deepEqual(answers, { q: ['a'] });
      assert.strictEqual(JSON.stringify(definition), before);
    });

    it('is apart from another form of the same definition', async () => {
      const definition = await defineForm({ elements: [{ type: 'comment', name: 'words' }] });
      const options = { language: 'en', languages: LANGUAGES };
      const [one, other] = [await open(definition, options), await open(definition, options)];
      one.answer('words', 'a');
      assert.deepEqual(other.answers, {});
    });
  });
}

/** Every text of the pages, in order. */
function textsOf(pages: readonly Page[]): string[] {
  const texts = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) =>
      typeof part === 'string' && ['title', 'description', 'text'].includes(key) ? [part] : texts(part),
    );
  };
  return texts(pages);
}
