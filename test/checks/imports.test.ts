import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runCheck } from './check.ts';
import { importCheck } from './imports.ts';
import { withRepository } from './temporary-repository.ts';

const dependencies = {
  lit: '1',
  valibot: '1',
  'survey-core': '1',
  idb: '1',
  hono: '1',
};

/** Files that stand wherever a test needs somewhere to import from. */
const house = {
  'package.json': JSON.stringify({ dependencies }),
  'src/study/text.ts': 'export const text = 1; export type Text = string;',
  'src/screening/verdict.ts': 'export const verdict = 1; export type Verdict = string;',
  'src/submission/receipt.ts': 'export const receipt = 1;',
  'src/delivery/outbox.ts': 'export const outbox = 1;',
  'src/receiver/app.ts': 'export const app = 1;',
  'src/cli/steady.ts': 'export const steady = 1;',
  'components/element/state.ts': 'export const state = 1;',
};

async function problemsOf(files: Record<string, string>): Promise<readonly string[]> {
  return await withRepository({ ...house, ...files }, async (root) => (await runCheck(importCheck, root)).problems);
}

async function assertRefused(path: string, text: string, expected: RegExp): Promise<void> {
  const problems = await problemsOf({ [path]: text });
  assert.equal(problems.length, 1, problems.join('\n'));
  assert.match(problems[0] ?? '', expected);
  assert.ok(problems[0]?.startsWith(`${path}:`), problems[0]);
}

async function assertAccepted(path: string, text: string): Promise<void> {
  assert.deepEqual(await problemsOf({ [path]: text }), []);
}

describe('imports, between rooms', () => {
  const everyForm: Record<string, string> = {
    import: "import { verdict } from '../screening/verdict.ts'; export const x = verdict;",
    'type import': "import type { Verdict } from '../screening/verdict.ts'; export type X = Verdict;",
    'import for its effect': "import '../screening/verdict.ts';",
    're-export': "export { verdict } from '../screening/verdict.ts';",
    'type re-export': "export type { Verdict } from '../screening/verdict.ts';",
    'export of everything': "export * from '../screening/verdict.ts';",
    'import()': "export const load = () => import('../screening/verdict.ts');",
    'import() of a template': 'export const load = (name: string) => import(`../screening/$' + '{name}.ts`);',
    'import() of a plain template': 'export const load = () => import(`../screening/verdict.ts`);',
    'import() type': "export type X = import('../screening/verdict.ts').Verdict;",
    'new URL': "export const address = new URL('../screening/verdict.ts', import.meta.url);",
    'import.meta.resolve': "export const address = import.meta.resolve('../screening/verdict.ts');",
    require: "export const x = require('../screening/verdict.ts');",
    'import equals': "import x = require('../screening/verdict.ts'); export { x };",
    'nested in a class with decorators': "export class A { @b() c() { return import('../screening/verdict.ts'); } }",
  };
  for (const [form, text] of Object.entries(everyForm)) {
    test(`an ${form} from another domain room is seen`, () =>
      assertRefused('src/form/form.ts', text, /is in screening, but form may import study/));
  }

  const refused: [path: string, text: string, expected: RegExp][] = [
    ['src/study/a.ts', "import '../form/b.ts';", /is not there/],
    ['src/study/a.ts', "import '../screening/verdict.ts';", /study may import no other room/],
    ['src/submission/a.ts', "import '../screening/verdict.ts';", /submission may import study$/],
    ['src/delivery/a.ts', "import '../screening/verdict.ts';", /delivery may import submission, study$/],
    ['src/receiver/a.ts', "import '../delivery/outbox.ts';", /is in delivery/],
    ['src/receiver/a.ts', "import '../../components/element/state.ts';", /is in components/],
    ['src/cli/a.ts', "import '../delivery/outbox.ts';", /is in delivery/],
    ['components/a.ts', "import '../src/receiver/app.ts';", /is in receiver/],
    ['components/a/b.ts', "import '../../src/cli/steady.ts';", /is in cli/],
    ['components/a.ts', "import '../demo/serve.ts';", /is not there/],
    ['src/form/a.ts', "import '../../test/helper.ts';", /is not there/],
    ['src/form/a.ts', "import './Form.ts';", /is not there/],
    ['src/form/a.ts', "import '../../../elsewhere.ts';", /out of the repository/],
    ['src/form/a.ts', "import '../study/Text.ts';", /is not there/],
    ['src/attic/a.ts', 'export const a = 1;', /in no room of the plan/],
    ['src/form/a.ts', 'export const = ;', /cannot be parsed/],
    ['src/form/a.ts', 'export const load = (path: string) => import(path);', /not a text/],
  ];
  for (const [path, text, expected] of refused)
    test(`refused in ${path}: ${text}`, () => assertRefused(path, text, expected));

  const accepted: [path: string, text: string][] = [
    ['src/form/a.ts', "import { text } from '../study/text.ts'; export const a = text;"],
    ['src/submission/a.ts', "import '../study/text.ts';"],
    ['src/delivery/a.ts', "import '../submission/receipt.ts'; import '../study/text.ts';"],
    ['src/receiver/a.ts', "import '../screening/verdict.ts'; import '../submission/receipt.ts';"],
    ['src/cli/a.ts', "import '../receiver/app.ts'; import '../screening/verdict.ts';"],
    ['components/a.ts', "import '../src/delivery/outbox.ts'; import '../src/screening/verdict.ts';"],
    ['demo/a.ts', "import '../src/receiver/app.ts'; import '../components/element/state.ts';"],
    ['test/form/a.test.ts', "import '../../src/cli/steady.ts'; import 'anything';"],
    ['test/form/a.test.ts', 'export const load = (path: string) => import(path);'],
    ['src/form/a.ts', "// import '../screening/verdict.ts'\nexport const a = \"import '../screening/verdict.ts'\";"],
  ];
  for (const [path, text] of accepted) test(`accepted in ${path}: ${text}`, () => assertAccepted(path, text));
});

describe('imports, of packages', () => {
  const refused: [path: string, text: string, expected: RegExp][] = [
    ['src/form/a.ts', "import 'lit';", /form may not import 'lit'/],
    ['src/form/a.ts', "import type { SurveyModel } from 'survey-core';", /only src\/form\/survey-form.ts/],
    ['components/a.ts', "import 'survey-core';", /only src\/form\/survey-form.ts/],
    ['components/a.ts', "import '@valibot/to-json-schema';", /only src\/study\/json-schema.ts and/],
    ['src/study/a.ts', "import 'node:fs';", /study may not import 'node:fs'/],
    ['src/delivery/a.ts', "import 'node:fs';", /delivery may not import 'node:fs'/],
    ['components/a.ts', "import 'node:fs';", /components may not import 'node:fs'/],
    ['components/a.ts', "import 'litter';", /components may not import 'litter'/],
    ['src/receiver/a.ts', "import 'fs';", /receiver may not import 'fs'/],
    ['components/a.ts', "import 'https://example.org/x.js';", /components may not import/],
    ['src/receiver/a.ts', "import 'kysely/migration';", /not among the dependencies/],
  ];
  for (const [path, text, expected] of refused)
    test(`refused in ${path}: ${text}`, () => assertRefused(path, text, expected));

  const accepted: [path: string, text: string][] = [
    ['components/a.ts', "import 'lit'; import 'lit/decorators.js';"],
    ['src/form/survey-form.ts', "import { SurveyModel } from 'survey-core'; export const a = SurveyModel;"],
    ['src/study/a.ts', "import * as v from 'valibot'; export const a = v;"],
    ['src/receiver/a.ts', "import 'node:fs'; import 'hono/cors';"],
    ['src/cli/a.ts', "import 'node:util';"],
    ['demo/a.ts', "import 'node:http';"],
  ];
  for (const [path, text] of accepted) test(`accepted in ${path}: ${text}`, () => assertAccepted(path, text));
});

describe('imports, in circles', () => {
  test('a circle is reported once, with its way', async () => {
    const problems = await problemsOf({
      'src/form/a.ts': "import './b.ts';",
      'src/form/b.ts': "import './c.ts';",
      'src/form/c.ts': "import './a.ts';",
      'src/form/d.ts': "import './a.ts';",
    });
    assert.deepEqual(problems, [
      'src/form/a.ts: imports itself in a circle: src/form/a.ts -> src/form/b.ts -> src/form/c.ts -> src/form/a.ts',
    ]);
  });

  test('types alone and import() make no circle', async () => {
    const problems = await problemsOf({
      'src/form/a.ts': "import type {} from './b.ts';",
      'src/form/b.ts': "export const load = () => import('./a.ts');",
    });
    assert.deepEqual(problems, []);
  });
});

test('a repository without sources is a problem, not a success', async () => {
  const { problems } = await withRepository({ 'package.json': '{}' }, (root) => runCheck(importCheck, root));
  assert.deepEqual(problems, ['imports: found nothing to look at']);
});
