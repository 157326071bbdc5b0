import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ConsentError } from '../../src/consent/consent-error.ts';
import { advance, NOT_OPENED } from '../../src/consent/progress.ts';
import { type SignatureProblem, signatureProblems } from '../../src/consent/signature.ts';
import {
  documentDigest,
  judgeSigned,
  leaveUnsigned,
  type Signed,
  type SignedProblem,
  sign,
  statementDigest,
} from '../../src/consent/statement.ts';
import type { Mark, Signature } from '../../src/study/consent-answers.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { AT, exampleDocument, exampleSignature, plainDocument, throughAll } from '../support/consent-walk.ts';

const document = exampleDocument();
const signature = exampleSignature(document);
const whole = () => sign(document, throughAll(document), signature, digestOf);

const drawn = (...strokes: number[][]): Mark => ({ method: 'drawn', width: 300, height: 100, strokes });

describe('the signature block', () => {
  it('P1: is whole with printed name, time and meaning, typed or drawn', () => {
    assert.deepEqual(signatureProblems(document, signature), []);
    assert.deepEqual(signatureProblems(document, { ...signature, mark: drawn([1, 1, 5, 5]) }), []);
  });

  const { authorization: _, ...unauthorized } = signature;
  const { rightsReceivedAt: __, ...unacknowledged } = signature;
  const wanting: readonly (readonly [name: string, block: Signature, ...found: SignatureProblem[]])[] = [
    ['no name', { ...signature, name: '' }, 'name-missing'],
    ['a name of blanks', { ...signature, name: ' \u200b ' }, 'name-missing'],
    ['a name of dots', { ...signature, name: '...' }, 'name-missing'],
    ['a typed signature of blanks', { ...signature, mark: { method: 'typed', text: '  ' } }, 'mark-missing'],
    ['no stroke', { ...signature, mark: drawn() }, 'mark-missing'],
    ['strokes that go nowhere', { ...signature, mark: drawn([], [5, 5], [9, 9, 9, 9]) }, 'mark-missing'],
    ['P1: other words than those beside the signature', { ...signature, meaning: 'I was here.' }, 'meaning-differs'],
    ['P6: a representative without authority', { ...signature, role: 'representative' }, 'authority-missing'],
    ['H1: an authorization that is not signed', unauthorized, 'authorization-missing'],
    [
      'H1: an authorization without a stroke',
      { ...signature, authorization: { mark: drawn(), signedAt: AT } },
      'authorization-missing',
    ],
    ['B3: a list of rights that was not acknowledged', unacknowledged, 'rights-receipt-missing'],
  ];
  for (const [name, block, ...found] of wanting) {
    it(`${name}: ${found.join()}`, async () => {
      assert.deepEqual(signatureProblems(document, block), found);
      await assert.rejects(
        sign(document, throughAll(document), block, digestOf),
        (error) => error instanceof ConsentError && error.code === 'bad-signature',
      );
    });
  }

  it('takes nothing apart that the document does not ask for', () => {
    assert.deepEqual(signatureProblems(plainDocument(), signature), [
      'authorization-unasked',
      'rights-receipt-unasked',
    ]);
    assert.deepEqual(signatureProblems(plainDocument(), exampleSignature(plainDocument())), []);
  });

  it('P6: a representative signs by an authority that is kept', () => {
    const representative: Signature = { ...signature, role: 'representative', authority: 'Health care proxy' };
    assert.deepEqual(signatureProblems(document, representative), []);
  });
});

describe('what is signed', () => {
  it('P3: is bound by one digest, which a receiver finds again from its own text', async () => {
    const signed = await whole();
    assert.equal(signed.documentDigest, await digestOf(document));
    assert.match(signed.statementDigest, /^[0-9a-f]{64}$/);
    assert.deepEqual(await judgeSigned(exampleDocument(), signed, digestOf), []);
  });

  it('P4: carries every event, and ends with the signature', async () => {
    const { events } = await whole();
    const { length } = document.sections;
    assert.equal(events.filter(({ type }) => type === 'section-viewed').length, length);
    assert.deepEqual(events.at(-1), { type: 'signed', at: signature.signedAt });
  });

  it('cannot be made while something is missing', async () => {
    const opened = advance(document, NOT_OPENED, { type: 'opened', at: AT });
    await assert.rejects(
      sign(document, opened, signature, digestOf),
      (error) => error instanceof ConsentError && error.code === 'something-missing',
    );
  });

  type Change = (signed: Signed) => Omit<Signed, 'outcome' | 'version'>;
  const resigned = async (signed: Omit<Signed, 'outcome' | 'version'>) => ({
    ...signed,
    statementDigest: await statementDigest({ document, ...signed }, digestOf),
  });
  const changes: readonly (readonly [name: string, change: Change, ...found: SignedProblem[]])[] = [
    ['another name', (one) => ({ ...one, signature: { ...signature, name: 'Eve' } }), 'statement-differs'],
    ['another choice', (one) => ({ ...one, choices: { recontact: 'no' } }), 'statement-differs', 'events-differ'],
    ['fewer attempts', (one) => ({ ...one, checks: {} }), 'statement-differs', 'events-differ'],
    ['words of another document', (one) => ({ ...one, documentDigest: 'f'.repeat(64) }), 'document-differs'],
    ['no events', (one) => ({ ...one, events: [] }), 'events-differ'],
    [
      'events after the signature',
      (one) => ({ ...one, events: [...one.events, { type: 'opened', at: AT }] }),
      'events-differ',
    ],
    [
      'P5: events out of order',
      (one) => ({ ...one, events: [...one.events.slice(1, 2), ...one.events.slice(0, 1), ...one.events.slice(2)] }),
      'events-differ',
    ],
    [
      'P5: a section that was never viewed',
      (one) => ({
        ...one,
        events: one.events.filter((event) => event.type !== 'section-viewed' || event.section !== 'risks'),
      }),
      'section-missing',
    ],
    [
      'C5: an open question',
      (one) => ({ ...one, events: one.events.toSpliced(-1, 0, { type: 'question-asked', at: AT }) }),
      'question-missing',
    ],
  ];
  for (const [name, change, ...found] of changes) {
    it(`a receiver finds ${name}: ${found.join(', ')}`, async () => {
      assert.deepEqual(await judgeSigned(document, change(await whole()), digestOf), found);
    });
  }

  it('a receiver finds what is missing though every digest was made anew', async () => {
    const { events, ...signed } = await whole();
    const without = events.filter(({ type }) => type !== 'check-answered' && type !== 'choice-changed');
    const forged = await resigned({ ...signed, choices: {}, checks: {}, events: without });
    assert.deepEqual(await judgeSigned(document, forged, digestOf), ['check-missing', 'choice-missing']);
    const nameless = await resigned({ ...signed, events, signature: { ...signature, name: ' ' } });
    assert.deepEqual(await judgeSigned(document, nameless, digestOf), ['name-missing']);
  });

  it('P3: any change of a word, a choice or the name changes the digest', async () => {
    const statement = { document, choices: { recontact: 'yes' }, checks: { 'may-stop': ['yes'] }, signature };
    const digest = await statementDigest(statement, digestOf);
    const paths = leavesOf(statement);
    assert.ok(paths.length > 150);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.string({ maxLength: 3 }), async (path, more) => {
        const changed: typeof statement = structuredClone(statement);
        const holder = path.slice(0, -1).reduce<unknown>((held, key) => Reflect.get(Object(held), key), changed);
        const old: unknown = Reflect.get(Object(holder), path.at(-1) ?? '');
        Reflect.set(Object(holder), path.at(-1) ?? '', typeof old === 'string' ? `${old}${more}` : more);
        const isSame = more === '' && typeof old === 'string';
        assert.equal((await statementDigest(changed, digestOf)) === digest, isSame, path.join('.'));
      }),
      { numRuns: 300 },
    );
  });

  it('P3: every language and every version has a digest of its own', async () => {
    const digests = await Promise.all(
      [document, exampleDocument({}, '1.0', 'es'), { ...document, version: '1.1' }].map((one) =>
        documentDigest(one, digestOf),
      ),
    );
    assert.equal(new Set(digests).size, 3);
  });
});

describe('what is not signed', () => {
  for (const outcome of ['declined', 'deferred', 'paper'] as const) {
    it(`${outcome}: travels as that, without what was read or chosen`, async () => {
      const left = await leaveUnsigned(document, throughAll(document), outcome, AT, digestOf);
      assert.deepEqual(left, {
        ...{ outcome, version: '1.0', documentDigest: await digestOf(document) },
        events: [
          { type: 'opened', at: AT },
          { type: outcome, at: AT },
        ],
      });
    });
  }
});

/** The place of every text and number in a value. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}
