import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import type { ConsentEvent } from '../../src/study/consent-answers.ts';
import {
  type AnswerDraft,
  draftSchema,
  keptDraftSchema,
  type ReadingDraft,
  type SittingDraft,
} from '../../src/submission/draft.ts';
import { enteredNow, mergeDrafts } from '../../src/submission/merge-drafts.ts';
import type { QuestionnaireSubmission } from '../../src/submission/questionnaire-submission.ts';

const base: AnswerDraft = {
  study: 'quiet-hours',
  studyVersion: '1.0.0',
  step: 'screening',
  startedAt: '2025-03-03T09:00:00.000Z',
  answers: {},
};

const draft = (more: Partial<AnswerDraft>): AnswerDraft => ({ ...base, ...more });

/** Drafts over a few questions, each answered, taken back or never touched. */
const drafts = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'toString'), fc.tuple(fc.option(fc.integer()), fc.nat(50)))
  .map((touched) => {
    const given = Object.entries(touched).filter(([, [value]]) => value !== null);
    return draft({
      answers: Object.fromEntries(given.map(([name, [value]]) => [name, value ?? 0])),
      entered: Object.fromEntries(Object.entries(touched).map(([name, [, time]]) => [name, time + 1])),
    });
  });

const at = (record: Readonly<Record<string, unknown>> | undefined, name: string) =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

describe('two drafts of the same person', () => {
  it('merge question by question: the later entry wins, a taken-back answer too', () => {
    fc.assert(
      fc.property(drafts, drafts, (ours, theirs) => {
        const merged = mergeDrafts(ours, theirs);
        for (const name of ['a', 'b', 'c', '__proto__', 'toString']) {
          const [here, there] = [Number(at(ours.entered, name) ?? 0), Number(at(theirs.entered, name) ?? 0)];
          const winner = here > there ? ours : theirs;
          assert.equal(at(merged.answers, name), at(winner.answers, name));
          assert.equal(Number(at(merged.entered, name) ?? 0), Math.max(here, there));
        }
      }),
    );
  });

  it('merged again change nothing', () => {
    fc.assert(
      fc.property(drafts, drafts, (ours, theirs) => {
        const merged = mergeDrafts(ours, theirs);
        assert.deepEqual(mergeDrafts(merged, theirs).answers, merged.answers);
        assert.deepEqual(mergeDrafts(ours, merged).answers, merged.answers);
      }),
    );
  });

  it('of two steps keep the further one whole', () => {
    const further = draft({
      step: 'contact',
      screening: '0195d3a0-0000-7000-8000-000000000001',
      answers: { name: 'A' },
    });
    const behind = draft({ answers: { role: 'nurse' }, entered: { role: 9e12 } });
    assert.equal(mergeDrafts(further, behind), further);
    assert.equal(mergeDrafts(behind, further), further);
  });

  it('keep what only this page has: submissions that no disk holds', () => {
    const pending: AnswerDraft['pending'] = [];
    assert.equal(mergeDrafts(draft({ pending }), draft({ answers: { a: 1 }, entered: { a: 1 } })).pending, pending);
  });
});

describe('when an answer was entered', () => {
  it('is now for what is other than before, taken back included, and stays for the rest', () => {
    const before = draft({ answers: { a: 1, b: [1], c: 'x' }, entered: { a: 10, b: 20, c: 30 } });
    assert.deepEqual(enteredNow(before, { a: 2, b: [1] }, 99), { a: 99, b: 20, c: 99 });
    assert.deepEqual(enteredNow(undefined, { a: 2 }, 99), { a: 99 });
  });
});

describe('two readings of a consent document by the same person', () => {
  const at = (minute: number): string => new Date(Date.UTC(2025, 2, 3, 9, minute)).toISOString();
  const viewed = (section: string, minute: number): ConsentEvent => ({
    type: 'section-viewed',
    at: at(minute),
    section,
  });
  const reading = (events: readonly ConsentEvent[], digest = 'a', page = 'purpose'): ReadingDraft => ({
    study: 'quiet-hours',
    studyVersion: '1.0.0',
    step: 'consent',
    page,
    startedAt: at(0),
    reading: { version: '1.0', language: 'en', documentDigest: digest.repeat(64), events: [...events] },
  });

  it('of the same words are one, in the order of what happened, at the place of the later one', () => {
    const ours = reading([viewed('key-information', 1), viewed('risks', 4)], 'a', 'risks');
    const theirs = reading(
      [viewed('key-information', 1), viewed('purpose', 2), viewed('benefits', 3)],
      'a',
      'benefits',
    );
    const merged = mergeDrafts(ours, theirs);
    assert.ok(merged.step === 'consent');
    assert.equal(merged.page, 'risks');
    assert.deepEqual(
      merged.reading.events.map((event) => event.type === 'section-viewed' && event.section),
      ['key-information', 'purpose', 'benefits', 'risks'],
    );
    assert.deepEqual(mergeDrafts(theirs, ours), merged, 'whichever comes first');
  });

  it('of other words are not mixed: the later one wins whole', () => {
    const [older, newer] = [reading([viewed('key-information', 1)], 'a'), reading([viewed('key-information', 2)], 'b')];
    assert.equal(mergeDrafts(older, newer), newer);
    assert.equal(mergeDrafts(newer, older), newer);
  });
});

const FINISHED: QuestionnaireSubmission = {
  ...{ id: '0195d3a0-0000-7000-8000-000000000001', kind: 'questionnaire', study: 'calm-ward', studyVersion: '1.2.0' },
  ...{ mode: 'live', locale: 'en', timeZone: 'UTC', startedAt: base.startedAt, submittedAt: base.startedAt },
  ...{ kit: 'steady-kit/0.1.0', assessment: 'baseline', parts: [{ form: 'work', answers: {} }] },
};

describe('two drafts of a questionnaire by the same person', () => {
  const sitting = (
    answers: SittingDraft['answers'],
    versions: SittingDraft['versions'],
    time: number,
    more: Partial<SittingDraft> = {},
  ): SittingDraft => ({
    ...{ study: 'calm-ward', studyVersion: '1.2.0', step: 'questionnaire', assessment: 'baseline' },
    ...{ startedAt: base.startedAt, versions, answers },
    entered: Object.fromEntries(Object.keys(answers).map((place) => [place, time])),
    ...more,
  });

  const anySitting = fc
    .record({
      answers: fc.dictionary(fc.constantFrom('phq9/q1', 'phq9/q2', 'calm/a', 'work/home'), fc.nat(4), {
        noNullPrototype: true,
      }),
      versions: fc.dictionary(fc.constantFrom('phq9', 'calm'), fc.constantFrom('1.0.0', '2.0.0'), {
        noNullPrototype: true,
      }),
      time: fc.nat(50),
    })
    .map(({ answers, time, versions }) => sitting(answers, versions, time));

  it('of the same words are one: item by item, whichever instruments each device has seen', () => {
    const ours = sitting({ 'phq9/q1': 1, 'phq9/q2': 1 }, { phq9: '1.0.0' }, 10, { page: 'phq9/page-1' });
    const theirs = sitting({ 'phq9/q2': 3, 'calm/a': 2 }, { phq9: '1.0.0', calm: '1.2.0' }, 20, {
      page: 'calm/page-1',
    });
    for (const merged of [mergeDrafts(ours, theirs), mergeDrafts(theirs, ours)]) {
      assert.deepEqual(merged, {
        ...theirs,
        answers: { 'phq9/q1': 1, 'phq9/q2': 3, 'calm/a': 2 },
        entered: { 'phq9/q1': 10, 'phq9/q2': 20, 'calm/a': 20 },
        versions: { phq9: '1.0.0', calm: '1.2.0' },
      });
    }
  });

  it('never have answers to two versions of an instrument mixed: the one that went on later is kept whole', () => {
    fc.assert(
      fc.property(anySitting, anySitting, (ours, theirs) => {
        const merged = mergeDrafts(ours, theirs);
        const isConflict = Object.entries(ours.versions).some(
          ([name, version]) => (theirs.versions[name] ?? version) !== version,
        );
        if (!isConflict) {
          assert.deepEqual(merged.versions, { ...ours.versions, ...theirs.versions });
          return;
        }
        const last = ({ entered = {} }: SittingDraft) => Math.max(0, ...Object.values(entered));
        assert.equal(merged, last(ours) > last(theirs) ? ours : theirs);
      }),
    );
  });

  it('of two assessments, or of an instrument on its own and an assessment, are not mixed', () => {
    const ours = sitting({ 'phq8/q1': 1 }, { phq8: '1.0.0' }, 10);
    const { assessment: _, ...rest } = ours;
    const others: readonly SittingDraft[] = [
      sitting({ 'phq8/q2': 2 }, { phq8: '1.0.0' }, 20, { assessment: 'week-12' }),
      { ...rest, instrument: 'phq8', entered: { 'phq8/q1': 20 } },
    ];
    for (const theirs of others) {
      assert.equal(mergeDrafts(ours, theirs), theirs);
      assert.equal(mergeDrafts(theirs, ours), theirs);
    }
  });

  it('keep what only this page has, a finished submission, also where the other device’s draft wins whole', () => {
    const pending = [FINISHED];
    const ours = sitting({ 'phq9/q1': 1 }, { phq9: '1.0.0' }, 10, { pending });
    for (const version of ['1.0.0', '2.0.0']) {
      const theirs = sitting({ 'phq9/q1': 2 }, { phq9: version }, 20);
      const merged = mergeDrafts(ours, theirs);
      assert.deepEqual([merged.answers, merged.pending], [{ 'phq9/q1': 2 }, pending], version);
    }
  });

  it('are kept anywhere with their versions, and without what was finished', () => {
    const draft = sitting({ 'phq9/q1': 1, 'work/home': 'north' }, { phq9: '1.0.0' }, 10);
    assert.ok(v.is(keptDraftSchema, draft));
    assert.ok(v.is(draftSchema, { ...draft, pending: [FINISHED] }));
    assert.equal(v.is(keptDraftSchema, { ...draft, pending: [] }), false);
    const { versions: _, ...unversioned } = draft;
    assert.equal(v.is(keptDraftSchema, unversioned), false);
    assert.equal(v.is(draftSchema, { ...draft, pending: [{ ...FINISHED, kind: 'screening' }] }), false);
  });
});
