/** The same questions as three pages: the kit's element, SurveyJS's own, and a form of plain HTML. */
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';

export const KINDS = ['kit', 'survey', 'html'] as const;
export type Kind = (typeof KINDS)[number];

const ON_A_PAGE = 10;
const OPTIONS = ['Never', 'Seldom', 'Sometimes', 'Often', 'Always'];

const titleOf = (at: number): string => `${at + 1}. In the last two weeks, how often did this happen to you at work?`;

/** As SurveyJS reads it, and the study file. */
function formOf(count: number): object {
  const item = (at: number) => ({
    ...{ type: 'radiogroup', name: `q${at}`, title: titleOf(at), isRequired: true },
    choices: OPTIONS.map((text, value) => ({ value, text })),
  });
  const pages = Array.from({ length: count / ON_A_PAGE }, (_, page) => ({
    name: `p${page}`,
    elements: Array.from({ length: ON_A_PAGE }, (_, at) => item(page * ON_A_PAGE + at)),
  }));
  return { pages };
}

function studyOf(count: number): object {
  return {
    ...{ id: `items-${count}`, version: '1.0.0', title: 'Items', languages: ['en'], timeZone: 'America/Los_Angeles' },
    contacts: [{ role: 'research', name: 'Nobody', email: 'nobody@example.org' }],
    assessments: [
      {
        ...{ id: 'all', title: 'All items', anchor: 'consent', offset: 'P0D', access: 'open' },
        window: { before: 'P0D', after: 'P1Y' },
        forms: { items: formOf(count) },
      },
    ],
  };
}

const fieldset = (at: number): string => {
  const radio = (text: string, value: number) =>
    `<label><input type="radio" name="q${at}" value="${value}" required> ${text}</label>`;
  return `<fieldset><legend>${titleOf(at)}</legend>${OPTIONS.map(radio).join('')}</fieldset>`;
};

const bodies: Readonly<Record<Kind, (count: number) => string>> = {
  kit: (count) => `<script type="module" src="/steady/steady.js"></script>
    <steady-burnout-questionnaire study="items-${count}" endpoint="/endpoint" assessment="all"></steady-burnout-questionnaire>`,
  survey: (count) => `<link rel="stylesheet" href="/survey-core-2/survey-core.fontless.min.css">
    <div id="survey"></div>
    <script src="/survey-core-2/survey.core.min.js"></script><script src="/survey-js-ui/survey-js-ui.min.js"></script>
    <script>fetch('/form/${count}').then((answer) => answer.json()).then((form) => {
      new Survey.Model(form).render(document.querySelector('#survey'));
    });</script>`,
  html: (count) =>
    `<form>${Array.from({ length: count }, (_, at) => fieldset(at)).join('')}<button>Send</button></form>`,
};

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export function pagesApp(): Hono {
  const app = new Hono();
  const count = (context: Context): number => Number(context.req.param('count'));
  app.use('/steady/*', serveStatic({ root: folder('dist/embed'), rewriteRequestPath: (path) => path.slice(7) }));
  for (const name of ['survey-core-2', 'survey-js-ui']) {
    app.use(`/${name}/*`, serveStatic({ root: folder('node_modules') }));
  }
  app.get('/endpoint/studies/:count{items-\\d+}', (context) =>
    context.json(studyOf(Number(context.req.param('count').slice(6)))),
  );
  app.get('/form/:count{\\d+}', (context) => context.json(formOf(count(context))));
  for (const kind of KINDS) {
    app.get(`/${kind}/:count{\\d+}`, (context) =>
      context.html(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Items</title>${bodies[kind](count(context))}`,
      ),
    );
  }
  return app;
}
