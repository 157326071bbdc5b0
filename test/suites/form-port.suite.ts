import type { Form, Question } from '../../src/form/form.ts';
import { questionsIn } from '../../src/form/questions.ts';
import type { Value } from '../../src/study/answers.ts';
import type { SuiteTools } from './outbox-store.suite.ts';

/**
 * What every form promises, wherever its questions are from: see the port in src/form/form.ts.
 *
 * @param open a form that nobody has answered, of questions that can be answered by choosing
 */
export function formPortSuite(name: string, open: () => Form | Promise<Form>, { describe, it, assert }: SuiteTools) {
  const codes = async (form: Form, page?: string) => (await form.problems(page)).map(({ code }) => code);

  describe(`form: ${name}: the port`, () => {
    it('has a page, shows each question once, and offers something to choose in each', async () => {
      const form = await open();
      assert.strictEqual(form.pages.length > 0, true);
      const names = questionsOf(form).map((question) => question.name);
      assert.deepEqual([...form.shown], names);
      assert.strictEqual(new Set(names).size, names.length);
      assert.deepEqual(
        questionsOf(form).filter((question) => answerTo(question) === undefined),
        [],
      );
    });

    it('says of all pages what it says of each, and changes nothing by saying it', async () => {
      const form = await open();
      const [before, pages] = [JSON.stringify(form.answers), JSON.stringify(form.pages)];
      const each = await Promise.all(form.pages.map(({ name: page }) => form.problems(page)));
      assert.deepEqual(await form.problems(), each.flat());
      assert.deepEqual(await form.problems('no such page'), []);
      assert.deepEqual([JSON.stringify(form.answers), JSON.stringify(form.pages)], [before, pages]);
    });

    it('stands in nobody’s way once everything is answered, and does again when an answer is taken back', async () => {
      const form = await open();
      const required = questionsOf(form).filter((question) => question.required);
      assert.strictEqual((await codes(form)).length >= required.length, true);
      for (const question of questionsOf(form)) form.answer(question.name, answerTo(question));
      assert.deepEqual(await codes(form), []);
      assert.deepEqual(Object.keys(form.data()), [...form.shown]);
      for (const question of questionsOf(form)) form.answer(question.name, undefined);
      assert.deepEqual(form.answers, {});
      assert.deepEqual(form.data(), {});
      assert.strictEqual((await codes(form)).length >= required.length, true);
    });

    it('tells who listens, after the change, until they stop', async () => {
      const form = await open();
      const [question] = questionsOf(form) as [Question];
      const heard: unknown[] = [];
      const stop = form.subscribe(() => heard.push(form.answers[question.name]));
      const stopOther = form.subscribe(() => heard.push('other'));
      form.answer(question.name, answerTo(question));
      stop();
      form.answer(question.name, undefined);
      stopOther();
      form.answer(question.name, answerTo(question));
      assert.deepEqual(heard, [answerTo(question), 'other', 'other']);
    });

    it('refuses an answer to what it does not ask, and keeps nothing of it', async () => {
      const form = await open();
      for (const stray of ['', 'no such question', '__proto__', 'toString']) {
        let code: unknown = 'taken';
        try {
          form.answer(stray, 1);
        } catch (error) {
          code = Reflect.get(Object(error), 'code');
        }
        assert.strictEqual(code, 'unknown-question', stray);
      }
      assert.deepEqual(form.answers, {});
    });
  });
}

function questionsOf(form: Form): Question[] {
  return form.pages.flatMap(({ items }) => [...questionsIn(items)]);
}

/** The first that is offered: of a matrix in every row. */
function answerTo(question: Question): Value | undefined {
  if (question.type === 'matrix') {
    const [column] = question.columns;
    if (column === undefined) return undefined;
    return Object.fromEntries(question.rows.map((row) => [row.name, column.value]));
  }
  return 'choices' in question ? question.choices[0]?.value : undefined;
}
