import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STRICT_POLICY } from '../../../demo/pages-app.ts';
import { studyByParticipant } from '../../support/allocation-office.ts';
import { type Asked, openOffice, screeningJson, studyJson } from '../../support/receiver.ts';

/** The endpoint's own pages: who may show them, what their head gives away, and that nothing in a study becomes markup. */

const SITE = 'https://portal.example.org';
const PAGE = '/p/ward';
const FRAME = '/studies/ward/frame/eligibility-screener';

const BILINGUAL = studyJson({
  title: { en: 'Burnout on the ward', es: 'Agotamiento en la sala' },
  languages: ['en', 'es'],
  resources: [{ title: { en: 'A crisis line', es: 'Una línea de crisis' }, phone: '988' }],
  screening: screeningJson({
    form: { elements: [{ type: 'text', name: 'role', title: { en: 'Role', es: 'Cargo' } }] },
    contact: { elements: [{ type: 'text', name: 'name', title: { en: 'Name', es: 'Nombre' } }] },
    criteria: [
      {
        id: 'clinical',
        kind: 'inclusion',
        wording: { en: 'Clinical', es: 'Clínico' },
        when: { question: 'role', equals: 'nurse' },
      },
    ],
  }),
});

const open = (study = BILINGUAL, origins = { ward: [SITE] }) =>
  openOffice({ studies: [study], origins, embedDir: '/nowhere' });

const head = ({ body }: Asked): string => body.slice(0, body.indexOf('</head>'));
const policyOf = ({ headers }: Asked): readonly string[] => (headers.get('content-security-policy') ?? '').split('; ');

describe('the endpoint’s own pages', () => {
  for (const path of [PAGE, FRAME]) {
    it(`${path} comes under the strict policy, and asks nobody else for anything`, async () => {
      const { ask } = await open();
      const page = await ask(path);
      assert.equal(page.status, 200);
      assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
      for (const directive of STRICT_POLICY.split('; ')) assert.ok(policyOf(page).includes(directive), directive);
      assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
      assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(page.headers.get('x-robots-tag'), 'noindex, nofollow');
      assert.doesNotMatch(page.body, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|<img/);
      const fetched = [...page.body.matchAll(/<(?:script|link)[^>]*\s(?:src|href)="([^"]*)"/g)].map(
        ([, address]) => address,
      );
      assert.ok(fetched.length > 1);
      for (const address of fetched) {
        const { origin, pathname } = new URL(address ?? '', `http://receiver.test${path}`);
        assert.equal(origin, 'http://receiver.test');
        assert.match(pathname, /^\/embed\/[\w-]+\.(js|css)$/);
      }
    });

    it(`${path} says nothing of study or topic in what a messenger or a search engine shows`, async () => {
      const { ask } = await open();
      for (const [language, title] of [
        ['en', 'Your page'],
        ['es', 'Su página'],
      ]) {
        const page = await ask(path, { headers: { 'Accept-Language': String(language) } });
        assert.match(head(page), new RegExp(`<title>${title}</title>`));
        assert.match(head(page), new RegExp(`<meta property="og:title" content="${title}">`));
        assert.match(head(page), /<meta name="robots" content="noindex, nofollow">/);
        assert.match(head(page), /<meta name="referrer" content="no-referrer">/);
        assert.doesNotMatch(head(page), /burnout|agotamiento|ward|sala|study|estudio|crisis/i);
      }
    });
  }

  it('the hosted page may stand in no frame; an element’s in those of the study’s sites alone', async () => {
    const { ask } = await open();
    assert.ok(policyOf(await ask(PAGE)).includes("frame-ancestors 'none'"));
    assert.ok(policyOf(await ask(FRAME)).includes(`frame-ancestors 'self' ${SITE}`));
    const alone = await open(BILINGUAL, { ward: [] });
    assert.ok(policyOf(await alone.ask(FRAME)).includes("frame-ancestors 'self'"));
  });

  it('the frame knows whose greeting to take', async () => {
    const { ask } = await open(BILINGUAL, { ward: [SITE, 'http://localhost:8080'] });
    const { body } = await ask(FRAME);
    assert.match(
      body,
      /<body data-study="ward" data-element="eligibility-screener" data-endpoint="\.\.\/\.\.\/\.\.\/" /,
    );
    assert.match(body, new RegExp(`data-origins="${SITE} http://localhost:8080"></body>`));
  });

  it('another origin’s page gets no window of the hosted page to hold', async () => {
    const { ask } = await open();
    assert.equal((await ask(PAGE)).headers.get('cross-origin-opener-policy'), 'same-origin');
  });

  const LANGUAGES: readonly (readonly [wanted: string, accepted: string, expected: string])[] = [
    ['', '', 'en'],
    ['', 'es', 'es'],
    ['', 'es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['', 'de, es;q=0.4, en;q=0.7', 'en'],
    ['', 'es;q=0, en', 'en'],
    ['', 'de;q=1', 'en'],
    ['', ';;;,=,q=,es;q=x', 'en'],
    ['es', 'en', 'es'],
    ['de', 'es', 'es'],
    ['"><script>', 'es', 'es'],
  ];
  for (const [wanted, accepted, expected] of LANGUAGES) {
    it(`?lang=${wanted} with Accept-Language: ${accepted} is read in ${expected}`, async () => {
      const { ask } = await open();
      const page = await ask(`${PAGE}?lang=${encodeURIComponent(wanted)}`, {
        headers: { 'Accept-Language': accepted },
      });
      assert.equal(page.headers.get('content-language'), expected);
      assert.match(page.headers.get('vary') ?? '', /Accept-Language/);
      assert.ok(page.body.includes(`<html lang="${expected}">`));
      assert.equal(page.body.includes('Una línea de crisis'), expected === 'es');
      assert.ok(page.body.includes(expected === 'es' ? '<a href="?lang=en"' : '<a href="?lang=es"'));
      assert.ok(!page.body.includes('<script>'));
    });
  }

  it('whom to ask stands on the hosted page without a script, those for safety alerts aside', async () => {
    const { ask } = await open();
    const { body } = await ask(PAGE);
    assert.match(body, /<a href="tel:5550100">555-0100<\/a>/);
    assert.match(body, /A crisis line/);
    assert.ok(!body.includes('Duty doctor'));
    assert.ok(!body.includes('555-0111'));
  });

  it('whatever a study says stands there letter by letter', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;`;
    const study = studyJson({
      // The lint refuses markup in texts; names and numbers are lines that it leaves alone.
      contacts: [{ role: 'research', name: evil, phone: '555-0100"><b>', email: `a"onclick="x@example.org` }],
      resources: [{ title: 'Help', phone: evil, url: 'https://example.org/"onmouseover="alert(1)' }],
    });
    const { body } = await (await open(study)).ask(PAGE);
    assert.ok(body.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
    assert.ok(body.includes('&amp;amp;'));
    assert.doesNotMatch(body, /<script>|<img|<b>|\son\w+="|"on\w+="/);
  });

  it('there is no page for what there is not', async () => {
    const { ask } = await open();
    assert.equal((await ask('/p/other')).problem(), 'unknown-study');
    assert.equal((await ask('/studies/other/frame/eligibility-screener')).problem(), 'unknown-study');
    for (const element of ['consent-form', 'session-tracker', 'constructor', '__proto__', '%22%3E']) {
      assert.equal((await ask(`/studies/ward/frame/${element}`)).problem(), 'not-found', element);
    }
    const { screening: _, ...silent } = studyJson();
    const { ask: askSilent } = await open(silent);
    for (const element of ['eligibility-screener', 'screener-link']) {
      const path = `/studies/ward/frame/${element}`;
      assert.equal((await ask(path)).status, 200, element);
      assert.equal((await askSilent(path)).problem(), 'not-found', 'the study screens nobody');
    }
    const { status, body } = await (await open(studyByParticipant())).ask('/studies/ward/frame/session-tracker');
    assert.equal(status, 200, body);
    assert.ok(body.includes('data-element="session-tracker"'));
  });

  it('a receiver without the built kit has no pages', async () => {
    const { ask } = await openOffice();
    for (const path of [PAGE, FRAME, '/embed/steady.js']) assert.equal((await ask(path)).problem(), 'not-found');
  });

  it('answers that are data keep their own policy beside them', async () => {
    const { ask } = await open();
    assert.equal(policyOf(await ask('/studies/ward')).join('; '), "default-src 'none'; frame-ancestors 'none'");
    assert.equal(policyOf(await ask('/p/other')).join('; '), "default-src 'none'; frame-ancestors 'none'");
  });
});
