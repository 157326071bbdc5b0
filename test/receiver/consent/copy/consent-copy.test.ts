import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConsentDocument } from '../../../../src/consent/document.ts';
import { type ConsentRecord, consentRecordSchema, signRecord } from '../../../../src/consent/record.ts';
import { consentCopy } from '../../../../src/receiver/consent/copy/consent-copy.ts';
import { type Inline, parseMarkdown } from '../../../../src/study/markdown.ts';
import { fitted, jsonOf } from '../../../../src/study/read.ts';
import { digestOf } from '../../../../src/submission/digest.ts';
import { documentIn, officeFor, readDemoStudy, signed, somebody, taken } from '../../../support/consent-office.ts';
import { exampleHead, exampleStatement, newSigningKey } from '../../../support/consent-records.ts';
import { exampleDocument } from '../../../support/consent-walk.ts';
import { as } from '../../../support/participants.ts';
import { type PdfRead, readPdf } from '../../../support/pdf.ts';

const key = await newSigningKey();

type Statement = ReturnType<typeof exampleStatement>;

async function recordOf(change: (statement: Statement) => Statement, mode: 'live' | 'test' = 'live') {
  const head = { ...exampleHead(key.id), mode };
  const text = await signRecord(head, change(exampleStatement()), key.signText, digestOf);
  return fitted(consentRecordSchema, jsonOf(text)) ?? assert.fail('no record');
}

const copyOf = async (record: ConsentRecord): Promise<PdfRead> => readPdf(await consentCopy(record));

const withSignature =
  (changes: Partial<Statement['signature']>) =>
  (statement: Statement): Statement => ({ ...statement, signature: { ...statement.signature, ...changes } });

const withDocument =
  (changes: Partial<ConsentDocument>) =>
  (statement: Statement): Statement => ({ ...statement, document: { ...statement.document, ...changes } });

/** Every word of a document, in the order in which it must be read. */
function textsOf({ title, sections, checks, choices, contacts, meaning }: ConsentDocument): string[] {
  const inMarkdown = (source = ''): string[] =>
    parseMarkdown(source).flatMap((block) => {
      const lines: readonly (readonly Inline[])[] = block.type === 'list' ? block.items : [block.parts];
      return lines.flat().map(({ text }) => text.trim());
    });
  return [
    title,
    ...sections.flatMap((section) => [
      section.title,
      ...inMarkdown(section.body),
      ...section.parts.flatMap((part) => [...(part.title === undefined ? [] : [part.title]), ...inMarkdown(part.body)]),
    ]),
    ...checks.flatMap(({ question, options, explanation }) => [
      ...[question, ...options.map(({ text }) => text), explanation],
    ]),
    ...choices.flatMap(({ question, options }) => [question, ...options.map(({ text }) => text)]),
    ...contacts.flatMap(({ name, phone, email }) => [name, ...(phone ? [phone] : []), ...(email ? [email] : [])]),
    meaning,
  ];
}

function assertInOrder(words: string, texts: readonly string[]): void {
  let at = 0;
  for (const text of texts) {
    const found = words.indexOf(text.replaceAll(/\s+/g, ' '), at);
    assert.ok(found >= 0, `"${text}" does not stand after: …${words.slice(Math.max(0, at - 80), at)}`);
    at = found + text.length;
  }
}

const SAID = {
  en: { title: 'Copy of a signed consent', page: (n: number, of: number) => `page ${n} of ${of}`, test: 'TEST MODE' },
  es: {
    title: 'Copia de un consentimiento firmado',
    page: (n: number, of: number) => `página ${n} de ${of}`,
    test: 'MODO DE PRUEBA',
  },
} as const;

describe('the copy of a consent to a study of the demo', () => {
  for (const study of ['keck', 'mgh'] as const) {
    for (const language of ['en', 'es'] as const) {
      it(`P1, P2, C14, E6, E8: ${study} in ${language}: a tagged PDF with the whole of it, both times and the digest`, async () => {
        const office = await officeFor(readDemoStudy(study));
        const { device } = await somebody(office);
        const document = documentIn(office, '0.1', language);
        const drawn = { method: 'drawn', width: 300, height: 100, strokes: [[10, 10, 200, 80, 290, 12]] } as const;
        const mark = { ...drawn, strokes: drawn.strokes.map((stroke) => [...stroke]) };
        const given = await signed(
          document,
          {},
          {
            ...{ name: 'Ana Pérez Núñez', role: 'participant', meaning: document.meaning, mark },
            ...{ signedAt: '2026-03-09T10:15:00Z', timeZone: 'America/Los_Angeles' },
            ...(document.rightsReceipt && { rightsReceivedAt: '2026-03-09T10:14:00Z' }),
          },
        );
        await taken(office, device, given);
        const path = `/studies/${office.source.id}/me/records/${given.id}`;
        const record = JSON.parse((await as(office, device.token, path)).body);
        const answer = await as(office, device.token, `${path}/copy`);
        assert.equal(answer.status, 200, answer.body);
        assert.equal(answer.headers.get('content-type'), 'application/pdf');
        assert.equal(
          answer.headers.get('content-disposition'),
          `attachment; filename="consent-${office.source.id}-${given.id}.pdf"`,
        );

        const pdf = await readPdf(answer.bytes);
        const said = SAID[language];
        assert.deepEqual([pdf.title, pdf.language, pdf.isTagged], [`${document.title}: ${said.title}`, language, true]);
        assertInOrder(pdf.words, textsOf(document));
        for (const text of [
          ...[record.receivedAt, given.signature.signedAt, 'America/Los_Angeles', 'UTC'],
          ...[given.statementDigest, record.keyId, given.id, record.participant, record.identity, 'Ana Pérez Núñez'],
        ]) {
          assert.ok(pdf.words.includes(text), text);
        }
        const elements = pdf.pages.flatMap((page) => page.elements);
        const headings = elements.filter(({ role }) => role === 'H2').map(({ text }) => text);
        assertInOrder(
          headings.join('\n'),
          document.sections.map(({ title }) => title),
        );
        assert.equal(elements.filter(({ role }) => role === 'H1').length, 1);
        assert.ok(elements.some(({ role }) => role === 'LBody'));
        assert.ok(elements.some(({ role, alt }) => role === 'Figure' && alt?.includes('Ana Pérez Núñez')));
        const signedOn = pdf.pages.find((page) => page.elements.some(({ role }) => role === 'Figure'));
        assert.ok((signedOn?.paths ?? 0) > 0, 'the line that was drawn');
        const links = pdf.pages.flatMap((page) => page.links);
        for (const { email } of document.contacts) assert.ok(links.includes(`mailto:${email}`), email);
        for (const [index, { text }] of pdf.pages.entries()) {
          assert.ok(text.includes(said.page(index + 1, pdf.pages.length)), `page ${index + 1}`);
          assert.ok(text.includes(`${office.source.id}, `) && text.includes(` ${document.version}, `));
          assert.ok(text.includes(said.test), 'what is made in test mode says so on every page');
        }
      });
    }
  }
});

describe('a copy', () => {
  it('P1, P2: shows the typed signature, the meaning, name, role and authority, and each time with its zone', async () => {
    const { words } = await copyOf(
      await recordOf(
        withSignature({
          role: 'representative',
          authority: 'Court order 7',
          mark: { method: 'typed', text: 'A. Pérez' },
        }),
      ),
    );
    assertInOrder(words, [
      ...['What this signature means: I agree to take part.', 'Printed name: Ana Pérez'],
      ...['Signed as: a representative of the participant', 'By the authority of: Court order 7'],
      ...['Signature, typed: A. Pérez', 'Received, by the study’s clock, which counts: March 1, 2026 at 10:05:03 UTC'],
      ...['Signed, by the clock of the signer’s device: March 1, 2026 at 02:05:00 PST (America/Los_Angeles;'],
      'Signature under the authorization to use health information',
      'Receipt of the list of rights confirmed',
    ]);
  });

  it('E6: shows version, approval and days', async () => {
    const { words } = await copyOf(await recordOf((statement) => statement));
    assertInOrder(words, [
      ...['Consent version: 1.0', 'Language: English', 'approved as IRB-26-0001 on January 15, 2026'],
      ...['In force from: February 1, 2026', 'Not signed any more from: February 1, 2027'],
    ]);
  });

  it('P4, E5: shows the answer that counted and at which attempt, and what was chosen or not', async () => {
    const { words } = await copyOf(await recordOf((statement) => statement));
    assertInOrder(words, [
      ...['May you stop at any time?', 'Your answer, at attempt 2: Yes', 'May we write to you about other studies?'],
      ...['Your choice: Yes', 'May we record you?', 'You did not choose.'],
    ]);
  });

  it('has nothing of test mode where it was signed in live mode', async () => {
    const { pages } = await copyOf(await recordOf((statement) => statement, 'live'));
    assert.ok(pages.every(({ text }) => !/test mode/i.test(text)));
  });

  it('says in each of its parts what kind it is: headings, paragraphs, lists, links', async () => {
    const body = '# One\n\nA *b* **c** [d](https://example.org/d).\n\n## Two\n\n- e\n- f\n\n1. g\n2. h';
    const [first, ...rest] = exampleDocument().sections;
    assert.ok(first);
    const pdf = await copyOf(await recordOf(withDocument({ sections: [{ ...first, body, parts: [] }, ...rest] })));
    const elements = pdf.pages.flatMap((page) => page.elements);
    const from = elements.findIndex(({ text }) => text === first.title);
    assert.deepEqual(
      elements.slice(from, from + 17).map(({ role, text }) => `${role} ${text}`),
      [
        ...[`H2 ${first.title}`, 'H3 One', 'P A b c d (https://example.org/d).', 'Link d', 'H4 Two'],
        ...['L • e • f', 'LI • e', 'Lbl •', 'LBody e', 'LI • f', 'Lbl •', 'LBody f'],
        ...['L 1. g 2. h', 'LI 1. g', 'Lbl 1.', 'LBody g', 'LI 2. h'],
      ],
    );
    assert.ok(pdf.pages.some(({ links }) => links.includes('https://example.org/d')));
  });

  it('shows names in many scripts as they are', async () => {
    const name = 'Ана Wałęsa Ελένη Nguyễn Thị Ñandú अनु';
    const { words } = await copyOf(await recordOf(withSignature({ name })));
    assert.ok(words.includes(`Printed name: ${name}`), words);
    assert.ok(!words.includes('cannot be shown'));
  });

  for (const [what, name, shown] of [
    ['letters that no font here has', '李小龍 Lee', '��� Lee'],
    ['a sign that turns the direction', 'Ana\u202Eevil', 'Ana�evil'],
    ['a line feed', 'Ana\nPérez', 'Ana�Pérez'],
  ] as const) {
    it(`replaces ${what} by a sign that is seen, and says that the record has them`, async () => {
      const { words } = await copyOf(await recordOf(withSignature({ name })));
      assert.ok(words.includes(`Printed name: ${shown}`), words);
      assert.ok(words.includes('Some characters cannot be shown here.'));
      assert.ok(words.includes('The record has the exact text.'));
    });
  }

  it('takes a zone that there is not as it came', async () => {
    const { words } = await copyOf(await recordOf(withSignature({ timeZone: 'Mars/Olympus' })));
    assert.ok(words.includes('March 1, 2026 at 10:05:00 UTC (Mars/Olympus; 2026-03-01T10:05:00Z)'), words);
  });

  it('has words of its own in English around a document in another language, and says which is which', async () => {
    const { language, words, pages } = await copyOf(await recordOf(withDocument({ language: 'fr' })));
    assert.equal(language, 'fr');
    assert.ok(words.includes('Language: French'));
    const own = pages.flatMap(({ elements }) => elements).filter((element) => element.language === 'en');
    assert.ok(own.some(({ text }) => text === 'Signature') && !own.some(({ text }) => text === 'The risks'));
  });

  it('is made of the same record to the same bytes', async () => {
    const record = await recordOf((statement) => statement, 'test');
    assert.deepEqual(await consentCopy(record), await consentCopy(record));
  });

  it('keeps its metadata whole whatever the study is called', async () => {
    const { metadata, title } = await copyOf(await recordOf(withDocument({ title: 'Stress & <Burnout>' })));
    assert.ok(metadata.includes('>Stress &amp; &lt;Burnout>: Copy of a signed consent<'), metadata);
    assert.match(title, /^Stress & <Burnout>: /);
  });

  it('has a drawing of one point, and of many strokes, and stays on its page', async () => {
    const strokes = [[5, 5], ...Array.from({ length: 50 }, (_, index) => [index, 0, index, 9_000])];
    const mark = { method: 'drawn' as const, width: 100, height: 10_000, strokes };
    const { pages } = await copyOf(await recordOf(withSignature({ mark })));
    const page = pages.find(({ elements }) => elements.some(({ alt }) => alt?.includes('drew by hand')));
    assert.ok((page?.paths ?? 0) >= 51);
  });
});
