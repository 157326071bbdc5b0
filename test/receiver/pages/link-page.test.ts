import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { STRICT_POLICY } from '../../../demo/pages-app.ts';
import { newLinkCode } from '../../../src/submission/link-code.ts';
import { type Asked, screeningJson, studyJson } from '../../support/receiver.ts';
import { openStaffOffice, SITES, type StaffOffice } from '../../support/staff-office.ts';

/** The page that a recruiter's link opens: what it gives away before and after, and what it says where it leads nowhere. */

const BILINGUAL = studyJson({
  title: { en: 'Burnout on the ward', es: 'Agotamiento en la sala' },
  languages: ['en', 'es'],
  sites: SITES,
  screening: screeningJson({
    form: { elements: [{ type: 'text', name: 'role', title: { en: 'Role', es: 'Cargo' } }] },
    contact: { elements: [{ type: 'text', name: 'name', title: { en: 'Name', es: 'Nombre' } }] },
    criteria: [
      { id: 'c', kind: 'inclusion', wording: { en: 'C', es: 'C' }, when: { question: 'role', equals: 'nurse' } },
    ],
  }),
});

const head = ({ body }: Asked): string => body.slice(0, body.indexOf('</head>'));

describe('the page of a recruiter’s link', () => {
  let office: StaffOffice;
  let recruiter: string;
  beforeEach(async () => {
    office = await openStaffOffice({ studies: [BILINGUAL], embedDir: '/nowhere' });
    recruiter = (await office.hire('recruiter')).token;
  });
  afterEach(() => office.receiver.close());

  it('is the hosted page, which knows the link, under the strict policy', async () => {
    const code = await office.link(recruiter);
    const page = await office.ask(`/j/${code}`);
    assert.equal(page.status, 200);
    assert.match(page.body, new RegExp(`<body[^>]* data-study="ward"[^>]* data-link="${code}"`));
    assert.match(page.body, /<script type="module" src="\.\.\/embed\/page\.js">/);
    assert.ok(page.body.includes('Burnout on the ward'), 'whoever has opened it may read what it is');
    const policy = (page.headers.get('content-security-policy') ?? '').split('; ');
    for (const directive of STRICT_POLICY.split('; ')) assert.ok(policy.includes(directive), directive);
    assert.equal((await office.ask('/p/ward')).body.includes('data-link'), false);
  });

  it('shows on a locked telephone neither study nor topic', async () => {
    const code = await office.link(recruiter, { language: 'es' });
    for (const lang of ['en', 'es']) {
      const page = await office.ask(`/j/${code}?lang=${lang}`);
      const title = lang === 'en' ? 'A page for you' : 'Una página para usted';
      assert.ok(head(page).includes(`<title>${title}</title>`));
      assert.ok(head(page).includes(`<meta property="og:title" content="${title}">`));
      assert.doesNotMatch(head(page), /burnout|agotamiento|ward|sala\b|study|estudio|crisis|north/i);
    }
  });

  it('speaks the link’s language, unless another is asked for', async () => {
    const code = await office.link(recruiter, { language: 'es' });
    const english = { headers: { 'Accept-Language': 'en' } };
    assert.equal((await office.ask(`/j/${code}`, english)).headers.get('content-language'), 'es');
    assert.equal((await office.ask(`/j/${code}?lang=en`, english)).headers.get('content-language'), 'en');
  });

  it('is found however the code was typed', async () => {
    const code = await office.link(recruiter);
    for (const typed of [code.toLowerCase(), `${code.slice(0, 4)}-${code.slice(4)}`, encodeURIComponent(` ${code} `)]) {
      assert.equal((await office.ask(`/j/${typed}`)).status, 200, typed);
    }
  });

  it('says politely, in both languages, that there is no such link', async () => {
    const code = await office.link(recruiter);
    for (const typed of [
      newLinkCode(),
      code.slice(1),
      'nothing',
      '%22%3E%3Cscript%3E',
      '%F0%9F%98%80',
      'x'.repeat(300),
    ]) {
      const page = await office.ask(`/j/${typed}`, { headers: { 'Accept-Language': 'es' } });
      assert.deepEqual([page.status, page.headers.get('content-language')], [404, 'es']);
      assert.match(page.body, /<p lang="es">No hay nada en esta dirección/);
      assert.match(page.body, /<p lang="en">There is nothing under this address/);
      assert.doesNotMatch(page.body, /<script|ward|555-0100/);
    }
  });

  it('says politely, in both languages, that it has ended, or that nobody is taken now, and whom to ask', async () => {
    const ended = await office.link(recruiter, { expiresAt: '2026-03-09T10:15:31Z' });
    const paused = await office.link(recruiter, { site: 'north' });
    office.clock.now = '2026-03-09T10:15:31.000Z';
    const { token } = await office.hire('coordinator');
    await office.as(token, '/studies/ward/recruitment', {
      method: 'POST',
      body: JSON.stringify({ state: 'paused', site: 'north' }),
      headers: { 'Content-Type': 'application/json' },
    });
    const pages = [
      [ended, 410, 'This link has ended', 'Este enlace ya no está activo'],
      [paused, 200, 'Nobody new can take part at the moment', 'En este momento no se puede incorporar nadie'],
    ] as const;
    for (const [code, status, english, spanish] of pages) {
      const page = await office.ask(`/j/${code}`);
      assert.equal(page.status, status);
      for (const words of [english, spanish, '555-0100']) assert.ok(page.body.includes(words), words);
      assert.doesNotMatch(page.body, /<script|data-link|555-0111/);
    }
  });
});
