import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minutesLeft } from '../../../components/burnout-questionnaire/minutes-left.ts';
import type { Sitting } from '../../../components/burnout-questionnaire/sitting.ts';
import type { Asked } from '../../../components/burnout-questionnaire/which-questionnaire.ts';
import { questionnaireStudy } from '../../support/questionnaire-study.ts';
import { askedOf, openSitting } from '../../support/sittings.ts';

const study = await questionnaireStudy();
const asked = askedOf(study, 'baseline');
const told = askedOf(await questionnaireStudy({ 'assessments[0].minutes': 16 }), 'baseline');

/** At the start of each part, and halfway through it. */
async function allTheWay(sitting: Sitting, by: Asked): Promise<readonly (number | undefined)[]> {
  const minutes: (number | undefined)[] = [];
  do minutes.push(minutesLeft(sitting, 0, by), minutesLeft(sitting, 0.5, by));
  while (await sitting.turn(1));
  return minutes;
}

describe('how long the rest will take', () => {
  it('is the study’s own figure at first, shared out by how many questions each part has', async () => {
    const sitting = await openSitting();
    await sitting.foresee();
    // 9, 1, 4 and 2 questions.
    assert.deepEqual(await allTheWay(sitting, told), [16, 12, 7, 7, 6, 4, 2, 1]);
  });

  it('is reckoned from how many questions there are where the study says nothing: a scale is quicker than a field', async () => {
    const sitting = await openSitting();
    await sitting.foresee();
    const seconds = 14 * 8 + 2 * 15;
    assert.equal(minutesLeft(sitting, 0, asked), Math.round(seconds / 60));
    const alone: Asked = { kind: 'instrument', entry: { id: 'phq9' } };
    assert.equal(minutesLeft(await openSitting({ asked: alone }), 0, alone), Math.round((9 * 8) / 60));
  });

  it('waits for the parts that it hangs on, where the study says nothing, and only falls from page to page', async () => {
    assert.equal(minutesLeft(await openSitting(), 0, asked), undefined);
    assert.equal(minutesLeft(await openSitting(), 0, told), 16, 'the study has said it');
    for (const by of [asked, told]) {
      const sitting = await openSitting();
      await sitting.foresee();
      const minutes = await allTheWay(sitting, by);
      const rises = minutes.filter((one = Number.NaN, index) => !(one >= 0 && one <= (minutes[index - 1] ?? one)));
      assert.deepEqual(rises, [], String(minutes));
    }
  });
});
