import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ConsentError } from '../../src/consent/consent-error.ts';
import {
  advance,
  type ConsentProgress,
  missing,
  NOT_OPENED,
  type Refusal,
  refusal,
} from '../../src/consent/progress.ts';
import { carryOver, draftOf, replay, resume } from '../../src/consent/replay.ts';
import { type ConsentEvent, consentDraftSchema } from '../../src/study/consent-answers.ts';
import { fitted } from '../../src/study/read.ts';
import { digestOf } from '../../src/submission/digest.ts';
import { AT, exampleDocument, throughAll } from '../support/consent-walk.ts';

const document = exampleDocument();
const at = AT;
const ready = throughAll(document);
const opened = advance(document, NOT_OPENED, { type: 'opened', at });
const view = (section: string): ConsentEvent => ({ type: 'section-viewed', at, section });
const answer = (value: string): ConsentEvent => ({ type: 'check-answered', at, check: 'may-stop', value });
const choose = (choice: string, value: string): ConsentEvent => ({ type: 'choice-changed', at, choice, value });
const walk = (from: ConsentProgress, ...events: readonly ConsentEvent[]): ConsentProgress =>
  events.reduce((progress, event) => advance(document, progress, event), from);

describe('progress through a consent document', () => {
  it('C3: begins with nothing chosen and nothing answered', () => {
    assert.deepEqual([opened.choices, opened.checks, opened.viewed], [{}, {}, []]);
    const lacking = missing(document, opened).filter(({ what }) => what !== 'section');
    assert.deepEqual(lacking, [
      { what: 'check', id: 'may-stop' },
      { what: 'choice', id: 'recontact' },
    ]);
  });

  it('P5, B1: lacks every section until it was viewed, in reading order', () => {
    assert.deepEqual(
      missing(document, opened).flatMap(({ what, id }) => (what === 'section' ? [id] : [])),
      document.sections.map(({ id }) => id),
    );
    assert.deepEqual(missing(document, ready), []);
  });

  const refused: readonly (readonly [name: string, from: ConsentProgress, event: ConsentEvent, code: Refusal])[] = [
    ['a section before the document', NOT_OPENED, view('key-information'), 'not-opened'],
    ['C1: another section before the key information', opened, view('risks'), 'key-information-first'],
    ['a section that there is not', opened, view('summary'), 'no-such-section'],
    ['a check before its section', opened, answer('yes'), 'section-not-viewed'],
    ['a choice before its section', opened, choose('recording', 'yes'), 'section-not-viewed'],
    ['an option that there is not', opened, choose('recontact', 'maybe'), 'no-such-option'],
    [
      'a check that there is not',
      ready,
      { type: 'check-answered', at, check: 'constructor', value: 'yes' },
      'no-such-check',
    ],
    ['a choice that there is not', ready, choose('constructor', 'yes'), 'no-such-choice'],
    [
      'an option of a check that there is not',
      walk(opened, view('key-information'), view('voluntary')),
      answer('x'),
      'no-such-option',
    ],
    ['a check that is passed', ready, answer('no'), 'already-passed'],
    ['P5: a signature while something is missing', opened, { type: 'signed', at }, 'something-missing'],
    ['an answer to no question', opened, { type: 'question-settled', at }, 'no-question'],
    ['anything after the signature', walk(ready, { type: 'signed', at }), choose('recontact', 'no'), 'decided'],
    ['a second decision', walk(opened, { type: 'declined', at }), { type: 'signed', at }, 'decided'],
    ['opening again what was declined', walk(opened, { type: 'declined', at }), { type: 'opened', at }, 'decided'],
  ];
  for (const [name, from, event, code] of refused) {
    it(`${name}: ${code}`, () => {
      assert.equal(refusal(document, from, event), code);
      assert.throws(
        () => advance(document, from, event),
        (error) => error instanceof ConsentError && error.code === code,
      );
    });
  }

  it('E1: goes back and forth between sections once the key information was seen', () => {
    const { viewed } = walk(opened, view('key-information'), view('voluntary'), view('risks'), view('key-information'));
    assert.deepEqual(viewed, ['key-information', 'voluntary', 'risks']);
  });

  it('E5: records wrong attempts, lets everybody try again, and never turns anybody away', () => {
    const read = walk(opened, view('key-information'), view('voluntary'));
    const wrong = walk(read, ...new Array<ConsentEvent>(30).fill(answer('no')));
    assert.equal(wrong.checks['may-stop']?.length, 20);
    assert.equal(wrong.outcome, undefined);
    const passed = walk(wrong, answer('yes'));
    assert.equal(passed.checks['may-stop']?.at(-1), 'yes');
    assert.ok(!missing(document, passed).some(({ what }) => what === 'check'));
  });

  it('C5, E4: a question keeps the document from being signed until it is settled', () => {
    const asking = walk(ready, { type: 'question-asked', at });
    assert.deepEqual(missing(document, asking), [{ what: 'question' }]);
    assert.deepEqual(missing(document, walk(asking, { type: 'question-settled', at })), []);
  });

  it('C3, E1, E2: "decide later" and "I prefer paper" end it for now, and everything is there when they come back', () => {
    for (const type of ['deferred', 'paper'] as const) {
      const left = walk(ready, { type, at });
      assert.equal(left.outcome, type);
      const back = walk(left, { type: 'opened', at });
      assert.equal(back.outcome, undefined);
      assert.deepEqual([back.viewed, back.choices, back.checks], [ready.viewed, ready.choices, ready.checks]);
      assert.deepEqual(missing(document, back), []);
    }
  });

  it('C3: can be declined at any time once it was opened', () => {
    assert.equal(walk(opened, { type: 'declined', at }).outcome, 'declined');
    assert.equal(walk(ready, { type: 'question-asked', at }, { type: 'declined', at }).outcome, 'declined');
  });

  it('P4: adds an event for each change of a choice, and overwrites none', () => {
    const changed = walk(opened, choose('recontact', 'yes'), choose('recontact', 'no'), choose('recontact', 'no'));
    assert.deepEqual(changed.events.slice(1), [choose('recontact', 'yes'), choose('recontact', 'no')]);
    assert.equal(changed.choices.recontact, 'no');
  });

  it('C14: a copy can be taken before the signature and after it', () => {
    const copied = walk(ready, { type: 'copy-taken', at }, { type: 'signed', at }, { type: 'copy-taken', at });
    assert.equal(copied.outcome, 'signed');
    assert.equal(copied.events.filter(({ type }) => type === 'copy-taken').length, 2);
  });
});

describe('any way through a consent document', () => {
  const ids = (list: readonly { readonly id: string }[]) => fc.constantFrom(...list.map(({ id }) => id), 'none-such');
  const value = fc.constantFrom('yes', 'no', 'maybe');
  const event: fc.Arbitrary<ConsentEvent> = fc.oneof(
    { weight: 12, arbitrary: ids(document.sections).map(view) },
    { weight: 2, arbitrary: value.map(answer) },
    { weight: 3, arbitrary: fc.tuple(ids(document.choices), value).map(([id, option]) => choose(id, option)) },
    ...(['opened', 'question-asked', 'question-settled', 'copy-taken', 'deferred', 'signed'] as const).map((type) => ({
      weight: 1,
      arbitrary: fc.constant<ConsentEvent>({ type, at }),
    })),
  );
  /** Takes the steps that can be taken and leaves the others out. */
  const tryAll = (from: ConsentProgress, events: readonly ConsentEvent[]): ConsentProgress =>
    events.reduce((now, one) => (refusal(document, now, one) === undefined ? advance(document, now, one) : now), from);

  it('P5: is signed only when every section was viewed, every check passed and every required choice made', () => {
    let signed = 0;
    const start = fc.oneof(
      fc.constant(NOT_OPENED),
      // Some begin near the end, so that signatures are among what is tried.
      fc
        .subarray([...ready.events], { minLength: ready.events.length - 1 })
        .map((events) => tryAll(NOT_OPENED, events)),
    );
    fc.assert(
      fc.property(start, fc.array(event, { maxLength: 60 }), (from, events) => {
        const progress = tryAll(from, [...events, { type: 'signed', at }]);
        const end = progress.events.findIndex(({ type }) => type === 'signed');
        if (end < 0) return;
        signed += 1;
        // Told from the events themselves, not from what the state makes of them.
        const before = progress.events.slice(0, end);
        const viewed = new Set(before.flatMap((one) => (one.type === 'section-viewed' ? [one.section] : [])));
        for (const { id } of document.sections) assert.ok(viewed.has(id), id);
        assert.ok(before.some((one) => one.type === 'check-answered' && one.value === 'yes'));
        assert.ok(before.some((one) => one.type === 'choice-changed' && one.choice === 'recontact'));
        const asked = before.filter(({ type }) => type === 'question-asked').length;
        assert.equal(before.filter(({ type }) => type === 'question-settled').length, asked);
      }),
      { numRuns: 500 },
    );
    assert.ok(signed > 5, `${signed} of the ways led to a signature`);
  });

  it('is the same when its events are gone through again', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const progress = tryAll(NOT_OPENED, events);
        assert.deepEqual(replay(document, progress.events), progress);
        assert.deepEqual(JSON.parse(JSON.stringify(progress)), progress);
      }),
    );
  });
});

describe('E1: a reading that is taken up elsewhere', () => {
  it('goes on where it was, on the same words', async () => {
    const draft = draftOf(document, ready, await digestOf(document));
    assert.deepEqual(fitted(consentDraftSchema, JSON.parse(JSON.stringify(draft))), draft);
    assert.deepEqual(await resume(document, draft, digestOf), ready);
  });

  it('begins anew on other words, and in another language', async () => {
    const draft = draftOf(document, ready, await digestOf(document));
    for (const other of [exampleDocument({}, '1.0', 'es'), { ...document, meaning: 'I agree to it all.' }]) {
      assert.deepEqual(await resume(other, draft, digestOf), NOT_OPENED);
    }
  });

  it('does not go by what cannot have happened', async () => {
    const draft = draftOf(document, ready, await digestOf(document));
    const forged = { ...draft, events: [...draft.events.slice(0, 2), { type: 'signed', at } as const] };
    const { outcome, viewed } = await resume(document, forged, digestOf);
    assert.deepEqual([outcome, viewed], [undefined, ['key-information']]);
  });

  it('has no place for a signature', async () => {
    const draft = draftOf(document, ready, await digestOf(document));
    assert.equal(fitted(consentDraftSchema, { ...draft, signature: { name: 'Ana' } }), undefined);
  });
});

describe('a document that changed under the reader', () => {
  const VERSION = 'consent.versions[0]';

  it('the same words: everything stands', () => {
    assert.deepEqual(carryOver(document, exampleDocument(), ready), ready);
  });

  it('a section with other words is to be looked at again; what was chosen stays', () => {
    const after = exampleDocument({ [`${VERSION}.sections[5].body.en`]: 'Other risks.' });
    const carried = carryOver(document, after, ready);
    assert.deepEqual(missing(after, carried), [{ what: 'section', id: 'risks' }]);
    assert.deepEqual(carried.choices, ready.choices);
    const seen = advance(after, carried, view('risks'));
    assert.deepEqual(missing(after, seen), []);
    assert.deepEqual(replay(after, seen.events), seen);
  });

  it('a check is asked again where its section has other words', () => {
    const after = exampleDocument({ [`${VERSION}.sections[10].body.en`]: 'You may stop on Mondays.' });
    assert.deepEqual(missing(after, carryOver(document, after, ready)), [
      { what: 'section', id: 'voluntary' },
      { what: 'check', id: 'may-stop' },
    ]);
  });

  it('other key information: everything is read again, and a choice that stands by itself stays', () => {
    const after = exampleDocument({ [`${VERSION}.sections[0].parts[0].body.en`]: 'You decide by Monday.' });
    const carried = carryOver(document, after, ready);
    assert.deepEqual(carried.viewed, []);
    assert.deepEqual(carried.choices, ready.choices);
  });

  it('is taken up elsewhere as it stands', async () => {
    const after = exampleDocument({ [`${VERSION}.sections[5].body.en`]: 'Other risks.' });
    const carried = carryOver(document, after, ready);
    assert.deepEqual(await resume(after, draftOf(after, carried, await digestOf(after)), digestOf), carried);
  });

  it('a choice with other words is made anew', () => {
    const after = exampleDocument({ [`${VERSION}.choices[0].question.en`]: 'May we phone you?' });
    assert.deepEqual(missing(after, carryOver(document, after, ready)), [{ what: 'choice', id: 'recontact' }]);
  });
});
