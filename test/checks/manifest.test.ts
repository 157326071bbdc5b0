import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runCheck } from './check.ts';
import { manifestCheck } from './manifest.ts';
import { withRepository } from './temporary-repository.ts';

const element = {
  kind: 'class',
  name: 'Greeting',
  description: 'Greets.',
  summary: 'A greeting.',
  customElement: true,
  tagName: 'steady-greeting',
  members: [{ kind: 'field', name: 'name', description: 'Who is greeted.' }],
  attributes: [{ name: 'name', description: 'Who is greeted.' }],
  events: [{ name: 'steady-greeted', type: { text: 'GreetedEvent' }, description: 'It was read.' }],
  slots: [{ name: '', description: 'Shown before.' }],
  cssParts: [{ name: 'card', description: 'The surface.' }],
  cssProperties: [{ name: '--steady-ink', description: 'Text.' }],
};

const sources = {
  'components/greeting/greeting.define.ts': "define('steady-greeting', Greeting);",
  'components/greeting/greeting.ts': [
    '/** A comment may say part="nothing" and var(--steady-nothing). */',
    'html`<div part="card"><slot></slot></div>`;',
    'declare global {\n  interface HTMLElementTagNameMap {',
    "    'steady-greeting': Greeting;\n  }\n}",
  ].join('\n'),
  'components/greeting/greeting.styles.ts': 'css`.a { color: var(--steady-ink); fill: var(--steady-dark-ink, red) }`;',
  'components/events/greeted-event.ts': "static readonly eventName = 'steady-greeted';",
};

function problemsOf(changed: object, files: Record<string, string> = {}): Promise<readonly string[]> {
  const manifest = {
    modules: [
      {
        declarations: [
          { ...element, ...changed },
          { kind: 'class', name: 'Base' },
        ],
      },
    ],
  };
  return withRepository(
    { 'dist/custom-elements.json': JSON.stringify(manifest), ...sources, ...files },
    async (root) => (await runCheck(manifestCheck, root)).problems,
  );
}

describe('manifest', () => {
  test('a class comment that says everything is accepted', async () => assert.deepEqual(await problemsOf({}), []));

  const lacking: [about: string, changed: object, expected: RegExp][] = [
    ['no @tagname', { tagName: undefined }, /greeting\.define\.ts: no class comment says @tagname steady-greeting/],
    ['another @tagname', { tagName: 'steady-greetings' }, /<steady-greetings>: is registered by no/],
    ['no @summary', { summary: undefined }, /lacks @summary/],
    ['no text', { description: ' ' }, /does not say what the element does/],
    ['no @fires', { events: [] }, /lacks @fires/],
    ['no @csspart', { cssParts: undefined }, /lacks @csspart/],
    ['no @cssproperty', { cssProperties: undefined }, /lacks @cssproperty/],
    ['no @slot', { slots: undefined }, /lacks @slot/],
    [
      'an event without a word',
      { events: [{ ...element.events[0], description: '' }] },
      /@fires steady-greeted is not/,
    ],
    ['an event without a type', { events: [{ ...element.events[0], type: undefined }] }, /does not say its type/],
    [
      'an event that does not exist',
      { events: [{ ...element.events[0], name: 'steady-met' }] },
      /no class in components/,
    ],
    ['a part without a word', { cssParts: [{ name: 'card' }] }, /@csspart card is not described/],
    ['a part that does not exist', { cssParts: [{ name: 'box', description: 'A box.' }] }, /nothing has that part/],
    ['a property that is not used', { cssProperties: [{ name: '--steady-x', description: 'X.' }] }, /no style uses it/],
    ['a member without a word', { members: [{ kind: 'field', name: 'a' }] }, /the public field a is not described/],
    ['an attribute without a word', { attributes: [{ name: 'a' }] }, /the attribute a is not described/],
  ];
  for (const [about, changed, expected] of lacking)
    test(`refused: ${about}`, async () => assert.match((await problemsOf(changed)).join('\n'), expected));

  const unnamed: [about: string, file: string, text: string, expected: RegExp][] = [
    ['a part', 'components/a.ts', 'html`<p part="line other">`', /names @csspart line\n.*@csspart other/],
    [
      'a property',
      'components/a.styles.ts',
      'css`a { color: var( --steady-paper) }`',
      /names @cssproperty --steady-paper/,
    ],
    ['an event', 'components/events/a.ts', "static readonly eventName = 'steady-left';", /names @fires steady-left/],
    ['an element', 'components/b/parting.define.ts', '', /no class comment says @tagname steady-parting/],
  ];
  for (const [about, file, text, expected] of unnamed)
    test(`refused: ${about} that no class comment names`, async () =>
      assert.match((await problemsOf({}, { [file]: text })).join('\n'), expected));

  test('an element that the types do not know is refused', async () => {
    const files = { 'components/greeting/greeting.ts': 'html`<div part="card"><slot></slot></div>`;' };
    assert.match((await problemsOf({}, files)).join('\n'), /missing in HTMLElementTagNameMap/);
  });

  test('a missing or empty manifest is a problem', async () => {
    const missing = await withRepository(sources, (root) => runCheck(manifestCheck, root));
    assert.match(missing.problems.join('\n'), /dist\/custom-elements\.json is missing/);
    const empty = await withRepository({ 'dist/custom-elements.json': '{ "modules": [] }' }, (root) =>
      runCheck(manifestCheck, root),
    );
    assert.match(empty.problems.join('\n'), /found nothing to look at/);
  });
});
