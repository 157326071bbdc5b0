import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { NoticeRow, QuestionnaireRow, RulingRow } from '../../src/receiver/store/questionnaires-store.ts';
import type { InstrumentRow, ScoreRow } from '../../src/receiver/store/scores-store.ts';
import type { Store } from '../../src/receiver/store/store.ts';
import type { Bench } from './store.suite.ts';

const AT = '2026-03-01T00:00:00.000Z';

/** What every store must do for questionnaires, what they score, what is decided of them, and who was reminded. */
export function questionnairesStoreSuite(name: string, createBench: () => Promise<Bench>): void {
  describe(`${name} as a store of questionnaires`, () => {
    let bench: Bench;
    let store: Store;
    beforeEach(async () => {
      bench = await createBench();
      store = await bench.open();
      await store.transaction(async (tx) => {
        for (const [study, id, site] of [
          ['ward', 'p1', 'north'],
          ['ward', 'p2', 'south'],
          ['ward', 'p3', null],
          ['other', 'p1', 'north'],
        ] as const) {
          const nothing = { screeningIdHash: null, contact: null };
          await tx.addParticipant({ study, id, mode: 'test', site, enrolledAt: AT, ...nothing });
        }
      });
    });
    afterEach(async () => {
      await store.close();
      await bench.remove();
    });

    /** Keeps rows, each with a body of its own. */
    const keep = (...rows: QuestionnaireRow[]): Promise<void> =>
      store.transaction(async (tx) => {
        for (const row of rows) {
          const { study, submission: id, mode, studyVersion, receivedAt, participant } = row;
          const given = { study, id, kind: 'questionnaire', mode, studyVersion, receivedAt, participant };
          await tx.addSubmission({ ...given, body: '{}', bodySha256: 'b' });
          await tx.addQuestionnaire(row);
        }
      });

    describe('questionnaires', () => {
      it('are kept as they came, and found in their study alone', async () => {
        const open = {
          ...row('q2', null, 1),
          assessment: null,
          deviations: ['late', 'mode'],
          apart: 'mode',
          counted: null,
        };
        await keep(row('q1', 'p1', 1), open, { ...row('q1', 'p1', 1), study: 'other' });
        await store.transaction(async (tx) => {
          assert.deepEqual({ ...(await tx.questionnaire('ward', 's-q1')) }, row('q1', 'p1', 1));
          assert.deepEqual({ ...(await tx.questionnaire('ward', 's-q2')) }, open);
          assert.equal((await tx.questionnaire('other', 's-q1'))?.study, 'other');
          assert.equal(await tx.questionnaire('other', 's-q2'), undefined);
        });
      });

      it('are a participant’s in the order of their sequence, whatever their ids', async () => {
        await keep(row('q9', 'p1', 3), row('q1', 'p1', 12), row('q5', 'p1', 4), row('q0', 'p2', 1), row('q2', null, 1));
        const ids = (study: string, participant: string) =>
          store.transaction(async (tx) => (await tx.questionnaires(study, participant)).map(({ id }) => id).join());
        assert.deepEqual([await ids('ward', 'p1'), await ids('other', 'p1')], ['q9,q5,q1', '']);
      });

      it('are one for a submission that is there, and one for a place in the sequence; of nobody there may be many', async () => {
        await keep(row('q1', 'p1', 1), row('q3', null, 1), row('q4', null, 1));
        const bodiless = row('q8', 'p1', 8);
        await assert.rejects(store.transaction((tx) => tx.addQuestionnaire(bodiless)));
        for (const second of [
          { ...row('q2', 'p1', 2), submission: 's-q1' },
          row('q2', 'p1', 1),
          { ...row('q1', 'p2', 1), submission: 's-q2' },
          row('q2', 'nobody', 1),
        ]) {
          await assert.rejects(keep(second));
        }
        await keep(row('q2', 'p2', 1));
      });

      it('that count are gone through page by page, the oldest first', async () => {
        const apart = { apart: 'no-consent', counted: null };
        await keep(row('q1', 'p1', 1), { ...row('q2', 'p1', 2), ...apart }, row('q3', 'p2', 1), row('q4', null, 1));
        await keep({ ...row('q0', 'p1', 1), study: 'other' });
        const page = (after: string | undefined, limit: number) =>
          store.transaction(async (tx) => (await tx.countedPage('ward', { after, limit })).map(({ id }) => id).join());
        assert.deepEqual([await page(undefined, 2), await page('q3', 2), await page('q4', 2)], ['q1,q3', 'q4', '']);
      });

      it('come to count once', async () => {
        await keep({ ...row('q1', 'p1', 1), apart: 'no-consent', counted: null });
        await store.transaction(async (tx) => {
          assert.equal(await tx.countQuestionnaire('ward', 's-q1', 7), true);
          assert.equal(await tx.countQuestionnaire('ward', 's-q1', 8), false);
          assert.equal(await tx.countQuestionnaire('other', 's-q1', 8), false);
          const { counted, apart } = (await tx.questionnaire('ward', 's-q1')) ?? {};
          assert.deepEqual([counted, apart], [7, 'no-consent']);
        });
      });

      it('that are apart are listed page by page, the newest first, of some sites alone, with the site', async () => {
        const apart = { apart: 'no-consent', counted: null };
        await keep(row('q0', 'p1', 1), { ...row('q1', 'p1', 2), ...apart }, { ...row('q2', 'p2', 1), ...apart });
        await keep({ ...row('q3', 'p3', 1), apart: 'no-consent', counted: 4 }, { ...row('q4', null, 1), ...apart });
        await keep({ ...row('q9', 'p1', 1), ...apart, study: 'other' });
        const page = (after: string | undefined, limit: number, sites?: readonly string[]) =>
          store.transaction(async (tx) =>
            (await tx.apartPage('ward', { after, limit, sites })).map(({ id, site }) => `${id} ${site}`).join(),
          );
        assert.equal(await page(undefined, 3), 'q4 null,q3 null,q2 south');
        assert.equal(await page('q2', 3), 'q1 north');
        assert.equal(await page(undefined, 9, ['north', 'west']), 'q1 north');
        assert.equal(await page(undefined, 9, []), '');
      });
    });

    it('keeps what was decided of one, in its order, each number once', async () => {
      await keep(row('q1', 'p1', 1), row('q2', 'p1', 2));
      await store.transaction(async (tx) => {
        assert.equal(await tx.addRuling(ruling(2, 'release')), true);
        assert.equal(await tx.addRuling(ruling(1, 'keep-out')), true);
        assert.equal(await tx.addRuling(ruling(2, 'keep-out')), false);
        assert.deepEqual(await tx.rulings('ward', 's-q1'), [ruling(1, 'keep-out'), ruling(2, 'release')]);
        assert.deepEqual(await tx.rulings('ward', 's-q2'), []);
      });
      await assert.rejects(store.transaction((tx) => tx.addRuling({ ...ruling(1, 'release'), submission: 's-q9' })));
    });

    it('tells one of all who notice something', async () => {
      await store.transaction(async (tx) => {
        assert.equal(await tx.addNotice(notice('due')), true);
        assert.equal(await tx.addNotice({ ...notice('due'), day: '2026-04-01' }), false);
        assert.equal(await tx.addNotice(notice('overdue')), true);
        assert.equal(await tx.addNotice({ ...notice('due'), assessment: 'week-12' }), true);
        assert.equal(await tx.addNotice({ ...notice('due'), participant: 'p2' }), true);
        assert.equal(await tx.addNotice({ ...notice('due'), study: 'other' }), true);
      });
      const notices = await Promise.all(
        Array.from({ length: 8 }, () =>
          store.transaction((tx) => tx.addNotice({ ...notice('due'), participant: 'p3' })),
        ),
      );
      assert.equal(notices.filter(Boolean).length, 1);
    });

    describe('scores', () => {
      it('are kept to the last bit, null where there is none, and found by submission and by participant', async () => {
        await keep(row('q1', 'p1', 1), row('q2', 'p1', 2), row('q3', 'p2', 1));
        await keep({ ...row('q1', 'p1', 1), study: 'other' });
        const third = { ...score('s-q1', 'work'), score: 1 / 3 };
        const none = { ...score('s-q1', 'client'), score: null };
        const whole = { ...score('s-q2', 'work'), score: 85 };
        await store.transaction(async (tx) => {
          await tx.addScores([third, none, whole]);
          await tx.addScores([
            { ...score('s-q3', 'work'), participant: 'p2' },
            { ...third, study: 'other' },
          ]);
          await tx.addScores([]);
          assert.deepEqual(await tx.scores('ward', 's-q1'), [none, third]);
          assert.deepEqual(await tx.scoresOfParticipant('ward', 'p1'), [none, third, whole]);
          assert.deepEqual(await tx.scores('other', 's-q2'), []);
        });
      });

      it('by another rule stand beside those before, the oldest first; by the same rule the first stays', async () => {
        await keep(row('q1', 'p1', 1));
        const first = { ...score('s-q1', 'work'), score: 50, scoredAt: '2026-03-02' };
        const later = { ...first, rule: 'cbi@1.0.0/2', score: 75, scoredAt: '2026-04-01' };
        await store.transaction(async (tx) => {
          await tx.addScores([later]);
          await tx.addScores([first, { ...later, score: 0, scoredAt: '2026-05-01' }]);
          assert.deepEqual(await tx.scores('ward', 's-q1'), [first, later]);
        });
        await assert.rejects(store.transaction((tx) => tx.addScores([score('s-q9', 'work')])));
      });
    });

    it('keeps each version of an instrument as it was first served', async () => {
      await store.transaction(async (tx) => {
        const first = await tx.keepInstrument(instrument('1.0.0'));
        assert.deepEqual([first.added, first.kept], [true, instrument('1.0.0')]);
        const again = await tx.keepInstrument({ ...instrument('1.0.0'), digest: 'another', content: '{}' });
        assert.deepEqual([again.added, again.kept], [false, instrument('1.0.0')]);
        await tx.keepInstrument({ ...instrument('0.9.0'), firstServedAt: '2026-04-01' });
        await tx.keepInstrument({ ...instrument('1.0.0'), study: 'other' });
        assert.deepEqual(
          (await tx.instruments('ward')).map(({ version }) => version),
          ['1.0.0', '0.9.0'],
        );
      });
    });
  });
}

function row(id: string, participant: string | null, seq: number): QuestionnaireRow {
  return {
    ...{ study: 'ward', id, submission: `s-${id}`, participant, assessment: 'baseline', seq, mode: 'test' },
    ...{ studyVersion: '1.0.0', judgedBy: '1.0.0', apart: null, counted: seq, deviations: [], receivedAt: AT },
  };
}

function ruling(seq: number, what: RulingRow['ruling']): RulingRow {
  const reason = 'Signed on paper “today”';
  return { study: 'ward', submission: 's-q1', seq, ruling: what, reason, staff: 'm1', ruledAt: AT };
}

function notice(kind: NoticeRow['kind']): NoticeRow {
  return { study: 'ward', participant: 'p1', assessment: 'baseline', kind, day: '2026-03-01', noticedAt: AT };
}

function score(submission: string, subscale: string): ScoreRow {
  return {
    ...{ study: 'ward', submission, instrument: 'cbi', rule: 'cbi@1.0.0/1', subscale, instrumentVersion: '1.0.0' },
    ...{ participant: 'p1', assessment: 'baseline', score: 50, scoredAt: AT },
  };
}

function instrument(version: string): InstrumentRow {
  return {
    ...{ study: 'ward', instrument: 'cbi', version, digest: 'd' },
    ...{ content: '{"naïve":"😀"}', firstServedAt: AT },
  };
}
